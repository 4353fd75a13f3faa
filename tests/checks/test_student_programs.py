"""Programs as students write them are recognised, not only the versions the hints were written for.

Each is typed out with its loops, independently of the wrong versions in `cnnlab.checks`. The ids in
comments are those of the catalogue of misconceptions the course was planned with.
"""

import textwrap

import numpy as np
import pytest

from cnnlab.checks import check

PROGRAMS = {}


def program(mistake, source):
    assert mistake not in PROGRAMS
    PROGRAMS[mistake] = textwrap.dedent(source)


# --- pixels_to_array

program(
    "pixels_to_array.not-scaled", "def pixels_to_array(rows):\n    return np.array(rows)"
)  # PX1
program(  # PX2
    "pixels_to_array.divided-by-256",
    """
    def pixels_to_array(rows):
        out = np.zeros((len(rows), len(rows[0])))
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                out[i, j] = value / 256
        return out
    """,
)
program(  # PX3
    "pixels_to_array.whole-number-division",
    """
    def pixels_to_array(rows):
        out = np.zeros_like(rows)
        for i in range(len(rows)):
            for j in range(len(rows[0])):
                out[i, j] = rows[i][j] / 255
        return out
    """,
)
program(  # PX4
    "pixels_to_array.transposed",
    """
    def pixels_to_array(rows):
        columns = []
        for x in range(len(rows[0])):
            columns.append([row[x] / 255 for row in rows])
        return np.array(columns)
    """,
)
program(  # PX5
    "pixels_to_array.divided-by-brightest",
    """
    def pixels_to_array(rows):
        brightest = max(max(row) for row in rows)
        return np.array([[v / brightest for v in row] for row in rows])
    """,
)
program(  # PX7
    "pixels_to_array.inverted",
    "def pixels_to_array(rows):\n    return (255 - np.array(rows)) / 255",
)
program(
    "pixels_to_array.flattened",
    "def pixels_to_array(rows):\n    return np.array([v / 255 for row in rows for v in row])",
)
program(
    "pixels_to_array.first-row-only",
    """
    def pixels_to_array(rows):
        for row in rows:
            return np.array(row) / 255
    """,
)

# --- rgb_to_gray

program(
    "rgb_to_gray.plain-mean", "def rgb_to_gray(image):\n    return np.mean(image, axis=2)"
)  # GR1
program(  # GR2
    "rgb_to_gray.blue-first",
    """
    def rgb_to_gray(image):
        blue, green, red = image[:, :, 0], image[:, :, 1], image[:, :, 2]
        return 0.299 * red + 0.587 * green + 0.114 * blue
    """,
)
program(
    "rgb_to_gray.bytes-wrapped",
    """
    def rgb_to_gray(image):
        gray = np.zeros(image.shape[:2])
        for i in range(image.shape[0]):
            for j in range(image.shape[1]):
                total = image[i, j, 0]
                total = total + image[i, j, 1]
                total = total + image[i, j, 2]
                gray[i, j] = total / 3
        return gray
    """,
)
program(
    "rgb_to_gray.cut-to-whole-numbers",
    """
    def rgb_to_gray(image):
        gray = np.zeros(image.shape[:2], dtype=int)
        for i in range(image.shape[0]):
            for j in range(image.shape[1]):
                r, g, b = image[i, j]
                gray[i, j] = 0.299 * r + 0.587 * g + 0.114 * b
        return gray
    """,
)
program(
    "rgb_to_gray.wrong-axis",
    """
    def rgb_to_gray(image):
        return 0.299 * image[0] + 0.587 * image[1] + 0.114 * image[2]
    """,
)

# --- scale_centered

program(
    "scale_centered.bytes-wrapped",
    "def scale_centered(image):\n    return (image - image.dtype.type(128)) / 255",
)
program(
    "scale_centered.half-before-dividing",
    "def scale_centered(image):\n    return image - 0.5 / 255",
)
program(
    "scale_centered.twice-as-wide",
    "def scale_centered(image):\n    return 2 * image.astype(float) / 255 - 1",
)
program(
    "scale_centered.changes-image",
    """
    def scale_centered(image):
        if image.dtype != float:
            image = image.astype(float)
        image *= 1 / 255
        image -= 0.5
        return image
    """,
)

# --- slide_pair

program(
    "slide_pair.swapped-weights",
    """
    def slide_pair(image, pair):
        a, b = pair
        H, W = image.shape
        out = np.zeros((H, W - 1))
        for i in range(H):
            for j in range(1, W):
                out[i, j - 1] = a * image[i, j] + b * image[i, j - 1]
        return out
    """,
)
program(
    "slide_pair.down-the-rows",
    """
    def slide_pair(image, pair):
        out = []
        for i in range(len(image) - 1):
            out.append(pair[0] * image[i] + pair[1] * image[i + 1])
        return np.array(out)
    """,
)
program(
    "slide_pair.step-of-two",
    """
    def slide_pair(image, pair):
        H, W = image.shape
        rows = []
        for i in range(H):
            rows.append([pair[0] * image[i, j] + pair[1] * image[i, j + 1]
                         for j in range(0, W - 1, 2)])
        return rows
    """,
)

