/** Gradients against numbers that SciPy and NumPy found (cases.py). */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  backward, forward, legible, sentence, shares, windows,
} from "../../cnnlab/explore/src/backflow.js";

const { backflows } = JSON.parse(readFileSync(process.env.CNNLAB_CASES, "utf8"));
const near = (got, want, name) =>
  got.flat().forEach((value, i) => assert.ok(Math.abs(value - want.flat()[i]) < 1e-9, name));
const name = ({ mode, stride }) => `${mode}, stride ${stride}`;

test("outputs and gradients of the input are those of SciPy and NumPy", () => {
  assert.ok(backflows.length >= 50);
  for (const one of backflows) {
    const spans = windows(one);
    near(forward(one, spans), one.output, name(one));
    near(backward(one, spans).dx, one.dx, name(one));
  }
});

test("gradients of the kernel are those of SciPy", () => {
  for (const one of backflows.filter(({ mode }) => mode === "convolution"))
    near(backward(one, windows(one)).dw, one.dw, name(one));
});

test("what single outputs send adds up to the whole", () => {
  for (const one of backflows) {
    const spans = windows(one);
    const sum = one.input.map((row) => row.map(() => 0));
    one.grad_output.forEach((row, r) =>
      row.forEach((_, c) => {
        for (const [i, j, share] of shares(one, spans, r, c)) sum[i][j] += share;
      }),
    );
    near(sum, one.dx, name(one));
  }
});

test("a tie is told, and the first of the equals gets all", () => {
  const one = { input: [[1, 7], [7, 0]], kernel: [[1]], mode: "max", kernel_size: 2, stride: 2, grad_output: [[5]] };
  const spans = windows(one);
  assert.deepEqual(backward(one, spans).dx, [[0, 5], [0, 0]]);
  assert.equal(
    sentence(one, spans, [0, 0]),
    "output[0, 0] sends its 5 to input[0, 1], the first of 2 that are largest; nothing to the others",
  );
});

test("equal parts are said with the division", () => {
  const one = { input: [[1, 7], [7, 0]], kernel: [[1]], mode: "average", kernel_size: 2, stride: 2, grad_output: [[10]] };
  assert.match(sentence(one, windows(one), [0, 0]), /10 ÷ 4 = 2\.5 to each pixel$/);
});

test("gradients are legible, and a window that does not fit is said", () => {
  assert.deepEqual(legible(2, 2), [[1, 10], [100, 1000]]);
  assert.ok(new Set(legible(3, 3).flat()).size > 3);
  const large = { input: [[1, 2]], kernel: [[1]], mode: "max", kernel_size: 2, stride: 1 };
  assert.match(windows(large).problem, /A 2 × 2 window does not fit a 1 × 2 input\. Lower k to 1\./);
});
