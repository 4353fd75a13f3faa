/** The window that lies on the board: one box a weight, with the weight in its corner. */
import { h, HIDDEN } from "./dom.js";
import { show } from "./words.js";

export function makeFrame() {
  const turner = h("div", { class: "turner" });
  const element = h("div", { class: "frame", ...HIDDEN }, turner);
  let size;
  function reshape({ rows, columns, dilation, weights }) {
    size = `--rows: ${rows.span}; --columns: ${columns.span}`;
    const tap = (weight, u, v) => {
      const style = `--r: ${u * dilation}; --c: ${v * dilation}`;
      return h("span", { class: "tap", style }, h("b", {}, show(weight)));
    };
    turner.replaceChildren(...weights.flatMap((line, u) => line.map((w, v) => tap(w, u, v))));
  }

  const moveTo = (top, left) => (element.style = `${size}; --r: ${top}; --c: ${left}`);
  return { element, reshape, moveTo };
}
