/** Pooling: windows, what each keeps, and where it was found. Pure functions. */
import { matrix } from "./arithmetic.js";
import { show } from "./words.js";

/** Windows [start, end) of one axis, `k` long and `s` apart; the last pixels may be left over. */
export function steps(length, k, s) {
  const count = Math.floor((length - k) / s) + 1;
  return Array.from({ length: Math.max(count, 0) }, (_, i) => [i * s, i * s + k]);
}

/**
 * `n` bins [start, end) over an axis. "adaptive" bins leave no pixel out and may share one;
 * "sliding" ones are windows of ceil(a / n) every floor(a / n), as the paper has them.
 */
export function bins(length, n, edges) {
  const [wide, step] = [Math.ceil(length / n), Math.floor(length / n)];
  return Array.from({ length: n }, (_, i) =>
    edges === "adaptive"
      ? [Math.floor((i * length) / n), Math.ceil(((i + 1) * length) / n)]
      : [i * step, i * step + wide],
  );
}

/** The image moved down and to the right; zeros come in. */
export function moved(image, down, right) {
  return image.map((row, r) => row.map((_, c) => image[r - down]?.[c - right] ?? 0));
}

/** How many places of two matrices differ. */
export function differences(one, other) {
  return one.flat().filter((value, i) => value !== other.flat()[i]).length;
}

/** Everything there is to draw for the values of an image; `problem` says why nothing is drawn. */
export function plan({ mode, kernel_size: k, stride, bins: n, edges }, values) {
  const [height, width] = [values.length, values[0].length];
  const along = (length) => (mode === "pyramid" ? bins(length, n, edges) : steps(length, k, stride));
  const [rows, columns] = [along(height), along(width)];
  if (!rows.length || !columns.length)
    return { problem: `A ${k} × ${k} window does not fit a ${height} × ${width} image. Lower k to ${Math.min(height, width)}.` };
  if (mode === "pyramid" && n > Math.min(height, width))
    return { problem: `${n} bins need an image of at least ${n} × ${n} pixels. Lower n.` };
  const windows = rows.map(([top, bottom]) =>
    columns.map(([left, end]) => look(values, top, bottom, left, end)),
  );
  const [kept, read] = [0, 1].map(() => matrix(height, width, () => false));
  windows.flat().forEach(({ place: [r, c], places }) => {
    kept[r][c] = true;
    for (const [i, j] of places) read[i][j] = true;
  });
  const output = windows.map((row) => row.map(({ most, mean }) => (mode === "average" ? mean : most)));
  return { values, rows, columns, windows, kept, read, output };
}

/** One window: its numbers, the largest with its first place, and the mean. */
function look(values, top, bottom, left, end) {
  const places = matrix(bottom - top, end - left, (r, c) => [top + r, left + c]).flat();
  const numbers = places.map(([r, c]) => values[r][c]);
  const most = Math.max(...numbers);
  const mean = numbers.reduce((a, b) => a + b) / numbers.length;
  return { places, numbers, most, mean, place: places[numbers.indexOf(most)] };
}

/** "output[0, 1] = max(3, 1, 4, 2) = 4, from image[1, 2]", or the mean. */
export function sentence(mode, { windows }, [r, c]) {
  const { numbers, most, mean, place } = windows[r][c];
  const listed = numbers.length > 25 ? `${numbers.length} numbers` : numbers.map(show).join(", ");
  const name = `output[${r}, ${c}]`;
  if (mode === "average") return `${name} = mean(${listed}) = ${show(mean)}`;
  return `${name} = max(${listed}) = ${show(most)}, from image[${place.join(", ")}]`;
}
