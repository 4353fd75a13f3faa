"""Wrong programs for finding edges and taking kernels apart, as students type them."""

from tests.checks.student_programs.collection import program

# --- vertical_edges

program(
    "vertical_edges.bytes-wrapped",
    """
    def vertical_edges(image):
        H, W = image.shape
        out = np.zeros((H - 2, W - 2))
        for i in range(H - 2):
            for j in range(W - 2):
                with np.errstate(over="ignore"):
                    out[i, j] = image[i:i+3, j].sum() - image[i:i+3, j+2].sum()
        return out
    """,
)
program(
    "vertical_edges.upper-minus-lower",
    """
    def vertical_edges(image):
        H, W = image.shape
        image = image.astype(float)
        out = np.zeros((H - 2, W - 2))
        for i in range(H - 2):
            for j in range(W - 2):
                out[i, j] = image[i, j:j+3].sum() - image[i+2, j:j+3].sum()
        return out
    """,
)
program(
    "vertical_edges.one-row-only",
    """
    def vertical_edges(image):
        H, W = image.shape
        out = np.zeros((H - 2, W - 2))
        for i in range(H - 2):
            for j in range(W - 2):
                for u in range(3):
                    out[i, j] = float(image[i + u, j]) - float(image[i + u, j + 2])
        return out
    """,
)
program(
    "vertical_edges.right-minus-left",
    """
    def vertical_edges(image):
        from scipy.signal import convolve2d
        kernel = np.array([[1, 0, -1], [1, 0, -1], [1, 0, -1]])
        return convolve2d(image.astype(int) if image.dtype.kind == "u" else image, kernel, "valid")
    """,
)

# --- gradient_magnitude. The ids are those of the catalogue of misconceptions.

FRAME = """
from cnnlab.kernels import SOBEL_X, SOBEL_Y
from cnnlab.naive import correlate2d

def gradient_magnitude(image):
    gx = correlate2d(image, SOBEL_X)
    gy = correlate2d(image, {kernel})
    return {joined}
"""


def magnitude(mistake, kernel="SOBEL_Y", joined="np.sqrt(gx**2 + gy**2)"):
    program(f"gradient_magnitude.{mistake}", FRAME.format(kernel=kernel, joined=joined))


magnitude("slopes-added", joined="gx + gy")  # SB1
magnitude("one-direction-only", joined="np.sqrt(gx**2)")  # SB3
magnitude("not-squared", joined="np.sqrt(gx + gy)")  # SB4
magnitude("negatives-cut", joined="np.sqrt(gx.clip(0)**2 + gy.clip(0)**2)")  # SB8
magnitude("same-kernel-twice", kernel="SOBEL_X[:, ::-1]")  # SB10
magnitude("rescaled", joined="np.hypot(gx, gy) / np.hypot(gx, gy).max() * 255")  # SB11
magnitude("averaged", joined="0.5 * abs(gx) + 0.5 * abs(gy)")  # SB12
magnitude("along-two-sides", joined="abs(gx) + abs(gy)")
magnitude("no-root", joined="gx**2 + gy**2")
magnitude("prewitt", kernel="np.array([[-1, -1, -1], [0, 0, 0], [1, 1, 1]])")  # SB6, half

# --- correlate_separable

program(
    "correlate_separable.both-turned",
    """
    def correlate_separable(image, column, row):
        down = np.array([np.convolve(image[:, j].astype(float), column, mode="valid")
                         for j in range(image.shape[1])]).T
        return np.array([np.convolve(line, row, mode="valid") for line in down])
    """,
)
program(
    "correlate_separable.passes-added",
    """
    def correlate_separable(image, column, row):
        KH, KW = len(column), len(row)
        H, W = image.shape
        out = np.zeros((H - KH + 1, W - KW + 1))
        for i in range(H - KH + 1):
            for j in range(W - KW + 1):
                for u in range(KH):
                    out[i, j] += float(image[i + u, j]) * column[u]
                for v in range(KW):
                    out[i, j] += float(image[i, j + v]) * row[v]
        return out
    """,
)
program(
    "correlate_separable.cut-to-image-type",
    """
    def correlate_separable(image, column, row):
        H, W = image.shape
        KH, KW = len(column), len(row)
        down = np.zeros((H - KH + 1, W), dtype=image.dtype)
        for i in range(H - KH + 1):
            sums = (image[i:i+KH] * column[:, None]).sum(axis=0)
            with np.errstate(all="ignore"):
                down[i] = sums if image.dtype.kind == "f" else sums.astype(int).astype(image.dtype)
        out = np.zeros((H - KH + 1, W - KW + 1))
        for j in range(W - KW + 1):
            out[:, j] = (down[:, j:j+KW] * row).sum(axis=1)
        return out
    """,
)
program(
    "correlate_separable.column-ignored",
    """
    def correlate_separable(image, column, row):
        H, W = image.shape
        KH, KW = len(column), len(row)
        down = np.zeros((H - KH + 1, W))
        for i in range(H - KH + 1):
            for j in range(W):
                down[i, j] = (image[i:i+KH, j] * column).sum()
        out = np.zeros((H - KH + 1, W - KW + 1))
        for i in range(H - KH + 1):
            for j in range(W - KW + 1):
                out[i, j] = (image[i, j:j+KW] * row).sum()
        return out
    """,
)

# --- separate

program(
    "separate.not-scaled",
    """
    def separate(kernel):
        u, s, vt = np.linalg.svd(kernel)
        return u[:, 0] * np.sqrt(s[0]), np.sqrt(s[0]) * vt[0]
    """,
)
program(
    "separate.column-of-last-matrix",
    """
    def separate(kernel):
        u, s, v = np.linalg.svd(kernel)
        column, row = u[:, 0], v[:, 0]
        return column / column[0], row * column[0] * s[0]
    """,
)
program(
    "separate.row-not-scaled",
    """
    def separate(kernel):
        u, s, vt = np.linalg.svd(kernel)
        column, row = u[:, 0], s[0] * vt[0]
        return column / column[0], row
    """,
)
program(
    "separate.divided-by-corner",
    """
    def separate(kernel):
        row = kernel[0]
        with np.errstate(all="ignore"):
            column = kernel[:, 0] / row[0]
        return column, row
    """,
)
program(
    "separate.edges-of-kernel",
    "def separate(kernel):\n    return kernel[:, 0], kernel[0, :]",
)
