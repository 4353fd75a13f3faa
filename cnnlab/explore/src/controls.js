/** Mode, presets, sliders and the formula of the output size. */
import { resize } from "./arithmetic.js";
import { choice, h, slider } from "./dom.js";
import { formula } from "./formula.js";

/** New weights go on with the pattern 1 0 1, new pixels with small digits. */
const pattern = (r, c) => (r + c + 1) % 2;
const digits = (r, c) => (3 * r + 5 * c + r * c) % 10;

/** The name of the preset that these settings are, or "". */
export function matching(presets, settings) {
  const same = (preset) =>
    Object.keys(preset).every((key) => JSON.stringify(preset[key]) === JSON.stringify(settings[key]));
  return Object.keys(presets).find((name) => same(presets[name])) ?? "";
}

function presetMenu({ store, change, signal }) {
  const presets = store.get("_presets");
  const options = (names) => names.map((name) => h("option", {}, name));
  const select = h(
    "select",
    { "aria-label": "Preset" },
    h("option", { value: "" }, "Own settings"),
    ...store.get("_groups").map(([label, names]) => h("optgroup", { label }, ...options(names))),
  );
  const choose = () => select.value && change({ ...presets[select.value], selected: [0, 0] });
  select.addEventListener("change", choose, { signal });
  return { element: select, draw: (now) => (select.value = matching(presets, now)) };
}

function sliders({ store, change, signal }) {
  /** What a smaller size cuts away comes back when the size grows again. */
  const resizer = (name, fill) => {
    let whole, made;
    return (n) => {
      const now = store.read()[name];
      if (now !== made) whole = now;
      made = resize(whole, n, n, fill);
      change({ [name]: made });
    };
  };
  const make = (label, min, max, onInput) => slider({ label, min, max, onInput, signal });
  const set = (name) => (value) => change({ [name]: value });
  const all = {
    image: make("Image size, i", 1, 12, resizer("image", digits)),
    kernel: make("Kernel size, k", 1, 7, resizer("kernel", pattern)),
    stride: make("Stride, s", 1, 5, set("stride")),
    padding: make("Padding, p", 0, 6, set("padding")),
    dilation: make("Dilation, d", 1, 4, set("dilation")),
  };
  const element = h("div.sliders", {}, ...Object.values(all).map((one) => one.element));
  const draw = (now) => {
    for (const name in all) {
      const value = now[name];
      const [rows, columns] = value.length ? [value.length, value[0].length] : [value, value];
      all[name].set(Math.max(rows, columns), rows === columns ? rows : `${rows} × ${columns}`);
    }
  };
  return { element, draw };
}

/** Everything above the picture. @returns {{element: Node, draw: (now, plan) => void}} */
export function makeControls(context) {
  const { store, change, signal } = context;
  // Dilated correlation has a name of its own.
  const onChoose = (name) => {
    const { dilation: now } = store.read();
    const dilation = { dilated: Math.max(now, 2), correlation: 1 }[name] ?? now;
    change({ mode: name === "dilated" ? "correlation" : name, dilation });
  };
  const notes = Object.fromEntries(store.get("_notes"));
  const options = Object.keys(notes).map((name) => [name, name]);
  const mode = choice({ label: "Operation", options, onChoose, signal });
  const presets = presetMenu(context);
  const knobs = sliders(context);
  const note = h("p.note");
  const line = h("div.formula");
  const element = h(
    "div.controls",
    {},
    h("div.bar", {}, mode.element, h("label", {}, "Preset ", presets.element)),
    note,
    knobs.element,
    line,
  );
  const draw = (now, { rows, columns }) => {
    const name = now.mode === "correlation" && now.dilation > 1 ? "dilated" : now.mode;
    mode.set(name);
    presets.draw(now);
    knobs.draw(now);
    note.textContent = notes[name];
    const [height, width] = [formula(rows, now), formula(columns, now)];
    line.innerHTML = height === width ? height : `height ${height}<br>width ${width}`;
  };
  return { element, draw };
}
