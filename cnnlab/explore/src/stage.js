/** The picture: the board with the window on it, the kernel, the output. */
import { size, unread } from "./arithmetic.js";
import { painter } from "./levels.js";
import { h, panel, sign } from "./dom.js";
import { makeFrame } from "./frame.js";
import { grid } from "./grid.js";
import { MANY, NUMBERS } from "./mosaic.js";
import { makeOutput } from "./output.js";
import { weightFields } from "./weights.js";
import { show } from "./words.js";

// Pixels: a weight's field, and the smallest cells that hold a number and a weight beside it.
const [FIELD, BOTH] = [36, 30];

/** The largest cells side by side; or one below the other, where that lets numbers be read. */
export function cellSize(width, { rows, columns, fits }) {
  const [down, across] = fits ? [rows.output, columns.output] : [0, 0];
  const kernel = Math.max(FIELD * columns.kernel, 84);
  const tallest = Math.min(560 / Math.max(rows.board, down), 42);
  const beside = Math.min((width - kernel - 124) / (columns.board + across), tallest);
  const below = Math.min((width - 8) / Math.max(columns.board, across), tallest);
  const stacked = beside < 9 || (beside < NUMBERS && below >= NUMBERS);
  return Math.max(Math.floor(stacked ? below : beside), 9);
}

export function makeStage(context) {
  const { store, change, signal } = context;
  const board = grid({ label: "Image", className: "image" });
  const frame = makeFrame();
  const legend = h("p.legend");
  const onEdit = (r, c, weight) => {
    const { kernel } = store.read();
    change({ kernel: kernel.with(r, kernel[r].with(c, weight)) });
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
    image.element, times, kernel.element, equals, result.element,
  );

  function drawCaptions({ rows, columns, turned }) {
    const [pixels, board] = [size(rows, columns, "size"), size(rows, columns, "board")];
    const padded = pixels === board ? "" : `, padded to ${board}`;
    image.caption.textContent = `Image ${pixels}${padded}`;
    kernel.caption.textContent = `Kernel ${size(rows, columns, "kernel")}`;
    result.caption.textContent = `Output ${size(rows, columns, "output")}`;
    times.textContent = turned ? "∗" : "⋆";
  }

  function drawBoard({ show_reads }, { board: places, fits }, square) {
    const missed = unread(places);
    legend.textContent =
      fits && missed.places
        ? `Hatched: ${missed.places} read by no window, ${missed.pixels} in the image`
        : "";
    const values = places.map((row) => row.map((p) => (show_reads ? p.reads : p.value)));
    board.update(values, painter(values, show_reads ? "signed" : "image"), (r, c) => {
      const { kind, reads } = places[r][c];
      return fits && !reads ? `${kind} unread` : kind;
    }, square);
  }

  /** Draw what does not depend on the chosen pixel. */
  function draw(now, plan, width) {
    const cell = cellSize(width ?? 800, plan);
    const many = [...plan.board, ...plan.output].flat().length > MANY;
    const square = many || cell < NUMBERS ? cell : 0;
    element.style.setProperty("--cell", `${cell}px`);
    element.classList.toggle("bare", cell < BOTH);
    drawCaptions(plan);
    drawBoard(now, plan, square);
    fields.update(now.kernel);
    // Show how the kernel turns, where it stands and where it lies on the image.
    const turning = plan.turned && laidPanel.hidden;
    for (const one of [laid.element, frame.element]) one.classList.toggle("turning", turning);
    laidPanel.hidden = !plan.turned;
    laid.update(plan.weights, painter(plan.weights, "signed"));
    for (const one of [frame.element, equals, result.element]) one.hidden = !plan.fits;
    if (!plan.fits) return;
    frame.reshape(plan);
    output.update(plan.output, painter(plan.output, "signed"), undefined, square);
  }

  /** Show the window of the chosen pixel; `held`: the output had the focus. */
  function choose({ selected }, { top, left, sum }, held) {
    output.choose(selected, show(sum), held);
    frame.moveTo(top, left);
  }

  return { element, draw, choose, held: output.held };
}
