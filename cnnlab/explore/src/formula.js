/** The output size as a formula, in letters and with the current numbers. Pure functions. */
import { show } from "./words.js";

const LETTERS = { times: "" };
for (const letter of "ikspd") LETTERS[letter] = `<i>${letter}</i>`;

/** A fraction between floor brackets, drawn by the style sheet; `small` is only read aloud. */
const floor = (top, bottom) =>
  `<span class="floor"><small>⌊(</small><span>${top}</span><small>) / </small>` +
  `<span>${bottom}</span><small>⌋</small></span>`;

/** The right-hand side with letters or with numbers in place of i, k, s, p and d. */
function side({ i, k, s, p, d, times }, { dilation, mode }) {
  const gaps = dilation > 1 && `${d}${times}(${k} − 1)`;
  if (mode === "transposed")
    return `(${i} − 1)${times}${s} − 2${times}${p} + ${gaps ? `${gaps} + 1` : k}`;
  return `${floor(`${i} + 2${times}${p} − ${gaps ? `${gaps} − 1` : k}`, s)} + 1`;
}

/**
 * o = ⌊(i + 2p − k) / s⌋ + 1 in letters, in numbers, and its value, as HTML.
 *
 * @param {import("./arithmetic.js").Axis} axis @param {import("./arithmetic.js").Settings} settings
 */
export function formula({ size, kernel, output }, settings) {
  const { stride: s, padding: p, dilation: d } = settings;
  const numbers = { i: size, k: kernel, s, p, d, times: "·" };
  return `<i>o</i> = ${side(LETTERS, settings)} = ${side(numbers, settings)} = <b>${show(output)}</b>`;
}
