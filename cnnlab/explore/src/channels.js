/** The channels explorer: one kernel a channel, one map a channel, and their sum. */
import { choice, h, panel, sign, slider } from "./dom.js";
import { grid } from "./grid.js";
import { MANY, NUMBERS } from "./mosaic.js";
import { painter } from "./levels.js";
import { makeOutput } from "./output.js";
import { explorer } from "./shell.js";
import { convolve, counts, resized, sentence } from "./stacks.js";
import { weightFields } from "./weights.js";
import { show } from "./words.js";

const TRAITS = "input weight bias padding filter selected";
const STILL = { playing: () => false, stop: () => {} };

function makeControls({ store, change, signal }) {
  const filters = h("select", { "aria-label": "Filter" });
  filters.addEventListener("change", () => change({ filter: Number(filters.value) }), { signal });
  // What a smaller size cuts away comes back when the size grows again.
  let [whole, made] = [];
  const onSize = (size) => {
    const { weight } = store.read();
    if (weight !== made) whole = weight;
    made = resized(whole, Number(size));
    change({ weight: made });
  };
  const sizes = [["1", "1 × 1"], ["3", "3 × 3"]];
  const size = choice({ label: "Kernel size", options: sizes, onChoose: onSize, signal });
  const onPad = (padding) => change({ padding });
  const padding = slider({ label: "Padding, p", min: 0, max: 2, onInput: onPad, signal });
  const bias = h("input", { type: "number", step: "any", "aria-label": "Bias" });
  const onBias = () => {
    const { bias: all, filter } = store.read();
    if (Number.isFinite(bias.valueAsNumber)) change({ bias: all.with(filter, bias.valueAsNumber) });
  };
  bias.addEventListener("input", onBias, { signal });
  const labelled = (text, control) => h("label", {}, h("span", {}, `${text} `), control);
  const parts = [labelled("Filter", filters), size.element, labelled("Bias", bias), padding.element];
  const note = h("p.note");
  const element = h("div.controls", {}, h("div.bar", {}, ...parts), note);

  function draw({ input, weight, bias: all, padding: p, filter }) {
    if (filters.length !== weight.length)
      filters.replaceChildren(...weight.map((_, i) => h("option", { value: i }, `${i} of ${weight.length}`)));
    filters.value = filter;
    size.set(String(weight[0][0].length));
    padding.set(p);
    if (bias.valueAsNumber !== all[filter]) bias.value = all[filter];
    note.textContent =
      weight[0][0].length === 1
        ? `A 1 × 1 kernel looks at one pixel: it mixes the ${input.length} channels, each with its weight.`
        : `A filter has one kernel for each of the ${input.length} channels. Its maps add up to one map.`;
  }
  return { element, draw };
}

/** One line: a channel, its kernel, its map. */
function makeRow(c, { store, change, signal }) {
  const plane = grid({ label: `Channel ${c}`, className: "image" });
  const frame = h("div.frame", { "aria-hidden": "true" });
  const onEdit = (r, k, value) => {
    const { weight, filter } = store.read();
    const next = structuredClone(weight);
    next[filter][c][r][k] = value;
    change({ weight: next });
  };
  const fields = weightFields({ onEdit, signal });
  const map = grid({ label: `Map ${c}`, className: "map" });
  const stack = h("div.stack", {}, plane.element, frame);
  const panels = [panel(`Channel ${c}`, stack), panel(`Kernel ${c}`, fields.element), panel(`Map ${c}`, map.element)];
  const [one, two, three] = panels.map(({ element }) => element);
  const element = h("div.row", {}, one, sign("⋆"), two, sign("="), three);

  function draw(made, paint, [r, k], square) {
    const kernel = made.kernels[c];
    plane.update(made.planes[c], painter(made.planes.flat(), "image"), undefined, square);
    fields.update(kernel);
    map.update(made.maps[c], paint, (i, j) => (i === r && j === k ? "lit" : ""), square);
    frame.style = `--rows: ${kernel.length}; --columns: ${kernel[0].length}; --r: ${r}; --c: ${k}`;
  }
  return { element, draw };
}

function build(context) {
  const controls = makeControls(context);
  const rows = h("div.rows");
  const output = makeOutput({ ...context, player: STILL });
  const total = panel("", output.element);
  const stage = h("div.stage", {}, rows, sign("Σ"), total.element);
  const line = h("p.sum", { "aria-live": "polite" });
  const [learned, products] = [h("p"), h("p")];
  const strip = h("div.strip", {}, line, learned, products);
  let lines = [];

  function draw(now, width = 800) {
    const held = output.held();
    const made = convolve(now);
    controls.draw(now);
    stage.hidden = Boolean(made.problem);
    strip.classList.toggle("problem", stage.hidden);
    if (stage.hidden) line.textContent = made.problem;
    if (stage.hidden) return;
    now.selected = inside(now.selected, made.output);
    if (lines.length !== now.input.length) {
      lines = now.input.map((_, c) => makeRow(c, context));
      rows.replaceChildren(...lines.map(({ element }) => element));
    }
    const across = made.planes[0][0].length + 2 * made.output[0].length;
    const down = made.planes[0].length * lines.length;
    const cell = Math.max(Math.floor(Math.min((width - 300) / across, 460 / down, 34)), NUMBERS);
    const square = [...made.planes, ...made.maps, made.output].flat(2).length > MANY ? cell : 0;
    stage.style.setProperty("--cell", `${cell}px`);
    const paint = painter([...made.maps.flat(), ...made.output], "signed");
    lines.forEach((one) => one.draw(made, paint, now.selected, square));
    output.update(made.output, paint, undefined, square);
    total.caption.textContent = `Output ${now.filter}, with bias ${show(made.shift)}`;
    const [r, c] = now.selected;
    output.choose([r, c], show(made.output[r][c]), held);
    const text = sentence(now.filter, now.selected, made);
    if (line.textContent !== text) line.textContent = text;
    [learned.textContent, products.textContent] = counts(now, made);
  }

  function settle(next, patch) {
    const made = convolve(next);
    return made.problem ? patch : { ...patch, selected: inside(next.selected, made.output) };
  }

  return { parts: [controls.element, stage, strip], draw, settle };
}

/** The place in the output nearest to the one chosen. */
function inside([r, c], output) {
  return [Math.min(Math.max(r, 0), output.length - 1), Math.min(Math.max(c, 0), output[0].length - 1)];
}

export default explorer("Channels explorer", TRAITS, build);
