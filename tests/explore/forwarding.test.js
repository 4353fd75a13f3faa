/** A trained network in the page against `cnnlab.nn` (networks.py). */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { forward, inked, origins, softmax } from "../../cnnlab/explore/src/forwarding.js";
import { told } from "../../cnnlab/explore/src/network.js";

const { networks } = JSON.parse(readFileSync(process.env.CNNLAB_CASES, "utf8"));

function layersOf({ layers, weights }) {
  const bytes = Uint8Array.from(atob(weights), (c) => c.charCodeAt(0));
  const numbers = new Float32Array(bytes.buffer);
  return layers.map((layer) => ({ ...layer, weights: numbers }));
}

test("every map of every layer is that of cnnlab.nn", () => {
  const kinds = new Set();
  let compared = 0;
  for (const one of networks) {
    const maps = forward(one.image, layersOf(one)).slice(1);
    assert.equal(maps.length, one.maps.length);
    maps.forEach(({ planes }, l) => {
      kinds.add(one.layers[l].kind);
      const [got, want] = [planes.flatMap((plane) => [...plane]), one.maps[l].flat(2)];
      assert.equal(got.length, want.length, one.layers[l].name);
      const scale = Math.max(...want.map(Math.abs), 1e-6);
      got.forEach((value, i) => assert.ok(Math.abs(value - want[i]) < 1e-4 * scale, `${one.layers[l].name}, ${i}`));
      compared += got.length;
    });
  }
  assert.ok(compared > 10000);
  const all = ["convolution", "norm", "relu", "sigmoid", "tanh", "max", "average", "same", "flatten", "dense"];
  assert.deepEqual([...kinds].sort(), all.sort());
});

test("a map's origins and their kernels make the map", () => {
  for (const one of networks) {
    const layers = layersOf(one);
    const maps = forward(one.image, layers);
    const [first, before] = [layers[0], maps[0]];
    const parts = origins(first, 1, before);
    assert.equal(parts.length, 1);
    const { kernel } = parts[0];
    assert.deepEqual([kernel.rows, kernel.columns], first.shape.slice(2));
    assert.match(told("Conv2d", first, parts, before, maps[1], 1), /^Map 1 of Conv2d: the map before it is correlated with its kernel/);
  }
});

test("probabilities add up to one, also for large scores", () => {
  const shares = softmax([1000, 1001, -1000]);
  assert.ok(Math.abs(shares.reduce((a, b) => a + b) - 1) < 1e-12);
  assert.ok(Math.abs(shares[1] / shares[0] - Math.E) < 1e-9);
});

test("ink is added around the pen, never above one, and rubbed out again", () => {
  const paper = Array.from({ length: 5 }, () => [0, 0, 0, 0, 0]);
  const once = inked(paper, 2, 2, true);
  assert.equal(once[2][2], 1);
  assert.ok(once[2][1] > 0 && once[2][1] < 0.5 && once[0][0] === 0);
  assert.ok(inked(inked(once, 2, 2, true), 2, 2, true).flat().every((value) => value <= 1));
  assert.equal(inked(once, 2, 2, false)[2][2], 0);
});
