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

// forwarding.js
var zeros = (count, size) => Array.from({ length: count }, () => new Float32Array(size));
function kept({ numbers, weights }, name) {
  const place = numbers[name];
  return place && weights.subarray(place[0], place[0] + place[1]);
}
function convolve(layer, { planes, rows, columns }) {
  const { shape: [filters, depth, kh, kw], stride: [sh, sw], dilation: [dh, dw], borders, groups } = layer;
  const [weight, bias] = [kept(layer, "weight"), kept(layer, "bias")];
  const [height, width] = [
    Math.floor((rows + borders[0] + borders[1] - dh * (kh - 1) - 1) / sh) + 1,
    Math.floor((columns + borders[2] + borders[3] - dw * (kw - 1) - 1) / sw) + 1
  ];
  const made = zeros(filters, height * width);
  made.forEach((out, o) => {
    if (bias) out.fill(bias[o]);
    const first = Math.floor(o / (filters / groups)) * depth;
    for (let c = 0; c < depth; c++)
      for (let u = 0; u < kh; u++)
        for (let v = 0; v < kw; v++) {
          const w = weight[((o * depth + c) * kh + u) * kw + v];
          for (let i = 0; i < height; i++) {
            const r = i * sh + u * dh - borders[0];
            if (r < 0 || r >= rows) continue;
            for (let j = 0; j < width; j++) {
              const k = j * sw + v * dw - borders[2];
              if (k >= 0 && k < columns) out[i * width + j] += w * planes[first + c][r * columns + k];
            }
          }
        }
  });
  return { planes: made, rows: height, columns: width };
}
function pool({ kind, size: [kh, kw], stride: [sh, sw], padding: [ph, pw] }, { planes, rows, columns }) {
  const [height, width] = [
    Math.floor((rows + 2 * ph - kh) / sh) + 1,
    Math.floor((columns + 2 * pw - kw) / sw) + 1
  ];
  const outside = kind === "max" ? -Infinity : 0;
  const one = (plane) => Float32Array.from({ length: height * width }, (_, n) => {
    const [i, j] = [Math.floor(n / width), n % width];
    let [most, sum] = [-Infinity, 0];
    for (let u = 0; u < kh; u++)
      for (let v = 0; v < kw; v++) {
        const [r, k] = [i * sh + u - ph, j * sw + v - pw];
        const inside = r >= 0 && r < rows && k >= 0 && k < columns;
        const value = inside ? plane[r * columns + k] : outside;
        most = Math.max(most, value);
        sum += value;
      }
    return kind === "max" ? most : sum / (kh * kw);
  });
  return { planes: planes.map(one), rows: height, columns: width };
}
function dense(layer, { planes }) {
  const { shape: [outputs, inputs] } = layer;
  const [weight, bias] = [kept(layer, "weight"), kept(layer, "bias")];
  const made = Array.from({ length: outputs }, (_, o) => {
    let sum = bias ? bias[o] : 0;
    for (let i = 0; i < inputs; i++) sum += weight[o * inputs + i] * planes[i][0];
    return Float32Array.of(sum);
  });
  return { planes: made, rows: 1, columns: 1 };
}
function normalize(layer, { planes, rows, columns }) {
  const [gain, shift] = [kept(layer, "gain"), kept(layer, "shift")];
  return { planes: planes.map((plane, c) => plane.map((x) => gain[c] * x + shift[c])), rows, columns };
}
var POINTWISE = {
  relu: (x) => Math.max(x, 0),
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  tanh: Math.tanh,
  same: (x) => x
};
function step(layer, before) {
  const { kind } = layer;
  if (kind === "convolution") return convolve(layer, before);
  if (kind === "max" || kind === "average") return pool(layer, before);
  if (kind === "dense") return dense(layer, before);
  if (kind === "norm") return normalize(layer, before);
  if (kind === "flatten") {
    const all = before.planes.flatMap((plane) => Array.from(plane, (x) => Float32Array.of(x)));
    return { planes: all, rows: 1, columns: 1 };
  }
  return { ...before, planes: before.planes.map((plane) => plane.map(POINTWISE[kind])) };
}
function forward(image, layers) {
  const first = { planes: [Float32Array.from(image.flat())], rows: image.length, columns: image[0].length };
  return layers.reduce((maps, layer) => [...maps, step(layer, maps.at(-1))], [first]);
}
function softmax(scores) {
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}
function inked(image, row, column, ink) {
  return image.map(
    (line, r) => line.map((value, c) => {
      const near = Math.max(0, 1 - 0.62 * Math.hypot(r - row, c - column));
      return ink ? Math.min(1, value + near * near) : Math.max(0, value - Math.ceil(near) * near);
    })
  );
}
function origins(layer, place, before) {
  if (layer.kind !== "convolution")
    return layer.kind === "dense" || layer.kind === "flatten" ? [] : [{ plane: place }];
  const { shape: [filters, depth, kh, kw], groups } = layer;
  const weight = kept(layer, "weight");
  const first = Math.floor(place / (filters / groups)) * depth;
  return Array.from({ length: depth }, (_, c) => ({
    plane: first + c,
    kernel: { values: weight.slice((place * depth + c) * kh * kw, (place * depth + c + 1) * kh * kw), rows: kh, columns: kw }
  })).slice(0, before.planes.length);
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
  function update(picture2, kind, limit) {
    resize(picture2);
    const table = kind === "signed" ? SIGNED[Number(onDark(element))] : GRAY;
    const data = new ImageData(columns, rows);
    const paint = new Uint32Array(data.data.buffer);
    const scale = STEPS / (limit || 1);
    for (let i = 0; i < paint.length; i++) {
      const step2 = Math.round(picture2.values[i] * scale);
      paint[i] = table[Math.min(Math.max(step2, -STEPS), STEPS) + STEPS];
    }
    pen.putImageData(data, 0, 0);
  }
  function resize(picture2) {
    if (rows === picture2.rows && columns === picture2.columns) return;
    [canvas.height, canvas.width] = [rows, columns] = [picture2.rows, picture2.columns];
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

// network.js
var TRAITS = "image layer map selected _layers _weights";
var STILL = { playing: () => false, stop: () => {
} };
var [MAPS, NUMBERS2] = [40, 128];
var picture = ({ planes, rows, columns }, n) => ({ values: planes[n], rows, columns });
var peak = ({ planes }) => planes.reduce((most, plane) => plane.reduce((m, x) => Math.max(m, Math.abs(x)), most), 0);
var signs = ({ planes }) => planes.some((plane) => plane.some((x) => x < 0)) ? "signed" : "image";
function makeBoard({ store, change, signal }) {
  const board = makeOutput({ store, change, player: STILL, signal }, raster);
  board.element.ariaLabel = "Drawing";
  const eraser = h("input", { type: "checkbox" });
  const dab = (at) => {
    const { image } = store.read();
    change({ image: inked(image, ...at, !eraser.checked), selected: at });
  };
  let drawing = false;
  const on = (type, listener) => board.element.addEventListener(type, listener, { signal });
  on("pointerdown", (event) => {
    drawing = true;
    board.element.setPointerCapture?.(event.pointerId);
    dab(board.place(event));
  });
  on("pointermove", (event) => drawing && dab(board.place(event)));
  for (const type of ["pointerup", "pointercancel"]) on(type, () => drawing = false);
  on("keydown", (event) => {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    dab(store.read().selected);
  });
  const samples = store.get("_samples");
  let next = 0;
  const text = (label, onClick) => {
    const one = h("button.text", { type: "button" }, label);
    one.addEventListener("click", onClick, { signal });
    return one;
  };
  const clear = text("Clear", () => change({ image: store.read().image.map((row) => row.map(() => 0)) }));
  const sample = text("Another digit", () => change({ image: samples[next++ % samples.length] }));
  const bar = h("div.tools", {}, clear, ...samples.length ? [sample] : [], h("label.check", {}, eraser, "Erase"));
  return { ...board, panel: panel("Draw here", board.element, bar).element };
}
function makeLayer(index, { change, signal }) {
  const title = h("p.title");
  const maps = h("div.maps");
  const walk = ({ key }) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[key];
    const from = made.findIndex(({ one }) => one.contains(maps.getRootNode().activeElement));
    const next = made[from + by];
    if (!next || next.one.hidden) return;
    next.one.focus();
    change({ layer: index, map: from + by });
  };
  maps.addEventListener("keydown", walk, { signal });
  const element = h("div.layer", { role: "group" }, title, maps);
  const made = [];
  function add() {
    const n = made.length;
    const picture2 = raster({ label: "", className: "small" });
    picture2.element.removeAttribute("role");
    picture2.element.removeAttribute("aria-label");
    const one = h("button.map", { type: "button" }, picture2.element);
    one.addEventListener("click", () => change({ layer: index, map: n }), { signal });
    made.push({ one, picture: picture2 });
    maps.append(one);
  }
  function draw(name, found, chosen) {
    const { planes, rows, columns } = found;
    const single = rows * columns === 1;
    const count = Math.min(planes.length, single ? NUMBERS2 : MAPS);
    while (made.length < count) add();
    const left = planes.length > count ? `, ${count} of them drawn` : "";
    title.textContent = `${name}: ${planes.length} × ${rows} × ${columns}${left}`;
    element.ariaLabel = title.textContent;
    maps.classList.toggle("numbers", single);
    const [limit, kind] = [peak(found), signs(found)];
    made.forEach(({ one, picture: drawn }, n) => {
      one.hidden = n >= count;
      if (one.hidden) return;
      drawn.update(picture(found, n), kind, limit);
      one.ariaPressed = String(n === chosen);
      one.tabIndex = n === Math.max(chosen, 0) ? 0 : -1;
      one.ariaLabel = single ? `number ${n}: ${show(planes[n][0])}` : `map ${n} of ${name}`;
    });
  }
  return { element, draw };
}
function makeMaking() {
  const title = h("p.title");
  const row = h("div.making");
  const element = h("div.strip", {}, title, row);
  const cards = [];
  const card = () => {
    const [from, kernel, caption] = [
      raster({ label: "", className: "small" }),
      raster({ label: "", className: "tiny" }),
      h("span.caption")
    ];
    for (const { element: one } of [from, kernel]) one.setAttribute("aria-hidden", "true");
    return { from, kernel, caption, element: h("div.card", {}, from.element, kernel.element, caption) };
  };
  const result = raster({ label: "The map that comes out", className: "large" });
  function draw(name, layer, before, found, n) {
    const parts = origins(layer, n, before).slice(0, MAPS);
    while (cards.length < parts.length) cards.push(card());
    if (row.children.length !== parts.length + 1)
      row.replaceChildren(...cards.slice(0, parts.length).map((one) => one.element), result.element);
    const [limit, kind] = [peak(before), signs(before)];
    const weights = Math.max(...parts.map((part) => part.kernel ? peak({ planes: [part.kernel.values] }) : 0));
    parts.forEach((part, i) => {
      const { from, kernel, caption } = cards[i];
      from.update(picture(before, part.plane), kind, limit);
      kernel.element.hidden = !part.kernel;
      if (part.kernel) kernel.update(part.kernel, "signed", weights);
      caption.textContent = part.kernel ? `map ${part.plane} ⋆ kernel` : `map ${part.plane}`;
    });
    result.update(picture(found, n), signs(found), peak(found));
    title.textContent = told(name, layer, parts, before, found, n);
  }
  return { element, draw };
}
function told(name, layer, parts, before, found, n) {
  const value = show(found.planes[n]?.[0] ?? 0);
  if (layer.kind === "convolution")
    return parts.length === 1 ? `Map ${n} of ${name}: the map before it is correlated with its kernel, and the bias is added.` : `Map ${n} of ${name}: each of ${parts.length} maps is correlated with its kernel, and all are added up, with the bias.`;
  if (layer.kind === "dense")
    return `Number ${n} of ${name}: ${before.planes.length} numbers, each times its weight, added up with the bias: ${value}.`;
  if (layer.kind === "flatten") return `Number ${n} of ${name}: one number of the maps before, ${value}.`;
  return `Map ${n} of ${name}: made from map ${n} of the layer before, number by number or window by window.`;
}
function makeBars(classes) {
  const rows = classes.map((name) => {
    const [bar, text] = [h("span.bar-fill"), h("span.share")];
    const element2 = h("li", {}, h("span.name", {}, name), h("span.bar-back", {}, bar), text);
    return { element: element2, bar, text };
  });
  const element = h("ol.bars", { "aria-label": "Scores and probabilities" }, ...rows.map((row) => row.element));
  const draw = (scores, shares) => rows.forEach(({ bar, text }, n) => {
    bar.style.width = `${100 * shares[n]}%`;
    text.textContent = `${scores[n].toFixed(1).replace("-", "−")} → ${(100 * shares[n]).toFixed(1)} %`;
  });
  return { element, draw };
}
function build(context) {
  const { store } = context;
  const board = makeBoard(context);
  const classes = store.get("_classes");
  const bars = makeBars(classes);
  const line = h("p.sum", { "aria-live": "polite" });
  const [rows, making] = [h("div.network"), makeMaking()];
  const side = h("div.side", {}, board.panel, panel("Score → probability", bars.element).element, line);
  const element = h("div.whole", {}, side, rows);
  let [drawn, layers, source] = [[], []];
  function read({ _layers, _weights }) {
    if (source === _weights) return;
    const { buffer, byteOffset, byteLength } = _weights;
    const weights = new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength));
    [source, layers] = [_weights, _layers.map((layer) => ({ ...layer, weights }))];
    drawn = layers.map((_, n) => makeLayer(n, context));
    rows.replaceChildren(...drawn.map((one) => one.element));
  }
  function draw(now) {
    const held = board.held();
    read(now);
    const maps = forward(now.image, layers);
    const all = { values: Float32Array.from(now.image.flat()), rows: now.image.length, columns: now.image[0].length };
    board.update(all, "image", 1);
    const [r, c] = now.selected.map((place2, axis) => Math.min(place2, (axis ? all.columns : all.rows) - 1));
    board.choose([r, c], `ink ${show(now.image[r][c])}`, held);
    const place = Math.min(now.layer, layers.length - 1);
    const n = Math.min(now.map, maps[place + 1].planes.length - 1);
    drawn.forEach((one, l) => one.draw(layers[l].name, maps[l + 1], l === place ? n : -1));
    making.draw(layers[place].name, layers[place], maps[place], maps[place + 1], n);
    const scores = maps.at(-1).planes.map((plane) => plane[0]);
    const shares = softmax(scores);
    bars.draw(scores, shares);
    const best = shares.indexOf(Math.max(...shares));
    const text = `Reads ${classes[best]} with ${(100 * shares[best]).toFixed(1)} %.`;
    if (line.textContent !== text) line.textContent = text;
  }
  const settle = (next, patch) => {
    const [rows2, columns] = [next.image.length, next.image[0].length];
    const [r, c] = next.selected;
    return { ...patch, selected: [Math.max(Math.min(r, rows2 - 1), 0), Math.max(Math.min(c, columns - 1), 0)] };
  };
  return { parts: [element, making.element], draw, settle };
}
var network_default = explorer("Network explorer", TRAITS, build);
export {
  network_default as default,
  told
};
