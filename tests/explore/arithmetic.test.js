/** The arithmetic of the explorer against numbers that SciPy found (cases.py). */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  axis, clamp, lay, look, problem, resize, turn, unread,
} from "../../cnnlab/explore/src/arithmetic.js";

const { windows: cases } = JSON.parse(readFileSync(process.env.CNNLAB_CASES, "utf8"));
const name = ({ settings: { mode, stride, padding, dilation } }) =>
  `${mode}, stride ${stride}, padding ${padding}, dilation ${dilation}`;
const plain = { image: [[1, 2], [3, 4]], kernel: [[1]], stride: 1, padding: 0, dilation: 1, mode: "correlation" };

test("outputs are those of SciPy", () => {
  assert.ok(cases.length > 400, `only ${cases.length} cases`);
  for (const one of cases) {
    const plan = lay(one.settings);
    assert.equal(plan.fits, one.output !== null, name(one));
    // Whole numbers: no rounding, so equal means equal. "+ 0" makes -0 a 0.
    const output = plan.output.map((row) => row.map((value) => value + 0));
    assert.deepEqual(output, one.output ?? [], name(one));
  }
});

test("every window's products add up to its output pixel", () => {
  for (const one of cases.filter(({ output }) => output)) {
    const plan = lay(one.settings);
    one.output.forEach((row, r) =>
      row.forEach((expected, c) => {
        const { window, products, sum } = look(plan, r, c);
        let total = 0;
        plan.weights.forEach((line, u) => line.forEach((weight, v) => (total += weight * window[u][v])));
        assert.equal(total + 0, expected, name(one));
        assert.equal(sum + 0, expected, name(one));
        assert.equal(products.flat().reduce((a, b) => a + b) + 0, expected, name(one));
      }),
    );
  }
});

test("the pixels of the image lie on the board in order, and are read as often as SciPy says", () => {
  for (const one of cases.filter(({ output }) => output)) {
    const pixels = lay(one.settings).board.flat().filter(({ kind }) => kind === "pixel");
    assert.deepEqual(pixels.map(({ value }) => value), one.settings.image.flat(), name(one));
    assert.deepEqual(pixels.map(({ reads }) => reads), one.reads.flat(), name(one));
  }
});

test("a problem is told exactly where nothing fits, and its remedy is one", () => {
  let told = 0;
  for (const one of cases) {
    const sentence = problem(one.settings);
    assert.equal(sentence === "", one.output !== null, name(one));
    if (!sentence) continue;
    told++;
    const padding = Number(/(?:padding to|Lower it to) (\d+)/.exec(sentence)[1]);
    assert.equal(problem({ ...one.settings, padding }), "", sentence);
    // One pixel less of help is not enough.
    const nearly = padding + (one.settings.mode === "transposed" ? 1 : -1);
    assert.notEqual(problem({ ...one.settings, padding: nearly }), "", sentence);
  }
  assert.ok(told > 20, `only ${told} cases do not fit`);
});

test("a kernel that does not fit is named with its sizes", () => {
  const settings = { ...plain, kernel: [[1, 1, 1], [1, 1, 1], [1, 1, 1]], dilation: 2, padding: 1 };
  assert.equal(
    problem(settings),
    "A 3 × 3 kernel, spread to 5 × 5, does not fit a 2 × 2 image padded to 4 × 4. " +
      "Raise the padding to 2, or make the kernel smaller.",
  );
});

test("turning twice is no turn", () => {
  const kernel = [[1, 2, 3], [4, 5, 6]];
  assert.deepEqual(turn(kernel), [[6, 5, 4], [3, 2, 1]]);
  assert.deepEqual(turn(turn(kernel)), kernel);
});

test("places that no window reads are counted, on the border too", () => {
  // Row 4.3: i = 6, k = 3, s = 2, p = 1 leaves the last row and column of the padding unread.
  const image = Array.from({ length: 6 }, () => new Array(6).fill(1));
  const kernel = Array.from({ length: 3 }, () => new Array(3).fill(1));
  const settings = { ...plain, image, kernel, stride: 2, padding: 1 };
  assert.deepEqual(unread(lay(settings).board), { places: 15, pixels: 0 });
  // Without padding the windows end at pixel 4 of 0..5: 36 - 25 are left.
  assert.deepEqual(unread(lay({ ...settings, padding: 0 }).board), { places: 11, pixels: 11 });
});

test("a transposed board has zeros between the pixels and around them", () => {
  const kernel = Array.from({ length: 3 }, () => new Array(3).fill(1));
  const { board, rows } = lay({ ...plain, kernel, stride: 2, mode: "transposed" });
  assert.deepEqual([rows.border, rows.board, rows.step, rows.output], [2, 7, 1, 5]);
  assert.deepEqual(
    board[2].map(({ kind }) => kind),
    ["border", "border", "pixel", "gap", "pixel", "border", "border"],
  );
});

test("the chosen pixel stays inside, and stays where it is when there is no output", () => {
  assert.deepEqual(clamp(plain, [5, -1]), [1, 0]);
  assert.deepEqual(clamp(plain, [Infinity, 1]), [1, 1]);
  assert.deepEqual(clamp({ ...plain, kernel: [[1, 1, 1]] }, [5, 7]), [5, 7]);
});

test("one axis: the six cases of the output size", () => {
  const size = (i, k, s, p) => axis(i, k, { ...plain, stride: s, padding: p }).output;
  assert.equal(size(32, 3, 1, 0), 30);
  assert.equal(size(5, 4, 1, 2), 6);
  assert.equal(size(5, 3, 1, 1), 5);
  assert.equal(size(5, 3, 1, 2), 7);
  assert.equal(size(7, 3, 2, 0), 3);
  assert.equal(size(6, 3, 2, 1), size(5, 3, 2, 1));
});

test("resizing keeps what is there and fills the rest", () => {
  assert.deepEqual(resize([[1, 2], [3, 4]], 1, 3, (r, c) => 10 * r + c), [[1, 2, 2]]);
  assert.deepEqual(resize([[0]], 2, 2, () => 7), [[0, 7], [7, 7]]);
});
