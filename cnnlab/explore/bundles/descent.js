// dom.js
function h(tag, attributes = {}, ...children) {
  const [name, classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes) element.className = classes;
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  if (/button|input|select/.test(name) || "tabindex" in attributes)
    element.setAttribute("data-lm-suppress-shortcuts", "true");
  element.append(...children);
  return element;
}
var HIDDEN = { "aria-hidden": "true" };
function slider({ label, min, max, onInput, signal }) {
  const input = h("input", { type: "range", min, max });
  const value = h("span.value", HIDDEN);
  input.addEventListener("input", () => onInput(input.valueAsNumber), { signal });
  const set = (number, text = number) => {
    if (number > input.max) input.max = number;
    input.value = number;
    input.setAttribute("aria-valuetext", text);
    value.textContent = text;
  };
  return { element: h("label.slider", {}, h("span", {}, label), input, value), set };
}

// palette.js
var BELOW = ["fee0b6", "fdb863", "e08214", "b35806"].map(parse);
var ABOVE = ["d8daeb", "b2abd2", "8073ac", "542788"].map(parse);
var LIGHT = { below: [parse("ffffff"), ...BELOW], above: [parse("ffffff"), ...ABOVE] };
var DARK = {
  below: [parse("26262b"), ...[...BELOW].reverse()],
  above: [parse("26262b"), ...[...ABOVE].reverse()]
};
function parse(hex) {
  return [0, 2, 4].map((i) => parseInt(hex.slice(i, i + 2), 16));
}
function between(ramp2, t) {
  const place = Math.min(Math.max(t, 0), 1) * (ramp2.length - 1);
  const i = Math.min(Math.floor(place), ramp2.length - 2);
  return ramp2[i].map((a, k) => Math.round(a + (ramp2[i + 1][k] - a) * (place - i)));
}
function signed(value, dark2) {
  const { below, above } = dark2 ? DARK : LIGHT;
  return between(value < 0 ? below : above, Math.abs(value));
}
function gray(value) {
  return between([[0, 0, 0], [255, 255, 255]], value);
}

// raster.js
var STEPS = 255;
function ramp(colour) {
  const table = new Uint32Array(2 * STEPS + 1);
  for (let i = -STEPS; i <= STEPS; i++) {
    const [r, g, b] = colour(i / STEPS);
    table[i + STEPS] = 255 << 24 | b << 16 | g << 8 | r;
  }
  return table;
}
var GRAY = ramp((t) => gray(Math.max(t, 0)));
var SIGNED = [ramp((t) => signed(t, false)), ramp((t) => signed(t, true))];
var dark;
function onDark(element) {
  if (dark === void 0) queueMicrotask(() => dark = void 0);
  return dark ??= Number.parseInt(getComputedStyle(element).color.slice(4)) > 128;
}
function raster({ label, className, role = "img", cell }) {
  const canvas = h("canvas", HIDDEN);
  const marker = cell && h("div.marker", { role: "row" }, cell());
  const name = { role, "aria-label": label };
  const element = h(`div.raster ${className}`, name, canvas, ...marker ? [marker] : []);
  const pen = canvas.getContext("2d");
  let [rows, columns] = [0, 0];
  function update(picture, kind, limit) {
    resize(picture);
    const table = kind === "signed" ? SIGNED[Number(onDark(element))] : GRAY;
    const data = new ImageData(columns, rows);
    const paint = new Uint32Array(data.data.buffer);
    const scale = STEPS / (limit || 1);
    for (let i = 0; i < paint.length; i++) {
      const step = Math.round(picture.values[i] * scale);
      paint[i] = table[Math.min(Math.max(step, -STEPS), STEPS) + STEPS];
    }
    pen.putImageData(data, 0, 0);
  }
  function resize(picture) {
    if (rows === picture.rows && columns === picture.columns) return;
    [canvas.height, canvas.width] = [rows, columns] = [picture.rows, picture.columns];
    element.style.setProperty("--shape", `${columns} / ${rows}`);
  }
  function place({ clientX, clientY }) {
    const { left, top, width, height } = element.getBoundingClientRect();
    const index = (offset, count) => Math.min(Math.max(Math.floor(offset * count), 0), count - 1);
    return [index((clientY - top) / height, rows), index((clientX - left) / width, columns)];
  }
  function at(r, c) {
    [element.ariaRowCount, element.ariaColCount] = [rows, columns];
    marker.style = `top: ${100 * r / rows}%; left: ${100 * c / columns}%`;
    [marker.ariaRowIndex, marker.firstChild.ariaColIndex] = [r + 1, c + 1];
    return marker.firstChild;
  }
  return { element, canvas, update, place, at };
}

