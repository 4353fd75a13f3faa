/** The kernel lab's arithmetic against numbers that SciPy found (cases.py). */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { factors, filter, gradient, look, quarter } from "../../cnnlab/explore/src/filtering.js";

const { photographs } = JSON.parse(readFileSync(process.env.CNNLAB_CASES, "utf8"));
const picture = ({ image }) => ({
  values: image.flat(), rows: image.length, columns: image[0].length,
});
const near = (got, want, scale) =>
  [...got].forEach((value, i) => assert.ok(Math.abs(value - want[i]) <= 1e-5 * scale, `${i}`));

test("answers are those of SciPy with the edge continued", () => {
  assert.ok(photographs.length >= 100);
  for (const one of photographs) {
    const made = filter(picture(one), one.kernel);
    assert.deepEqual([made.rows, made.columns], [one.image.length, one.image[0].length]);
    near(made.values, one.answer.flat(), 1000);
  }
});

test("magnitudes are those of SciPy's answers to the kernel and to the kernel turned", () => {
  for (const one of photographs) near(gradient(picture(one), one.kernel).values, one.magnitude.flat(), 1000);
});

test("the products of every pixel add up to its answer, also at the border", () => {
  for (const one of photographs)
    one.answer.forEach((row, r) =>
      row.forEach((want, c) => {
        const { window, products, sum } = look(picture(one), one.kernel, [r, c]);
        assert.ok(Math.abs(sum - want) < 1e-6);
        assert.equal(products.length, window.length);
      }),
    );
});

test("a quarter turn goes clockwise, and four of them come back", () => {
  assert.deepEqual(quarter([[1, 2, 3], [4, 5, 6]]), [[4, 1], [5, 2], [6, 3]]);
  const kernel = [[1, 2, 3], [4, 5, 6], [7, 8, 9]];
  assert.deepEqual(quarter(quarter(quarter(quarter(kernel)))), kernel);
});

test("a kernel is separable exactly where its rank is one", () => {
  let separable = 0;
  for (const { kernel, rank } of photographs) {
    const parts = factors(kernel);
    assert.equal(parts !== undefined, rank === 1, JSON.stringify(kernel));
    if (!parts) continue;
    separable++;
    kernel.forEach((row, u) =>
      row.forEach((weight, v) => assert.ok(Math.abs(parts.column[u] * parts.row[v] - weight) < 1e-6)),
    );
  }
  assert.ok(separable > 20);
  assert.equal(factors([[0, 0], [0, 0]]), undefined);
});

test("Sobel's kernel is (1, 2, 1) times (-1, 0, 1)", () => {
  const parts = factors([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]);
  assert.deepEqual(parts, { column: [1, 2, 1], row: [-1, 0, 1] });
});
