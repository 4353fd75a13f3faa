/**
 * Filtering a photograph: one correlation a pixel, the image continued by its edge. Pure functions.
 *
 * @typedef {{values: ArrayLike<number>, rows: number, columns: number}} Picture row by row
 */

/** The picture with its edge pixels repeated `up` and `aside` pixels outwards. @param {Picture} p */
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

/**
 * Correlation that keeps the size; the kernel's sides are odd.
 *
 * @param {Picture} picture @param {number[][]} kernel @returns {Picture}
 */
export function filter(picture, kernel) {
  const { rows, columns } = picture;
  const [up, aside] = [(kernel.length - 1) / 2, (kernel[0].length - 1) / 2];
  const { wide, width } = widen(picture, up, aside);
  const values = new Float32Array(rows * columns);
  kernel.forEach((line, u) =>
    line.forEach((weight, v) => {
      if (!weight) return;
      for (let r = 0; r < rows; r++) {
        const [to, from] = [r * columns, (r + u) * width + v];
        for (let c = 0; c < columns; c++) values[to + c] += weight * wide[from + c];
      }
    }),
  );
  return { values, rows, columns };
}

/** A kernel turned by 90 degrees, clockwise: one for upright edges becomes one for level edges. */
export function quarter(kernel) {
  return kernel[0].map((_, c) => kernel.map((row) => row[c]).reverse());
}

/**
 * The kernel's answer along x and, turned by 90 degrees, along y: sqrt(gx² + gy²) a pixel.
 *
 * @param {Picture} picture @param {number[][]} kernel
 * @returns {Picture & {gx: ArrayLike<number>, gy: ArrayLike<number>}}
 */
export function gradient(picture, kernel) {
  const gx = filter(picture, kernel).values;
  const gy = filter(picture, quarter(kernel)).values;
  return { ...picture, gx, gy, values: gx.map((x, i) => Math.hypot(x, gy[i])) };
}

/** The window, the products and the sum of one pixel of `filter`. */
export function look({ values, rows, columns }, kernel, [r, c]) {
  const [up, aside] = [(kernel.length - 1) / 2, (kernel[0].length - 1) / 2];
  const inside = (place, count) => Math.min(Math.max(place, 0), count - 1);
  const window = kernel.map((line, u) =>
    line.map((_, v) => values[inside(r + u - up, rows) * columns + inside(c + v - aside, columns)]),
  );
  const products = kernel.map((line, u) => line.map((weight, v) => weight * window[u][v]));
  return { window, products, sum: products.flat().reduce((a, b) => a + b) };
}

/**
 * The column and the row whose products are the kernel, or undefined where there are none; the
 * column's first number that is not zero is 1, as in `cnnlab.kernels.factors`.
 *
 * @param {number[][]} kernel
 */
export function factors(kernel) {
  const flat = kernel.flat().map(Math.abs);
  const place = flat.indexOf(Math.max(...flat));
  const [top, left] = [Math.floor(place / kernel[0].length), place % kernel[0].length];
  const peak = kernel[top][left];
  if (!peak) return undefined;
  const through = kernel.map((line) => line[left]);
  const first = through.find((weight) => Math.abs(weight) > 1e-9 * Math.abs(peak));
  const column = through.map((weight) => weight / first);
  const row = kernel[top].map((weight) => weight / column[top]);
  const same = kernel.every((line, u) =>
    line.every((weight, v) => Math.abs(weight - column[u] * row[v]) < 1e-6 * Math.abs(peak)),
  );
  return same ? { column, row } : undefined;
}
