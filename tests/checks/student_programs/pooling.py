"""Wrong programs for pooling, as students type them.

The ids are those of the catalogue of misconceptions that the course was planned with.
"""

from tests.checks.student_programs.collection import program

LOOPS = """
def {name}(input, kernel_size, stride):
    N, C, H, W = input.shape
    OH = (H - kernel_size) // stride + 1
    OW = (W - kernel_size) // stride + 1
    out = np.zeros((N, C, OH, OW))
    for n in range(N):
        for c in range(C):
            for i in range(OH):
                for j in range(OW):
                    window = {window}
                    {body}
    return out
"""
WINDOW = "input[n, c, i*stride:i*stride+kernel_size, j*stride:j*stride+kernel_size]"


def loops(mistake, body, window=WINDOW):
    name = mistake.split(".")[0]
    program(mistake, LOOPS.format(name=name, body=body, window=window))


loops(  # MP1
    "max_pool2d.starts-at-zero",
    """largest = 0
                    for row in window:
                        for value in row:
                            if value > largest:
                                largest = value
                    out[n, c, i, j] = largest""",
)
loops(  # MP2: the comparison is missing
    "max_pool2d.last-value",
    """for row in window:
                        for value in row:
                            out[n, c, i, j] = value""",
)
loops("max_pool2d.largest-size", "out[n, c, i, j] = np.max(np.abs(window))")  # MP11
loops("max_pool2d.positions", "out[n, c, i, j] = np.argmax(window)")  # MP13
loops(  # MP15
    "max_pool2d.stride-missing-in-window",
    "out[n, c, i, j] = window.max()",
    "input[n, c, i:i+kernel_size, j:j+kernel_size]",
)
loops(
    "max_pool2d.last-row-of-window",
    """for row in window:
                        out[n, c, i, j] = max(row)""",
)
program(  # MP4
    "max_pool2d.steps-of-window-size",
    """
    def max_pool2d(input, kernel_size, stride):
        N, C, H, W = input.shape
        k = kernel_size
        out = np.zeros((N, C, H // k, W // k))
        for i in range(H // k):
            for j in range(W // k):
                out[:, :, i, j] = input[:, :, i*k:(i+1)*k, j*k:(j+1)*k].max((2, 3))
        return out
    """,
)
program(  # MP10
    "max_pool2d.rounded-up",
    """
    def max_pool2d(input, kernel_size, stride):
        N, C, H, W = input.shape
        OH = int(np.ceil((H - kernel_size) / stride)) + 1
        OW = int(np.ceil((W - kernel_size) / stride)) + 1
        out = np.zeros((N, C, OH, OW))
        for i in range(OH):
            for j in range(OW):
                r, c = i * stride, j * stride
                out[:, :, i, j] = input[:, :, r:r+kernel_size, c:c+kernel_size].max((2, 3))
        return out
    """,
)
program(  # MP14
    "max_pool2d.blocks-by-shape-alone",
    """
    def max_pool2d(input, kernel_size, stride):
        N, C, H, W = input.shape
        k = kernel_size
        cut = input[:, :, :H - H % k, :W - W % k]
        return cut.reshape(N, C, H // k, W // k, k, k).max(axis=(4, 5))
    """,
)
loops(  # MP8
    "avg_pool2d.summed",
    """for row in window:
                        for value in row:
                            out[n, c, i, j] += value""",
)
loops("avg_pool2d.always-four", "out[n, c, i, j] = window.astype(float).sum() / 4")
loops("avg_pool2d.divided-by-side", "out[n, c, i, j] = window.astype(float).sum() / kernel_size")
program(
    "avg_pool2d.cut-to-whole-numbers",
    """
    def avg_pool2d(input, kernel_size, stride):
        N, C, H, W = input.shape
        k, s = kernel_size, stride
        out = np.zeros((N, C, (H - k) // s + 1, (W - k) // s + 1), dtype=input.dtype)
        for i in range(out.shape[2]):
            for j in range(out.shape[3]):
                out[:, :, i, j] = input[:, :, i*s:i*s+k, j*s:j*s+k].mean(axis=(2, 3))
        return out
    """,
)
program("global_avg_pool2d.axes-lost", "def global_avg_pool2d(x):\n    return x.mean((2, 3))")
program(  # GA3
    "global_avg_pool2d.largest",
    "def global_avg_pool2d(x):\n    return np.max(x, axis=(2, 3), keepdims=True)",
)
program(
    "global_avg_pool2d.square-of-one-side",
    """
    def global_avg_pool2d(x):
        N, C, H, W = x.shape
        out = np.zeros((N, C, 1, 1))
        for n in range(N):
            for c in range(C):
                out[n, c] = x[n, c].sum() / (H * H)
        return out
    """,
)
program(
    "bin_edges.pixels-left-out",
    """
    def bin_edges(size, bins):
        width = size // bins
        edges = []
        for start in range(0, width * bins, width):
            edges.append((start, start + width))
        return edges
    """,
)
program(
    "bin_edges.not-rounded",
    """
    def bin_edges(size, bins):
        places = np.linspace(0, size, bins + 1)
        return [(a, b) for a, b in zip(places[:-1], places[1:])]
    """,
)
program(
    "bin_edges.stop-rounded-down",
    """
    def bin_edges(size, bins):
        places = [int(i * size / bins) for i in range(bins + 1)]
        return list(zip(places, places[1:]))
    """,
)
PYRAMID = """
def spatial_pyramid_pool2d(input, levels):
    N, C, H, W = input.shape
    parts = []
    for n in levels:
        for i in range(n):
            for j in range(n):
                r0, r1 = {rows}
                c0, c1 = {columns}
                parts.append(input[:, :, r0:r1, c0:c1].max(axis=(2, 3)))
    return {answer}
"""
ADAPTIVE = {
    "rows": "i * H // n, -(-(i + 1) * H // n)",
    "columns": "j * W // n, -(-(j + 1) * W // n)",
    "answer": "np.stack(parts, axis=2).reshape(N, -1)",
}


def pyramid(mistake, **changed):
    program(f"spatial_pyramid_pool2d.{mistake}", PYRAMID.format(**{**ADAPTIVE, **changed}))


pyramid(  # SPP2
    "pixels-left-out",
    rows="i * (H // n), (i + 1) * (H // n)",
    columns="j * (W // n), (j + 1) * (W // n)",
)
pyramid("bins-before-maps", answer="np.concatenate(parts, axis=1)")
pyramid(
    "columns-first",
    rows="j * H // n, -(-(j + 1) * H // n)",
    columns="i * W // n, -(-(i + 1) * W // n)",
)
pyramid("not-one-vector", answer="np.stack(parts, axis=2)")
