/** The sliding-window explorer: one kernel, one image, every step of the arithmetic. */
import { clamp, lay, look, problem } from "./arithmetic.js";
import { makeControls } from "./controls.js";
import { h } from "./dom.js";
import { makePlayer } from "./player.js";
import { makeStage } from "./stage.js";
import { makeStore } from "./store.js";
import { makeStrip } from "./strip.js";
import { makeTransport } from "./transport.js";

/** Build the view, draw it at every change, and return what takes it away again. */
function render({ model, el }) {
  const listeners = new AbortController();
  const { signal } = listeners;
  const store = makeStore(model);
  const player = makePlayer();
  let [high, frame, last, plan, width] = [0];

  /** Walk over the output row by row; false where there is no next pixel. */
  function move(to) {
    const [r, c] = store.read().selected;
    const [across, end] = [plan.columns.output, plan.rows.output * plan.columns.output - 1];
    const here = r * across + c;
    const place = { first: 0, back: here - 1, next: here + 1 }[to];
    if (!plan.fits || place < 0 || place > end) return false;
    store.change({ selected: [Math.floor(place / across), place % across] });
    return true;
  }

  const context = { store, change: store.change, player, move, signal };
  const [controls, stage, strip] = [makeControls(context), makeStage(context), makeStrip(player)];
  const transport = makeTransport(context);
  const parts = [controls, stage, transport, strip].map((part) => part.element);
  const body = h("div", {}, ...parts);
  const name = { role: "group", "aria-label": "Sliding window explorer" };
  const root = h("div", { class: "cnnlab-explorer", ...name }, body);

  function draw() {
    frame = undefined;
    const [now, held] = [store.read(), stage.held()];
    // Python's word on the chosen pixel may come a frame later than the change that moves it.
    now.selected = clamp(now, now.selected);
    const key = JSON.stringify({ ...now, selected: 0 });
    if (key !== last) {
      const turns = plan && !plan.turned && now.mode !== "correlation";
      [last, plan] = [key, lay(now)];
      for (const part of [controls, transport, stage]) part.draw(now, plan, width);
      if (turns) stage.turn();
    }
    const view = plan.fits && look(plan, ...now.selected);
    if (view) stage.choose(now, view, held);
    strip.draw(now, plan, view, problem(now));
  }

  const schedule = () => (frame ??= requestAnimationFrame(draw));
  /** Stay as high as the highest picture so far: a page that moves under a slider is slow. */
  const resized = ([{ contentRect }]) => {
    const wider = contentRect.width !== width;
    high = Math.max(wider ? 0 : high, contentRect.height);
    root.style.setProperty("--high", `${high}px`);
    if (!wider) return;
    [width, last] = [contentRect.width, undefined]; // other cells for another width
    schedule();
  };

  el.append(root);
  draw();
  const unwatch = store.watch(schedule);
  const observer = new ResizeObserver(resized);
  observer.observe(body);
  return () => {
    player.stop();
    listeners.abort();
    unwatch();
    observer.disconnect();
    cancelAnimationFrame(frame);
    root.remove();
  };
}

export default { render };
