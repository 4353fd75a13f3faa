/** One picture of a grid with many places: squares, and numbers where there is room for them. */
import { h, HIDDEN } from "./dom.js";
import { show } from "./words.js";

/** Pixels: the smallest square that holds a number. Cells: more are not laid out in time for a frame. */
export const [NUMBERS, MANY] = [20, 300];

const each = (values, visit) =>
  values.forEach((row, r) => row.forEach((value, c) => visit(value, r, c)));

export function makeMosaic() {
  const [squares, canvas] = [h("div"), h("canvas")];
  const element = h("div.mosaic", HIDDEN, squares, canvas);

  /** Each square has `side` pixels; `classes` says what the style sheet calls it. */
  function draw(values, classes, side) {
    const [rows, columns] = [values.length, values[0].length];
    element.style = `width: ${columns * side}px; height: ${rows * side}px`;
    canvas.hidden = side < NUMBERS;
    // One path for all squares of a class: a hundred elements instead of thousands.
    const paths = {};
    const edge = canvas.hidden ? 1 : 1 - 1 / side; // lines around numbers only
    let hatch = "";
    each(values, (value, r, c) => {
      const name = classes(value, r, c);
      paths[name] = `${paths[name] ?? ""}M${c} ${r}h${edge}v${edge}h-${edge}z`;
      if (/unread/.test(name)) hatch += `M${c} ${r + 0.5}l.5-.5m.5 0l-1 1m.5 0l.5-.5`;
    });
    const drawn = Object.entries({ ...paths, hatch }).map(([name, d]) => `<path class="${name}" d="${d}"/>`);
    squares.innerHTML = `<svg viewBox="0 0 ${columns} ${rows}">${drawn.join("")}</svg>`;
    // Later, when the page is laid out: to ask for a colour now would lay it out once more.
    if (!canvas.hidden) queueMicrotask(() => write(values, classes, side));
  }

  /** Numbers in the colours of their classes. A page lays out hundreds of texts slower than it draws them. */
  function write(values, classes, side) {
    const [pen, ratio, inks] = [canvas.getContext("2d"), devicePixelRatio, {}];
    for (const path of squares.querySelectorAll("path"))
      inks[path.className.baseVal] = getComputedStyle(path).color;
    // It never shrinks: to make a canvas anew takes longer than to paint it.
    const size = Math.ceil(Math.max(element.clientWidth, element.clientHeight) * ratio);
    if (canvas.height < size) canvas.width = canvas.height = size;
    canvas.style.width = `${canvas.width / ratio}px`;
    pen.reset();
    pen.scale(ratio, ratio);
    const style = getComputedStyle(element);
    const font = `${style.fontSize} ${style.fontFamily}`;
    Object.assign(pen, { font, textAlign: "center", textBaseline: "middle" });
    each(values, (value, r, c) => {
      pen.fillStyle = inks[classes(value, r, c)];
      pen.fillText(show(value), (c + 0.5) * side, (r + 0.5) * side);
    });
  }

  return { element, draw };
}
