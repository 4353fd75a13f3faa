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
    const settle = (next, patch) => view.settle(next, patch);
    const store = makeStore(model, traits.split(" "), settle, hurry);
    const view = build({ store, change: store.change, schedule, signal: listeners.signal });
    const body = h("div", {}, ...view.parts);
    const root = h("div", { class: "cnnlab-explorer", role: "group", "aria-label": label }, body);

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
    const resized = ([{ contentRect }]) => {
      const wider = contentRect.width !== width;
      high = Math.max(wider ? 0 : high, contentRect.height);
      root.style.height = `${high + 12}px`;
      width = contentRect.width;
      if (wider) schedule();
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
