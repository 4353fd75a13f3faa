/** How a gradient flows back through convolution and pooling. Pure functions. */
import { matrix } from "./arithmetic.js";
import { steps } from "./pools.js";
import { show } from "./words.js";

/** The side lengths of the window in this mode. */
function sides({ mode, kernel, kernel_size: k }) {
  return mode === "convolution" ? [kernel.length, kernel[0].length] : [k, k];
}

/** Windows along rows and columns; `problem` says why there are none. */
export function windows(now) {
  const { input, stride } = now;
  const [down, across] = sides(now);
  const [rows, columns] = [steps(input.length, down, stride), steps(input[0].length, across, stride)];
  if (rows.length && columns.length) return { rows, columns };
  const [height, width] = [input.length, input[0].length];
  return { problem: `A ${down} × ${across} window does not fit a ${height} × ${width} input. Lower k to ${Math.min(height, width)}.` };
}

/** Gradients that can be told apart in a sum: 1, 10, 100, 1000, or small numbers where there are more. */
export function legible(rows, columns) {
  const few = rows * columns <= 4;
  return matrix(rows, columns, (r, c) => (few ? 10 ** (r * columns + c) : ((3 * r + 2 * c) % 5) - 1));
}

/** The forward output. */
export function forward(now, { rows, columns }) {
  return matrix(rows.length, columns.length, (r, c) => {
    const { numbers } = look(now, rows[r], columns[c]);
    if (now.mode === "max") return Math.max(...numbers);
    if (now.mode === "average") return numbers.reduce((a, b) => a + b) / numbers.length;
    return numbers.reduce((sum, x, i) => sum + x * now.kernel.flat()[i], 0);
  });
}

/** The places and numbers of one window, row by row. */
function look({ input }, [top, bottom], [left, end]) {
  const places = matrix(bottom - top, end - left, (r, c) => [top + r, left + c]).flat();
  return { places, numbers: places.map(([r, c]) => input[r][c]) };
}

/** What output (r, c) sends back: [row, column, share] for each pixel of its window. */
export function shares(now, { rows, columns }, r, c) {
  const { places, numbers } = look(now, rows[r], columns[c]);
  const g = now.grad_output[r][c];
  const first = numbers.indexOf(Math.max(...numbers));
  const factor = {
    max: (i) => Number(i === first),
    average: () => 1 / numbers.length,
    convolution: (i) => now.kernel.flat()[i],
  }[now.mode];
  return places.map(([i, j], n) => [i, j, g * factor(n)]);
}

/** The gradients of input and kernel, from all outputs, or from those in `only`. */
export function backward(now, spans, only) {
  const { input, kernel, grad_output: g } = now;
  const dx = matrix(input.length, input[0].length, () => 0);
  const dw = matrix(kernel.length, kernel[0].length, () => 0);
  for (const [r, c] of only ?? matrix(g.length, g[0].length, (i, j) => [i, j]).flat()) {
    shares(now, spans, r, c).forEach(([i, j, share], n) => {
      dx[i][j] += share;
      if (now.mode === "convolution")
        dw[Math.floor(n / kernel[0].length)][n % kernel[0].length] += g[r][c] * input[i][j];
    });
  }
  return { dx, dw };
}

/** What the chosen output sends back, in words. */
export function sentence(now, { rows, columns }, [r, c]) {
  const { places, numbers } = look(now, rows[r], columns[c]);
  const g = now.grad_output[r][c];
  const sender = `output[${r}, ${c}] sends its ${show(g)}`;
  if (now.mode === "convolution") return `${sender} to ${places.length} pixels, each times its weight`;
  if (now.mode === "average")
    return `${sender} in equal parts: ${show(g)} ÷ ${places.length} = ${show(g / places.length)} to each pixel`;
  const most = Math.max(...numbers);
  const equals = numbers.filter((x) => x === most).length;
  const place = places[numbers.indexOf(most)].join(", ");
  return `${sender} to input[${place}], ${equals > 1 ? `the first of ${equals} that are largest` : "the largest"}; nothing to the others`;
}
