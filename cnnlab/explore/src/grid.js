/** A grid of numbers in coloured cells. */
import { matrix } from "./arithmetic.js";
import { h } from "./dom.js";
import { show } from "./words.js";

const PLAIN = {
  role: "table",
  className: "",
  line: { class: "line", role: "row" },
  cell: () => h("span", { class: "cell", role: "cell" }),
  write: (cell, value) => {
    const text = show(value);
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

  function reshape(rows, columns) {
    if (cells.length === rows && cells[0]?.length === columns) return;
    cells = matrix(rows, columns, cell);
    element.replaceChildren(...cells.map((row) => h("div", line, ...row)));
  }

  /** Write numbers and colours. `kind` tells what a place of the board is; zeros have no colour. */
  function update(values, paint, kind = () => "pixel") {
    reshape(values.length, values[0].length);
    let longest = 2;
    values.forEach((row, r) =>
      row.forEach((value, c) => {
        const [one, is] = [cells[r][c], kind(r, c)];
        write(one, value);
        longest = Math.max(longest, show(value).length);
        if (one.dataset.kind !== is) one.dataset.kind = is;
        const css = is.startsWith("pixel") ? paint(value) : BLANK;
        if (one.painted !== css.background) Object.assign(one.style, css);
        one.painted = css.background;
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

const BLANK = { background: "", color: "" };
