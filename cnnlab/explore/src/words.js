/** Numbers and sums as text. Pure functions. */

/** A number in at most about six characters: 429, -0.33, 1.2e+7; never "-0". */
export function show(x) {
  if (Number.isInteger(x) && Math.abs(x) < 1e6) return minus(String(x));
  if (Math.abs(x) >= 1e6) return minus(x.toExponential(1));
  return minus(String(Number(x.toFixed(Math.abs(x) >= 100 ? 1 : 2))));
}

/** A true minus sign is as wide as a digit. */
const minus = (text) => text.replace("-", "\u2212");

/** Is `show(x)` exactly x? */
const exact = (x) => Number(show(x).replace("\u2212", "-")) === x;

/**
 * The arithmetic of one output pixel in one line:
 * "output[0, 0] = 3 × 1 + 0 × 0 + … = −5". The sign is ≈ where a shown number is rounded.
 *
 * @param {{window: number[][], sum: number}} view @param {number[][]} weights
 */
export function sentence([r, c], { window, sum }, weights) {
  const terms = window.flatMap((row, u) =>
    row.map((value, v) => `${bracket(value)} × ${bracket(weights[u][v])}`),
  );
  const rounded = ![...window.flat(), ...weights.flat(), sum].every(exact);
  return `output[${r}, ${c}] = ${terms.join(" + ")} ${rounded ? "≈" : "="} ${show(sum)}`;
}

const bracket = (x) => (x < 0 ? `(${show(x)})` : show(x));
