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
function choice({ label, options, onChoose, signal }) {
  const name = Math.random();
  const inputs = options.map(([value]) => h("input", { type: "radio", name, value }));
  const segments = options.map(([, text], i) => h("label", {}, inputs[i], h("span", {}, text)));
  const element = h("div.choice", { role: "radiogroup", "aria-label": label }, ...segments);
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

// mosaic.js
var [NUMBERS, MANY] = [20, 300];
var each = (values, visit) => values.forEach((row, r) => row.forEach((value, c) => visit(value, r, c)));
function makeMosaic() {
  const [squares, canvas] = [h("div"), h("canvas")];
  const element = h("div.mosaic", HIDDEN, squares, canvas);
  function draw(values, classes, side) {
    const [rows, columns] = [values.length, values[0].length];
    element.style = `width: ${columns * side}px; height: ${rows * side}px`;
    canvas.hidden = side < NUMBERS;
    const paths = {};
    const edge = canvas.hidden ? 1 : 1 - 1 / side;
    let hatch = "";
    each(values, (value, r, c) => {
      const name = classes(value, r, c);
      paths[name] = `${paths[name] ?? ""}M${c} ${r}h${edge}v${edge}h-${edge}z`;
      if (/unread/.test(name)) hatch += `M${c} ${r + 0.5}l.5-.5m.5 0l-1 1m.5 0l.5-.5`;
    });
    const drawn = Object.entries({ ...paths, hatch }).map(([name, d]) => `<path class="${name}" d="${d}"/>`);
    squares.innerHTML = `<svg viewBox="0 0 ${columns} ${rows}">${drawn.join("")}</svg>`;
    if (!canvas.hidden) queueMicrotask(() => write(values, classes, side));
  }
  function write(values, classes, side) {
    const [pen, ratio, inks] = [canvas.getContext("2d"), devicePixelRatio, {}];
    for (const path of squares.querySelectorAll("path"))
      inks[path.className.baseVal] = getComputedStyle(path).color;
    const size = Math.ceil(Math.max(element.clientWidth, element.clientHeight) * ratio);
    if (canvas.height < size) canvas.width = canvas.height = size;
    canvas.style.width = `${canvas.width / ratio}px`;
    pen.reset();
    pen.scale(ratio, ratio);
    const style = getComputedStyle(element);
    const font = `${style.fontSize} ${style.fontFamily}`;
    Object.assign(pen, { font, textAlign: "center", textBaseline: "middle" });
    each(values, (value, r, c) => {
      pen.fillStyle = inks[classes(value, r, c)];
      pen.fillText(show(value), (c + 0.5) * side, (r + 0.5) * side);
    });
  }
  return { element, draw };
}

// grid.js
var PLAIN = {
  role: "table",
  className: "",
  line: { class: "line", role: "row" },
  cell: () => h("span.cell", { role: "cell" }),
  write: (cell, value, text) => {
    if (cell.textContent !== text) cell.textContent = text;
  }
};
function grid(options) {
  const { label, role, className, line, cell, write } = { ...PLAIN, ...options };
  const element = h(`div.grid ${className}`, { role, "aria-label": label });
  const picture2 = makeMosaic();
  const chosen = cell(0, 0);
  const marker = h("div", { ...line, class: "marker" }, chosen);
  let rows, columns, mosaic = false;
  function fill(values, classes) {
    const lines = element.children;
    while (lines.length > rows) element.lastChild.remove();
    while (lines.length < rows) element.append(h("div", line));
    values.forEach((row, r) => {
      const cells = lines[r].children;
      while (cells.length > columns) lines[r].lastChild.remove();
      while (cells.length < columns) lines[r].append(cell(r, cells.length));
      row.forEach((value, c) => {
        const [one, name] = [cells[c], `cell ${classes(value, r, c)}`];
        write(one, value, show(value));
        if (one.className !== name) one.className = name;
      });
    });
  }
  function update(values, paint, kind = () => "", square = 0) {
    [rows, columns] = [values.length, values[0].length];
    if (square > 0 !== mosaic) {
      mosaic = !mosaic;
      element.replaceChildren(...mosaic ? [picture2.element, marker] : []);
      if (role === "table") element.role = mosaic ? "img" : role;
    }
    const classes = (value, r, c) => `${paint(value)} ${kind(r, c)}`;
    const letters = values.flat().reduce((most, value) => Math.max(most, show(value).length), 2);
    element.style.setProperty("--letters", letters);
    (square ? picture2.draw : fill)(values, classes, square);
  }
  function place({ clientX, clientY }) {
    const { left, top, width, height } = element.getBoundingClientRect();
    return [(clientY - top) / height * rows, (clientX - left) / width * columns].map(Math.floor);
  }
  function at(r, c) {
    [element.ariaRowCount, element.ariaColCount] = [rows, columns];
    if (!mosaic) return element.children[r].children[c];
    marker.style = `--r: ${r}; --c: ${c}`;
    [marker.ariaRowIndex, chosen.ariaColIndex] = [r + 1, c + 1];
    return chosen;
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
    const each2 = (method) => names.forEach((name) => model[method](`change:${name}`, listener));
    each2("on");
    return () => {
      each2("off");
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

// receptive_field.js
var TRAITS = "layers view unit kernel_size stride";
var [INPUT, INPUTS, MOST] = [33, 6, 6];
var VIEWS = [["field", "Receptive field"], ["overlap", "Overlap of a transposed convolution"]];
function makeLayers({ store, change, signal }) {
  const rows = h("div.layers", { role: "group", "aria-label": "Layers" });
  const plain = (text) => h("button.text", { type: "button" }, text);
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
  const stamps = h("div.sliders", {}, size.element, stride.element);
  const drawing = h("div.drawing", { role: "img" });
  const map = grid({ label: "Products in each output pixel", className: "overlap" });
  const line = h("p.sum", { "aria-live": "polite" });
  const strip = h("div.strip", {}, line);
  const field = h("div", {}, layers.element, drawing, unit.element);
  const overlap2 = h("div", {}, stamps, h("div.stage", {}, map.element));
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
  const bar = h("div.bar", {}, view.element);
  return { parts: [bar, field, overlap2, strip], draw, settle: (_, patch) => patch };
}
var receptive_field_default = explorer("Receptive field explorer", TRAITS, build);
export {
  receptive_field_default as default
};
