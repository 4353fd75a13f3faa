"""Wrong programs for padding, sizes and strides, as students type them."""

from tests.checks.student_programs.collection import program

# The ids in comments are those of the catalogue of misconceptions.

program(  # PD1
    "zero_pad.after-only",
    """
    def zero_pad(image, padding):
        H, W = image.shape
        out = np.zeros((H + 2 * padding, W + 2 * padding))
        for i in range(H):
            for j in range(W):
                out[i, j] = image[i, j]
        return out
    """,
)
program(  # PD5
    "zero_pad.padding-as-value",
    """
    def zero_pad(image, padding):
        return np.pad(image, ((padding, padding), (padding, padding)), "constant",
                      constant_values=padding)
    """,
)
program(  # PD6
    "zero_pad.lost-without-padding",
    """
    def zero_pad(image, padding):
        H, W = image.shape
        out = np.zeros((H + 2 * padding, W + 2 * padding))
        out[padding:-padding, padding:-padding] = image if padding else 0
        return out
    """,
)
program(
    "zero_pad.cut-to-whole-numbers",
    """
    def zero_pad(image, padding):
        H, W = image.shape
        out = np.zeros((H + 2 * padding, W + 2 * padding), dtype=int)
        out[padding:padding + H, padding:padding + W] = image
        return out
    """,
)
program(  # PD3
    "zero_pad.columns-only",
    """
    def zero_pad(image, padding):
        side = np.zeros((image.shape[0], padding))
        return np.concatenate([side, image, side], axis=1)
    """,
)

# --- output_size

SIZE = """
def output_size(size, kernel_size, stride, padding):
    if kernel_size > size + 2 * padding:
        return 0
    return {formula}
"""


def formula(mistake, formula):
    program(f"output_size.{mistake}", SIZE.format(formula=formula))


formula("steps-not-places", "(size + 2 * padding - kernel_size) // stride")  # OS1
formula(  # OS3
    "rounded-up", "int(np.ceil((size + 2 * padding - kernel_size) / stride)) + 1"
)
formula("with-a-point", "(size + 2 * padding - kernel_size) / stride + 1")  # OS4
formula(  # OS5
    "rounded-to-nearest", "round((size + 2 * padding - kernel_size) / stride) + 1"
)
formula("only-kernel-divided", "size + 2 * padding - kernel_size // stride + 1")  # OS6
formula("one-added-before", "(size + 2 * padding - kernel_size + 1) // stride")  # OS7
program(  # OS2
    "output_size.padding-once",
    """
    def output_size(size, kernel_size, stride, padding):
        size = size + padding
        if size < kernel_size:
            return 0
        return (size - kernel_size) // stride + 1
    """,
)
program(  # OS11
    "output_size.cut-towards-zero",
    """
    def output_size(size, kernel_size, stride, padding):
        return max(int((size + 2 * padding - kernel_size) / stride) + 1, 0)
    """,
)

# --- padding_for

program(  # SP1
    "padding_for.even-as-odd",
    """
    def padding_for(kernel_size, mode):
        if mode == "same":
            half = kernel_size // 2
            return half, half
        if mode == "full":
            return kernel_size - 1, kernel_size - 1
        return 0, 0
    """,
)
program(  # SP2
    "padding_for.full-for-same",
    """
    def padding_for(kernel_size, mode):
        amount = 0 if mode == "valid" else kernel_size - 1
        return amount, amount
    """,
)
program(
    "padding_for.larger-side-before",
    """
    def padding_for(kernel_size, mode):
        if mode == "full":
            return kernel_size - 1, kernel_size - 1
        total = kernel_size - 1 if mode == "same" else 0
        after = total // 2
        return total - after, after
    """,
)

# --- correlate2d_padded: one loop, one thing wrong

LOOPS = """
def correlate2d_padded(image, kernel, stride, padding):
    KH, KW = kernel.shape
    x = {padded}
    rows, columns = (x.shape[0] - KH) // stride + 1, (x.shape[1] - KW) // stride + 1
    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            r, c = {start}
            out[i, j] = {value}
    return {returned}
"""
FRAME = {
    "padded": "np.pad(image, padding)",
    "start": "i * stride, j * stride",
    "value": "(x[r:r+KH, c:c+KW] * kernel).sum()",
    "returned": "out",
}


def loops(mistake, **changed):
    program(f"correlate2d_padded.{mistake}", LOOPS.format(**{**FRAME, **changed}))


loops("start-not-multiplied", start="i, j")  # SR1
loops("rows-only", start="i * stride, j")  # SR2
loops(  # SR3
    "window-of-stride-size",
    value="(x[r:r+min(stride,KH), c:c+min(stride,KW)] * kernel[:stride, :stride]).sum()",
)
loops("padding-ignored", padded="image")
loops("zeros-around-answer", padded="image", returned="np.pad(out, padding)")  # SR8
loops("zeros-after-only", padded="np.pad(image, ((0, 2 * padding), (0, 2 * padding)))")
loops("no-zeros-in-border", padded="np.pad(image, padding, mode='edge')")
loops("padding-of-kernel", padded="np.pad(image, ((KH // 2, KH // 2), (KW // 2, KW // 2)))")
program(  # SR9
    "correlate2d_padded.gaps-of-zeros",
    """
    def correlate2d_padded(image, kernel, stride, padding):
        x = np.pad(image, padding)
        KH, KW = kernel.shape
        out = np.zeros((x.shape[0] - KH + 1, x.shape[1] - KW + 1))
        for i in range(0, x.shape[0] - KH + 1, stride):
            for j in range(0, x.shape[1] - KW + 1, stride):
                out[i, j] = (x[i:i+KH, j:j+KW] * kernel).sum()
        return out
    """,
)
