/** The backward explorer: which inputs get what from the gradient of an output. */
import { backward, forward, legible, sentence, windows } from "./backflow.js";
import { choice, h, panel, sign, slider } from "./dom.js";
import { grid } from "./grid.js";
import { painter } from "./levels.js";
import { makeOutput } from "./output.js";
import { explorer } from "./shell.js";
import { weightFields } from "./weights.js";
import { show } from "./words.js";

const TRAITS = "input kernel mode kernel_size stride grad_output everything selected";
const STILL = { playing: () => false, stop: () => {} };
const MODES = [["convolution", "Convolution"], ["max", "Max pooling"], ["average", "Average pooling"]];
const NOTES = {
  convolution: "Forward, a pixel was multiplied by a weight. Back, the gradient is multiplied by that weight.",
  max: "Only the largest number had an influence, so it gets all of the gradient; of equal ones the first.",
  average: "Each number of the window had the same influence, so each gets the same share.",
};

function makeControls({ change, signal }) {
  const set = (name) => (value) => change({ [name]: value });
  const mode = choice({ label: "Operation", options: MODES, onChoose: set("mode"), signal });
  const knob = (label, max, name) => slider({ label, min: 1, max, onInput: set(name), signal });
  const size = knob("Window, k", 4, "kernel_size");
  const stride = knob("Stride, s", 4, "stride");
  const box = h("input", { type: "checkbox" });
  box.addEventListener("change", () => change({ everything: box.checked }), { signal });
  const all = h("label.check", {}, box, "Add up what all outputs send");
  const note = h("p.note");
  const bar = h("div.bar", {}, mode.element, all);
  const knobs = h("div.sliders", {}, size.element, stride.element);
  const element = h("div.controls", {}, bar, note, knobs);
  const draw = (now) => {
    mode.set(now.mode);
    size.set(now.kernel_size);
    stride.set(now.stride);
    size.element.hidden = now.mode === "convolution";
    box.checked = now.everything;
    note.textContent = NOTES[now.mode];
  };
  return { element, draw };
}

function makeStage(context) {
  const { store, change, signal } = context;
  const frame = h("div.frame", { "aria-hidden": "true" });
  const x = grid({ label: "Input", className: "image" });
  const y = grid({ label: "Output", className: "forward" });
  const g = makeOutput({ ...context, player: STILL });
  const dx = grid({ label: "Gradient of the input", className: "dx" });
  const dw = grid({ label: "Gradient of the kernel", className: "dw" });
  const onEdit = (r, c, weight) => {
    const kernel = structuredClone(store.read().kernel);
    kernel[r][c] = weight;
    change({ kernel });
  };
  const fields = weightFields({ onEdit, signal });
  const stack = h("div.stack", {}, x.element, frame);
  const kernel = panel("Kernel", fields.element).element;
  const learned = panel("Gradient of the kernel", dw.element).element;
  const element = h(
    "div", {},
    h("div.stage", {}, panel("Input", stack).element, kernel, sign("→"), panel("Output", y.element).element),
    h("div.stage", {}, panel("Gradient of the input", dx.element).element, learned,
      sign("←"), panel("Gradient of the output", g.element).element),
  );

  function draw(now, spans, width = 800) {
    const across = now.input[0].length + spans.columns.length;
    const cell = Math.min((width - 260) / across, 230 / now.input.length, 36);
    element.style.setProperty("--cell", `${Math.max(Math.floor(cell), 20)}px`);
    x.update(now.input, painter(now.input, "image"));
    fields.update(now.kernel);
    const out = forward(now, spans);
    y.update(out, painter(out, "signed"), (r, c) => (String([r, c]) === String(now.selected) ? "lit" : ""));
    g.update(now.grad_output, painter(now.grad_output, "signed"));
    const made = backward(now, spans, now.everything ? undefined : [now.selected]);
    dx.update(made.dx, painter(made.dx, "signed"), (r, c) => (inside(now, spans, r, c) ? "lit" : ""));
    dw.update(made.dw, painter(made.dw, "signed"));
    kernel.hidden = learned.hidden = now.mode !== "convolution";
  }

  function choose(now, spans, held) {
    const [r, c] = now.selected;
    g.choose([r, c], show(now.grad_output[r][c]), held);
    const [[top, bottom], [left, end]] = [spans.rows[r], spans.columns[c]];
    frame.style = `--rows: ${bottom - top}; --columns: ${end - left}; --r: ${top}; --c: ${left}`;
  }

  return { element, draw, choose, held: g.held };
}

/** Does the window of the chosen output cover this pixel? */
function inside({ selected: [r, c] }, { rows, columns }, i, j) {
  const [[top, bottom], [left, end]] = [rows[r], columns[c]];
  return i >= top && i < bottom && j >= left && j < end;
}

function build(context) {
  const { change, signal } = context;
  const [controls, stage] = [makeControls(context), makeStage(context)];
  const number = h("input", { type: "number", step: "any", "aria-label": "Gradient of the chosen output" });
  const onNumber = () => {
    const { grad_output: all, selected: [r, c] } = now();
    if (!Number.isFinite(number.valueAsNumber)) return;
    change({ grad_output: all.map((row, i) => (i === r ? row.with(c, number.valueAsNumber) : row)) });
  };
  number.addEventListener("input", onNumber, { signal });
  const line = h("p.sum", { "aria-live": "polite" });
  const field = h("label.given", {}, h("span", {}, "Gradient of the chosen output "), number);
  const strip = h("div.strip", {}, field, line);
  const now = () => fitted(context.store.read());

  function draw(read, width) {
    const held = stage.held();
    const [settings, spans] = [fitted(read), windows(read)];
    controls.draw(settings);
    stage.element.hidden = field.hidden = Boolean(spans.problem);
    strip.classList.toggle("problem", stage.element.hidden);
    const text = spans.problem ?? sentence(settings, spans, settings.selected);
    if (line.textContent !== text) line.textContent = text;
    if (spans.problem) return;
    stage.draw(settings, spans, width);
    stage.choose(settings, spans, held);
    const [r, c] = settings.selected;
    if (number.valueAsNumber !== settings.grad_output[r][c]) number.value = settings.grad_output[r][c];
  }

  function settle(next, patch) {
    const { grad_output, selected } = fitted(next);
    return { ...patch, grad_output, selected };
  }

  return { parts: [controls.element, stage.element, strip], draw, settle };
}

/** The settings with a gradient of the output's shape, and a chosen output inside it. */
function fitted(read) {
  const { rows, columns, problem } = windows(read);
  if (problem) return read;
  const { grad_output: g, selected: [r, c] } = read;
  const same = g.length === rows.length && g[0].length === columns.length;
  const selected = [Math.min(Math.max(r, 0), rows.length - 1), Math.min(Math.max(c, 0), columns.length - 1)];
  return { ...read, selected, grad_output: same ? g : legible(rows.length, columns.length) };
}

export default explorer("Backward explorer", TRAITS, build);
