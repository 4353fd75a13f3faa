/** What every explorer does: read its traits, draw at every change, and leave without a trace. */
import { h } from "./dom.js";
import { makeStore } from "./store.js";

/**
 * @param {string} label the explorer's name for screen readers
 * @param {string} traits the names of the Python class's traits, with spaces between
 * @param {(context: {store: any, change: Function, schedule: Function, signal: AbortSignal}) =>
 *   {parts: Node[], draw: (now: any, width?: number) => void, settle?: Function, stop?: Function}}
 *   build
 */
export function explorer(label, traits, build) {
  /** Build the view, draw it at every change, and return what takes it away again. */
  function render({ model, el }) {
    const listeners = new AbortController();
    let [high, frame, width] = [0];
    const schedule = () => (frame ??= requestAnimationFrame(draw));
    const store = makeStore(model, traits.split(" "), (...both) => view.settle(...both), hurry);
    const view = build({ store, change: store.change, schedule, signal: listeners.signal });
    const body = h("div", {}, ...view.parts);
    // The first word is a class, so that a style sheet does not reach the explorers beside it.
    const root = h("div", { role: "group", "aria-label": label }, body);
    root.className = `cnnlab-explorer ${label.split(" ")[0]}`;

    function draw() {
      frame = undefined;
      view.draw(store.read(), width);
    }

    /** What the reader changes is drawn and laid out at once, so that the next frame only paints. */
    function hurry() {
      cancelAnimationFrame(frame);
      draw();
      void root.offsetHeight;
    }

    /** Stay as high as the highest picture so far: a page that moves under a slider is slow. */
    const resized = ([{ contentRect: now }]) => {
      const wider = now.width !== width;
      high = Math.max(wider ? 0 : high, now.height);
      root.style.height = `${high + 12}px`;
      if (!wider) return;
      [width, high] = [now.width, 0]; // what was drawn for another width does not count
      schedule();
    };

    el.append(root);
    draw();
    const unwatch = store.watch(schedule);
    const observer = new ResizeObserver(resized);
    observer.observe(body);
    return () => {
      view.stop?.();
      listeners.abort();
      unwatch();
      observer.disconnect();
      cancelAnimationFrame(frame);
      root.remove();
    };
  }

  return { render };
}
