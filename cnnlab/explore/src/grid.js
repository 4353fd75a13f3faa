/** A grid of numbers in coloured cells, or one picture of it where there are too many cells. */
import { h, HIDDEN } from "./dom.js";
import { makeMosaic } from "./mosaic.js";
import { show } from "./words.js";

const PLAIN = {
  role: "table",
  className: "",
  line: { class: "line", role: "row" },
  cell: () => h("span.cell", { role: "cell" }),
  write: (cell, value, text) => {
    if (cell.textContent !== text) cell.textContent = text;
  },
};

/**
 * By default a table to read; `cell` and `write` make other cells and fill them.
 *
 * @param {{label: string} & Partial<typeof PLAIN>} options
 */
export function grid(options) {
  const { label, role, className, line, cell, write } = { ...PLAIN, ...options };
  const element = h(`div.grid ${className}`, { role, "aria-label": label });
  // A mosaic has one true cell: that of the chosen pixel.
  const picture = makeMosaic();
  const chosen = cell(0, 0);
  const marker = h("div", { ...line, class: "marker" }, chosen);
  let rows, columns, mosaic = false;

  function fill(values, classes) {
    // Cells that stay are kept: making hundreds anew takes longer than all the rest.
    const lines = element.children;
    while (lines.length > rows) element.lastChild.remove();
    while (lines.length < rows) element.append(h("div", line));
    values.forEach((row, r) => {
      const cells = lines[r].children;
      while (cells.length > columns) lines[r].lastChild.remove();
      while (cells.length < columns) lines[r].append(cell(r, cells.length));
      row.forEach((value, c) => {
        const [one, name] = [cells[c], `cell ${classes(value, r, c)}`];
        write(one, value, show(value));
        if (one.className !== name) one.className = name;
      });
    });
  }

  /**
   * Write numbers and colours. `kind` names what else is known of a place.
   * With `square`, the pixels of a cell, it is a mosaic.
   */
  function update(values, paint, kind = () => "", square = 0) {
    [rows, columns] = [values.length, values[0].length];
    if (square > 0 !== mosaic) {
      mosaic = !mosaic;
      element.replaceChildren(...(mosaic ? [picture.element, marker] : []));
      if (role === "table") element.role = mosaic ? "img" : role;
    }
    const classes = (value, r, c) => `${paint(value)} ${kind(r, c)}`;
    const letters = values.flat().reduce((most, value) => Math.max(most, show(value).length), 2);
    element.style.setProperty("--letters", letters);
    (square ? picture.draw : fill)(values, classes, square);
  }

  /** The row and column under the pointer; on the very edge, one beside the grid. */
  function place({ clientX, clientY }) {
    const { left, top, width, height } = element.getBoundingClientRect();
    return [((clientY - top) / height) * rows, ((clientX - left) / width) * columns].map(Math.floor);
  }

  /** The cell at (r, c) of a grid; in a mosaic the marker goes there. */
  function at(r, c) {
    [element.ariaRowCount, element.ariaColCount] = [rows, columns];
    if (!mosaic) return element.children[r].children[c];
    marker.style = `--r: ${r}; --c: ${c}`;
    [marker.ariaRowIndex, chosen.ariaColIndex] = [r + 1, c + 1];
    return chosen;
  }

  return { element, update, place, at };
}
