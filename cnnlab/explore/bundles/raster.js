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
function signed(value, dark) {
  const { below, above } = dark ? DARK : LIGHT;
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
function onDark(element) {
  return Number.parseInt(getComputedStyle(element).color.slice(4)) > 128;
}
function raster({ label, className, role = "img", cell }) {
  const canvas = h("canvas", HIDDEN);
  const marker = cell && h("div.marker", { role: "row" }, cell());
  const name = { role, "aria-label": label };
  const element = h(`div.raster ${className}`, name, canvas, ...marker ? [marker] : []);
  const pen = canvas.getContext("2d");
  let [rows, columns] = [1, 1];
  function update(picture, kind, limit) {
    [rows, columns] = [picture.rows, picture.columns];
    const table = kind === "signed" ? SIGNED[Number(onDark(element))] : GRAY;
    const data = new ImageData(columns, rows);
    const paint = new Uint32Array(data.data.buffer);
    const scale = STEPS / (limit || 1);
    for (let i = 0; i < paint.length; i++) {
      const step = Math.round(picture.values[i] * scale);
      paint[i] = table[Math.min(Math.max(step, -STEPS), STEPS) + STEPS];
    }
    if (canvas.width !== columns) canvas.width = columns;
    if (canvas.height !== rows) canvas.height = rows;
    pen.putImageData(data, 0, 0);
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
export {
  onDark,
  raster
};
