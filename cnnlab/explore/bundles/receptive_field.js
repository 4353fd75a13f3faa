// dom.js
function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const name in attributes) element.setAttribute(name, attributes[name]);
  if (/button|input|select/.test(tag) || "tabindex" in attributes)
    element.setAttribute("data-lm-suppress-shortcuts", "true");
  element.append(...children);
  return element;
}
var HIDDEN = { "aria-hidden": "true" };
function slider({ label, min, max, onInput, signal }) {
  const input = h("input", { type: "range", min, max });
  const value = h("span", { class: "value", ...HIDDEN });
  input.addEventListener("input", () => onInput(input.valueAsNumber), { signal });
  const set = (number, text = number) => {
    if (number > input.max) input.max = number;
    input.value = number;
    input.setAttribute("aria-valuetext", text);
    value.textContent = text;
  };
  return { element: h("label", { class: "slider" }, h("span", {}, label), input, value), set };
}
function choice({ label, options, onChoose, signal }) {
  const name = Math.random();
  const inputs = options.map(([value]) => h("input", { type: "radio", name, value }));
  const segments = options.map(([, text], i) => h("label", {}, inputs[i], h("span", {}, text)));
  const element = h("div", { class: "choice", role: "radiogroup", "aria-label": label }, ...segments);
  element.addEventListener("change", (event) => onChoose(event.target.value), { signal });
  const set = (value) => inputs.forEach((input) => input.checked = input.value === value);
  return { element, set };
}

// arithmetic.js
function matrix(rows, columns, value) {
  return Array.from(
    { length: rows },
    (_, r) => Array.from({ length: columns }, (_2, c) => value(r, c))
  );
}

// fields.js
function levels(size, layers) {
  const found = [{ size, field: 1, jump: 1 }];
  for (const [k, s, d] of layers) {
    const { size: below, field, jump } = found.at(-1);
    const left = Math.floor((below - d * (k - 1) - 1) / s) + 1;
    found.push({ size: Math.max(left, 0), field: field + d * (k - 1) * jump, jump: jump * s });
  }
  return found;
}
function cone(layers, unit) {
  const seen = [/* @__PURE__ */ new Set([unit])];
  for (const [k, s, d] of [...layers].reverse()) {
    const below = /* @__PURE__ */ new Set();
    for (const place of seen[0]) for (let u = 0; u < k; u++) below.add(place * s + u * d);
    seen.unshift(below);
  }
  return seen;
}
function overlap(inputs, k, s) {
  const counts = new Array((inputs - 1) * s + k).fill(0);
  for (let i = 0; i < inputs; i++) for (let u = 0; u < k; u++) counts[i * s + u]++;
  return counts;
}
function overlapMap(inputs, k, s) {
  const counts = overlap(inputs, k, s);
  return matrix(counts.length, counts.length, (r, c) => counts[r] * counts[c]);
}
function summary(layers, found) {
  const { field, jump } = found.at(-1);
  const pools = layers.some(([, , , kind]) => kind);
  const weights = layers.map(([k, , , kind]) => kind ? 0 : k * k);
  const sum = weights.reduce((a, b) => a + b, 0);
  return `A unit of the last layer sees ${field} × ${field} pixels; its neighbour sees ${jump} further on. Weights, one channel in and out: ${weights.join(" + ")}${weights.length > 1 ? ` = ${sum}` : ""}${pools ? " (pooling learns none)" : ""}; one kernel that sees as much has ${field * field}.`;
}
function evenness(k, s) {
  const [least, most] = [Math.floor(k / s), Math.ceil(k / s)];
  if (k < s) return `The kernel is smaller than the stride: some outputs get nothing.`;
  return least === most ? `${k} is divisible by ${s}: inside, every output pixel gets ${least * least} products. No checkerboard.` : `${k} is not divisible by ${s}: inside, output pixels get from ${least * least} to ${most * most} products. A checkerboard.`;
}

// words.js
function show(x) {
  if (Number.isInteger(x) && Math.abs(x) < 1e6) return minus(String(x));
  if (Math.abs(x) >= 1e6) return minus(x.toExponential(1));
  return minus(String(Number(x.toFixed(Math.abs(x) >= 100 ? 1 : 2))));
}
var minus = (text) => text.replace("-", "−");

