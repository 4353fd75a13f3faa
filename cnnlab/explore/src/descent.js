/** The descent explorer: a loss surface, and the paths that a learning rate and a momentum make. */
import { h, slider } from "./dom.js";
import { raster } from "./raster.js";
import { explorer } from "./shell.js";
import { bands, descend, outcome, REACH, SURFACES } from "./surfaces.js";

const TRAITS = "surface start learning_rate momentum steps";
const NAMES = { bowl: "Bowl", valley: "Valley", dips: "Two dips", saddle: "Saddle" };

/** A path as SVG: a line, and a dot for each step. */
function drawn(path, name) {
  const [px, py] = [(x) => x, (y) => -y];
  const points = path.map(({ x, y }) => [px(x), py(y)].map((v) => Math.max(Math.min(v, 99), -99)));
  const line = points.map((point) => point.join(",")).join(" ");
  const dots = points.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="0.06"/>`).join("");
  return `<g class="${name}"><polyline points="${line}"/>${dots}</g>`;
}

function build({ change, signal }) {
  const menu = h("select", { "aria-label": "Surface" });
  for (const name in NAMES) menu.append(h("option", { value: name }, NAMES[name]));
  menu.addEventListener("change", () => change({ surface: menu.value }), { signal });
  const knob = (label, min, max, scale, name) => {
    const onInput = (n) => change({ [name]: n / scale });
    return slider({ label, min, max, onInput, signal });
  };
  const rate = knob("Learning rate, η", 1, 250, 100, "learning_rate");
  const momentum = knob("Momentum, μ", 0, 99, 100, "momentum");
  const steps = knob("Steps", 0, 100, 1, "steps");
  let start = [0, 0];
  const move = (axis) => (n) => change({ start: start.with(axis, n / 10) });
  const [along, up] = ["Start, weight 1", "Start, weight 2"].map((label, axis) =>
    slider({ label, min: -40, max: 40, onInput: move(axis), signal }),
  );
  const note = h("p.note");
  const knobs = h("div.sliders", {}, ...[rate, momentum, steps, along, up].map((one) => one.element));
  const bar = h("div.bar", {}, h("label", {}, h("span", {}, "Surface "), menu));
  const picture = raster({ label: "Loss surface", className: "surface" });
  const paths = h("div.paths", { "aria-hidden": "true" });
  picture.element.append(paths);
  const point = ({ clientX, clientY }) => {
    const { left, top, width, height } = picture.element.getBoundingClientRect();
    const place = (offset) => Math.round((offset * 2 - 1) * REACH * 10) / 10;
    change({ start: [place((clientX - left) / width), -place((clientY - top) / height)] });
  };
  picture.element.addEventListener("click", point, { signal });
  const line = h("p.sum", { "aria-live": "polite" });
  const legend = h("p.legend", {}, "Solid: with momentum. Dashed: plain steps of the same learning rate. Click to start elsewhere.");
  const stage = h("div.stage", {}, h("div.panel", {}, picture.element, legend));
  let last;

  function draw(now) {
    start = now.start;
    menu.value = now.surface;
    note.textContent = SURFACES[now.surface].note;
    rate.set(Math.round(100 * now.learning_rate), now.learning_rate.toFixed(2));
    momentum.set(Math.round(100 * now.momentum), now.momentum.toFixed(2));
    steps.set(now.steps);
    [along, up].forEach((one, axis) => one.set(Math.round(10 * start[axis]), start[axis].toFixed(1)));
    const theme = getComputedStyle(picture.element).color;
    if (last !== now.surface + theme) picture.update(bands(now.surface, 160), "signed", 20);
    last = now.surface + theme;
    const plain = descend(now.surface, start, now.learning_rate, 0, now.steps);
    const moved = descend(now.surface, start, now.learning_rate, now.momentum, now.steps);
    const box = `viewBox="${-REACH} ${-REACH} ${2 * REACH} ${2 * REACH}"`;
    paths.innerHTML = `<svg ${box}>${drawn(plain, "plain")}${drawn(moved, "moved")}</svg>`;
    const text = `With momentum: ${outcome(moved, now.steps)}. Without: ${outcome(plain, now.steps)}.`;
    if (line.textContent !== text) line.textContent = text;
  }

  const parts = [bar, note, knobs, stage, h("div.strip", {}, line)];
  return { parts, draw, settle: (_, patch) => patch };
}

export default explorer("Descent explorer", TRAITS, build);
