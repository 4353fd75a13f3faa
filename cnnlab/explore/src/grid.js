/** A grid of numbers in coloured cells. */
import { h } from "./dom.js";
import { show } from "./words.js";

const PLAIN = {
  role: "table",
  className: "",
  line: { class: "line", role: "row" },
  cell: () => h("span", { class: "cell", role: "cell" }),
  write: (cell, _, text) => {
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
  const element = h("div", { class: `grid ${className}`, role, "aria-label": label });
  let cells = [];

  /** Cells are added and taken away at the ends; those that can stay do. */
  function reshape(rows, columns) {
    while (cells.length > rows) cells.pop()[0].parentNode.remove();
    while (cells.length < rows) {
      element.append(h("div", line));
      cells.push([]);
    }
    cells.forEach((row, r) => {
      while (row.length > columns) row.pop().remove();
      while (row.length < columns) {
        row.push(cell(r, row.length));
        element.children[r].append(row.at(-1));
      }
    });
  }

  /**
   * Write numbers and colours. `kind` tells what a place of the board is: the border and the gaps
   * have no colour. A `quiet` grid has cells that are too small for numbers.
   */
  function update(values, paint, kind = () => "", quiet = false) {
    reshape(values.length, values[0].length);
    let longest = 2;
    values.forEach((row, r) =>
      row.forEach((value, c) => {
        const [one, is] = [cells[r][c], kind(r, c)];
        const text = quiet ? "" : show(value);
        longest = Math.max(longest, text.length);
        write(one, value, text);
        const classes = `cell ${is} ${is === "" || is.startsWith("pixel") ? paint(value) : ""}`;
        if (one.className !== classes) one.className = classes;
      }),
    );
    element.style.setProperty("--letters", longest);
  }

  /** The row and column of an event's cell, or undefined. */
  function place({ target }) {
    const r = cells.findIndex((row) => row.includes(target));
    return r < 0 ? undefined : [r, cells[r].indexOf(target)];
  }

  return { element, update, place, cell: (r, c) => cells[r][c] };
}
