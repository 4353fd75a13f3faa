/** Which level of the palette a value has. Pure functions. */

/** Steps from zero to the largest value. A class is set quicker than a colour is parsed. */
export const LEVELS = 32;

/**
 * A function from a value to the class of its cell. Values below zero make the scale signed.
 *
 * @param {number[][]} values @param {"image" | "signed"} kind
 */
export function painter(values, kind) {
  const all = values.flat();
  const limit = Math.max(...all.map(Math.abs)) || 1;
  const letter = kind === "signed" || all.some((v) => v < 0) ? "s" : "g";
  return (value) => letter + Math.round((value / limit) * LEVELS);
}
