/** The window that lies on the board: one box a weight, with the weight in its corner. */
import { h, HIDDEN } from "./dom.js";
import { show } from "./words.js";

export function makeFrame() {
  const turner = h("div.turner");
  const element = h("div.frame", HIDDEN, turner);
  let box, still;
  function reshape({ rows, columns, dilation, weights }) {
    [box, still] = [`--rows: ${rows.span}; --columns: ${columns.span}`, true];
    const tap = (weight, u, v) =>
      `<span class="tap" style="--r: ${u * dilation}; --c: ${v * dilation}"><b>${show(weight)}</b></span>`;
    turner.innerHTML = weights.flatMap((line, u) => line.map((w, v) => tap(w, u, v))).join("");
  }

  /** Glides from pixel to pixel; where the picture has changed it is there at once. */
  function moveTo(top, left) {
    element.classList.toggle("still", still);
    element.style = `${box}; --r: ${top}; --c: ${left}`;
    still = false;
  }

  return { element, reshape, moveTo };
}
