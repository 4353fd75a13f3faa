/** The picture: the board with the window on it, the kernel, the output. */
import { size, unread } from "./arithmetic.js";
import { painter } from "./colors.js";
import { h } from "./dom.js";
import { makeFrame } from "./frame.js";
import { grid } from "./grid.js";
import { makeOutput } from "./output.js";
import { weightFields } from "./weights.js";

// Pixels: a weight's field, and the smallest cells that hold a number, and a weight beside it.
const [FIELD, NUMBERS, BOTH] = [36, 22, 30];

/** Panels side by side, or stacked where that makes room for the numbers in the cells. */
export function arrange(width, { rows, columns, fits }) {
  const [down, across] = fits ? [rows.output, columns.output] : [0, 0];
  const kernel = Math.max(FIELD * columns.kernel, 84);
  const tallest = Math.min(Math.floor(560 / Math.max(rows.board, down)), 42);
  const beside = Math.min(Math.floor((width - kernel - 124) / (columns.board + across)), tallest);
  const below = Math.min(Math.floor((width - 8) / Math.max(columns.board, across)), tallest);
  const stacked = beside < NUMBERS && (below >= NUMBERS || beside < 9);
  return { stacked, cell: Math.max(stacked ? below : beside, 9) };
}

function panel(className, ...children) {
  const caption = h("p", { class: "caption" });
  return { caption, element: h("div", { class: `panel ${className}` }, caption, ...children) };
}

function sign(text) {
  return h("span", { class: "sign", "aria-hidden": "true" }, text);
}

export function makeStage(context) {
  const { store, change, signal } = context;
  const board = grid({ label: "Image" });
  const frame = makeFrame();
  const legend = h("p", { class: "legend" });
  const onEdit = (r, c, weight) => {
    const kernel = store.read().kernel.map((row) => [...row]);
    kernel[r][c] = weight;
    change({ kernel });
  };
  const fields = weightFields({ onEdit, signal });
  const laid = grid({ label: "Turned kernel", className: "laid" });
  const turned = panel("", laid.element);
  turned.caption.textContent = "↻ turned by 180°";
  const output = makeOutput(context);
  const image = panel("input", h("div", { class: "stack" }, board.element, frame.element), legend);
  const kernel = panel("", fields.element, turned.element);
  const result = panel("", output.element);
  const [times, equals] = [sign("⋆"), sign("=")];
  const parts = [image.element, times, kernel.element, equals, result.element];
  const element = h("div", { class: "stage" }, ...parts);

  function drawCaptions({ mode }, { rows, columns }) {
    const spread = rows.spread > 1 && "spread";
    const padded = (rows.border || columns.border) && "padded";
    const how = [spread, padded].filter(Boolean).join(" and ");
    const to = how && `, ${how} to ${size(rows, columns, "board")}`;
    image.caption.textContent = `Image ${size(rows, columns, "size")}${to}`;
    kernel.caption.textContent = `Kernel ${size(rows, columns, "kernel")}`;
    result.caption.textContent = `Output ${size(rows, columns, "output")}`;
    times.textContent = mode === "correlation" ? "⋆" : "∗";
  }

  function drawBoard({ show_reads }, { board: places, fits }) {
    const missed = fits ? unread(places) : { places: 0 };
    legend.textContent = missed.places
      ? `Hatched: ${missed.places} read by no window, ${missed.pixels} of them in the image`
      : "";
    const values = places.map((row) => row.map((p) => (show_reads ? p.reads : p.value)));
    board.update(values, painter(values.flat(), show_reads ? "signed" : "image"), (r, c) => {
      const { kind, reads } = places[r][c];
      return `${kind}${fits && !reads ? " unread" : ""}`;
    });
  }

  /** Draw what does not depend on the chosen pixel. */
  function draw(now, plan) {
    const held = output.held();
    drawCaptions(now, plan);
    drawBoard(now, plan);
    fields.update(now.kernel);
    turned.element.hidden = now.mode === "correlation";
    laid.update(plan.weights, painter(plan.weights.flat(), "signed"));
    for (const one of [frame.element, equals, result.element]) one.hidden = !plan.fits;
    fit(plan);
    if (!plan.fits) return;
    frame.reshape(plan);
    output.update(plan.output, painter(plan.output.flat(), "signed"));
    output.choose(now.selected, held);
  }

  function choose({ selected }, { top, left }) {
    output.choose(selected, output.held());
    frame.moveTo(top, left);
  }

  function fit(plan) {
    const { stacked, cell } = arrange(element.clientWidth || 800, plan);
    element.style.setProperty("--cell", `${cell}px`);
    element.classList.toggle("stacked", stacked);
    element.classList.toggle("quiet", cell < NUMBERS);
    element.classList.toggle("bare", cell < BOTH);
  }

  /** Show how the kernel turns, where it stands and where it lies on the image. */
  function turn() {
    for (const one of [laid.element, frame.element]) {
      one.classList.remove("turning");
      void one.offsetWidth; // starts the animation anew
      one.classList.add("turning");
    }
  }

  return { element, draw, choose, fit, turn };
}
