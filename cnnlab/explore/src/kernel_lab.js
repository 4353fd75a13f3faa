/** The kernel lab: change the weights, and see at once what they make of a photograph. */
import { drawArrows } from "./arrows.js";
import { matrix } from "./arithmetic.js";
import { choice, h, panel, sign } from "./dom.js";
import { factors, filter, gradient, look, quarter } from "./filtering.js";
import { makeOutput } from "./output.js";
import { makeOwnPicture } from "./own_picture.js";
import { raster } from "./raster.js";
import { explorer } from "./shell.js";
import { makeStrip } from "./strip.js";
import { weightFields } from "./weights.js";
import { show } from "./words.js";

const TRAITS = "_pixels _size kernel view selected";
const VIEWS = {
  response: "",
  magnitude: "The answers of the kernel and of the kernel turned by 90 degrees, as one length: √(gx² + gy²). Below stands gx.",
  direction: "Each arrow points to where it gets brighter; a longer one says that it does so faster. Below stands gx.",
};
const STILL = { playing: () => false, stop: () => {}, listen: () => {} };

/** The kernel with more or fewer weights around its middle. */
export function resized(kernel, size) {
  const [down, aside] = [(kernel.length - size) / 2, (kernel[0].length - size) / 2];
  return matrix(size, size, (r, c) => kernel[r + down]?.[c + aside] ?? 0);
}

/** What the kernel is made of, in words: the reason that it can be done in two short passes. */
export function recipe(kernel) {
  const parts = factors(kernel);
  const [down, across] = [kernel.length, kernel[0].length];
  if (!parts) return `Not separable: no column times a row. ${down * across} products a pixel.`;
  const list = (numbers) => `(${numbers.map(show).join(", ")})`;
  return (
    `Separable: column ${list(parts.column)} times row ${list(parts.row)}. ` +
    `${down + across} products a pixel in two passes, not ${down * across}.`
  );
}

/** Weights that add up to more than zero make a picture again; other answers have a sign. */
const makesPicture = (kernel) => kernel.flat().reduce((a, b) => a + b) > 1e-6;

function meaning(kernel) {
  return makesPicture(kernel)
    ? "The weights add up to more than 0: the answer is a picture again, from black to white."
    : "The answer has a sign: zero has the colour of the paper, plus is purple, minus is orange.";
}

/** Everything above the picture. */
function makeControls({ store, change, signal }) {
  const kernels = store.get("_kernels");
  const select = h("select", { "aria-label": "Kernel" }, h("option", { value: "" }, "Own weights"));
  for (const name in kernels) select.append(h("option", { value: name }, name));
  const pick = () => select.value && change({ kernel: kernels[select.value] });
  select.addEventListener("change", pick, { signal });
  const named = (options) => options.map((name) => [name, name[0].toUpperCase() + name.slice(1)]);
  const onView = (view) => change({ view });
  const view = choice({ label: "View", options: named(Object.keys(VIEWS)), onChoose: onView, signal });
  const onSize = (size) => change({ kernel: resized(store.read().kernel, Number(size)) });
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

/** Photograph, kernel and answer side by side. */
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
    panel("Answer", answer.element),
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
    answer.update(picture, "image", 600); // dim, so that the arrows stand out
    drawArrows(arrows, made, limit, "#ffb84d");
  }

  function choose([r, c], { rows, columns }, kernel, text, held) {
    answer.choose([r, c], text, held);
    const [top, left] = [r - (kernel.length - 1) / 2, c - (kernel[0].length - 1) / 2];
    const share = (part, whole) => `${(100 * part) / whole}%`;
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
  const onPicture = (picture) => {
    own = picture;
    context.change({ selected: [0, 0] });
    context.schedule();
  };
  const pictures = makeOwnPicture({ onPicture, signal: context.signal });

  /** The reader's picture, or the one that came from Python. */
  function picture() {
    const [pixels, [rows, columns]] = [store.get("_pixels"), store.get("_size")];
    if (given?.pixels !== pixels || given.columns !== columns) {
      const values = new Uint8Array(pixels.buffer, pixels.byteOffset, rows * columns);
      given = { pixels, values, rows, columns };
    }
    return own ?? given;
  }

  const inside = ([r, c], { rows, columns }) => [
    Math.max(Math.min(r, rows - 1), 0), Math.max(Math.min(c, columns - 1), 0),
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

  /** The chosen pixel for a screen reader: what stands there in this view. */
  function words({ kernel, view, selected }, shown, seen) {
    if (view === "response") return show(seen.sum);
    const turned = look(shown, quarter(kernel), selected).sum;
    return `gx ${show(seen.sum)}, gy ${show(turned)}, √ ${show(Math.hypot(seen.sum, turned))}`;
  }

  return { parts: [controls.element, pictures, stage.element, strip.element], draw, settle };
}

export default explorer("Kernel lab", TRAITS, build);
