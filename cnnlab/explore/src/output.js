/** The output: a grid in which a pixel is chosen by pointing or by the arrow keys. */
import { h } from "./dom.js";
import { grid } from "./grid.js";

// Rows down and columns across.
const KEYS = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Home: [0, -Infinity],
  End: [0, Infinity],
};

export function makeOutput({ store, change, player, signal }, make = grid) {
  const cell = () => h("span.cell", { role: "gridcell", tabindex: -1 });
  const output = make({ label: "Output", role: "grid", className: "output", cell });
  let chosen;
  const on = (type, listener) => output.element.addEventListener(type, listener, { signal });
  const pick = (event) => change({ selected: output.place(event) });
  on("pointermove", (event) => player.playing() || pick(event));
  on("click", (event) => {
    player.stop();
    pick(event);
  });
  on("keydown", (event) => {
    if (!KEYS[event.key] || event.altKey || event.metaKey) return;
    event.preventDefault();
    player.stop();
    const [[r, c], [down, across]] = [store.read().selected, KEYS[event.key]];
    change({ selected: [r + (event.ctrlKey && !isFinite(across) ? across : down), c + across] });
  });

  /** Mark the chosen pixel and name it; the focus goes with it when the grid had it. */
  function choose([r, c], name, held) {
    const mark = (tabIndex, ariaLabel, ariaSelected) =>
      Object.assign(chosen ?? {}, { tabIndex, ariaLabel, ariaSelected });
    mark(-1, null, null);
    chosen = output.at(r, c);
    mark(0, name, "true"); // the cell of a mosaic has no text
    if (held) chosen.focus({ preventScroll: true });
  }

  const held = () => output.element.contains(output.element.getRootNode().activeElement);
  return { ...output, choose, held };
}
