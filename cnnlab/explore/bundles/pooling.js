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

// arithmetic.js
function matrix(rows, columns, value) {
  return Array.from(
    { length: rows },
    (_, r) => Array.from({ length: columns }, (_2, c) => value(r, c))
  );
}
function resize(old, rows, columns, fill) {
  return matrix(rows, columns, (r, c) => old[r]?.[c] ?? fill(r, c));
}

// pools.js
function steps(length, k, s) {
  const count = Math.floor((length - k) / s) + 1;
  return Array.from({ length: Math.max(count, 0) }, (_, i) => [i * s, i * s + k]);
}
function bins(length, n, edges) {
  const [wide, step] = [Math.ceil(length / n), Math.floor(length / n)];
  return Array.from(
    { length: n },
    (_, i) => edges === "adaptive" ? [Math.floor(i * length / n), Math.ceil((i + 1) * length / n)] : [i * step, i * step + wide]
  );
}
function moved(image, down, right) {
  return image.map((row, r) => row.map((_, c) => image[r - down]?.[c - right] ?? 0));
}
function differences(one, other) {
  return one.flat().filter((value, i) => value !== other.flat()[i]).length;
}
function plan({ mode, kernel_size: k, stride, bins: n, edges }, values) {
  const [height, width] = [values.length, values[0].length];
  const along = (length) => mode === "pyramid" ? bins(length, n, edges) : steps(length, k, stride);
  const [rows, columns] = [along(height), along(width)];
  if (!rows.length || !columns.length)
    return { problem: `A ${k} × ${k} window does not fit a ${height} × ${width} image. Lower k to ${Math.min(height, width)}.` };
  if (mode === "pyramid" && n > Math.min(height, width))
    return { problem: `${n} bins need an image of at least ${n} × ${n} pixels. Lower n.` };
  const windows = rows.map(
    ([top, bottom]) => columns.map(([left, end]) => look(values, top, bottom, left, end))
  );
  const [kept, read] = [0, 1].map(() => matrix(height, width, () => false));
  windows.flat().forEach(({ place: [r, c], places }) => {
    kept[r][c] = true;
    for (const [i, j] of places) read[i][j] = true;
  });
  const output = windows.map((row) => row.map(({ most, mean }) => mode === "average" ? mean : most));
  return { values, rows, columns, windows, kept, read, output };
}
function look(values, top, bottom, left, end) {
  const places = matrix(bottom - top, end - left, (r, c) => [top + r, left + c]).flat();
  const numbers = places.map(([r, c]) => values[r][c]);
  const most = Math.max(...numbers);
  const mean = numbers.reduce((a, b) => a + b) / numbers.length;
  return { places, numbers, most, mean, place: places[numbers.indexOf(most)] };
}
function sentence(mode, { windows }, [r, c]) {
  const { numbers, most, mean, place } = windows[r][c];
  const listed = numbers.length > 25 ? `${numbers.length} numbers` : numbers.map(show).join(", ");
  const name = `output[${r}, ${c}]`;
  if (mode === "average") return `${name} = mean(${listed}) = ${show(mean)}`;
  return `${name} = max(${listed}) = ${show(most)}, from image[${place.join(", ")}]`;
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
    const named2 = { role: "group", "aria-label": label };
    const root = h(`div.cnnlab-explorer ${label.split(" ")[0]}`, named2, body);
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

// pooling.js
var TRAITS = "image mode kernel_size stride bins edges down right selected";
var NOTES = {
  max: "Each window keeps its largest number, of equal ones the first. Nothing is learned.",
  average: "Each window keeps its mean. Nothing is learned.",
  pyramid: "n × n bins over the whole image, the largest number of each: any size gives n · n numbers."
};
var STILL = { playing: () => false, stop: () => {
} };
var digits = (r, c) => (3 * r + 5 * c + r * c) % 10;
var named = (...names) => names.map((name) => [name, name[0].toUpperCase() + name.slice(1)]);
function makeControls({ store, change, signal }) {
  const set = (name) => (value) => change({ [name]: value });
  const pick = (label, name, ...words) => choice({ label, options: named(...words), onChoose: set(name), signal });
  const mode = pick("Operation", "mode", "max", "average", "pyramid");
  const edges = pick("Bin edges", "edges", "adaptive", "sliding");
  const make = (label, min, max, onInput) => slider({ label, min, max, onInput, signal });
  const onSize = (n) => change({ image: resize(store.read().image, n, n, digits) });
  const all = {
    image: make("Image size, i", 4, 16, onSize),
    kernel_size: make("Window, k", 1, 6, set("kernel_size")),
    stride: make("Stride, s", 1, 6, set("stride")),
    bins: make("Bins, n", 1, 4, set("bins")),
    right: make("Move the image right", 0, 4, set("right")),
    down: make("Move the image down", 0, 4, set("down"))
  };
  const note = h("p.note");
  const bar = h("div.bar", {}, mode.element, edges.element);
  const knobs = h("div.sliders", {}, ...Object.values(all).map(({ element: element2 }) => element2));
  const element = h("div.controls", {}, bar, note, knobs);
  function draw(now) {
    const [rows, columns] = [now.image.length, now.image[0].length];
    for (const name in all) if (name !== "image") all[name].set(now[name]);
    all.image.set(Math.max(rows, columns), rows === columns ? rows : `${rows} × ${columns}`);
    mode.set(now.mode);
    edges.set(now.edges);
    const pyramid = now.mode === "pyramid";
    edges.element.hidden = all.bins.element.hidden = !pyramid;
    all.kernel_size.element.hidden = all.stride.element.hidden = pyramid;
    note.textContent = NOTES[now.mode];
  }
  return { element, draw };
}
function makeStage(context) {
  const board = grid({ label: "Image", className: "image" });
  const frame = h("div.frame", { "aria-hidden": "true" });
  const output = makeOutput({ ...context, player: STILL });
  const legend = h("p.legend");
  const image = panel("", h("div.stack", {}, board.element, frame), legend);
  const result = panel("", output.element);
  const element = h("div.stage", {}, image.element, sign("→"), result.element);
  function fit(width, across, down) {
    const cell = Math.min((width - 110) / across, 460 / down, 42);
    element.style.setProperty("--cell", `${Math.max(Math.floor(cell), 13)}px`);
  }
  function draw({ mode }, now, before, width = 800) {
    const { values, rows, columns } = now;
    fit(width, values[0].length + columns.length, values.length);
    board.update(values, painter(values, "image"), (r, c) => {
      const kept = mode !== "average" && now.kept[r][c] ? "kept" : "";
      return now.read[r][c] ? kept : "unread";
    });
    output.update(
      now.output,
      painter(values, "image"),
      (r, c) => now.output[r][c] === before.output[r][c] ? "" : "changed"
    );
    image.caption.textContent = `Image ${values.length} × ${values[0].length}`;
    result.caption.textContent = `Output ${rows.length} × ${columns.length}`;
    legend.textContent = summary(mode, now, before);
  }
  function choose([r, c], now, text, held) {
    output.choose([r, c], text, held);
    const [[top, bottom], [left, end]] = [now.rows[r], now.columns[c]];
    frame.style = `--rows: ${bottom - top}; --columns: ${end - left}; --r: ${top}; --c: ${left}`;
  }
  return { element, draw, choose, held: output.held };
}
function summary(mode, now, before) {
  const count = (flags) => flags.flat().filter(Boolean).length;
  const [all, kept, unread] = [
    now.values.flat().length,
    count(now.kept),
    now.values.flat().length - count(now.read)
  ];
  const [pixels, outputs] = [differences(before.values, now.values), differences(before.output, now.output)];
  const parts = [
    mode === "average" ? "" : `Ringed: ${kept} of ${all} pixels reach the output.`,
    unread ? `Hatched: ${unread} are read by no window.` : "",
    pixels ? `Moving changed ${pixels} pixels and ${outputs} of ${now.output.flat().length} outputs (dashed).` : ""
  ];
  return parts.filter(Boolean).join(" ");
}
function build(context) {
  const [controls, stage] = [makeControls(context), makeStage(context)];
  const line = h("p.sum", { "aria-live": "polite" });
  const strip = h("div.strip", {}, line);
  const inside = ([r, c], { rows, columns }) => [Math.min(Math.max(r, 0), rows.length - 1), Math.min(Math.max(c, 0), columns.length - 1)];
  const planned = (now) => plan(now, moved(now.image, now.down, now.right));
  function draw(now, width) {
    const held = stage.held();
    const made = planned(now);
    controls.draw(now);
    strip.classList.toggle("problem", Boolean(made.problem));
    stage.element.hidden = Boolean(made.problem);
    if (made.problem) line.textContent = made.problem;
    if (made.problem) return;
    now.selected = inside(now.selected, made);
    stage.draw(now, made, plan(now, now.image), width);
    const text = sentence(now.mode, made, now.selected);
    stage.choose(now.selected, made, text, held);
    if (line.textContent !== text) line.textContent = text;
  }
  function settle(next, patch) {
    const made = planned(next);
    return made.problem ? patch : { ...patch, selected: inside(next.selected, made) };
  }
  return { parts: [controls.element, stage.element, strip], draw, settle };
}
var pooling_default = explorer("Pooling explorer", TRAITS, build);
export {
  pooling_default as default,
  summary
};
