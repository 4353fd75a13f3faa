/** Convolution over several channels: one map a channel, their sum, and the counts. Pure functions. */
import { matrix } from "./arithmetic.js";
import { show } from "./words.js";

/** A plane with `p` zeros on every side. */
export function padded(plane, p) {
  return matrix(plane.length + 2 * p, plane[0].length + 2 * p, (r, c) => plane[r - p]?.[c - p] ?? 0);
}

/** The valid correlation of a plane with a kernel. */
export function correlate(plane, kernel) {
  const [rows, columns] = [plane.length - kernel.length + 1, plane[0].length - kernel[0].length + 1];
  return matrix(Math.max(rows, 0), Math.max(columns, 0), (r, c) =>
    kernel.flatMap((line, u) => line.map((w, v) => w * plane[r + u][c + v])).reduce((a, b) => a + b),
  );
}

/**
 * What one filter makes of the planes: the planes with their borders, a map a channel, and their
 * sum with the bias. `problem` says why there is nothing.
 */
export function convolve({ input, weight, bias, padding, filter }) {
  const planes = input.map((plane) => padded(plane, padding));
  const [kernels, shift] = [weight[filter], bias[filter]];
  const maps = planes.map((plane, c) => correlate(plane, kernels[c]));
  if (!maps[0].length || !maps[0][0].length) {
    const [k, n] = [kernels[0].length, Math.min(input[0].length, input[0][0].length)];
    return { problem: `A ${k} × ${k} kernel does not fit. Raise the padding to ${Math.ceil((k - n) / 2)}.` };
  }
  const add = (r, c) => maps.reduce((sum, map) => sum + map[r][c], shift);
  return { planes, kernels, maps, shift, output: matrix(maps[0].length, maps[0][0].length, add) };
}

/** "output[1][0, 2] = 12 + (−3) + 5 + bias 1 = 15" */
export function sentence(filter, [r, c], { maps, shift, output }) {
  const terms = maps.map((map) => (map[r][c] < 0 ? `(${show(map[r][c])})` : show(map[r][c])));
  const name = `output[${filter}][${r}, ${c}]`;
  return `${name} = ${terms.join(" + ")} + bias ${show(shift)} = ${show(output[r][c])}`;
}

/** How many numbers the layer learns, and how often it multiplies, with the arithmetic shown. */
export function counts({ weight }, { output }) {
  const [filters, channels, kh, kw] = [
    weight.length, weight[0].length, weight[0][0].length, weight[0][0][0].length,
  ];
  const [weights, places] = [filters * channels * kh * kw, output.length * output[0].length];
  const one = channels * kh * kw;
  return [
    `Learned: ${filters} × ${channels} × ${kh} × ${kw} = ${weights} weights and ${filters} ` +
      `${filters === 1 ? "bias" : "biases"}: ${weights + filters}.`,
    `Products: ${channels} × ${kh} × ${kw} = ${one} for one number, ` +
      `${filters} × ${output.length} × ${output[0].length} × ${one} = ${filters * places * one} in all.`,
  ];
}

/** All kernels with sides of `size`, around their middle. */
export function resized(weight, size) {
  const cut = (kernel) => {
    const shift = (kernel.length - size) / 2;
    return matrix(size, size, (r, c) => kernel[r + shift]?.[c + shift] ?? 0);
  };
  return weight.map((filter) => filter.map(cut));
}
