/** Receptive fields of stacked layers, and the overlap of a transposed convolution. Pure functions. */
import { matrix } from "./arithmetic.js";

/**
 * From the input upwards: each level's size, how many input pixels one of its units sees, and how
 * far apart two neighbours see.
 *
 * @param {(number | string)[][]} layers kernel size, stride and dilation of each, and "pool"
 */
export function levels(size, layers) {
  const found = [{ size, field: 1, jump: 1 }];
  for (const [k, s, d] of layers) {
    const { size: below, field, jump } = found.at(-1);
    const left = Math.floor((below - d * (k - 1) - 1) / s) + 1;
    found.push({ size: Math.max(left, 0), field: field + d * (k - 1) * jump, jump: jump * s });
  }
  return found;
}

/** Which units of each level the chosen unit of the last one depends on, from the input upwards. */
export function cone(layers, unit) {
  const seen = [new Set([unit])];
  for (const [k, s, d] of [...layers].reverse()) {
    const below = new Set();
    for (const place of seen[0]) for (let u = 0; u < k; u++) below.add(place * s + u * d);
    seen.unshift(below);
  }
  return seen;
}

/** How many products of a transposed convolution meet in each output pixel of one axis. */
export function overlap(inputs, k, s) {
  const counts = new Array((inputs - 1) * s + k).fill(0);
  for (let i = 0; i < inputs; i++) for (let u = 0; u < k; u++) counts[i * s + u]++;
  return counts;
}

/** The same in the plane. */
export function overlapMap(inputs, k, s) {
  const counts = overlap(inputs, k, s);
  return matrix(counts.length, counts.length, (r, c) => counts[r] * counts[c]);
}

/** What the stack sees and learns, in words. */
export function summary(layers, found) {
  const { field, jump } = found.at(-1);
  const pools = layers.some(([, , , kind]) => kind);
  const weights = layers.map(([k, , , kind]) => (kind ? 0 : k * k));
  const sum = weights.reduce((a, b) => a + b, 0);
  return (
    `A unit of the last layer sees ${field} × ${field} pixels; its neighbour sees ${jump} further on. ` +
    `Weights, one channel in and out: ${weights.join(" + ")}${weights.length > 1 ? ` = ${sum}` : ""}` +
    `${pools ? " (pooling learns none)" : ""}; ` +
    `one kernel that sees as much has ${field * field}.`
  );
}

/** Is the overlap even inside? In words. */
export function evenness(k, s) {
  const [least, most] = [Math.floor(k / s), Math.ceil(k / s)];
  if (k < s) return `The kernel is smaller than the stride: some outputs get nothing.`;
  return least === most
    ? `${k} is divisible by ${s}: inside, every output pixel gets ${least * least} products. No checkerboard.`
    : `${k} is not divisible by ${s}: inside, output pixels get from ${least * least} to ${most * most} products. A checkerboard.`;
}
