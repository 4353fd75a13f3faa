/** The window that lies on the board: one box a weight, with the weight in its corner. */
import { h } from "./dom.js";
import { show } from "./words.js";

export function makeFrame() {
  const turner = h("div", { class: "turner" });
  const element = h("div", { class: "frame", "aria-hidden": "true" }, turner);
  const place = (one, r, c) => {
    one.style.setProperty("--r", r);
    one.style.setProperty("--c", c);
    return one;
  };

  function reshape({ rows, columns, dilation, weights }) {
    element.style.setProperty("--rows", rows.span);
    element.style.setProperty("--columns", columns.span);
    const tap = (weight) => h("span", { class: "tap" }, h("b", {}, show(weight)));
    turner.replaceChildren(
      ...weights.flatMap((line, u) =>
        line.map((weight, v) => place(tap(weight), u * dilation, v * dilation)),
      ),
    );
  }

  return { element, reshape, moveTo: (top, left) => place(element, top, left) };
}
