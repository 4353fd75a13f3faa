/** Receptive fields and overlaps against numbers that NumPy found (cases.py). */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  cone, evenness, levels, overlap, overlapMap, summary,
} from "../../cnnlab/explore/src/fields.js";

const { fields, overlaps } = JSON.parse(readFileSync(process.env.CNNLAB_CASES, "utf8"));

test("a unit depends on the inputs that NumPy found by lighting them", () => {
  let asked = 0;
  for (const { layers, size, outputs, seen } of fields) {
    const found = levels(size, layers);
    assert.equal(found.at(-1).size, outputs, JSON.stringify(layers));
    seen.forEach((inputs, unit) => {
      const [lit] = cone(layers, unit);
      assert.deepEqual([...lit].sort((a, b) => a - b), inputs, JSON.stringify(layers));
      asked++;
    });
  }
  assert.ok(asked > 300, `${asked}`);
});

test("the field reaches from the first to the last of them, and moves by the jump", () => {
  for (const { layers, size, seen } of fields.filter(({ outputs }) => outputs > 1)) {
    const { field, jump } = levels(size, layers).at(-1);
    assert.equal(seen[0].at(-1) - seen[0][0] + 1, field, JSON.stringify(layers));
    assert.equal(seen[1][0] - seen[0][0], jump, JSON.stringify(layers));
  }
});

test("overlaps are those of zeros between and a full convolution with ones", () => {
  assert.ok(overlaps.length > 80);
  for (const { inputs, k, s, counts } of overlaps) {
    assert.deepEqual(overlap(inputs, k, s), counts);
    assert.deepEqual(overlapMap(inputs, k, s), counts.map((r) => counts.map((c) => r * c)));
  }
});

test("what is said of the overlap is what its inside shows", () => {
  for (const { inputs, k, s } of overlaps.filter(({ inputs, k, s }) => inputs === 6 && k >= s)) {
    const counts = overlap(inputs, k, s);
    const inside = counts.slice(k, counts.length - k);
    if (inside.length < s) continue;
    const [least, most] = [Math.min(...inside), Math.max(...inside)];
    const said = evenness(k, s).match(/\d+/g).map(Number).slice(2);
    assert.deepEqual(said, least === most ? [least ** 2] : [least ** 2, most ** 2], `${k}, ${s}`);
  }
  assert.match(evenness(2, 3), /some outputs get nothing/);
});

test("two kernels of 3 see as far as one of 5 with 18 weights for 25", () => {
  const layers = [[3, 1, 1], [3, 1, 1]];
  const text = summary(layers, levels(33, layers));
  assert.match(text, /sees 5 × 5 pixels; its neighbour sees 1 further on\./);
  assert.match(text, /9 \+ 9 = 18; one kernel that sees as much has 25\./);
});

test("a pooling sees as far as a layer of its size, and learns nothing", () => {
  const layers = [[3, 1, 1], [2, 2, 1, "pool"], [3, 1, 1]];
  const found = levels(33, layers);
  assert.deepEqual(found, levels(33, layers.map((layer) => layer.slice(0, 3))));
  assert.match(summary(layers, found), /9 \+ 0 \+ 9 = 18 \(pooling learns none\);/);
});
