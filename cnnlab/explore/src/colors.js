/** Colours for values: PuOr for signed numbers, gray for images. Pure functions. */

// ColorBrewer's PuOr without its two darkest ends: orange below zero, purple above.
const BELOW = ["fee0b6", "fdb863", "e08214", "b35806"].map(parse);
const ABOVE = ["d8daeb", "b2abd2", "8073ac", "542788"].map(parse);
// Zero has the colour of the paper, so that the strength of a colour is the distance from zero.
const LIGHT = { below: [parse("ffffff"), ...BELOW], above: [parse("ffffff"), ...ABOVE] };
const DARK = {
  below: [parse("26262b"), ...[...BELOW].reverse()],
  above: [parse("26262b"), ...[...ABOVE].reverse()],
};

function parse(hex) {
  return [0, 2, 4].map((i) => parseInt(hex.slice(i, i + 2), 16));
}

/** A colour between the steps of a ramp, t from 0 to 1. */
function between(ramp, t) {
  const place = Math.min(Math.max(t, 0), 1) * (ramp.length - 1);
  const i = Math.min(Math.floor(place), ramp.length - 2);
  return ramp[i].map((a, k) => Math.round(a + (ramp[i + 1][k] - a) * (place - i)));
}

/** Relative luminance as WCAG defines it. */
export function luminance(rgb) {
  const [r, g, b] = rgb.map((v) => {
    const s = v / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Black or white, whichever stands out more; the contrast is never below 4.5 to 1. */
export function ink(rgb) {
  return luminance(rgb) > 0.179 ? [0, 0, 0] : [255, 255, 255];
}

/** The colour of a signed value between -1 and 1 on light or on dark paper. */
export function signed(value, dark) {
  const { below, above } = dark ? DARK : LIGHT;
  return between(value < 0 ? below : above, Math.abs(value));
}

/** Gray from 0 (black) to 1 (white). */
export function gray(value) {
  return between([[0, 0, 0], [255, 255, 255]], value);
}

// Cells are coloured by class: a change of class is cheap, a colour to parse for each cell is not.
const LEVELS = 64;

/** The style rules of all levels: .g0 to .g64 for gray, .s-64 to .s64 for signed values. */
export function rules(scope) {
  const rule = (name, light, dark) => {
    const pair = (f) => `light-dark(rgb(${f(light)}), rgb(${f(dark)}))`;
    return `${scope} .${name} { background: ${pair((rgb) => rgb)}; color: ${pair(ink)}; }`;
  };
  const lines = [];
  for (let level = -LEVELS; level <= LEVELS; level++) {
    const t = level / LEVELS;
    lines.push(rule(`s${level}`, signed(t, false), signed(t, true)));
    if (level >= 0) lines.push(rule(`g${level}`, gray(t), gray(t)));
  }
  return lines.join("\n");
}

/**
 * A function from a value to the class of its cell. Values below zero make the scale signed.
 *
 * @param {number[][]} values @param {"image" | "signed"} kind
 */
export function painter(values, kind) {
  const all = values.flat();
  const limit = all.reduce((most, v) => Math.max(most, Math.abs(v)), 0) || 1;
  const letter = kind === "signed" || all.some((v) => v < 0) ? "s" : "g";
  return (value) => letter + Math.round((value / limit) * LEVELS);
}
