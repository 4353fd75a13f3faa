/**
 * Sliding a kernel over an image: sizes, windows, products and sums. Pure functions, no drawing.
 *
 * All modes are one picture. The image is laid on a board: with a border of zeros, and in the
 * transposed mode with zeros between its pixels. The weights then slide over the board.
 *
 * @typedef {number[][]} Matrix
 * @typedef {"correlation" | "convolution" | "transposed"} Mode
 * @typedef {{image: Matrix, kernel: Matrix, stride: number, padding: number, dilation: number,
 *            mode: Mode}} Settings
 * @typedef {{size: number, kernel: number, span: number, spread: number, border: number,
 *            board: number, start: number, step: number, output: number}} Axis
 */

/**
 * One axis of the board: `span` pixels from the first to the last weight, image pixels `spread`
 * apart, `border` zeros on each side, windows from `start` on, `step` apart, `output` of them.
 *
 * @param {number} size @param {number} kernel @param {Settings} settings @returns {Axis}
 */
export function axis(size, kernel, { stride, padding, dilation, mode }) {
  const span = dilation * (kernel - 1) + 1;
  const transposed = mode === "transposed";
  const spread = transposed ? stride : 1;
  const step = transposed ? 1 : stride;
  // A transposed padding larger than span - 1 cuts the board: windows then start inside it.
  const edge = transposed ? span - 1 - padding : padding;
  const [border, start] = [Math.max(edge, 0), Math.max(-edge, 0)];
  const board = (size - 1) * spread + 1 + 2 * border;
  const output = Math.floor((board - 2 * start - span) / step) + 1;
  return { size, kernel, span, spread, border, board, start, step, output };
}

/** Rows, columns, and whether a window fits. @param {Settings} settings */
export function axes(settings) {
  const { image, kernel } = settings;
  const rows = axis(image.length, kernel.length, settings);
  const columns = axis(image[0].length, kernel[0].length, settings);
  return { rows, columns, fits: rows.output > 0 && columns.output > 0 };
}

/** The kernel turned by 180 degrees. @param {Matrix} kernel @returns {Matrix} */
export function turn(kernel) {
  return kernel.map((row) => [...row].reverse()).reverse();
}

/** The index of the image pixel at place `t` of the board: -1 on the border, NaN between pixels. */
function source({ size, spread, border }, t) {
  const offset = t - border;
  if (offset < 0 || offset > (size - 1) * spread) return -1;
  return offset % spread ? NaN : offset / spread;
}

/** How many windows read each place of an axis. @param {Axis} a @returns {number[]} */
function tally(a, dilation) {
  const counts = new Array(a.board).fill(0);
  for (let o = 0; o < a.output; o++)
    for (let u = 0; u < a.kernel; u++) counts[a.start + o * a.step + u * dilation]++;
  return counts;
}

/**
 * Everything there is to draw: both axes, the board with its values and what each place is, how
 * often each is read, the weights as they lie on the board, and the output (empty if none fits).
 *
 * @param {Settings} settings
 */
export function lay(settings) {
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
  /** What weight (u, v) of the window at (top, left) reads. */
  const read = (top, left, u, v) => board[top + u * dilation][left + v * dilation].value;
  /** What `look` calls sum, without its arrays: there are hundreds of windows. */
  const sum = (r, c) => {
    const [top, left] = [rows.start + r * rows.step, columns.start + c * columns.step];
    const add = (all, line, u) =>
      line.reduce((part, w, v) => part + w * read(top, left, u, v), all);
    return weights.reduce(add, 0);
  };
  const output = fits ? matrix(rows.output, columns.output, sum) : [];
  return { rows, columns, dilation, fits, turned, weights, board, read, output };
}

/** @template T @param {(r: number, c: number) => T} value @returns {T[][]} */
export function matrix(rows, columns, value) {
  return Array.from({ length: rows }, (_, r) =>
    Array.from({ length: columns }, (_, c) => value(r, c)),
  );
}

/**
 * The window under output pixel (r, c): where it lies, what it reads, the products, their sum.
 *
 * @param {ReturnType<typeof lay>} plan
 */
export function look({ rows, columns, weights, read, output }, r, c) {
  const [top, left] = [rows.start + r * rows.step, columns.start + c * columns.step];
  const window = weights.map((line, u) => line.map((_, v) => read(top, left, u, v)));
  const products = weights.map((line, u) => line.map((weight, v) => window[u][v] * weight));
  return { top, left, window, products, sum: output[r][c] };
}

/** How many places of the board no window reads, and how many of those are image pixels. */
export function unread(board) {
  const missed = board.flat().filter(({ reads }) => !reads);
  return { places: missed.length, pixels: missed.filter(({ kind }) => kind === "pixel").length };
}

/** The output pixel nearest to (r, c), or (r, c) itself where there is no output. */
export function clamp(settings, [r, c]) {
  const { rows, columns, fits } = axes(settings);
  const inside = (place, { output }) => Math.max(Math.min(place, output - 1), 0);
  return fits ? [inside(r, rows), inside(c, columns)] : [r, c];
}

/** A sentence that says why nothing can be drawn and what to do; empty where the kernel fits. */
export function problem(settings) {
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
  return (
    `A ${size(rows, columns, "kernel")} kernel${spread} does not fit a ` +
    `${size(rows, columns, "size")} image${padded}. Raise the padding to ` +
    `${padding + Math.ceil(missing / 2)}, or make the kernel smaller.`
  );
}

/** "3 × 4" from two axes. */
export function size(rows, columns, key) {
  return `${rows[key]} × ${columns[key]}`;
}

/** A matrix of another size: what is there stays, new places come from `fill(row, column)`. */
export function resize(old, rows, columns, fill) {
  return matrix(rows, columns, (r, c) => old[r]?.[c] ?? fill(r, c));
}
