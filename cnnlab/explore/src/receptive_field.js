/** The receptive-field explorer: stack layers and see the field grow; and where stamps overlap. */
import { choice, h, slider } from "./dom.js";
import { cone, evenness, levels, overlapMap, summary } from "./fields.js";
import { grid } from "./grid.js";
import { painter } from "./levels.js";
import { explorer } from "./shell.js";

const TRAITS = "layers view unit kernel_size stride";
const [INPUT, INPUTS, MOST] = [33, 6, 6]; // pixels of the picture's input; of the stamps; layers
const VIEWS = [["field", "Receptive field"], ["overlap", "Overlap of a transposed convolution"]];

/** The rows in which layers are changed, added and taken away. */
function makeLayers({ store, change, signal }) {
  const rows = h("div.layers", { role: "group", "aria-label": "Layers" });
  const plain = (text) => h("button.text", { type: "button" }, text);
  const add = plain("Add a layer");
  const grow = () => change({ layers: [...store.read().layers, [3, 1, 1]] });
  add.addEventListener("click", grow, { signal });
  const set = (l, i, value) =>
    change({ layers: store.read().layers.map((layer, n) => (n === l ? layer.with(i, value) : layer)) });

  function makeRow(l) {
    const knobs = [["Kernel", 1, 7], ["Stride", 1, 4], ["Dilation", 1, 4]].map(([name, min, max], i) => {
      const onInput = (value) => set(l, i, value);
      return slider({ label: `${name}, layer ${l + 1}`, min, max, onInput, signal });
    });
    const pool = h("input", { type: "checkbox", "aria-label": `Pooling, layer ${l + 1}` });
    const mark = () =>
      change({
        layers: store.read().layers.map((layer, n) =>
          n === l ? [...layer.slice(0, 3), ...(pool.checked ? ["pool"] : [])] : layer,
        ),
      });
    pool.addEventListener("change", mark, { signal });
    const kind = h("label.check", {}, pool, "Pooling");
    const away = plain(`Take layer ${l + 1} away`);
    const remove = () => change({ layers: store.read().layers.filter((_, n) => n !== l) });
    away.addEventListener("click", remove, { signal });
    const element = h("div.layer", {}, ...knobs.map((one) => one.element), kind, away);
    return { element, away, knobs, pool };
  }

  const made = [];
  function draw(layers) {
    while (made.length < layers.length) made.push(makeRow(made.length));
    // Only where their number changes: a slider that is put anew loses the focus.
    if (rows.children.length !== layers.length)
      rows.replaceChildren(...made.slice(0, layers.length).map(({ element }) => element));
    layers.forEach((layer, l) => {
      made[l].knobs.forEach((knob, i) => knob.set(layer[i]));
      made[l].pool.checked = layer.length > 3;
    });
    for (const { away } of made) away.disabled = layers.length === 1;
    add.disabled = layers.length === MOST;
  }
  return { element: h("div", {}, rows, add), draw };
}

/** All levels as rows of squares, the input at the bottom. */
function picture(found, seen) {
  const [step, high] = [20, 34];
  const top = found.length - 1;
  const wide = INPUT * step;
  const square = (level, i) => {
    const { jump, field } = found[level];
    const x = (i * jump + (field - 1) / 2) * step; // in the middle of what the unit sees
    const name = seen[level].has(i) ? "lit" : "unit";
    return `<rect class="${name}" x="${x + 1}" y="${(top - level) * high + 1}" width="${step - 2}" height="${step - 2}"/>`;
  };
  const rows = found.map(({ size }, level) => Array.from({ length: size }, (_, i) => square(level, i)));
  return `<svg viewBox="0 0 ${wide} ${top * high + step}" aria-hidden="true">${rows.flat().join("")}</svg>`;
}

function build(context) {
  const { change, signal } = context;
  const onView = (view) => change({ view });
  const view = choice({ label: "View", options: VIEWS, onChoose: onView, signal });
  const layers = makeLayers(context);
  const unit = slider({ label: "Unit of the last layer", min: 0, max: 1, signal, onInput: (n) => change({ unit: n }) });
  const knob = (label, max, name) =>
    slider({ label, min: 1, max, signal, onInput: (n) => change({ [name]: n }) });
  const [size, stride] = [knob("Kernel size, k", 7, "kernel_size"), knob("Stride, s", 4, "stride")];
  const stamps = h("div.sliders", {}, size.element, stride.element);
  const drawing = h("div.drawing", { role: "img" });
  const map = grid({ label: "Products in each output pixel", className: "overlap" });
  const line = h("p.sum", { "aria-live": "polite" });
  const strip = h("div.strip", {}, line);
  const field = h("div", {}, layers.element, drawing, unit.element);
  const overlap = h("div", {}, stamps, h("div.stage", {}, map.element));

  function drawField(now) {
    const found = levels(INPUT, now.layers);
    const { size: last } = found.at(-1);
    layers.draw(now.layers);
    strip.classList.toggle("problem", !last);
    drawing.hidden = unit.element.hidden = !last;
    if (!last) return "These layers need more pixels than the picture has. Lower a stride, a dilation or a kernel.";
    const chosen = Math.min(now.unit, last - 1);
    unit.element.querySelector("input").max = last - 1;
    unit.set(chosen);
    const seen = cone(now.layers, chosen);
    drawing.innerHTML = picture(found, seen);
    const sees = found.at(-1).field;
    drawing.ariaLabel = `One row a layer, the input at the bottom. Unit ${chosen} of the last layer reaches down to ${sees} pixels.`;
    return summary(now.layers, found);
  }

  function drawOverlap({ kernel_size: k, stride: s }) {
    size.set(k);
    stride.set(s);
    strip.classList.remove("problem");
    const values = overlapMap(INPUTS, k, s);
    overlap.style.setProperty("--cell", `${Math.max(Math.floor(Math.min(34, 460 / values.length)), 17)}px`);
    map.update(values, painter(values, "signed"));
    return evenness(k, s);
  }

  function draw(now) {
    view.set(now.view);
    field.hidden = now.view !== "field";
    overlap.hidden = !field.hidden;
    const text = field.hidden ? drawOverlap(now) : drawField(now);
    if (line.textContent !== text) line.textContent = text;
  }

  const bar = h("div.bar", {}, view.element);
  return { parts: [bar, field, overlap, strip], draw, settle: (_, patch) => patch };
}

export default explorer("Receptive field explorer", TRAITS, build);
