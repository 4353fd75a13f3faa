/** What the explorer writes and paints: numbers, sentences, formulas, colours, presets. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { LEVELS, painter } from "../../cnnlab/explore/src/levels.js";
import { gray, ink, luminance, rules, signed } from "../../cnnlab/explore/src/palette.js";
import { matching } from "../../cnnlab/explore/src/controls.js";
import { axis } from "../../cnnlab/explore/src/arithmetic.js";
import { formula } from "../../cnnlab/explore/src/formula.js";
import { cellSize } from "../../cnnlab/explore/src/stage.js";
import { sentence, show } from "../../cnnlab/explore/src/words.js";

const steps = Array.from({ length: 201 }, (_, i) => (i - 100) / 100);
const contrast = (a, b) => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

test("numbers are short, and zero has no sign", () => {
  const pairs = [
    [429, "429"], [-5, "−5"], [0.5, "0.5"], [1 / 3, "0.33"], [-0, "0"], [-0.001, "0"],
    [1234.56, "1234.6"], [12345678, "1.2e+7"], [-2500000, "−2.5e+6"],
  ];
  for (const [number, text] of pairs) assert.equal(show(number), text);
});

test("the arithmetic is read out in one line", () => {
  const view = { window: [[3, 0], [1, 7]], sum: -5 };
  const line = "output[0, 2] = 3 × 1 + 0 × 0 + 1 × (−1) + 7 × (−1) = −5";
  assert.equal(sentence([0, 2], view, [[1, 0], [-1, -1]]), line);
});

test("rounded numbers are said to be rounded", () => {
  const line = sentence([0, 0], { window: [[1]], sum: 1 / 3 }, [[1 / 3]]);
  assert.equal(line, "output[0, 0] = 1 × 0.33 ≈ 0.33");
});

test("the formula is read as one line of text", () => {
  const text = (i, k, settings) => {
    const full = { stride: 1, padding: 0, dilation: 1, mode: "correlation", ...settings };
    return formula(axis(i, k, full), full).replace(/<[^>]*>/g, "");
  };
  assert.equal(text(6, 3, {}), "o = ⌊(i + 2p − k) / s⌋ + 1 = ⌊(6 + 2·0 − 3) / 1⌋ + 1 = 4");
  assert.equal(
    text(7, 3, { dilation: 2, padding: 1, stride: 2 }),
    "o = ⌊(i + 2p − d(k − 1) − 1) / s⌋ + 1 = ⌊(7 + 2·1 − 2·(3 − 1) − 1) / 2⌋ + 1 = 3",
  );
  assert.equal(
    text(2, 4, { mode: "transposed", stride: 3 }),
    "o = (i − 1)s − 2p + k = (2 − 1)·3 − 2·0 + 4 = 7",
  );
  assert.match(text(2, 5, {}), /= −2$/);
});

test("every number can be read on its colour, on light and on dark paper", () => {
  for (const t of steps)
    for (const rgb of [signed(t, false), signed(t, true), gray(Math.abs(t))])
      assert.ok(contrast(rgb, ink(rgb)) >= 4.5, `${t}: ${rgb}`);
});

test("the further from zero, the further from the paper", () => {
  for (const [dark, sign] of [[false, 1], [false, -1], [true, 1], [true, -1]]) {
    const lights = steps.filter((t) => t >= 0).map((t) => luminance(signed(sign * t, dark)));
    const rising = lights.map((l, i) => (i ? l - lights[i - 1] : 0));
    assert.ok(rising.every((d) => (dark ? d >= 0 : d <= 0)), `dark ${dark}, sign ${sign}`);
  }
});

test("zero is the paper's colour, minus is orange, plus is purple", () => {
  assert.deepEqual(signed(0, false), [255, 255, 255]);
  for (const dark of [false, true]) {
    const [below, above] = [signed(-0.7, dark), signed(0.7, dark)];
    assert.ok(below[0] > below[2], "red over blue below zero");
    assert.ok(above[2] > above[0], "blue over red above zero");
  }
});

test("images are gray from 0 to the largest value; a negative value makes them signed", () => {
  const paint = painter([[0, 50], [100, 25]], "image");
  assert.deepEqual([0, 50, 100].map(paint), ["g0", "g16", "g32"]);
  assert.deepEqual([-1, 0, 4].map(painter([[-1], [4]], "image")), ["s-8", "s0", "s32"]);
  assert.deepEqual([0, 3].map(painter([[0, 3]], "signed")), ["s0", "s32"]);
  assert.equal(painter([[0]], "image")(0), "g0");
});

test("every level has its rule, with the colours for both papers", () => {
  const lines = rules().split("\n");
  assert.ok(lines.includes("  & .g0 { --paint: #000000; color: #ffffff; }"));
  assert.ok(lines.includes("  & .g32 { --paint: #ffffff; color: #000000; }"));
  const zero = "--paint: light-dark(#ffffff, #26262b); color: light-dark(#000000, #ffffff);";
  assert.ok(lines.includes(`  & .s0 { ${zero} }`));
  const reached = [-7, 0, 1, 3.5, 7].map(painter([[-7]], "signed"));
  for (const name of [...reached, `s-${LEVELS}`, `g${LEVELS}`])
    assert.ok(lines.some((line) => line.startsWith(`  & .${name} {`)), name);
});

test("a preset is recognised by its settings and nothing else", () => {
  const presets = { a: { image: [[1, 2]], stride: 1 }, b: { image: [[1, 2]], stride: 2 } };
  const now = { stride: 2, image: [[1, 2]], selected: [0, 3] };
  assert.equal(matching(presets, now), "b");
  assert.equal(matching(presets, { ...now, image: [[1], [2]] }), "");
});

test("cells are as large as the place for the panels allows", () => {
  const plan = (board, output) => ({
    rows: { board, output }, columns: { board, output, kernel: 3 }, fits: true,
  });
  assert.equal(cellSize(900, plan(6, 4)), 42);
  assert.equal(cellSize(900, plan(15, 13)), Math.floor((900 - 3 * 36 - 124) / 28));
  // One below the other, where numbers can then be read, or nothing could be seen side by side.
  assert.equal(cellSize(900, plan(22, 20)), Math.floor(560 / 22));
  assert.equal(cellSize(420, plan(7, 3)), 42);
  assert.equal(cellSize(900, plan(30, 28)), Math.floor((900 - 3 * 36 - 124) / 58));
  assert.equal(cellSize(900, plan(41, 39)), Math.floor(560 / 41));
  assert.equal(cellSize(200, plan(40, 38)), 9);
});
