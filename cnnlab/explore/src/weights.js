/** The kernel as a grid of number fields, one a weight. Up and down change a weight by one. */
import { painter } from "./levels.js";
import { h } from "./dom.js";
import { grid } from "./grid.js";

/** @param {{onEdit: (r: number, c: number, weight: number) => void, signal: AbortSignal}} options */
export function weightFields({ onEdit, signal }) {
  let latest;
  const fields = grid({
    label: "Kernel weights",
    role: "group",
    className: "fields",
    line: { class: "line" },
    cell: (r, c) => {
      const field = h("input.cell", { type: "number", step: "any" });
      field.ariaLabel = `weight ${r}, ${c}`;
      const weight = () => isFinite(field.valueAsNumber) && onEdit(r, c, field.valueAsNumber);
      field.addEventListener("input", weight, { signal });
      return field;
    },
    write: (field, weight) => {
      const rounded = Number(weight.toFixed(2));
      // A field that is being typed in keeps its text ("1.0" on the way to "1.05").
      if (![weight, rounded].includes(field.valueAsNumber)) field.value = rounded;
    },
  });
  const update = (kernel) => {
    latest = kernel;
    fields.update(kernel, painter(kernel, "signed"));
  };
  // A field that was left empty shows its weight again.
  fields.element.addEventListener("change", () => update(latest), { signal });
  return { element: fields.element, update };
}
