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
function panel(title, ...children) {
  const caption = h("p.caption", {}, title);
  return { caption, element: h("div.panel", {}, caption, ...children) };
}
function sign(text) {
  return h("span.sign", HIDDEN, text);
}
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
  const picture = makeMosaic();
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
      element.replaceChildren(...mosaic ? [picture.element, marker] : []);
      if (role === "table") element.role = mosaic ? "img" : role;
    }
    const classes = (value, r, c) => `${paint(value)} ${kind(r, c)}`;
    const letters = values.flat().reduce((most, value) => Math.max(most, show(value).length), 2);
    element.style.setProperty("--letters", letters);
    (square ? picture.draw : fill)(values, classes, square);
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

// output.js
var KEYS = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Home: [0, -Infinity],
  End: [0, Infinity]
};
function makeOutput({ store, change, player, signal }, make = grid) {
  const cell = () => h("span.cell", { role: "gridcell", tabindex: -1 });
  const output = make({ label: "Output", role: "grid", className: "output", cell });
  let chosen;
  const on = (type, listener) => output.element.addEventListener(type, listener, { signal });
  const pick = (event) => change({ selected: output.place(event) });
  on("pointermove", (event) => player.playing() || pick(event));
  on("click", (event) => {
    player.stop();
    pick(event);
  });
  on("keydown", (event) => {
    if (!KEYS[event.key] || event.altKey || event.metaKey) return;
    event.preventDefault();
    player.stop();
    const [[r, c], [down, across]] = [store.read().selected, KEYS[event.key]];
    change({ selected: [r + (event.ctrlKey && !isFinite(across) ? across : down), c + across] });
  });
  function choose([r, c], name, held2) {
    const mark = (tabIndex, ariaLabel, ariaSelected) => Object.assign(chosen ?? {}, { tabIndex, ariaLabel, ariaSelected });
    mark(-1, null, null);
    chosen = output.at(r, c);
    mark(0, name, "true");
    if (held2) chosen.focus({ preventScroll: true });
  }
  const held = () => output.element.contains(output.element.getRootNode().activeElement);
  return { ...output, choose, held };
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
    const resized2 = ([{ contentRect: now }]) => {
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
    const observer = new ResizeObserver(resized2);
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

// arithmetic.js
function matrix(rows, columns, value) {
  return Array.from(
    { length: rows },
    (_, r) => Array.from({ length: columns }, (_2, c) => value(r, c))
  );
}

// stacks.js
function padded(plane, p) {
  return matrix(plane.length + 2 * p, plane[0].length + 2 * p, (r, c) => plane[r - p]?.[c - p] ?? 0);
}
function correlate(plane, kernel) {
  const [rows, columns] = [plane.length - kernel.length + 1, plane[0].length - kernel[0].length + 1];
  return matrix(
    Math.max(rows, 0),
    Math.max(columns, 0),
    (r, c) => kernel.flatMap((line, u) => line.map((w, v) => w * plane[r + u][c + v])).reduce((a, b) => a + b)
  );
}
function convolve({ input, weight, bias, padding, filter }) {
  const planes = input.map((plane) => padded(plane, padding));
  const [kernels, shift] = [weight[filter], bias[filter]];
  const maps = planes.map((plane, c) => correlate(plane, kernels[c]));
  if (!maps[0].length || !maps[0][0].length) {
    const [k, n] = [kernels[0].length, Math.min(input[0].length, input[0][0].length)];
    return { problem: `A ${k} × ${k} kernel does not fit. Raise the padding to ${Math.ceil((k - n) / 2)}.` };
  }
  const add = (r, c) => maps.reduce((sum, map) => sum + map[r][c], shift);
  return { planes, kernels, maps, shift, output: matrix(maps[0].length, maps[0][0].length, add) };
}
function sentence(filter, [r, c], { maps, shift, output }) {
  const terms = maps.map((map) => map[r][c] < 0 ? `(${show(map[r][c])})` : show(map[r][c]));
  const name = `output[${filter}][${r}, ${c}]`;
  return `${name} = ${terms.join(" + ")} + bias ${show(shift)} = ${show(output[r][c])}`;
}
function counts({ weight }, { output }) {
  const [filters, channels, kh, kw] = [
    weight.length,
    weight[0].length,
    weight[0][0].length,
    weight[0][0][0].length
  ];
  const [weights, places] = [filters * channels * kh * kw, output.length * output[0].length];
  const one = channels * kh * kw;
  return [
    `Learned: ${filters} × ${channels} × ${kh} × ${kw} = ${weights} weights and ${filters} ${filters === 1 ? "bias" : "biases"}: ${weights + filters}.`,
    `Products: ${channels} × ${kh} × ${kw} = ${one} for one number, ${filters} × ${output.length} × ${output[0].length} × ${one} = ${filters * places * one} in all.`
  ];
}
function resized(weight, size) {
  const cut = (kernel) => {
    const shift = (kernel.length - size) / 2;
    return matrix(size, size, (r, c) => kernel[r + shift]?.[c + shift] ?? 0);
  };
  return weight.map((filter) => filter.map(cut));
}

// weights.js
function weightFields({ onEdit, signal }) {
  let latest;
  const fields = grid({
    label: "Kernel weights",
    role: "group",
    className: "fields",
    line: { class: "line" },
    cell: (r, c) => {
      const field = h("input.cell", { type: "number", step: "any" });
      field.ariaLabel = `weight ${r}, ${c}`;
      const weight = () => isFinite(field.valueAsNumber) && onEdit(r, c, field.valueAsNumber);
      field.addEventListener("input", weight, { signal });
      return field;
    },
    write: (field, weight) => {
      const rounded = Number(weight.toFixed(2));
      if (![weight, rounded].includes(field.valueAsNumber)) field.value = rounded;
    }
  });
  const update = (kernel) => {
    latest = kernel;
    fields.update(kernel, painter(kernel, "signed"));
  };
  fields.element.addEventListener("change", () => update(latest), { signal });
  return { element: fields.element, update };
}

// channels.js
var TRAITS = "input weight bias padding filter selected";
var STILL = { playing: () => false, stop: () => {
} };
function makeControls({ store, change, signal }) {
  const filters = h("select", { "aria-label": "Filter" });
  filters.addEventListener("change", () => change({ filter: Number(filters.value) }), { signal });
  let [whole, made] = [];
  const onSize = (size2) => {
    const { weight } = store.read();
    if (weight !== made) whole = weight;
    made = resized(whole, Number(size2));
    change({ weight: made });
  };
  const sizes = [["1", "1 × 1"], ["3", "3 × 3"]];
  const size = choice({ label: "Kernel size", options: sizes, onChoose: onSize, signal });
  const onPad = (padding2) => change({ padding: padding2 });
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
    note.textContent = weight[0][0].length === 1 ? `A 1 × 1 kernel looks at one pixel: it mixes the ${input.length} channels, each with its weight.` : `A filter has one kernel for each of the ${input.length} channels. Its maps add up to one map.`;
  }
  return { element, draw };
}
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
  const [one, two, three] = panels.map(({ element: element2 }) => element2);
  const element = h("div.row", {}, one, sign("⋆"), two, sign("="), three);
  function draw(made, paint, [r, k], square) {
    const kernel = made.kernels[c];
    plane.update(made.planes[c], painter(made.planes.flat(), "image"), void 0, square);
    fields.update(kernel);
    map.update(made.maps[c], paint, (i, j) => i === r && j === k ? "lit" : "", square);
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
      lines = now.input.map((_, c2) => makeRow(c2, context));
      rows.replaceChildren(...lines.map(({ element }) => element));
    }
    const across = made.planes[0][0].length + 2 * made.output[0].length;
    const down = made.planes[0].length * lines.length;
    const cell = Math.max(Math.floor(Math.min((width - 300) / across, 460 / down, 34)), NUMBERS);
    const square = [...made.planes, ...made.maps, made.output].flat(2).length > MANY ? cell : 0;
    stage.style.setProperty("--cell", `${cell}px`);
    const paint = painter([...made.maps.flat(), ...made.output], "signed");
    lines.forEach((one) => one.draw(made, paint, now.selected, square));
    output.update(made.output, paint, void 0, square);
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
function inside([r, c], output) {
  return [Math.min(Math.max(r, 0), output.length - 1), Math.min(Math.max(c, 0), output[0].length - 1)];
}
var channels_default = explorer("Channels explorer", TRAITS, build);
export {
  channels_default as default
};
