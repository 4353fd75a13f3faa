/** A grid of numbers in coloured cells, or one picture of it where there are too many cells. */
import { h, HIDDEN } from "./dom.js";
import { show } from "./words.js";

export const NUMBERS = 22; // pixels: the smallest square that holds a number

const PLAIN = {
  role: "table",
  className: "",
  line: { class: "line", role: "row" },
  cell: () => h("span", { class: "cell", role: "cell" }),
  write: (cell, value, text) => {
    if (cell.textContent !== text) cell.textContent = text;
  },
};

/** Diagonals over a square. */
function strike(pen, x, y, edge) {
  pen.strokeStyle = "#d55e00bf";
  pen.beginPath();
  for (let sum = 6; sum < 2 * edge; sum += 8) {
    const low = Math.max(sum - edge, 0);
    pen.moveTo(x + low, y + sum - low);
    pen.lineTo(x + sum - low, y + low);
  }
  pen.stroke();
}

/**
 * By default a table to read; `cell` and `write` make other cells and fill them.
 *
 * @param {{label: string} & Partial<typeof PLAIN>} options
 */
export function grid(options) {
  const { label, role, className, line, cell, write } = { ...PLAIN, ...options };
  const element = h("div", { class: `grid ${className}`, role, "aria-label": label });
  // A mosaic has one true cell: that of the chosen pixel.
  const canvas = h("canvas");
  const picture = h("div", { class: "picture", ...HIDDEN }, canvas);
  const marker = h("div", { ...line, class: "marker" }, cell(0, 0));
  const inks = {};
  let rows, columns, mosaic = false;

  function become(small) {
    mosaic = small;
    element.replaceChildren(...(small ? [picture, marker] : []));
    element.role = small && role === "table" ? "img" : role;
  }

  function fill(places) {
    // Cells that stay are kept: making hundreds anew takes longer than all the rest.
    const lines = element.children;
    while (lines.length > rows) element.lastChild.remove();
    while (lines.length < rows) element.append(h("div", line));
    [...lines].forEach((one, r) => {
      while (one.children.length > columns) one.lastChild.remove();
      while (one.children.length < columns) one.append(cell(r, one.children.length));
    });
    element.querySelectorAll(".cell").forEach((one, n) => {
      const [name, text, value] = places[n];
      write(one, value, text);
      if (one.className !== `cell ${name}`) one.className = `cell ${name}`;
    });
  }

  /** The colours that the style sheet has for a class: of square and number. */
  function ink(name) {
    canvas.className = name;
    const { backgroundColor, color } = getComputedStyle(canvas);
    canvas.className = "";
    return [backgroundColor, color];
  }

  /** Squares on a canvas, with numbers where there is room. */
  function lay(places, square) {
    const [pen, ratio] = [canvas.getContext("2d"), devicePixelRatio];
    const { color: theme, fontFamily, fontSize } = getComputedStyle(element);
    const size = Math.max(rows, columns) * square * ratio;
    // It never shrinks: to make a canvas anew takes longer than to paint it.
    if (canvas.width < size) canvas.width = canvas.height = size;
    canvas.style.width = `${canvas.width / ratio}px`;
    pen.reset();
    pen.scale(ratio, ratio);
    pen.font = `${fontSize} ${fontFamily}`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    const edge = square < NUMBERS ? square : square - 1; // lines around numbers only
    for (const [name, text, , r, c] of places) {
      const [x, y] = [c * square, r * square];
      const [paint, number] = (inks[theme + name] ??= ink(name));
      pen.fillStyle = paint;
      pen.fillRect(x, y, edge, edge);
      if (/unread/.test(name)) strike(pen, x, y, edge);
      pen.fillStyle = number;
      if (edge < square) pen.fillText(text, x + square / 2, y + square / 2);
    }
  }

  /**
   * Write numbers and colours. `kind` names what else is known of a place.
   * With `square`, the pixels of a cell, it is a mosaic.
   */
  function update(values, paint, kind = () => "", square = 0) {
    [rows, columns] = [values.length, values[0].length];
    if (Boolean(square) !== mosaic) become(!mosaic);
    const places = values.flatMap((row, r) =>
      row.map((value, c) => [`${paint(value)} ${kind(r, c)}`, show(value), value, r, c]),
    );
    element.style.setProperty("--letters", Math.max(2, ...places.map((one) => one[1].length)));
    if (!square) return fill(places);
    picture.style = `width: ${columns * square}px; height: ${rows * square}px`;
    // Later, when the page is laid out: to ask for a colour now would lay it out once more.
    queueMicrotask(() => lay(places, square));
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
    [marker.ariaRowIndex, marker.firstChild.ariaColIndex] = [r + 1, c + 1];
    return marker.firstChild;
  }

  return { element, update, place, at };
}
