/** The pooling explorer: which numbers stay, where they came from, what a small shift changes. */
import { choice, h, panel, sign, slider } from "./dom.js";
import { grid } from "./grid.js";
import { painter } from "./levels.js";
import { makeOutput } from "./output.js";
import { differences, moved, plan, sentence } from "./pools.js";
import { resize } from "./arithmetic.js";
import { explorer } from "./shell.js";

const TRAITS = "image mode kernel_size stride bins edges down right selected";
const NOTES = {
  max: "Each window keeps its largest number, of equal ones the first. Nothing is learned.",
  average: "Each window keeps its mean. Nothing is learned.",
  pyramid: "n × n bins over the whole image, the largest number of each: any size gives n · n numbers.",
};
const STILL = { playing: () => false, stop: () => {} };
const digits = (r, c) => (3 * r + 5 * c + r * c) % 10;
const named = (...names) => names.map((name) => [name, name[0].toUpperCase() + name.slice(1)]);

function makeControls({ store, change, signal }) {
  const set = (name) => (value) => change({ [name]: value });
  const pick = (label, name, ...words) =>
    choice({ label, options: named(...words), onChoose: set(name), signal });
  const mode = pick("Operation", "mode", "max", "average", "pyramid");
  const edges = pick("Bin edges", "edges", "adaptive", "sliding");
  const make = (label, min, max, onInput) => slider({ label, min, max, onInput, signal });
  const onSize = (n) => change({ image: resize(store.read().image, n, n, digits) });
  const all = {
    image: make("Image size, i", 4, 16, onSize),
    kernel_size: make("Window, k", 1, 6, set("kernel_size")),
    stride: make("Stride, s", 1, 6, set("stride")),
    bins: make("Bins, n", 1, 4, set("bins")),
    right: make("Move the image right", 0, 4, set("right")),
    down: make("Move the image down", 0, 4, set("down")),
  };
  const note = h("p.note");
  const bar = h("div.bar", {}, mode.element, edges.element);
  const knobs = h("div.sliders", {}, ...Object.values(all).map(({ element }) => element));
  const element = h("div.controls", {}, bar, note, knobs);

  function draw(now) {
    const [rows, columns] = [now.image.length, now.image[0].length];
    for (const name in all) if (name !== "image") all[name].set(now[name]);
    all.image.set(Math.max(rows, columns), rows === columns ? rows : `${rows} × ${columns}`);
    mode.set(now.mode);
    edges.set(now.edges);
    const pyramid = now.mode === "pyramid";
    edges.element.hidden = all.bins.element.hidden = !pyramid;
    all.kernel_size.element.hidden = all.stride.element.hidden = pyramid;
    note.textContent = NOTES[now.mode];
  }
  return { element, draw };
}

function makeStage(context) {
  const board = grid({ label: "Image", className: "image" });
  const frame = h("div.frame", { "aria-hidden": "true" });
  const output = makeOutput({ ...context, player: STILL });
  const legend = h("p.legend");
  const image = panel("", h("div.stack", {}, board.element, frame), legend);
  const result = panel("", output.element);
  const element = h("div.stage", {}, image.element, sign("→"), result.element);

  /** The largest cells that fit side by side. */
  function fit(width, across, down) {
    const cell = Math.min((width - 110) / across, 460 / down, 42);
    element.style.setProperty("--cell", `${Math.max(Math.floor(cell), 13)}px`);
  }

  function draw({ mode }, now, before, width = 800) {
    const { values, rows, columns } = now;
    fit(width, values[0].length + columns.length, values.length);
    board.update(values, painter(values, "image"), (r, c) => {
      const kept = mode !== "average" && now.kept[r][c] ? "kept" : "";
      return now.read[r][c] ? kept : "unread";
    });
    output.update(now.output, painter(values, "image"), (r, c) =>
      now.output[r][c] === before.output[r][c] ? "" : "changed",
    );
    image.caption.textContent = `Image ${values.length} × ${values[0].length}`;
    result.caption.textContent = `Output ${rows.length} × ${columns.length}`;
    legend.textContent = summary(mode, now, before);
  }

  function choose([r, c], now, text, held) {
    output.choose([r, c], text, held);
    const [[top, bottom], [left, end]] = [now.rows[r], now.columns[c]];
    frame.style =
      `--rows: ${bottom - top}; --columns: ${end - left}; --r: ${top}; --c: ${left}`;
  }

  return { element, draw, choose, held: output.held };
}

/** What is kept and lost, and what the shift changed, in words. */
export function summary(mode, now, before) {
  const count = (flags) => flags.flat().filter(Boolean).length;
  const [all, kept, unread] = [
    now.values.flat().length, count(now.kept), now.values.flat().length - count(now.read),
  ];
  const [pixels, outputs] = [differences(before.values, now.values), differences(before.output, now.output)];
  const parts = [
    mode === "average" ? "" : `Ringed: ${kept} of ${all} pixels reach the output.`,
    unread ? `Hatched: ${unread} are read by no window.` : "",
    pixels ? `Moving changed ${pixels} pixels and ${outputs} of ${now.output.flat().length} outputs (dashed).` : "",
  ];
  return parts.filter(Boolean).join(" ");
}

function build(context) {
  const [controls, stage] = [makeControls(context), makeStage(context)];
  const line = h("p.sum", { "aria-live": "polite" });
  const strip = h("div.strip", {}, line);
  const inside = ([r, c], { rows, columns }) =>
    [Math.min(Math.max(r, 0), rows.length - 1), Math.min(Math.max(c, 0), columns.length - 1)];
  const planned = (now) => plan(now, moved(now.image, now.down, now.right));

  function draw(now, width) {
    const held = stage.held();
    const made = planned(now);
    controls.draw(now);
    strip.classList.toggle("problem", Boolean(made.problem));
    stage.element.hidden = Boolean(made.problem);
    if (made.problem) line.textContent = made.problem;
    if (made.problem) return;
    now.selected = inside(now.selected, made);
    stage.draw(now, made, plan(now, now.image), width);
    const text = sentence(now.mode, made, now.selected);
    stage.choose(now.selected, made, text, held);
    if (line.textContent !== text) line.textContent = text;
  }

  function settle(next, patch) {
    const made = planned(next);
    return made.problem ? patch : { ...patch, selected: inside(next.selected, made) };
  }

  return { parts: [controls.element, stage.element, strip], draw, settle };
}

export default explorer("Pooling explorer", TRAITS, build);
