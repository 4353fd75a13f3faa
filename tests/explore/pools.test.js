/** Pooling against numbers that NumPy found (cases.py). */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { bins, differences, moved, plan, sentence } from "../../cnnlab/explore/src/pools.js";
import { summary } from "../../cnnlab/explore/src/pooling.js";

const { pools } = JSON.parse(readFileSync(process.env.CNNLAB_CASES, "utf8"));
const name = (one) => JSON.stringify(one.settings);
const plain = { mode: "max", kernel_size: 2, stride: 2, bins: 2, edges: "adaptive" };

test("outputs, and the places of the maxima, are those of NumPy", () => {
  assert.ok(pools.length > 300, `only ${pools.length} cases`);
  for (const one of pools) {
    const made = plan(one.settings, one.image);
    assert.equal(Boolean(made.problem), one.output === null, name(one));
    if (made.problem) continue;
    made.output.flat().forEach((value, i) =>
      assert.ok(Math.abs(value - one.output.flat()[i]) < 1e-9, name(one)),
    );
    assert.deepEqual([made.rows.length, made.columns.length], [one.output.length, one.output[0].length]);
    const width = one.image[0].length;
    const places = made.windows.flat().map(({ place: [r, c] }) => r * width + c);
    assert.deepEqual(places, one.places.flat(), name(one));
  }
});

test("what no window reads is what NumPy left over", () => {
  for (const one of pools.filter(({ output }) => output))
    assert.deepEqual(plan(one.settings, one.image).read, one.read, name(one));
});

test("sliding bins leave the last row and column of 14 x 14 out at n = 4, adaptive ones do not", () => {
  assert.deepEqual(bins(14, 4, "sliding"), [[0, 4], [3, 7], [6, 10], [9, 13]]);
  assert.deepEqual(bins(14, 4, "adaptive"), [[0, 4], [3, 7], [7, 11], [10, 14]]);
});

test("13 x 13 has the windows of the paper: 3 bins of 5 every 4, 2 of 7 every 6, 1 of 13", () => {
  assert.deepEqual(bins(13, 3, "sliding"), [[0, 5], [4, 9], [8, 13]]);
  assert.deepEqual(bins(13, 2, "sliding"), [[0, 7], [6, 13]]);
  assert.deepEqual(bins(13, 1, "sliding"), [[0, 13]]);
});

test("zeros come in where an image moves out", () => {
  const image = [[1, 2, 3], [4, 5, 6]];
  assert.deepEqual(moved(image, 1, 1), [[0, 0, 0], [0, 1, 2]]);
  assert.deepEqual(moved(image, 0, 0), image);
  assert.equal(differences(image, moved(image, 0, 1)), 6);
});

test("the arithmetic is said in one line", () => {
  const made = plan(plain, [[1, 9, 0, 0], [2, 9, 0, 0]]);
  assert.equal(sentence("max", made, [0, 0]), "output[0, 0] = max(1, 9, 2, 9) = 9, from image[0, 1]");
  assert.equal(sentence("average", made, [0, 0]), "output[0, 0] = mean(1, 9, 2, 9) = 5.25");
});

test("what is kept, left over and changed is said in words", () => {
  const image = [[9, 1, 1], [1, 1, 1], [1, 1, 1]];
  const [before, now] = [plan(plain, image), plan(plain, moved(image, 0, 1))];
  assert.equal(
    summary("max", now, before),
    "Ringed: 1 of 9 pixels reach the output. Hatched: 5 are read by no window. " +
      "Moving changed 4 pixels and 0 of 1 outputs (dashed).",
  );
  assert.equal(summary("average", before, before), "Hatched: 5 are read by no window.");
});

test("a problem names its remedy", () => {
  const large = plan({ ...plain, kernel_size: 4 }, [[1, 2, 3], [4, 5, 6]]);
  assert.equal(large.problem, "A 4 × 4 window does not fit a 2 × 3 image. Lower k to 2.");
  const many = plan({ ...plain, mode: "pyramid", bins: 3 }, [[1, 2, 3], [4, 5, 6]]);
  assert.match(many.problem, /at least 3 × 3 pixels/);
});