# --- window_sum

program(
    "window_sum.products-not-summed",
    """
    def window_sum(image, kernel, row, column):
        h, w = kernel.shape
        return image[row:row + h, column:column + w] * kernel
    """,
)
program(
    "window_sum.swapped-row-and-column",
    """
    def window_sum(image, kernel, row, column):
        total = 0
        for a in range(kernel.shape[0]):
            for b in range(kernel.shape[1]):
                x, y = row + b, column + a
                if y < image.shape[0] and x < image.shape[1]:
                    total += float(image[y, x]) * kernel[a, b]
        return total
    """,
)
program(
    "window_sum.window-too-small",
    """
    def window_sum(image, kernel, row, column):
        total = 0
        for a in range(kernel.shape[0] - 1):
            for b in range(kernel.shape[1] - 1):
                total += float(image[row + a, column + b]) * kernel[a, b]
        return total
    """,
)
program(
    "window_sum.first-product-only",
    """
    def window_sum(image, kernel, row, column):
        total = 0
        for a in range(kernel.shape[0]):
            for b in range(kernel.shape[1]):
                total += float(image[row + a, column + b]) * kernel[a, b]
                return total
    """,
)

# --- correlate2d: the exercise's own frame with one thing wrong

LOOPS = """
def correlate2d(image, kernel):
    H, W = image.shape
    KH, KW = kernel.shape
    out = {out}
    for i in range({rows}):
        for j in range({columns}):
            {body}
    return out
"""
FRAME = {
    "out": "np.zeros((H - KH + 1, W - KW + 1))",
    "rows": "H - KH + 1",
    "columns": "W - KW + 1",
    "body": "out[i, j] = (image[i:i+KH, j:j+KW] * kernel).sum()",
}
SUM = """total = 0.0
            for a in range(KH):
                for b in range(KW):
                    {line}
            out[i, j] = total"""


def loops(mistake, **changed):
    program(f"correlate2d.{mistake}", LOOPS.format(**{**FRAME, **changed}))


def line(text):
    return SUM.format(line=text)


loops(  # CC1
    "flipped-kernel",
    body=line("total += float(image[i + a, j + b]) * kernel[KH - 1 - a, KW - 1 - b]"),
)
loops("transposed-kernel", body=line("total += float(image[i + a, j + b]) * kernel.T[a, b]"))  # CC2
loops(  # CC3
    "one-place-short", out="np.zeros((H - KH, W - KW))", rows="H - KH", columns="W - KW"
)
loops("size-of-image", out="np.zeros((H, W))")  # CC4
loops(  # CC5
    "swapped-sides",
    out="np.zeros((W - KW + 1, H - KH + 1))",
    body="if i < out.shape[0] and j < out.shape[1]: "
    "out[i, j] = (image[i:i+KH, j:j+KW] * kernel).sum()",
)
loops(  # CC7
    "last-product-only", body=line("total = float(image[i + a, j + b]) * kernel[a, b]")
)
loops("averaged", body="out[i, j] = (image[i:i+KH, j:j+KW] * kernel).mean()")
loops(  # CC10
    "one-side-for-both",
    body="out[i, j] = (image[i:i+KH, j:j+KH] * kernel[:, :KH]).sum()",
)
loops(  # CC14
    "cut-to-image-type",
    out="np.zeros((H - KH + 1, W - KW + 1), image.dtype)",
    body="with np.errstate(all='ignore'): "
    "out[i, j] = np.int64((image[i:i+KH, j:j+KW] * kernel).sum()).astype(image.dtype) "
    "if image.dtype.kind != 'f' else (image[i:i+KH, j:j+KW] * kernel).sum()",
)
loops("nothing-written", body="total = (image[i:i+KH, j:j+KW] * kernel).sum()")  # CC16
loops("no-negatives", body="out[i, j] = abs((image[i:i+KH, j:j+KW] * kernel).sum())")  # CC18
loops(  # CC19
    "added-not-multiplied", body="out[i, j] = (image[i:i+KH, j:j+KW] + kernel).sum()"
)
loops("first-row-only", columns="W - KW + 1 if i == 0 else 0")
loops("kernel-ignored", body="out[i, j] = image[i:i+KH, j:j+KW].sum()")
program(  # CC8
    "correlate2d.sum-not-reset",
    """
    def correlate2d(image, kernel):
        H, W = image.shape
        KH, KW = kernel.shape
        out = np.zeros((H - KH + 1, W - KW + 1))
        total = 0.0
        for i in range(H - KH + 1):
            for j in range(W - KW + 1):
                for a in range(KH):
                    for b in range(KW):
                        total += float(image[i + a, j + b]) * kernel[a, b]
                out[i, j] = total
        return out
    """,
)
program(  # CC11
    "correlate2d.step-of-kernel-size",
    """
    def correlate2d(image, kernel):
        KH, KW = kernel.shape
        return np.array([[(image[i:i+KH, j:j+KW] * kernel).sum()
                          for j in range(0, image.shape[1] - KW + 1, KW)]
                         for i in range(0, image.shape[0] - KH + 1, KH)])
    """,
)
program(  # CC17
    "correlate2d.clears-image",
    """
    def correlate2d(image, kernel):
        H, W = image.shape
        KH, KW = kernel.shape
        out = np.zeros((H - KH + 1, W - KW + 1))
        for i in range(H - KH + 1):
            for j in range(W - KW + 1):
                out[i, j] = (image[i:i+KH, j:j+KW] * kernel).sum()
        image[:H - KH + 1, :W - KW + 1] = 0
        return out
    """,
)