// grid.js
var NUMBERS = 22;
var PLAIN = {
  role: "table",
  className: "",
  line: { class: "line", role: "row" },
  cell: () => h("span", { class: "cell", role: "cell" }),
  write: (cell, value, text) => {
    if (cell.textContent !== text) cell.textContent = text;
  }
};
function strike(pen, x, y, edge) {
  pen.strokeStyle = "#d55e00bf";
  pen.beginPath();
  for (let sum = 6; sum < 2 * edge; sum += 8) {
    const low = Math.max(sum - edge, 0);
    pen.moveTo(x + low, y + sum - low);
    pen.lineTo(x + sum - low, y + low);
  }
  pen.stroke();
}
function grid(options) {
  const { label, role, className, line, cell, write } = { ...PLAIN, ...options };
  const element = h("div", { class: `grid ${className}`, role, "aria-label": label });
  const canvas = h("canvas");
  const picture2 = h("div", { class: "picture", ...HIDDEN }, canvas);
  const marker = h("div", { ...line, class: "marker" }, cell(0, 0));
  const inks = {};
  let rows, columns, mosaic = false;
  function become(small) {
    mosaic = small;
    element.replaceChildren(...small ? [picture2, marker] : []);
    element.role = small && role === "table" ? "img" : role;
  }
  function fill(places) {
    const lines = element.children;
    while (lines.length > rows) element.lastChild.remove();
    while (lines.length < rows) element.append(h("div", line));
    [...lines].forEach((one, r) => {
      while (one.children.length > columns) one.lastChild.remove();
      while (one.children.length < columns) one.append(cell(r, one.children.length));
    });
    element.querySelectorAll(".cell").forEach((one, n) => {
      const [name, text, value] = places[n];
      write(one, value, text);
      if (one.className !== `cell ${name}`) one.className = `cell ${name}`;
    });
  }
  function ink(name) {
    canvas.className = name;
    const { backgroundColor, color } = getComputedStyle(canvas);
    canvas.className = "";
    return [backgroundColor, color];
  }
  function lay(places, square) {
    const [pen, ratio] = [canvas.getContext("2d"), devicePixelRatio];
    const { color: theme, fontFamily, fontSize } = getComputedStyle(element);
    const size = Math.max(rows, columns) * square * ratio;
    if (canvas.width < size) canvas.width = canvas.height = size;
    canvas.style.width = `${canvas.width / ratio}px`;
    pen.reset();
    pen.scale(ratio, ratio);
    pen.font = `${fontSize} ${fontFamily}`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    const edge = square < NUMBERS ? square : square - 1;
    for (const [name, text, , r, c] of places) {
      const [x, y] = [c * square, r * square];
      const [paint, number] = inks[theme + name] ??= ink(name);
      pen.fillStyle = paint;
      pen.fillRect(x, y, edge, edge);
      if (/unread/.test(name)) strike(pen, x, y, edge);
      pen.fillStyle = number;
      if (edge < square) pen.fillText(text, x + square / 2, y + square / 2);
    }
  }
  function update(values, paint, kind = () => "", square = 0) {
    [rows, columns] = [values.length, values[0].length];
    if (Boolean(square) !== mosaic) become(!mosaic);
    const places = values.flatMap(
      (row, r) => row.map((value, c) => [`${paint(value)} ${kind(r, c)}`, show(value), value, r, c])
    );
    element.style.setProperty("--letters", Math.max(2, ...places.map((one) => one[1].length)));
    if (!square) return fill(places);
    picture2.style = `width: ${columns * square}px; height: ${rows * square}px`;
    queueMicrotask(() => lay(places, square));
  }
  function place({ clientX, clientY }) {
    const { left, top, width, height } = element.getBoundingClientRect();
    return [(clientY - top) / height * rows, (clientX - left) / width * columns].map(Math.floor);
  }
  function at(r, c) {
    [element.ariaRowCount, element.ariaColCount] = [rows, columns];
    if (!mosaic) return element.children[r].children[c];
    marker.style = `--r: ${r}; --c: ${c}`;
    [marker.ariaRowIndex, marker.firstChild.ariaColIndex] = [r + 1, c + 1];
    return marker.firstChild;
  }
  return { element, update, place, at };
}

// levels.js
var LEVELS = 32;
function painter(values, kind) {
  const all = values.flat();
  const limit = Math.max(...all.map(Math.abs)) || 1;
  const letter = kind === "signed" || all.some((v) => v < 0) ? "s" : "g";
  return (value) => letter + Math.round(value / limit * LEVELS);
}

