/** Paths of gradient descent against those that Python found with SciPy's slopes (cases.py). */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { bands, descend, outcome, SURFACES } from "../../cnnlab/explore/src/surfaces.js";
import { curve, range, words } from "../../cnnlab/explore/src/lines.js";

const { descents } = JSON.parse(readFileSync(process.env.CNNLAB_CASES, "utf8"));

test("paths are those of SciPy's slopes", () => {
  assert.ok(descents.length >= 40);
  for (const one of descents) {
    const path = descend(one.surface, one.start, one.rate, one.momentum, one.path.length - 1);
    one.path.forEach(([x, y], n) => {
      const near = (got, want) => Math.abs(got - want) <= 1e-4 * (1 + Math.abs(want));
      assert.ok(near(path[n].x, x) && near(path[n].y, y), `${one.surface}, step ${n}`);
    });
  }
});

test("on the bowl a rate of 1 arrives in one step, and a rate above 2 runs away", () => {
  assert.deepEqual(descend("bowl", [3, -2], 1, 0, 1)[1], { x: 0, y: 0, loss: 0 });
  const path = descend("bowl", [3, -2], 2.5, 0, 100);
  assert.ok(path.length < 101);
  assert.match(outcome(path, 100), /^runs away after \d+ steps$/);
});

test("the picture is darkest where the loss is lowest", () => {
  for (const name in SURFACES) {
    const { values, rows, columns } = bands(name, 40);
    const at = (i) => -4 + (8 * (i + 0.5)) / 40;
    const losses = Array.from(values, (_, i) => SURFACES[name].loss(at(i % columns), -at(Math.floor(i / rows))));
    const lowest = losses.indexOf(Math.min(...losses));
    assert.equal(values[lowest], Math.max(...values), name);
    assert.ok(losses.every((loss) => loss >= -1e-9), `${name}: no loss below zero`);
  }
});

test("curves lie between their axes and leave out what is no number", () => {
  assert.deepEqual(curve([2, 1, 0], 3, 0, 2, 100, 50), [[0, 0], [50, 25], [100, 50]]);
  assert.equal(curve([1, NaN, 3], 3, 0, 2, 100, 50).length, 2);
  assert.deepEqual([range([2.3]), range([0.7, 0.02]), range([10.4])], [2.5, 1, 20]);
});

test("the newest numbers are said", () => {
  const none = { loss: [], accuracy: [], validation_loss: [], validation_accuracy: [] };
  assert.match(words(none, 3), /on_epoch=curves\.follow/);
  const some = { loss: [2, 0.5], accuracy: [0.1, 0.875], validation_loss: [1, 0.75], validation_accuracy: [0.5, 0.8] };
  assert.equal(
    words(some, 4),
    "Epoch 2 of 4. Training: loss 0.500, accuracy 87.5 %. Validation: loss 0.750, accuracy 80.0 %.",
  );
  const bare = { loss: [2], accuracy: [], validation_loss: [1.5], validation_accuracy: [] };
  assert.equal(words(bare, 0), "Epoch 1. Training: loss 2.000. Validation: loss 1.500.");
});
