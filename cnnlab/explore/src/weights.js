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
    cell: (r, c) =>
      h("input", { class: "cell", type: "number", step: "any", "aria-label": `weight ${r}, ${c}` }),
    write: (field, weight) => {
      const rounded = Number(weight.toFixed(2));
      // A field that is being typed in keeps its text ("1.0" on the way to "1.05").
      if (field.valueAsNumber !== weight && field.valueAsNumber !== rounded) field.value = rounded;
    },
  });
  const update = (kernel) => {
    latest = kernel;
    fields.update(kernel, painter(kernel, "signed"));
  };
  const onInput = (event) => {
    const { valueAsNumber: weight, ariaLabel } = event.target;
    const [r, c] = ariaLabel.match(/\d+/g).map(Number);
    if (Number.isFinite(weight)) onEdit(r, c, weight);
  };
  fields.element.addEventListener("input", onInput, { signal });
  // A field that was left empty shows its weight again.
  fields.element.addEventListener("change", () => update(latest), { signal });
  return { element: fields.element, update };
}
