/** The output: a grid in which a pixel is chosen by pointing or by the arrow keys. */
import { h } from "./dom.js";
import { grid } from "./grid.js";

const KEYS = {
  ArrowUp: (r, c) => [r - 1, c],
  ArrowDown: (r, c) => [r + 1, c],
  ArrowLeft: (r, c) => [r, c - 1],
  ArrowRight: (r, c) => [r, c + 1],
  Home: (r, c, all) => [all ? 0 : r, 0],
  End: (r, c, all) => [all ? Infinity : r, Infinity],
};

export function makeOutput({ store, change, player, signal }, make = grid) {
  const cell = () => h("span", { class: "cell", role: "gridcell", tabindex: -1 });
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
    change({ selected: KEYS[event.key](...store.read().selected, event.ctrlKey) });
  });

  /** Mark the chosen pixel and name it; the focus goes with it when the grid had it. */
  function choose([r, c], name, held) {
    const next = output.at(r, c);
    if (chosen && chosen !== next) {
      chosen.tabIndex = -1;
      chosen.ariaLabel = chosen.ariaSelected = null;
    }
    chosen = next;
    chosen.tabIndex = 0;
    chosen.ariaLabel = name; // small cells have no text
    chosen.ariaSelected = "true";
    if (held) chosen.focus({ preventScroll: true });
  }

  const held = () => output.element.contains(output.element.getRootNode().activeElement);
  return { ...output, choose, held };
}
