/** The sliding-window explorer: one kernel, one image, every step of the arithmetic. */
import { clamp, lay, look, problem } from "./arithmetic.js";
import { makeControls } from "./controls.js";
import { makePlayer } from "./player.js";
import { explorer } from "./shell.js";
import { makeStage } from "./stage.js";
import { makeStrip } from "./strip.js";
import { makeTransport } from "./transport.js";

function build({ store, change, signal }) {
  const player = makePlayer();
  let last, plan;

  /** Walk over the output row by row; false where there is no next pixel. */
  function move(steps) {
    const [r, c] = store.read().selected;
    const [down, across] = [plan.rows.output, plan.columns.output];
    const place = Math.max(r * across + c + steps, 0);
    if (!plan.fits || place >= down * across) return false;
    change({ selected: [Math.floor(place / across), place % across] });
    return true;
  }

  const context = { store, change, player, move, signal };
  const [controls, stage, strip] = [makeControls(context), makeStage(context), makeStrip(player)];
  const transport = makeTransport(context);

  function draw(now, width, restyled) {
    const held = stage.held();
    // Python's word on the chosen pixel may come a frame later than the change that moves it.
    now.selected = clamp(now, now.selected);
    const key = JSON.stringify({ ...now, selected: width });
    if (key !== last || restyled) {
      [last, plan] = [key, lay(now)];
      for (const part of [controls, transport, stage]) part.draw(now, plan, width);
    }
    const view = plan.fits && look(plan, ...now.selected);
    if (view) stage.choose(now, view, held);
    strip.draw(now, plan, view, problem(now));
  }

  const parts = [controls, stage, transport, strip].map(({ element }) => element);
  /** The chosen output pixel stays inside the output. */
  const settle = (next, patch) => ({ ...patch, selected: clamp(next, next.selected) });
  return { parts, draw, settle, stop: player.stop };
}

export default explorer(
  "Sliding window explorer",
  "image kernel stride padding dilation mode selected show_reads",
  build,
);
