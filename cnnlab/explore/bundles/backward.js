// arithmetic.js
function matrix(rows, columns, value) {
  return Array.from(
    { length: rows },
    (_, r) => Array.from({ length: columns }, (_2, c) => value(r, c))
  );
}

// words.js
function show(x) {
  if (Number.isInteger(x) && Math.abs(x) < 1e6) return minus(String(x));
  if (Math.abs(x) >= 1e6) return minus(x.toExponential(1));
  return minus(String(Number(x.toFixed(Math.abs(x) >= 100 ? 1 : 2))));
}
var minus = (text) => text.replace("-", "−");

// pools.js
function steps(length, k, s) {
  const count = Math.floor((length - k) / s) + 1;
  return Array.from({ length: Math.max(count, 0) }, (_, i) => [i * s, i * s + k]);
}

// backflow.js
function sides({ mode, kernel, kernel_size: k }) {
  return mode === "convolution" ? [kernel.length, kernel[0].length] : [k, k];
}
function windows(now) {
  const { input, stride } = now;
  const [down, across] = sides(now);
  const [rows, columns] = [steps(input.length, down, stride), steps(input[0].length, across, stride)];
  if (rows.length && columns.length) return { rows, columns };
  const [height, width] = [input.length, input[0].length];
  return { problem: `A ${down} × ${across} window does not fit a ${height} × ${width} input. Lower k to ${Math.min(height, width)}.` };
}
function legible(rows, columns) {
  const few = rows * columns <= 4;
  return matrix(rows, columns, (r, c) => few ? 10 ** (r * columns + c) : (3 * r + 2 * c) % 5 - 1);
}
function forward(now, { rows, columns }) {
  return matrix(rows.length, columns.length, (r, c) => {
    const { numbers } = look(now, rows[r], columns[c]);
    if (now.mode === "max") return Math.max(...numbers);
    if (now.mode === "average") return numbers.reduce((a, b) => a + b) / numbers.length;
    return numbers.reduce((sum, x, i) => sum + x * now.kernel.flat()[i], 0);
  });
}
function look({ input }, [top, bottom], [left, end]) {
  const places = matrix(bottom - top, end - left, (r, c) => [top + r, left + c]).flat();
  return { places, numbers: places.map(([r, c]) => input[r][c]) };
}
function shares(now, { rows, columns }, r, c) {
  const { places, numbers } = look(now, rows[r], columns[c]);
  const g = now.grad_output[r][c];
  const first = numbers.indexOf(Math.max(...numbers));
  const factor = {
    max: (i) => Number(i === first),
    average: () => 1 / numbers.length,
    convolution: (i) => now.kernel.flat()[i]
  }[now.mode];
  return places.map(([i, j], n) => [i, j, g * factor(n)]);
}
function backward(now, spans, only) {
  const { input, kernel, grad_output: g } = now;
  const dx = matrix(input.length, input[0].length, () => 0);
  const dw = matrix(kernel.length, kernel[0].length, () => 0);
  for (const [r, c] of only ?? matrix(g.length, g[0].length, (i, j) => [i, j]).flat()) {
    shares(now, spans, r, c).forEach(([i, j, share], n) => {
      dx[i][j] += share;
      if (now.mode === "convolution")
        dw[Math.floor(n / kernel[0].length)][n % kernel[0].length] += g[r][c] * input[i][j];
    });
  }
  return { dx, dw };
}
function sentence(now, { rows, columns }, [r, c]) {
  const { places, numbers } = look(now, rows[r], columns[c]);
  const g = now.grad_output[r][c];
  const sender = `output[${r}, ${c}] sends its ${show(g)}`;
  if (now.mode === "convolution") return `${sender} to ${places.length} pixels, each times its weight`;
  if (now.mode === "average")
    return `${sender} in equal parts: ${show(g)} ÷ ${places.length} = ${show(g / places.length)} to each pixel`;
  const most = Math.max(...numbers);
  const equals = numbers.filter((x) => x === most).length;
  const place = places[numbers.indexOf(most)].join(", ");
  return `${sender} to input[${place}], ${equals > 1 ? `the first of ${equals} that are largest` : "the largest"}; nothing to the others`;
}

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

// backward.js
var TRAITS = "input kernel mode kernel_size stride grad_output everything selected";
var STILL = { playing: () => false, stop: () => {
} };
var MODES = [["convolution", "Convolution"], ["max", "Max pooling"], ["average", "Average pooling"]];
var NOTES = {
  convolution: "Forward, a pixel was multiplied by a weight. Back, the gradient is multiplied by that weight.",
  max: "Only the largest number had an influence, so it gets all of the gradient; of equal ones the first.",
  average: "Each number of the window had the same influence, so each gets the same share."
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
    const kernel2 = structuredClone(store.read().kernel);
    kernel2[r][c] = weight;
    change({ kernel: kernel2 });
  };
  const fields = weightFields({ onEdit, signal });
  const stack = h("div.stack", {}, x.element, frame);
  const kernel = panel("Kernel", fields.element).element;
  const learned = panel("Gradient of the kernel", dw.element).element;
  const element = h(
    "div",
    {},
    h("div.stage", {}, panel("Input", stack).element, kernel, sign("→"), panel("Output", y.element).element),
    h(
      "div.stage",
      {},
      panel("Gradient of the input", dx.element).element,
      learned,
      sign("←"),
      panel("Gradient of the output", g.element).element
    )
  );
  function draw(now, spans, width = 800) {
    const across = now.input[0].length + spans.columns.length;
    const cell = Math.min((width - 260) / across, 230 / now.input.length, 36);
    element.style.setProperty("--cell", `${Math.max(Math.floor(cell), 20)}px`);
    x.update(now.input, painter(now.input, "image"));
    fields.update(now.kernel);
    const out = forward(now, spans);
    y.update(out, painter(out, "signed"), (r, c) => String([r, c]) === String(now.selected) ? "lit" : "");
    g.update(now.grad_output, painter(now.grad_output, "signed"));
    const made = backward(now, spans, now.everything ? void 0 : [now.selected]);
    dx.update(made.dx, painter(made.dx, "signed"), (r, c) => inside(now, spans, r, c) ? "lit" : "");
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
    change({ grad_output: all.map((row, i) => i === r ? row.with(c, number.valueAsNumber) : row) });
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
function fitted(read) {
  const { rows, columns, problem } = windows(read);
  if (problem) return read;
  const { grad_output: g, selected: [r, c] } = read;
  const same = g.length === rows.length && g[0].length === columns.length;
  const selected = [Math.min(Math.max(r, 0), rows.length - 1), Math.min(Math.max(c, 0), columns.length - 1)];
  return { ...read, selected, grad_output: same ? g : legible(rows.length, columns.length) };
}
var backward_default = explorer("Backward explorer", TRAITS, build);
export {
  backward_default as default
};
