/** A grid of numbers in coloured cells, or of coloured squares where numbers could not be read. */
import { matrix } from "./arithmetic.js";
import { h, HIDDEN } from "./dom.js";
import { show } from "./words.js";

const PLAIN = {
  role: "table",
  className: "",
  line: { class: "line", role: "row" },
  cell: () => h("span", { class: "cell", role: "cell" }),
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
  const element = h("div", { class: `grid ${className}`, role, "aria-label": label });
  // A mosaic has squares in one picture, and one true cell: that of the chosen pixel.
  const picture = h("div", HIDDEN);
  const marker = h("div", { ...line, class: "marker" }, cell(0, 0));
  let [cells, rows, columns, mosaic] = [[], 0, 0, false];

  function become(small) {
    [cells, mosaic] = [[], small];
    element.replaceChildren(...(small ? [picture, marker].slice(0, role === "grid" ? 2 : 1) : []));
    element.role = small && role === "table" ? "img" : role;
  }

  /** Cells that stay are kept: making hundreds anew takes longer than all the rest. */
  function reshape() {
    cells = matrix(rows, columns, (r, c) => cells[r]?.[c] ?? cell(r, c));
    cells.forEach((row, r) => {
      const one = element.children[r] ?? element.appendChild(h("div", line));
      while (one.children.length > columns) one.lastChild.remove();
      one.append(...row.slice(one.children.length));
    });
    while (element.children.length > rows) element.lastChild.remove();
  }

  function fill(values, classes) {
    if (cells.length !== rows || cells[0].length !== columns) reshape();
    let letters = 2;
    values.forEach((row, r) =>
      row.forEach((value, c) => {
        const [one, name, text] = [cells[r][c], `cell ${classes(r, c)}`, show(value)];
        write(one, value, text);
        letters = Math.max(letters, text.length);
        if (one.className !== name) one.className = name;
      }),
    );
    element.style.setProperty("--letters", letters);
  }

  /** One path for all squares of a class: a hundred elements instead of thousands. */
  function lay(values, classes) {
    const paths = {};
    values.forEach((row, r) =>
      row.forEach((_, c) => {
        const name = classes(r, c);
        paths[name] = `${paths[name] ?? ""}M${c} ${r}h1v1h-1z`;
      }),
    );
    const squares = Object.entries(paths).map(([name, d]) => `<path class="${name}" d="${d}"/>`);
    picture.innerHTML = `<svg viewBox="0 0 ${columns} ${rows}">${squares.join("")}</svg>`;
    picture.style = `--rows: ${rows}; --columns: ${columns}`;
  }

  /** Write numbers and colours. `kind` names the places that are no pixels: they have no colour. */
  function update(values, paint, kind = () => "", small = false) {
    [rows, columns] = [values.length, values[0].length];
    if (small !== mosaic) become(small);
    const classes = (r, c) => {
      const name = kind(r, c);
      return /border|gap/.test(name) ? name : `${name} ${paint(values[r][c])}`;
    };
    (small ? lay : fill)(values, classes);
  }

  /** The row and column under the pointer. */
  function place({ clientX, clientY }) {
    const { left, top, width, height } = element.getBoundingClientRect();
    const index = (offset, count) => Math.min(Math.max(Math.floor(offset * count), 0), count - 1);
    return [index((clientY - top) / height, rows), index((clientX - left) / width, columns)];
  }

  /** The cell at (r, c) of a grid; in a mosaic the marker goes there. */
  function at(r, c) {
    [element.ariaRowCount, element.ariaColCount] = [rows, columns];
    if (!mosaic) return cells[r][c];
    marker.style = `--r: ${r}; --c: ${c}`;
    [marker.ariaRowIndex, marker.firstChild.ariaColIndex] = [r + 1, c + 1];
    return marker.firstChild;
  }

  return { element, update, place, at };
}