// store.js
var [PAUSE, LATEST] = [200, 1e3];
function makeStore(model, names, settle, changed) {
  let timer, first;
  const save = () => {
    timer = first = clearTimeout(timer);
    model.save_changes();
  };
  const read = () => Object.fromEntries(names.map((name) => [name, model.get(name)]));
  function change(patch) {
    const all = settle({ ...read(), ...patch }, patch);
    for (const name in all) model.set(name, all[name]);
    clearTimeout(timer);
    first ??= Date.now();
    timer = setTimeout(save, Math.min(PAUSE, first + LATEST - Date.now()));
    changed();
  }
  function watch(listener) {
    const each = (method) => names.forEach((name) => model[method](`change:${name}`, listener));
    each("on");
    return () => {
      each("off");
      if (timer) save();
    };
  }
  return { read, change, watch, get: (name) => model.get(name) };
}

// shell.js
function explorer(label, traits, build2) {
  function render({ model, el }) {
    const listeners = new AbortController();
    let frame, width, high = 0;
    const schedule = () => frame ??= requestAnimationFrame(draw);
    const store = makeStore(model, traits.split(" "), (...both) => view.settle(...both), hurry);
    const view = build2({ store, change: store.change, schedule, signal: listeners.signal });
    const body = h("div", {}, ...view.parts);
    const named = { role: "group", "aria-label": label };
    const root = h(`div.cnnlab-explorer ${label.split(" ")[0]}`, named, body);
    function draw(_, restyled) {
      frame = void 0;
      view.draw(store.read(), width, restyled);
    }
    function hurry() {
      cancelAnimationFrame(frame);
      draw();
      void root.offsetHeight;
    }
    const resized = ([{ contentRect: now }]) => {
      const wider = now.width !== width;
      high = Math.max(wider ? 0 : high, now.height);
      root.style.height = `${high + 12}px`;
      if (!wider) return;
      [width, high] = [now.width, 0];
      schedule();
    };
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

// surfaces.js
var SURFACES = {
  bowl: {
    loss: (x, y) => (x * x + y * y) / 2,
    slopes: (x, y) => [x, y],
    note: "The same slope all around: the path leads straight to the middle."
  },
  valley: {
    loss: (x, y) => (x * x + 12 * y * y) / 2,
    slopes: (x, y) => [x, 12 * y],
    note: "Steep across, flat along: plain steps creep along or swing from side to side; momentum adds up along the valley."
  },
  dips: {
    loss: (x, y) => (x ** 4 - 8 * x * x) / 16 + x / 4 + y * y / 2 + 1.7,
    slopes: (x, y) => [(4 * x ** 3 - 16 * x) / 16 + 1 / 4, y],
    note: "Two dips, the left one deeper: which is found depends on the start and on the step."
  },
  saddle: {
    loss: (x, y) => x * x / 2 - y * y / 2 + y ** 4 / 24 + 1.5,
    slopes: (x, y) => [x, -y + y ** 3 / 6],
    note: "Between two dips lies a saddle: there the slope is nearly zero, and the path lingers."
  }
};
var REACH = 4;
var [FAR, BANDS] = [1e3, 16];
function descend(name, [x, y], rate, momentum, steps) {
  const { loss, slopes } = SURFACES[name];
  const path = [{ x, y, loss: loss(x, y) }];
  let [vx, vy] = [0, 0];
  for (let n = 0; n < steps && Math.abs(x) < FAR && Math.abs(y) < FAR; n++) {
    const [sx, sy] = slopes(x, y);
    [vx, vy] = [momentum * vx + sx, momentum * vy + sy];
    [x, y] = [x - rate * vx, y - rate * vy];
    path.push({ x, y, loss: loss(x, y) });
  }
  return path;
}
function bands(name, size) {
  const { loss } = SURFACES[name];
  const at = (i) => -REACH + 2 * REACH * (i + 0.5) / size;
  const heights = Float32Array.from(
    { length: size * size },
    (_, i) => Math.log1p(Math.max(loss(at(i % size), -at(Math.floor(i / size))), 0))
  );
  const highest = heights.reduce((most, height) => Math.max(most, height), 0);
  const values = heights.map((height) => BANDS - Math.floor(BANDS * height / highest));
  return { values, rows: size, columns: size };
}
function outcome(path, steps) {
  const { loss, x, y } = path.at(-1);
  if (!(Math.abs(x) < FAR && Math.abs(y) < FAR)) return `runs away after ${path.length - 1} steps`;
  return `loss ${loss < 5e-3 ? loss.toExponential(0) : loss.toFixed(2)} after ${steps} steps`;
}

// descent.js
var TRAITS = "surface start learning_rate momentum steps";
var NAMES = { bowl: "Bowl", valley: "Valley", dips: "Two dips", saddle: "Saddle" };
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
  const [along, up] = ["Start, weight 1", "Start, weight 2"].map(
    (label, axis) => slider({ label, min: -40, max: 40, onInput: move(axis), signal })
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
var descent_default = explorer("Descent explorer", TRAITS, build);
export {
  descent_default as default
};
