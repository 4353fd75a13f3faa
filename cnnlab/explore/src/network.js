/** The network explorer: draw a digit and watch every layer answer. */
import { h, panel } from "./dom.js";
import { forward, inked, origins, softmax } from "./forwarding.js";
import { makeOutput } from "./output.js";
import { raster } from "./raster.js";
import { explorer } from "./shell.js";
import { show } from "./words.js";

const TRAITS = "image layer map selected _layers _weights";
const STILL = { playing: () => false, stop: () => {} };
const [MAPS, NUMBERS] = [40, 128]; // of a layer that are drawn

const picture = ({ planes, rows, columns }, n) => ({ values: planes[n], rows, columns });
const peak = ({ planes }) => planes.reduce((most, plane) => plane.reduce((m, x) => Math.max(m, Math.abs(x)), most), 0);
const signs = ({ planes }) => (planes.some((plane) => plane.some((x) => x < 0)) ? "signed" : "image");

/** The drawing board: pointer, or arrow keys and the space bar. */
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
  for (const type of ["pointerup", "pointercancel"]) on(type, () => (drawing = false));
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
  const bar = h("div.tools", {}, clear, ...(samples.length ? [sample] : []), h("label.check", {}, eraser, "Erase"));
  return { ...board, panel: panel("Draw here", board.element, bar).element };
}

/** One layer: its name, its size, and a button with a picture for each map. */
function makeLayer(index, { change, signal }) {
  const title = h("p.title");
  const maps = h("div.maps");
  // One stop for Tab a layer; inside it, arrow keys choose.
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
    const picture = raster({ label: "", className: "small" });
    picture.element.removeAttribute("role");
    picture.element.removeAttribute("aria-label");
    const one = h("button.map", { type: "button" }, picture.element);
    one.addEventListener("click", () => change({ layer: index, map: n }), { signal });
    made.push({ one, picture });
    maps.append(one);
  }

  function draw(name, found, chosen) {
    const { planes, rows, columns } = found;
    const single = rows * columns === 1;
    const count = Math.min(planes.length, single ? NUMBERS : MAPS);
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

/** How the chosen map was made: maps of the layer before, kernels between, and the result. */
function makeMaking() {
  const title = h("p.title");
  const row = h("div.making");
  const element = h("div.strip", {}, title, row);
  const cards = [];
  const card = () => {
    const [from, kernel, caption] = [
      raster({ label: "", className: "small" }), raster({ label: "", className: "tiny" }), h("span.caption"),
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
    const weights = Math.max(...parts.map((part) => (part.kernel ? peak({ planes: [part.kernel.values] }) : 0)));
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

/** How the chosen map was made, in words. */
export function told(name, layer, parts, before, found, n) {
  const value = show(found.planes[n]?.[0] ?? 0);
  if (layer.kind === "convolution")
    return parts.length === 1
      ? `Map ${n} of ${name}: the map before it is correlated with its kernel, and the bias is added.`
      : `Map ${n} of ${name}: each of ${parts.length} maps is correlated with its kernel, and all are added up, with the bias.`;
  if (layer.kind === "dense")
    return `Number ${n} of ${name}: ${before.planes.length} numbers, each times its weight, added up with the bias: ${value}.`;
  if (layer.kind === "flatten") return `Number ${n} of ${name}: one number of the maps before, ${value}.`;
  return `Map ${n} of ${name}: made from map ${n} of the layer before, number by number or window by window.`;
}

/** Bars from scores to probabilities. */
function makeBars(classes) {
  const rows = classes.map((name) => {
    const [bar, text] = [h("span.bar-fill"), h("span.share")];
    const element = h("li", {}, h("span.name", {}, name), h("span.bar-back", {}, bar), text);
    return { element, bar, text };
  });
  const element = h("ol.bars", { "aria-label": "Scores and probabilities" }, ...rows.map((row) => row.element));
  const draw = (scores, shares) =>
    rows.forEach(({ bar, text }, n) => {
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

  /** The layers with their numbers, read anew when Python sends others. */
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
    const [r, c] = now.selected.map((place, axis) => Math.min(place, (axis ? all.columns : all.rows) - 1));
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
    const [rows, columns] = [next.image.length, next.image[0].length];
    const [r, c] = next.selected;
    return { ...patch, selected: [Math.max(Math.min(r, rows - 1), 0), Math.max(Math.min(c, columns - 1), 0)] };
  };
  return { parts: [element, making.element], draw, settle };
}

export default explorer("Network explorer", TRAITS, build);
