// arrows.js
var APART = 14;
function drawArrows(canvas, { gx, gy, values, rows, columns }, limit, colour) {
  const { width, height } = canvas.getBoundingClientRect();
  const dots = devicePixelRatio;
  [canvas.width, canvas.height] = [width * dots, height * dots];
  const pen = canvas.getContext("2d");
  pen.scale(dots, dots);
  [pen.strokeStyle, pen.lineWidth, pen.lineCap] = [colour, 1.6, "round"];
  for (let y = APART / 2; y < height; y += APART)
    for (let x = APART / 2; x < width; x += APART) {
      const i = Math.floor(y * rows / height) * columns + Math.floor(x * columns / width);
      if (values[i] < 0.08 * limit) continue;
      const size = APART * (0.25 + 0.3 * values[i] / limit);
      const [dx, dy] = [gx[i] / values[i] * size, gy[i] / values[i] * size];
      pen.beginPath();
      pen.moveTo(x - dx, y - dy);
      pen.lineTo(x + dx, y + dy);
      for (const side of [-1, 1]) {
        pen.moveTo(x + dx, y + dy);
        pen.lineTo(x + 0.3 * dx - side * 0.45 * dy, y + 0.3 * dy + side * 0.45 * dx);
      }
      pen.stroke();
    }
}

