/** Convolution over channels against numbers that SciPy found (cases.py). */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { convolve, counts, padded, resized, sentence } from "../../cnnlab/explore/src/stacks.js";

const { stacks } = JSON.parse(readFileSync(process.env.CNNLAB_CASES, "utf8"));
const plus = (matrix) => matrix.map((row) => row.map((value) => value + 0)); // no -0

test("every filter's maps and output are those of SciPy", () => {
  assert.ok(stacks.length >= 100);
  for (const one of stacks)
    one.weight.forEach((_, filter) => {
      const made = convolve({ ...one, filter });
      assert.deepEqual(made.maps.map(plus), one.maps[filter].map(plus));
      assert.deepEqual(plus(made.output), plus(one.output[filter]));
    });
});

test("parameters and products are counted as NumPy counts numbers", () => {
  for (const one of stacks) {
    const [learned, products] = counts(one, convolve({ ...one, filter: 0 }));
    assert.equal(Number(/: (\d+)\.$/.exec(learned)[1]), one.parameters);
    assert.equal(Number(/= (\d+) in all\.$/.exec(products)[1]), one.products);
  }
});

test("the sum is said in one line", () => {
  const made = { maps: [[[12]], [[-3]]], shift: 1, output: [[10]] };
  assert.equal(sentence(1, [0, 0], made), "output[1][0, 0] = 12 + (−3) + bias 1 = 10");
});

test("kernels are cut to their middle and widened by zeros", () => {
  const weight = [[[[1, 2, 3], [4, 5, 6], [7, 8, 9]]]];
  assert.deepEqual(resized(weight, 1), [[[[5]]]]);
  assert.deepEqual(resized([[[[5]]]], 3), [[[[0, 0, 0], [0, 5, 0], [0, 0, 0]]]]);
  assert.deepEqual(padded([[7]], 1), [[0, 0, 0], [0, 7, 0], [0, 0, 0]]);
});

test("a kernel that does not fit is said with the remedy", () => {
  const one = { input: [[[1, 2]]], weight: [[[[1, 2, 3], [4, 5, 6], [7, 8, 9]]]], bias: [0], filter: 0 };
  assert.match(convolve({ ...one, padding: 0 }).problem, /Raise the padding to 1\./);
  assert.equal(convolve({ ...one, padding: 1 }).problem, undefined);
});
