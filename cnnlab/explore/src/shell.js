/** What every explorer does: read its traits, draw at every change, and leave without a trace. */
import { h } from "./dom.js";
import { makeStore } from "./store.js";

/**
 * @param {string} label the explorer's name for screen readers
 * @param {string} traits the names of the Python class's traits, with spaces between
 * @param {(context: {store: any, change: Function, schedule: Function, signal: AbortSignal}) =>
 *   {parts: Node[], draw: (now: any, width?: number, restyled?: boolean) => void, settle?: Function, stop?: Function}}
 *   build
 */
export function explorer(label, traits, build) {
  /** Build the view, draw it at every change, and return what takes it away again. */
  function render({ model, el }) {
    const listeners = new AbortController();
    let frame, width, high = 0;
    const schedule = () => (frame ??= requestAnimationFrame(draw));
    const store = makeStore(model, traits.split(" "), (...both) => view.settle(...both), hurry);
    const view = build({ store, change: store.change, schedule, signal: listeners.signal });
    const body = h("div", {}, ...view.parts);
    // The first word is a class, so that a style sheet does not reach the explorers beside it.
    const named = { role: "group", "aria-label": label };
    const root = h(`div.cnnlab-explorer ${label.split(" ")[0]}`, named, body);

    function draw(_, restyled) {
      frame = undefined;
      view.draw(store.read(), width, restyled);
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

    // The colours of a canvas do not follow the theme by themselves; the text's colour does.
    const theme = (event) => event.propertyName === "color" && draw(0, true);
    root.addEventListener("transitionend", theme, { signal: listeners.signal });
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