// store.js
var PAUSE = 200;
function makeStore(model, names, settle, changed) {
  let timer;
  const save = () => {
    timer = clearTimeout(timer);
    model.save_changes();
  };
  const read = () => Object.fromEntries(names.map((name) => [name, model.get(name)]));
  function change(patch) {
    const all = settle({ ...read(), ...patch }, patch);
    for (const name in all) model.set(name, all[name]);
    timer ??= setTimeout(save, PAUSE);
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
    const name = `cnnlab-explorer ${label.split(" ")[0]}`;
    const root = h("div", { class: name, role: "group", "aria-label": label }, body);
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

// receptive_field.js
var TRAITS = "layers view unit kernel_size stride";
var [INPUT, INPUTS, MOST] = [33, 6, 6];
var VIEWS = [["field", "Receptive field"], ["overlap", "Overlap of a transposed convolution"]];
function makeLayers({ store, change, signal }) {
  const rows = h("div", { class: "layers", role: "group", "aria-label": "Layers" });
  const plain = (text) => h("button", { type: "button", class: "text" }, text);
  const add = plain("Add a layer");
  const grow = () => change({ layers: [...store.read().layers, [3, 1, 1]] });
  add.addEventListener("click", grow, { signal });
  const set = (l, i, value) => change({ layers: store.read().layers.map((layer, n) => n === l ? layer.with(i, value) : layer) });
  function makeRow(l) {
    const knobs = [["Kernel", 1, 7], ["Stride", 1, 4], ["Dilation", 1, 4]].map(([name, min, max], i) => {
      const onInput = (value) => set(l, i, value);
      return slider({ label: `${name}, layer ${l + 1}`, min, max, onInput, signal });
    });
    const pool = h("input", { type: "checkbox", "aria-label": `Pooling, layer ${l + 1}` });
    const mark = () => change({
      layers: store.read().layers.map(
        (layer, n) => n === l ? [...layer.slice(0, 3), ...pool.checked ? ["pool"] : []] : layer
      )
    });
    pool.addEventListener("change", mark, { signal });
    const kind = h("label", { class: "check" }, pool, "Pooling");
    const away = plain(`Take layer ${l + 1} away`);
    const remove = () => change({ layers: store.read().layers.filter((_, n) => n !== l) });
    away.addEventListener("click", remove, { signal });
    const element = h("div", { class: "layer" }, ...knobs.map((one) => one.element), kind, away);
    return { element, away, knobs, pool };
  }
  const made = [];
  function draw(layers) {
    while (made.length < layers.length) made.push(makeRow(made.length));
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
function picture(found, seen) {
  const [step, high] = [20, 34];
  const top = found.length - 1;
  const wide = INPUT * step;
  const square = (level, i) => {
    const { jump, field } = found[level];
    const x = (i * jump + (field - 1) / 2) * step;
    const name = seen[level].has(i) ? "lit" : "unit";
    return `<rect class="${name}" x="${x + 1}" y="${(top - level) * high + 1}" width="${step - 2}" height="${step - 2}"/>`;
  };
  const rows = found.map(({ size }, level) => Array.from({ length: size }, (_, i) => square(level, i)));
  return `<svg viewBox="0 0 ${wide} ${top * high + step}" aria-hidden="true">${rows.flat().join("")}</svg>`;
}
function build(context) {
  const { change, signal } = context;
  const onView = (view2) => change({ view: view2 });
  const view = choice({ label: "View", options: VIEWS, onChoose: onView, signal });
  const layers = makeLayers(context);
  const unit = slider({ label: "Unit of the last layer", min: 0, max: 1, signal, onInput: (n) => change({ unit: n }) });
  const knob = (label, max, name) => slider({ label, min: 1, max, signal, onInput: (n) => change({ [name]: n }) });
  const [size, stride] = [knob("Kernel size, k", 7, "kernel_size"), knob("Stride, s", 4, "stride")];
  const stamps = h("div", { class: "sliders" }, size.element, stride.element);
  const drawing = h("div", { class: "drawing", role: "img" });
  const map = grid({ label: "Products in each output pixel", className: "overlap" });
  const line = h("p", { class: "sum", "aria-live": "polite" });
  const strip = h("div", { class: "strip" }, line);
  const field = h("div", {}, layers.element, drawing, unit.element);
  const overlap2 = h("div", {}, stamps, h("div", { class: "stage" }, map.element));
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
    overlap2.style.setProperty("--cell", `${Math.max(Math.floor(Math.min(34, 460 / values.length)), 17)}px`);
    map.update(values, painter(values, "signed"));
    return evenness(k, s);
  }
  function draw(now) {
    view.set(now.view);
    field.hidden = now.view !== "field";
    overlap2.hidden = !field.hidden;
    const text = field.hidden ? drawOverlap(now) : drawField(now);
    if (line.textContent !== text) line.textContent = text;
  }
  const bar = h("div", { class: "bar" }, view.element);
  return { parts: [bar, field, overlap2, strip], draw, settle: (_, patch) => patch };
}
var receptive_field_default = explorer("Receptive field explorer", TRAITS, build);
export {
  receptive_field_default as default
};