# --- correlate2d_strided

STRIDED = """
def correlate2d_strided(image, kernel, stride):
    H, W = image.shape
    KH, KW = kernel.shape
    out = np.zeros(({rows}, {columns}))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            r, c = {start}
            out[i, j] = {value}
    return out
"""
STRIDED_FRAME = {
    "rows": "(H - KH) // stride + 1",
    "columns": "(W - KW) // stride + 1",
    "start": "i * stride, j * stride",
    "value": "(image[r:r+KH, c:c+KW] * kernel).sum()",
}


def strided(mistake, **changed):
    program(f"correlate2d_strided.{mistake}", STRIDED.format(**{**STRIDED_FRAME, **changed}))


strided("start-not-multiplied", start="i, j")  # SR1
strided("rows-only", start="i * stride, j")  # SR2
strided("columns-only", start="i, j * stride")
strided(  # SR3
    "window-of-stride-size",
    value="(image[r:r+min(stride,KH), c:c+min(stride,KW)] * kernel[:stride, :stride]).sum()",
)
strided("stride-ignored", rows="H - KH + 1", columns="W - KW + 1", start="i, j")  # SR6
strided("one-place-short", rows="(H - KH) // stride", columns="(W - KW) // stride")
program(  # SR7
    "correlate2d_strided.image-thinned-out",
    """
    def correlate2d_strided(image, kernel, stride):
        image = image[::stride, ::stride]
        KH, KW = kernel.shape
        return np.array([[(image[i:i+KH, j:j+KW] * kernel).sum()
                          for j in range(image.shape[1] - KW + 1)]
                         for i in range(image.shape[0] - KH + 1)]).reshape(
                              max(image.shape[0] - KH + 1, 0), max(image.shape[1] - KW + 1, 0))
    """,
)
program(  # SR9
    "correlate2d_strided.gaps-of-zeros",
    """
    def correlate2d_strided(image, kernel, stride):
        H, W = image.shape
        KH, KW = kernel.shape
        out = np.zeros((H - KH + 1, W - KW + 1))
        for i in range(0, H - KH + 1, stride):
            for j in range(0, W - KW + 1, stride):
                out[i, j] = (image[i:i+KH, j:j+KW] * kernel).sum()
        return out
    """,
)

# --- convolve2d

SAME = """
def convolve2d(image, kernel):
    KH, KW = kernel.shape
    kernel = {turned}
    x = {padded}
    out = np.zeros({shape})
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = (x[i:i+KH, j:j+KW] * kernel).sum()
    return out
"""
SAME_FRAME = {
    "turned": "kernel[::-1, ::-1]",
    "padded": "np.pad(image, ((KH // 2, KH // 2), (KW // 2, KW // 2)))",
    "shape": "image.shape",
}


def same(mistake, **changed):
    program(f"convolve2d.{mistake}", SAME.format(**{**SAME_FRAME, **changed}))


same("not-turned", turned="kernel")
same("rows-flipped-only", turned="kernel[::-1]")  # CV2
same("columns-flipped-only", turned="np.fliplr(kernel)")  # CV3
same(  # CV6, with the zeros this exercise asks for
    "image-turned",
    turned="kernel",
    padded="np.pad(image[::-1, ::-1], ((KH // 2, KH // 2), (KW // 2, KW // 2)))",
)
same(
    "no-zeros-around",
    padded="image",
    shape="(image.shape[0] - KH + 1, image.shape[1] - KW + 1)",
)
same("no-zeros-in-border", padded="np.pad(image, ((KH//2, KH//2), (KW//2, KW//2)), mode='edge')")
same("zeros-after-only", padded="np.pad(image, ((0, KH - 1), (0, KW - 1)))")


@pytest.mark.parametrize("mistake", PROGRAMS)
def test_a_students_program_is_recognised_and_earns_less_than_everything(mistake):
    task = mistake.split(".")[0]
    names = {"np": np}
    exec(PROGRAMS[mistake], names)
    result = getattr(check, task).result(names[task])
    assert result.mistake == mistake, (result.rung, result.symptom, result.source)
    for seed in range(5):
        assert getattr(check, task).points(names[task], of=4, seed=seed) < 4


@pytest.mark.parametrize(
    ("frame", "filled"), [(LOOPS, FRAME), (STRIDED, STRIDED_FRAME), (SAME, SAME_FRAME)]
)
def test_the_frames_are_right_where_nothing_is_changed(frame, filled):
    names = {"np": np}
    exec(frame.format(**filled), names)
    task = next(name for name in names if name in dir(check))
    assert getattr(check, task).result(names[task]).passed
    assert getattr(check, task).points(names[task], of=4, seed=1) == 4
