/** A picture with a pixel for each value, on a canvas: for photographs and large maps. */
import { h, HIDDEN } from "./dom.js";
import { gray, signed } from "./palette.js";

const STEPS = 255;

/** The colours from `low` to `high` as bytes for a canvas: red, green, blue, alpha. */
function ramp(colour) {
  const table = new Uint32Array(2 * STEPS + 1);
  for (let i = -STEPS; i <= STEPS; i++) {
    const [r, g, b] = colour(i / STEPS);
    table[i + STEPS] = (255 << 24) | (b << 16) | (g << 8) | r;
  }
  return table;
}

const GRAY = ramp((t) => gray(Math.max(t, 0)));
const SIGNED = [ramp((t) => signed(t, false)), ramp((t) => signed(t, true))];

let dark;

/** Is the text of this element light, so that the paper is dark? Asked once for all that is drawn together. */
export function onDark(element) {
  if (dark === undefined) queueMicrotask(() => (dark = undefined));
  return (dark ??= Number.parseInt(getComputedStyle(element).color.slice(4)) > 128);
}

/**
 * @param {{label: string, className: string, role?: string, cell?: () => HTMLElement}} options
 *   with a `cell` one pixel can be chosen: the cell goes there
 */
export function raster({ label, className, role = "img", cell }) {
  const canvas = h("canvas", HIDDEN);
  const marker = cell && h("div.marker", { role: "row" }, cell());
  const name = { role, "aria-label": label };
  const element = h(`div.raster ${className}`, name, canvas, ...(marker ? [marker] : []));
  const pen = canvas.getContext("2d");
  let [rows, columns] = [0, 0];

  /**
   * Zero is black in an image; in a signed map it is the colour of the paper.
   *
   * @param {import("./filtering.js").Picture} picture @param {"image" | "signed"} kind
   */
  function update(picture, kind, limit) {
    resize(picture);
    const table = kind === "signed" ? SIGNED[Number(onDark(element))] : GRAY;
    const data = new ImageData(columns, rows);
    const paint = new Uint32Array(data.data.buffer);
    const scale = STEPS / (limit || 1);
    for (let i = 0; i < paint.length; i++) {
      const step = Math.round(picture.values[i] * scale);
      paint[i] = table[Math.min(Math.max(step, -STEPS), STEPS) + STEPS];
    }
    pen.putImageData(data, 0, 0);
  }

  /** The same size, set again, would make the canvas anew, and styles be computed once more. */
  function resize(picture) {
    if (rows === picture.rows && columns === picture.columns) return;
    [canvas.height, canvas.width] = [rows, columns] = [picture.rows, picture.columns];
    element.style.setProperty("--shape", `${columns} / ${rows}`);
  }

  /** The row and column under the pointer. */
  function place({ clientX, clientY }) {
    const { left, top, width, height } = element.getBoundingClientRect();
    const index = (offset, count) => Math.min(Math.max(Math.floor(offset * count), 0), count - 1);
    return [index((clientY - top) / height, rows), index((clientX - left) / width, columns)];
  }

  /** The cell, moved to (r, c). */
  function at(r, c) {
    [element.ariaRowCount, element.ariaColCount] = [rows, columns];
    marker.style = `top: ${(100 * r) / rows}%; left: ${(100 * c) / columns}%`;
    [marker.ariaRowIndex, marker.firstChild.ariaColIndex] = [r + 1, c + 1];
    return marker.firstChild;
  }

  return { element, canvas, update, place, at };
}
