/**
 * Colours for values: PuOr for signed numbers, gray for images. The build makes style rules of
 * them, so that an explorer's script names a level and its style sheet knows the colour.
 */
import { LEVELS } from "./levels.js";


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

const hex = (rgb) => `#${rgb.map((v) => v.toString(16).padStart(2, "0")).join("")}`;

/** The style rules of all levels: .g0, .g1, … for gray, .s0, .s1, .s-1, … for signed values. */
export function rules() {
  const lines = [];
  const add = (name, light, dark) => {
    const pair = (f) => `light-dark(${hex(f(light))}, ${hex(f(dark))})`;
    const same = (f) => (light === dark ? hex(f(light)) : pair(f));
    lines.push(`  & .${name} { --paint: ${same((rgb) => rgb)}; color: ${same(ink)}; }`);
  };
  for (let level = 0; level <= LEVELS; level++) {
    const t = level / LEVELS;
    const shade = gray(t);
    add(`g${level}`, shade, shade);
    add(`s${level}`, signed(t, false), signed(t, true));
    if (level) add(`s-${level}`, signed(-t, false), signed(-t, true));
  }
  return `.cnnlab-explorer {\n${lines.join("\n")}\n}\n`;
}
