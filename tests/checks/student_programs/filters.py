"""Wrong programs for sliding a kernel over an image: right frames with one thing changed."""

from tests.checks.student_programs.collection import program

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