// arithmetic.js
function matrix(rows, columns, value) {
  return Array.from(
    { length: rows },
    (_, r) => Array.from({ length: columns }, (_2, c) => value(r, c))
  );
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
function choice({ label, options, onChoose, signal }) {
  const name = Math.random();
  const inputs = options.map(([value]) => h("input", { type: "radio", name, value }));
  const segments = options.map(([, text], i) => h("label", {}, inputs[i], h("span", {}, text)));
  const element = h("div.choice", { role: "radiogroup", "aria-label": label }, ...segments);
  element.addEventListener("change", (event) => onChoose(event.target.value), { signal });
  const set = (value) => inputs.forEach((input) => input.checked = input.value === value);
  return { element, set };
}

// filtering.js
function widen({ values, rows, columns }, up, aside) {
  const [height, width] = [rows + 2 * up, columns + 2 * aside];
  const wide = new Float32Array(height * width);
  const inside = (place, count) => Math.min(Math.max(place, 0), count - 1);
  for (let r = 0; r < height; r++) {
    const row = inside(r - up, rows) * columns;
    for (let c = 0; c < width; c++) wide[r * width + c] = values[row + inside(c - aside, columns)];
  }
  return { wide, width };
}
function filter(picture, kernel) {
  const { rows, columns } = picture;
  const [up, aside] = [(kernel.length - 1) / 2, (kernel[0].length - 1) / 2];
  const { wide, width } = widen(picture, up, aside);
  const values = new Float32Array(rows * columns);
  kernel.forEach(
    (line, u) => line.forEach((weight, v) => {
      if (!weight) return;
      for (let r = 0; r < rows; r++) {
        const [to, from] = [r * columns, (r + u) * width + v];
        for (let c = 0; c < columns; c++) values[to + c] += weight * wide[from + c];
      }
    })
  );
  return { values, rows, columns };
}
function quarter(kernel) {
  return kernel[0].map((_, c) => kernel.map((row) => row[c]).reverse());
}
function gradient(picture, kernel) {
  const gx = filter(picture, kernel).values;
  const gy = filter(picture, quarter(kernel)).values;
  return { ...picture, gx, gy, values: gx.map((x, i) => Math.hypot(x, gy[i])) };
}
function look({ values, rows, columns }, kernel, [r, c]) {
  const [up, aside] = [(kernel.length - 1) / 2, (kernel[0].length - 1) / 2];
  const inside = (place, count) => Math.min(Math.max(place, 0), count - 1);
  const window = kernel.map(
    (line, u) => line.map((_, v) => values[inside(r + u - up, rows) * columns + inside(c + v - aside, columns)])
  );
  const products = kernel.map((line, u) => line.map((weight, v) => weight * window[u][v]));
  return { window, products, sum: products.flat().reduce((a, b) => a + b) };
}
function factors(kernel) {
  const flat = kernel.flat().map(Math.abs);
  const place = flat.indexOf(Math.max(...flat));
  const [top, left] = [Math.floor(place / kernel[0].length), place % kernel[0].length];
  const peak = kernel[top][left];
  if (!peak) return void 0;
  const through = kernel.map((line) => line[left]);
  const first = through.find((weight) => Math.abs(weight) > 1e-9 * Math.abs(peak));
  const column = through.map((weight) => weight / first);
  const row = kernel[top].map((weight) => weight / column[top]);
  const same = kernel.every(
    (line, u) => line.every((weight, v) => Math.abs(weight - column[u] * row[v]) < 1e-6 * Math.abs(peak))
  );
  return same ? { column, row } : void 0;
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

// own_picture.js
var LARGEST = 256;
function toGray(source, width, height) {
  const scale = Math.min(1, LARGEST / Math.max(width, height));
  const [columns, rows] = [width, height].map((n) => Math.max(1, Math.round(n * scale)));
  const canvas = h("canvas", { width: columns, height: rows });
  const pen = canvas.getContext("2d");
  pen.drawImage(source, 0, 0, columns, rows);
  const { data } = pen.getImageData(0, 0, columns, rows);
  const gray2 = (_, i) => 0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2];
  return { values: Uint8Array.from({ length: rows * columns }, gray2), rows, columns };
}
async function fromCamera() {
  const stream = await navigator.mediaDevices.getUserMedia({ video: true });
  try {
    const video = Object.assign(document.createElement("video"), { srcObject: stream });
    await video.play();
    return toGray(video, video.videoWidth, video.videoHeight);
  } finally {
    for (const track of stream.getTracks()) track.stop();
  }
}
async function fromFile(file) {
  const bitmap = await createImageBitmap(file);
  return toGray(bitmap, bitmap.width, bitmap.height);
}
function makeOwnPicture({ onPicture, signal }) {
  const said = h("span.said", { role: "status" });
  const file = h("input", { type: "file", accept: "image/*", "aria-label": "Open a picture" });
  const plain = (text) => h("button.text", { type: "button" }, text);
  const [camera, back] = [plain("Use the camera"), plain("First picture again")];
  async function show2(make, excuse) {
    try {
      const picture = await make();
      if (signal.aborted) return;
      onPicture(picture);
      said.textContent = picture ? "This picture stays on this page." : "";
    } catch {
      said.textContent = excuse;
    }
  }
  const opened = () => file.files[0] && show2(() => fromFile(file.files[0]), "This file is no picture. Choose another.");
  const taken = () => show2(fromCamera, "The camera cannot be used here. Open a picture instead.");
  file.addEventListener("change", opened, { signal });
  camera.addEventListener("click", taken, { signal });
  back.addEventListener("click", () => show2(async () => void 0), { signal });
  const label = h("label.file", {}, h("span.text", {}, "Open a picture"), file);
  return h("div.own", {}, label, camera, back, said);
}

// levels.js
var LEVELS = 32;
function painter(values, kind) {
  const all = values.flat();
  const limit = Math.max(...all.map(Math.abs)) || 1;
  const letter = kind === "signed" || all.some((v) => v < 0) ? "s" : "g";
  return (value) => letter + Math.round(value / limit * LEVELS);
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
  function draw(now, plan, view, problem) {
    pictures.hidden = Boolean(problem);
    element.classList.toggle("problem", pictures.hidden);
    const text = problem || sentence(now.selected, view, plan.weights);
    if (line.textContent !== text) line.textContent = text;
    if (problem) return;
    [view.window, plan.weights, view.products].forEach(
      (numbers, i) => grids[i].update(numbers, painter(i ? numbers : now.image, i ? "signed" : "image"))
    );
    total.textContent = show(view.sum);
    pictures.style.setProperty("--columns", plan.columns.kernel);
  }
  player.listen((on) => line.setAttribute("aria-live", on ? "off" : "polite"));
  return { element, draw };
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

// kernel_lab.js
var TRAITS = "_pixels _size kernel view selected";
var VIEWS = {
  response: "",
  magnitude: "The answers of the kernel and of the kernel turned by 90 degrees, as one length: √(gx² + gy²). Below stands gx.",
  direction: "Each arrow points to where it gets brighter; a longer one says that it does so faster. Below stands gx."
};
var STILL = { playing: () => false, stop: () => {
}, listen: () => {
} };
function resized(kernel, size) {
  const [down, aside] = [(kernel.length - size) / 2, (kernel[0].length - size) / 2];
  return matrix(size, size, (r, c) => kernel[r + down]?.[c + aside] ?? 0);
}
function recipe(kernel) {
  const parts = factors(kernel);
  const [down, across] = [kernel.length, kernel[0].length];
  if (!parts) return `Not separable: no column times a row. ${down * across} products a pixel.`;
  const list = (numbers) => `(${numbers.map(show).join(", ")})`;
  return `Separable: column ${list(parts.column)} times row ${list(parts.row)}. ${down + across} products a pixel in two passes, not ${down * across}.`;
}
var makesPicture = (kernel) => kernel.flat().reduce((a, b) => a + b) > 1e-6;
function meaning(kernel) {
  return makesPicture(kernel) ? "The weights add up to more than 0: the answer is a picture again, from black to white." : "The answer has a sign: zero has the colour of the paper, plus is purple, minus is orange.";
}
function makeControls({ store, change, signal }) {
  const kernels = store.get("_kernels");
  const select = h("select", { "aria-label": "Kernel" }, h("option", { value: "" }, "Own weights"));
  for (const name in kernels) select.append(h("option", { value: name }, name));
  const pick = () => select.value && change({ kernel: kernels[select.value] });
  select.addEventListener("change", pick, { signal });
  const named = (options) => options.map((name) => [name, name[0].toUpperCase() + name.slice(1)]);
  const onView = (view2) => change({ view: view2 });
  const view = choice({ label: "View", options: named(Object.keys(VIEWS)), onChoose: onView, signal });
  const onSize = (size2) => change({ kernel: resized(store.read().kernel, Number(size2)) });
  const sizes = [["3", "3 × 3"], ["5", "5 × 5"]];
  const size = choice({ label: "Kernel size", options: sizes, onChoose: onSize, signal });
  const note = h("p.note");
  const menu = h("label", {}, h("span", {}, "Kernel "), select);
  const bar = h("div.bar", {}, menu, size.element, view.element);
  const element = h("div.controls", {}, bar, note);
  function draw(now) {
    const same = (name) => JSON.stringify(kernels[name]) === JSON.stringify(now.kernel);
    select.value = Object.keys(kernels).find(same) ?? "";
    size.set(String(now.kernel.length));
    view.set(now.view);
    note.textContent = VIEWS[now.view] || meaning(now.kernel);
  }
  return { element, draw };
}
function makeStage({ store, change, signal }) {
  const photo = raster({ label: "Photograph", className: "image" });
  const spot = h("div.spot", { "aria-hidden": "true" });
  const answer = makeOutput({ store, change, player: STILL, signal }, raster);
  const arrows = h("canvas.arrows", { "aria-hidden": "true" });
  photo.element.append(spot);
  answer.element.append(arrows);
  const onEdit = (r, c, weight) => {
    const kernel = store.read().kernel.map((row) => [...row]);
    kernel[r][c] = weight;
    change({ kernel });
  };
  const fields = weightFields({ onEdit, signal });
  const parts = h("p.recipe");
  const [image, weights, result] = [
    panel("Photograph", photo.element),
    panel("Kernel", fields.element, parts),
    panel("Answer", answer.element)
  ];
  const signs = [sign("⋆"), sign("=")];
  const panels = [image.element, signs[0], weights.element, signs[1], result.element];
  const element = h("div.stage", {}, ...panels);
  let drawn;
  function draw({ kernel, view }, picture) {
    if (picture !== drawn) photo.update(picture, "image", 255);
    drawn = picture;
    fields.update(kernel);
    parts.textContent = recipe(kernel);
    image.caption.textContent = `Photograph ${picture.rows} × ${picture.columns}`;
    result.caption.textContent = { response: "Answer", magnitude: "Magnitude" }[view] ?? "Direction";
    arrows.hidden = view !== "direction";
    const made = view === "response" ? filter(picture, kernel) : gradient(picture, kernel);
    const limit = made.values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
    const white = makesPicture(kernel) && 255 * kernel.flat().reduce((a, b) => a + b);
    if (view === "response") answer.update(made, white ? "image" : "signed", white || limit);
    if (view === "magnitude") answer.update(made, "image", limit);
    if (arrows.hidden) return;
    answer.update(picture, "image", 600);
    drawArrows(arrows, made, limit, "#ffb84d");
  }
  function choose([r, c], { rows, columns }, kernel, text, held) {
    answer.choose([r, c], text, held);
    const [top, left] = [r - (kernel.length - 1) / 2, c - (kernel[0].length - 1) / 2];
    const share = (part, whole) => `${100 * part / whole}%`;
    spot.style.top = share(top, rows);
    spot.style.left = share(left, columns);
    spot.style.height = share(kernel.length, rows);
    spot.style.width = share(kernel[0].length, columns);
  }
  return { element, draw, choose, held: answer.held };
}
function build(context) {
  const { store } = context;
  const controls = makeControls(context);
  const stage = makeStage(context);
  const strip = makeStrip(STILL);
  let own, given;
  const onPicture = (picture2) => {
    own = picture2;
    context.change({ selected: [0, 0] });
    context.schedule();
  };
  const pictures = makeOwnPicture({ onPicture, signal: context.signal });
  function picture() {
    const [pixels, [rows, columns]] = [store.get("_pixels"), store.get("_size")];
    if (given?.pixels !== pixels || given.columns !== columns) {
      const values = new Uint8Array(pixels.buffer, pixels.byteOffset, rows * columns);
      given = { pixels, values, rows, columns };
    }
    return own ?? given;
  }
  const inside = ([r, c], { rows, columns }) => [
    Math.max(Math.min(r, rows - 1), 0),
    Math.max(Math.min(c, columns - 1), 0)
  ];
  const settle = (next, patch) => ({ ...patch, selected: inside(next.selected, picture()) });
  function draw(now) {
    const held = stage.held();
    const shown = picture();
    now.selected = inside(now.selected, shown);
    controls.draw(now);
    stage.draw(now, shown);
    const seen = look(shown, now.kernel, now.selected);
    stage.choose(now.selected, shown, now.kernel, words(now, shown, seen), held);
    const plan = { weights: now.kernel, columns: { kernel: now.kernel[0].length } };
    strip.draw({ ...now, image: [[0, 255]] }, plan, seen, "");
  }
  function words({ kernel, view, selected }, shown, seen) {
    if (view === "response") return show(seen.sum);
    const turned = look(shown, quarter(kernel), selected).sum;
    return `gx ${show(seen.sum)}, gy ${show(turned)}, √ ${show(Math.hypot(seen.sum, turned))}`;
  }
  return { parts: [controls.element, pictures, stage.element, strip.element], draw, settle };
}
var kernel_lab_default = explorer("Kernel lab", TRAITS, build);
export {
  kernel_lab_default as default,
  recipe,
  resized
};
