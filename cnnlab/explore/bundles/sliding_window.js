// arithmetic.js
function axis(size2, kernel, { stride, padding, dilation, mode }) {
  const span = dilation * (kernel - 1) + 1;
  const transposed = mode === "transposed";
  const spread = transposed ? stride : 1;
  const step = transposed ? 1 : stride;
  const edge = transposed ? span - 1 - padding : padding;
  const [border, start] = [Math.max(edge, 0), Math.max(-edge, 0)];
  const board = (size2 - 1) * spread + 1 + 2 * border;
  const output = Math.floor((board - 2 * start - span) / step) + 1;
  return { size: size2, kernel, span, spread, border, board, start, step, output };
}
function axes(settings) {
  const { image, kernel } = settings;
  const rows = axis(image.length, kernel.length, settings);
  const columns = axis(image[0].length, kernel[0].length, settings);
  return { rows, columns, fits: rows.output > 0 && columns.output > 0 };
}
function turn(kernel) {
  return kernel.map((row) => [...row].reverse()).reverse();
}
function source({ size: size2, spread, border }, t) {
  const offset = t - border;
  if (offset < 0 || offset > (size2 - 1) * spread) return -1;
  return offset % spread ? NaN : offset / spread;
}
function tally(a, dilation) {
  const counts = new Array(a.board).fill(0);
  for (let o = 0; o < a.output; o++)
    for (let u = 0; u < a.kernel; u++) counts[a.start + o * a.step + u * dilation]++;
  return counts;
}
function lay(settings) {
  const { image, kernel, dilation, mode } = settings;
  const { rows, columns, fits } = axes(settings);
  const turned = mode !== "correlation";
  const weights = turned ? turn(kernel) : kernel;
  const [across, down] = [tally(columns, dilation), tally(rows, dilation)];
  const board = matrix(rows.board, columns.board, (r, c) => {
    const [i, j] = [source(rows, r), source(columns, c)];
    const kind = i < 0 || j < 0 ? "border" : i >= 0 && j >= 0 ? "pixel" : "gap";
    const value = kind === "pixel" ? image[i][j] : 0;
    return { kind, value, reads: down[r] * across[c] };
  });
  const read = (top, left, u, v) => board[top + u * dilation][left + v * dilation].value;
  const sum = (r, c) => {
    const [top, left] = [rows.start + r * rows.step, columns.start + c * columns.step];
    const add = (all, line, u) => line.reduce((part, w, v) => part + w * read(top, left, u, v), all);
    return weights.reduce(add, 0);
  };
  const output = fits ? matrix(rows.output, columns.output, sum) : [];
  return { rows, columns, dilation, fits, turned, weights, board, read, output };
}
function matrix(rows, columns, value) {
  return Array.from(
    { length: rows },
    (_, r) => Array.from({ length: columns }, (_2, c) => value(r, c))
  );
}
function look({ rows, columns, weights, read, output }, r, c) {
  const [top, left] = [rows.start + r * rows.step, columns.start + c * columns.step];
  const window = weights.map((line, u) => line.map((_, v) => read(top, left, u, v)));
  const products = weights.map((line, u) => line.map((weight, v) => window[u][v] * weight));
  return { top, left, window, products, sum: output[r][c] };
}
function unread(board) {
  const missed = board.flat().filter(({ reads }) => !reads);
  return { places: missed.length, pixels: missed.filter(({ kind }) => kind === "pixel").length };
}
function clamp(settings, [r, c]) {
  const { rows, columns, fits } = axes(settings);
  const inside = (place, { output }) => Math.max(Math.min(place, output - 1), 0);
  return fits ? [inside(r, rows), inside(c, columns)] : [r, c];
}
function problem(settings) {
  const { padding, dilation, mode } = settings;
  const { rows, columns, fits } = axes(settings);
  if (fits) return "";
  if (mode === "transposed") {
    const excess = Math.ceil((1 - Math.min(rows.output, columns.output)) / 2);
    return `Padding ${padding} cuts the whole output away. Lower it to ${padding - excess}.`;
  }
  const missing = Math.max(rows.span - rows.board, columns.span - columns.board);
  const spread = dilation > 1 ? `, spread to ${size(rows, columns, "span")},` : "";
  const padded = padding ? ` padded to ${size(rows, columns, "board")}` : "";
  return `A ${size(rows, columns, "kernel")} kernel${spread} does not fit a ${size(rows, columns, "size")} image${padded}. Raise the padding to ${padding + Math.ceil(missing / 2)}, or make the kernel smaller.`;
}
function size(rows, columns, key) {
  return `${rows[key]} × ${columns[key]}`;
}
function resize(old, rows, columns, fill) {
  return matrix(rows, columns, (r, c) => old[r]?.[c] ?? fill(r, c));
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

// words.js
function show(x) {
  if (Number.isInteger(x) && Math.abs(x) < 1e6) return minus(String(x));
  if (Math.abs(x) >= 1e6) return minus(x.toExponential(1));
  return minus(String(Number(x.toFixed(Math.abs(x) >= 100 ? 1 : 2))));
}
var minus = (text) => text.replace("-", "−");
var exact = (x) => Number(show(x).replace("−", "-")) === x;
function sentence([r, c], { window, sum }, weights) {
  const terms = window.flatMap(
    (row, u) => row.map((value, v) => `${bracket(value)} × ${bracket(weights[u][v])}`)
  );
  const rounded = ![...window.flat(), ...weights.flat(), sum].every(exact);
  return `output[${r}, ${c}] = ${terms.join(" + ")} ${rounded ? "≈" : "="} ${show(sum)}`;
}
var bracket = (x) => x < 0 ? `(${show(x)})` : show(x);

// formula.js
var LETTERS = { times: "" };
for (const letter of "ikspd") LETTERS[letter] = `<i>${letter}</i>`;
var floor = (top, bottom) => `<span class="floor"><small>⌊(</small><span>${top}</span><small>) / </small><span>${bottom}</span><small>⌋</small></span>`;
function side({ i, k, s, p, d, times }, { dilation, mode }) {
  const gaps = dilation > 1 && `${d}${times}(${k} − 1)`;
  if (mode === "transposed")
    return `(${i} − 1)${times}${s} − 2${times}${p} + ${gaps ? `${gaps} + 1` : k}`;
  return `${floor(`${i} + 2${times}${p} − ${gaps ? `${gaps} − 1` : k}`, s)} + 1`;
}
function formula({ size: size2, kernel, output }, settings) {
  const { stride: s, padding: p, dilation: d } = settings;
  const numbers = { i: size2, k: kernel, s, p, d, times: "·" };
  return `<i>o</i> = ${side(LETTERS, settings)} = ${side(numbers, settings)} = <b>${show(output)}</b>`;
}

// controls.js
var pattern = (r, c) => (r + c + 1) % 2;
var digits = (r, c) => (3 * r + 5 * c + r * c) % 10;
function matching(presets, settings) {
  const same = (preset) => Object.keys(preset).every((key) => JSON.stringify(preset[key]) === JSON.stringify(settings[key]));
  return Object.keys(presets).find((name) => same(presets[name])) ?? "";
}
function presetMenu({ store, change, signal }) {
  const presets = store.get("_presets");
  const options = (names) => names.map((name) => h("option", {}, name));
  const select = h(
    "select",
    { "aria-label": "Preset" },
    h("option", { value: "" }, "Own settings"),
    ...store.get("_groups").map(([label, names]) => h("optgroup", { label }, ...options(names)))
  );
  const choose = () => select.value && change({ ...presets[select.value], selected: [0, 0] });
  select.addEventListener("change", choose, { signal });
  return { element: select, draw: (now) => select.value = matching(presets, now) };
}
function sliders({ store, change, signal }) {
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
    dilation: make("Dilation, d", 1, 4, set("dilation"))
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
function makeControls(context) {
  const { store, change, signal } = context;
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
    line
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

// player.js
function makePlayer() {
  let timer, speed, step;
  const listeners = [];
  const playing = () => timer > 0;
  const tell = () => listeners.forEach((hear) => hear(playing()));
  function wait() {
    timer = setTimeout(() => (wait(), step() || stop()), 1e3 / speed);
  }
  function stop() {
    timer = clearTimeout(timer);
    tell();
  }
  function start(next) {
    step = next;
    wait();
    tell();
  }
  return {
    start,
    stop,
    playing,
    setSpeed: (value) => speed = value,
    listen: (hear) => listeners.push(hear)
  };
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

// levels.js
var LEVELS = 32;
function painter(values, kind) {
  const all = values.flat();
  const limit = Math.max(...all.map(Math.abs)) || 1;
  const letter = kind === "signed" || all.some((v) => v < 0) ? "s" : "g";
  return (value) => letter + Math.round(value / limit * LEVELS);
}

// frame.js
function makeFrame() {
  const turner = h("div.turner");
  const element = h("div.frame", HIDDEN, turner);
  let box, still;
  function reshape({ rows, columns, dilation, weights }) {
    [box, still] = [`--rows: ${rows.span}; --columns: ${columns.span}`, true];
    const tap = (weight, u, v) => `<span class="tap" style="--r: ${u * dilation}; --c: ${v * dilation}"><b>${show(weight)}</b></span>`;
    turner.innerHTML = weights.flatMap((line, u) => line.map((w, v) => tap(w, u, v))).join("");
  }
  function moveTo(top, left) {
    element.classList.toggle("still", still);
    element.style = `${box}; --r: ${top}; --c: ${left}`;
    still = false;
  }
  return { element, reshape, moveTo };
}

// mosaic.js
var [NUMBERS, MANY] = [20, 300];
var each = (values, visit) => values.forEach((row, r) => row.forEach((value, c) => visit(value, r, c)));
function makeMosaic() {
  const [squares, canvas] = [h("div"), h("canvas")];
  const element = h("div.mosaic", HIDDEN, squares, canvas);
  function draw(values, classes, side2) {
    const [rows, columns] = [values.length, values[0].length];
    element.style = `width: ${columns * side2}px; height: ${rows * side2}px`;
    canvas.hidden = side2 < NUMBERS;
    const paths = {};
    const edge = canvas.hidden ? 1 : 1 - 1 / side2;
    let hatch = "";
    each(values, (value, r, c) => {
      const name = classes(value, r, c);
      paths[name] = `${paths[name] ?? ""}M${c} ${r}h${edge}v${edge}h-${edge}z`;
      if (/unread/.test(name)) hatch += `M${c} ${r + 0.5}l.5-.5m.5 0l-1 1m.5 0l.5-.5`;
    });
    const drawn = Object.entries({ ...paths, hatch }).map(([name, d]) => `<path class="${name}" d="${d}"/>`);
    squares.innerHTML = `<svg viewBox="0 0 ${columns} ${rows}">${drawn.join("")}</svg>`;
    if (!canvas.hidden) queueMicrotask(() => write(values, classes, side2));
  }
  function write(values, classes, side2) {
    const [pen, ratio, inks] = [canvas.getContext("2d"), devicePixelRatio, {}];
    for (const path of squares.querySelectorAll("path"))
      inks[path.className.baseVal] = getComputedStyle(path).color;
    const size2 = Math.ceil(Math.max(element.clientWidth, element.clientHeight) * ratio);
    if (canvas.height < size2) canvas.width = canvas.height = size2;
    canvas.style.width = `${canvas.width / ratio}px`;
    pen.reset();
    pen.scale(ratio, ratio);
    const style = getComputedStyle(element);
    const font = `${style.fontSize} ${style.fontFamily}`;
    Object.assign(pen, { font, textAlign: "center", textBaseline: "middle" });
    each(values, (value, r, c) => {
      pen.fillStyle = inks[classes(value, r, c)];
      pen.fillText(show(value), (c + 0.5) * side2, (r + 0.5) * side2);
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

// stage.js
var [FIELD, BOTH] = [36, 30];
function cellSize(width, { rows, columns, fits }) {
  const [down, across] = fits ? [rows.output, columns.output] : [0, 0];
  const kernel = Math.max(FIELD * columns.kernel, 84);
  const tallest = Math.min(560 / Math.max(rows.board, down), 42);
  const beside = Math.min((width - kernel - 124) / (columns.board + across), tallest);
  const below = Math.min((width - 8) / Math.max(columns.board, across), tallest);
  const stacked = beside < 9 || beside < NUMBERS && below >= NUMBERS;
  return Math.max(Math.floor(stacked ? below : beside), 9);
}
function makeStage(context) {
  const { store, change, signal } = context;
  const board = grid({ label: "Image", className: "image" });
  const frame = makeFrame();
  const legend = h("p.legend");
  const onEdit = (r, c, weight) => {
    const { kernel: kernel2 } = store.read();
    change({ kernel: kernel2.with(r, kernel2[r].with(c, weight)) });
  };
  const fields = weightFields({ onEdit, signal });
  const laid = grid({ label: "Turned kernel", className: "laid" });
  const laidPanel = panel("↻ turned by 180°", laid.element).element;
  const output = makeOutput(context);
  const image = panel("", h("div.stack", {}, board.element, frame.element), legend);
  const kernel = panel("", fields.element, laidPanel);
  const result = panel("", output.element);
  const [times, equals] = [sign("⋆"), sign("=")];
  const element = h(
    "div.stage",
    {},
    image.element,
    times,
    kernel.element,
    equals,
    result.element
  );
  function drawCaptions({ rows, columns, turned }) {
    const [pixels, board2] = [size(rows, columns, "size"), size(rows, columns, "board")];
    const padded = pixels === board2 ? "" : `, padded to ${board2}`;
    image.caption.textContent = `Image ${pixels}${padded}`;
    kernel.caption.textContent = `Kernel ${size(rows, columns, "kernel")}`;
    result.caption.textContent = `Output ${size(rows, columns, "output")}`;
    times.textContent = turned ? "∗" : "⋆";
  }
  function drawBoard({ show_reads }, { board: places, fits }, square) {
    const missed = unread(places);
    legend.textContent = fits && missed.places ? `Hatched: ${missed.places} read by no window, ${missed.pixels} in the image` : "";
    const values = places.map((row) => row.map((p) => show_reads ? p.reads : p.value));
    board.update(values, painter(values, show_reads ? "signed" : "image"), (r, c) => {
      const { kind, reads } = places[r][c];
      return fits && !reads ? `${kind} unread` : kind;
    }, square);
  }
  function draw(now, plan, width) {
    const cell = cellSize(width ?? 800, plan);
    const many = [...plan.board, ...plan.output].flat().length > MANY;
    const square = many || cell < NUMBERS ? cell : 0;
    element.style.setProperty("--cell", `${cell}px`);
    element.classList.toggle("bare", cell < BOTH);
    drawCaptions(plan);
    drawBoard(now, plan, square);
    fields.update(now.kernel);
    const turning = plan.turned && laidPanel.hidden;
    for (const one of [laid.element, frame.element]) one.classList.toggle("turning", turning);
    laidPanel.hidden = !plan.turned;
    laid.update(plan.weights, painter(plan.weights, "signed"));
    for (const one of [frame.element, equals, result.element]) one.hidden = !plan.fits;
    if (!plan.fits) return;
    frame.reshape(plan);
    output.update(plan.output, painter(plan.output, "signed"), void 0, square);
  }
  function choose({ selected }, { top, left, sum }, held) {
    output.choose(selected, show(sum), held);
    frame.moveTo(top, left);
  }
  return { element, draw, choose, held: output.held };
}

// strip.js
function makeStrip(player) {
  const names = ["Window", "Weights", "Products"];
  const grids = names.map((label) => grid({ label: `${label} of the chosen pixel` }));
  const panels = grids.map((one, i) => panel(names[i], one.element).element);
  const total = h("output.total", HIDDEN);
  const line = h("p.sum", { "aria-live": "polite" });
  const pictures = h(
    "div.products",
    {},
    panels[0],
    sign("×"),
    panels[1],
    sign("="),
    panels[2],
    sign("Σ"),
    total
  );
  const element = h("div.strip", {}, pictures, line);
  function draw(now, plan, view, problem2) {
    pictures.hidden = Boolean(problem2);
    element.classList.toggle("problem", pictures.hidden);
    const text = problem2 || sentence(now.selected, view, plan.weights);
    if (line.textContent !== text) line.textContent = text;
    if (problem2) return;
    [view.window, plan.weights, view.products].forEach(
      (numbers, i) => grids[i].update(numbers, painter(i ? numbers : now.image, i ? "signed" : "image"))
    );
    total.textContent = show(view.sum);
    pictures.style.setProperty("--columns", plan.columns.kernel);
  }
  player.listen((on) => line.setAttribute("aria-live", on ? "off" : "polite"));
  return { element, draw };
}

// transport.js
function makeTransport({ player, move, change, signal }) {
  const make = (title, icon, onClick) => {
    const element2 = h(`button.icon ${icon}`, { type: "button", title }, title);
    element2.addEventListener("click", onClick, { signal });
    return element2;
  };
  const walk = (title, icon, steps) => make(title, icon, () => {
    player.stop();
    move(steps);
  });
  const play = make("Play", "Play", () => {
    if (player.playing()) return player.stop();
    if (!move(1)) move(-Infinity);
    player.start(() => move(1));
  });
  player.listen((on) => {
    play.title = play.textContent = on ? "Pause" : "Play";
    play.className = `icon ${play.title}`;
  });
  const speed = slider({ label: "Speed", min: 1, max: 20, signal, onInput });
  function onInput(n) {
    player.setSpeed(n);
    speed.set(n, `${n} a second`);
  }
  onInput(3);
  const reads = h("input", { type: "checkbox" });
  reads.addEventListener("change", () => change({ show_reads: reads.checked }), { signal });
  const element = h(
    "div.transport",
    { role: "group", "aria-label": "Walk and count" },
    walk("First output pixel", "first", -Infinity),
    walk("Step back", "back", -1),
    play,
    walk("Step", "next", 1),
    speed.element,
    h("label.check", {}, reads, "Count the windows that read each pixel")
  );
  return { element, draw: ({ show_reads }) => reads.checked = show_reads };
}

// sliding_window.js
function build({ store, change, signal }) {
  const player = makePlayer();
  let last, plan;
  function move(steps) {
    const [r, c] = store.read().selected;
    const [down, across] = [plan.rows.output, plan.columns.output];
    const place = Math.max(r * across + c + steps, 0);
    if (!plan.fits || place >= down * across) return false;
    change({ selected: [Math.floor(place / across), place % across] });
    return true;
  }
  const context = { store, change, player, move, signal };
  const [controls, stage, strip] = [makeControls(context), makeStage(context), makeStrip(player)];
  const transport = makeTransport(context);
  function draw(now, width, restyled) {
    const held = stage.held();
    now.selected = clamp(now, now.selected);
    const key = JSON.stringify({ ...now, selected: width });
    if (key !== last || restyled) {
      [last, plan] = [key, lay(now)];
      for (const part of [controls, transport, stage]) part.draw(now, plan, width);
    }
    const view = plan.fits && look(plan, ...now.selected);
    if (view) stage.choose(now, view, held);
    strip.draw(now, plan, view, problem(now));
  }
  const parts = [controls, stage, transport, strip].map(({ element }) => element);
  const settle = (next, patch) => ({ ...patch, selected: clamp(next, next.selected) });
  return { parts, draw, settle, stop: player.stop };
}
var sliding_window_default = explorer(
  "Sliding window explorer",
  "image kernel stride padding dilation mode selected show_reads",
  build
);
export {
  sliding_window_default as default
};
