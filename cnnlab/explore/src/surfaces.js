/** Loss surfaces of two weights, and the paths of gradient descent on them. Pure functions. */

/** Each: the loss, its two slopes, and what there is to see. */
export const SURFACES = {
  bowl: {
    loss: (x, y) => (x * x + y * y) / 2,
    slopes: (x, y) => [x, y],
    note: "The same slope all around: the path leads straight to the middle.",
  },
  valley: {
    loss: (x, y) => (x * x + 12 * y * y) / 2,
    slopes: (x, y) => [x, 12 * y],
    note: "Steep across, flat along: plain steps creep along or swing from side to side; momentum adds up along the valley.",
  },
  dips: {
    loss: (x, y) => (x ** 4 - 8 * x * x) / 16 + x / 4 + y * y / 2 + 1.7,
    slopes: (x, y) => [(4 * x ** 3 - 16 * x) / 16 + 1 / 4, y],
    note: "Two dips, the left one deeper: which is found depends on the start and on the step.",
  },
  saddle: {
    loss: (x, y) => (x * x) / 2 - (y * y) / 2 + y ** 4 / 24 + 1.5,
    slopes: (x, y) => [x, -y + y ** 3 / 6],
    note: "Between two dips lies a saddle: there the slope is nearly zero, and the path lingers.",
  },
};
export const REACH = 4; // the picture goes from −4 to 4 along both weights
const [FAR, BANDS] = [1e3, 16];

/**
 * The places visited: v ← μ v + slope, w ← w − η v. Ends early where it runs away.
 *
 * @returns {{x: number, y: number, loss: number}[]}
 */
export function descend(name, [x, y], rate, momentum, steps) {
  const { loss, slopes } = SURFACES[name];
  const path = [{ x, y, loss: loss(x, y) }];
  let [vx, vy] = [0, 0];
  for (let n = 0; n < steps && Math.abs(x) < FAR && Math.abs(y) < FAR; n++) {
    const [sx, sy] = slopes(x, y);
    [vx, vy] = [momentum * vx + sx, momentum * vy + sy];
    [x, y] = [x - rate * vx, y - rate * vy];
    path.push({ x, y, loss: loss(x, y) });
  }
  return path;
}

/** The height of the surface in bands, row by row from the top: a picture with contour lines. */
export function bands(name, size) {
  const { loss } = SURFACES[name];
  const at = (i) => -REACH + (2 * REACH * (i + 0.5)) / size;
  const heights = Float32Array.from({ length: size * size }, (_, i) =>
    Math.log1p(Math.max(loss(at(i % size), -at(Math.floor(i / size))), 0)),
  );
  const highest = heights.reduce((most, height) => Math.max(most, height), 0);
  const values = heights.map((height) => BANDS - Math.floor((BANDS * height) / highest));
  return { values, rows: size, columns: size };
}

/** How a path ended, in words. */
export function outcome(path, steps) {
  const { loss, x, y } = path.at(-1);
  if (!(Math.abs(x) < FAR && Math.abs(y) < FAR)) return `runs away after ${path.length - 1} steps`;
  return `loss ${loss < 0.005 ? loss.toExponential(0) : loss.toFixed(2)} after ${steps} steps`;
}
