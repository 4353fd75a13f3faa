/**
 * A trained network, forwards: the maps of every layer for one image. Pure functions.
 *
 * @typedef {{planes: Float32Array[], rows: number, columns: number}} Maps a vector has 1 × 1 planes
 */

const zeros = (count, size) => Array.from({ length: count }, () => new Float32Array(size));

/** The numbers that a layer keeps under a name. @param {{numbers: any, weights: Float32Array}} layer */
function kept({ numbers, weights }, name) {
  const place = numbers[name];
  return place && weights.subarray(place[0], place[0] + place[1]);
}

/** Correlate with every filter; borders are [above, below, left, right]. */
function convolve(layer, { planes, rows, columns }) {
  const { shape: [filters, depth, kh, kw], stride: [sh, sw], dilation: [dh, dw], borders, groups } = layer;
  const [weight, bias] = [kept(layer, "weight"), kept(layer, "bias")];
  const [height, width] = [
    Math.floor((rows + borders[0] + borders[1] - dh * (kh - 1) - 1) / sh) + 1,
    Math.floor((columns + borders[2] + borders[3] - dw * (kw - 1) - 1) / sw) + 1,
  ];
  const made = zeros(filters, height * width);
  made.forEach((out, o) => {
    if (bias) out.fill(bias[o]);
    const first = Math.floor(o / (filters / groups)) * depth;
    for (let c = 0; c < depth; c++)
      for (let u = 0; u < kh; u++)
        for (let v = 0; v < kw; v++) {
          const w = weight[((o * depth + c) * kh + u) * kw + v];
          for (let i = 0; i < height; i++) {
            const r = i * sh + u * dh - borders[0];
            if (r < 0 || r >= rows) continue;
            for (let j = 0; j < width; j++) {
              const k = j * sw + v * dw - borders[2];
              if (k >= 0 && k < columns) out[i * width + j] += w * planes[first + c][r * columns + k];
            }
          }
        }
  });
  return { planes: made, rows: height, columns: width };
}

/** The largest number or the mean of each window; a border counts as −∞, or as zero. */
function pool({ kind, size: [kh, kw], stride: [sh, sw], padding: [ph, pw] }, { planes, rows, columns }) {
  const [height, width] = [
    Math.floor((rows + 2 * ph - kh) / sh) + 1, Math.floor((columns + 2 * pw - kw) / sw) + 1,
  ];
  const outside = kind === "max" ? -Infinity : 0;
  const one = (plane) =>
    Float32Array.from({ length: height * width }, (_, n) => {
      const [i, j] = [Math.floor(n / width), n % width];
      let [most, sum] = [-Infinity, 0];
      for (let u = 0; u < kh; u++)
        for (let v = 0; v < kw; v++) {
          const [r, k] = [i * sh + u - ph, j * sw + v - pw];
          const inside = r >= 0 && r < rows && k >= 0 && k < columns;
          const value = inside ? plane[r * columns + k] : outside;
          most = Math.max(most, value);
          sum += value;
        }
      return kind === "max" ? most : sum / (kh * kw);
    });
  return { planes: planes.map(one), rows: height, columns: width };
}

function dense(layer, { planes }) {
  const { shape: [outputs, inputs] } = layer;
  const [weight, bias] = [kept(layer, "weight"), kept(layer, "bias")];
  const made = Array.from({ length: outputs }, (_, o) => {
    let sum = bias ? bias[o] : 0;
    for (let i = 0; i < inputs; i++) sum += weight[o * inputs + i] * planes[i][0];
    return Float32Array.of(sum);
  });
  return { planes: made, rows: 1, columns: 1 };
}

function normalize(layer, { planes, rows, columns }) {
  const [gain, shift] = [kept(layer, "gain"), kept(layer, "shift")];
  return { planes: planes.map((plane, c) => plane.map((x) => gain[c] * x + shift[c])), rows, columns };
}

const POINTWISE = {
  relu: (x) => Math.max(x, 0),
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  tanh: Math.tanh,
  same: (x) => x,
};

/** The maps that a layer makes of those before it. @returns {Maps} */
export function step(layer, before) {
  const { kind } = layer;
  if (kind === "convolution") return convolve(layer, before);
  if (kind === "max" || kind === "average") return pool(layer, before);
  if (kind === "dense") return dense(layer, before);
  if (kind === "norm") return normalize(layer, before);
  if (kind === "flatten") {
    const all = before.planes.flatMap((plane) => Array.from(plane, (x) => Float32Array.of(x)));
    return { planes: all, rows: 1, columns: 1 };
  }
  return { ...before, planes: before.planes.map((plane) => plane.map(POINTWISE[kind])) };
}

/** The maps of the image and of every layer. @param {number[][]} image @returns {Maps[]} */
export function forward(image, layers) {
  const first = { planes: [Float32Array.from(image.flat())], rows: image.length, columns: image[0].length };
  return layers.reduce((maps, layer) => [...maps, step(layer, maps.at(-1))], [first]);
}

/** Probabilities from scores; large scores do no harm. */
export function softmax(scores) {
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}

/** Ink at a place of the image and a little around it. @returns {number[][]} */
export function inked(image, row, column, ink) {
  return image.map((line, r) =>
    line.map((value, c) => {
      const near = Math.max(0, 1 - 0.62 * Math.hypot(r - row, c - column));
      return ink ? Math.min(1, value + near * near) : Math.max(0, value - Math.ceil(near) * near);
    }),
  );
}

/** Which planes of the layer before a map was made from, and the kernels between them. */
export function origins(layer, place, before) {
  if (layer.kind !== "convolution")
    return layer.kind === "dense" || layer.kind === "flatten" ? [] : [{ plane: place }];
  const { shape: [filters, depth, kh, kw], groups } = layer;
  const weight = kept(layer, "weight");
  const first = Math.floor(place / (filters / groups)) * depth;
  return Array.from({ length: depth }, (_, c) => ({
    plane: first + c,
    kernel: { values: weight.slice((place * depth + c) * kh * kw, (place * depth + c + 1) * kh * kw), rows: kh, columns: kw },
  })).slice(0, before.planes.length);
}
