"""Wrong programs for kernels of one pixel, and for counting the weights of a block."""

from tests.checks.student_programs.collection import program

# --- mix_channels

program(
    "mix_channels.transposed-weight",
    """
    def mix_channels(pixel, weight, bias):
        C = len(pixel)
        out = np.zeros(len(bias))
        for o in range(len(bias)):
            for c in range(C):
                out[o] += weight[c, o] * pixel[c]
            out[o] += bias[o]
        return out
    """,
)
program(
    "mix_channels.bias-per-channel",
    """
    def mix_channels(pixel, weight, bias):
        out = []
        for o in range(len(weight)):
            total = 0.0
            for c in range(len(pixel)):
                total += float(weight[o, c]) * pixel[c] + bias[o]
            out.append(total)
        return np.array(out)
    """,
)
program(
    "mix_channels.products-not-summed",
    """
    def mix_channels(pixel, weight, bias):
        return weight * pixel
    """,
)
program(
    "mix_channels.first-channel-only",
    """
    def mix_channels(pixel, weight, bias):
        out = np.zeros(len(weight))
        for o in range(len(weight)):
            for c in range(len(pixel)):
                out[o] = weight[o, c] * float(pixel[c]) + bias[o]
                break
        return out
    """,
)

# --- conv1x1: the exercise's own frame with one thing wrong

LOOPS = """
def conv1x1(input, weight, bias):
    N, C, H, W = input.shape
    output = {out}
    for n in range({images}):
        for i in range(H):
            for j in range(W):
                {body}
    return output
"""
FRAME = {
    "out": "np.zeros((N, len(weight), H, W))",
    "images": "N",
    "body": "output[n, :, i, j] = weight @ input[n, :, i, j] + bias",
}


def loops(mistake, **changed):
    program(f"conv1x1.{mistake}", LOOPS.format(**{**FRAME, **changed}))


loops(  # OO1
    "own-channel-only",
    out="np.zeros((N, min(weight.shape), H, W))",
    body="""for o in range(min(weight.shape)):
                    output[n, o, i, j] = weight[o, o] * float(input[n, o, i, j]) + bias[o]""",
)
loops("transposed-weight", body="output[n, :, i, j] = input[n, :, i, j] @ weight + bias")  # OO2
loops("bias-forgotten", body="output[n, :, i, j] = weight @ input[n, :, i, j]")  # OO4
loops(  # OO5
    "bias-along-width",
    body="output[n, :, i, j] = weight @ input[n, :, i, j] + bias[j % len(bias)]",
)
loops("first-image-only", images="1")
loops("one-image-for-all", body="output[n, :, i, j] = weight @ input[0, :, i, j] + bias")
loops("cut-to-input-type", out="np.zeros((N, len(weight), H, W), dtype=input.dtype)")
loops(
    "swapped-sides",
    out="np.zeros((N, len(weight), W, H))",
    body="if i < W and j < H: output[n, :, i, j] = weight @ input[n, :, i, j] + bias",
)
program(  # OO3
    "conv1x1.channels-misplaced",
    """
    def conv1x1(input, weight, bias):
        N, C, H, W = input.shape
        pixels = input.reshape(N * H * W, C)
        mixed = pixels @ weight.T + bias
        return mixed.reshape(N, H, W, len(weight)).transpose(0, 3, 1, 2)
    """,
)
program(
    "conv1x1.maps-misplaced",
    """
    def conv1x1(input, weight, bias):
        N, C, H, W = input.shape
        pixels = input.transpose(0, 2, 3, 1).reshape(-1, C)
        return (pixels @ weight.T + bias).reshape(N, len(weight), H, W)
    """,
)

# --- path_weights

PATH = """
def path_weights(channels, path):
    total = 0
    for filters, kernel_size in path:
        {body}
    return total
"""


def path(mistake, *lines):
    program(f"path_weights.{mistake}", PATH.format(body="\n        ".join(lines)))


path("channels-stay", "total = total + channels * filters * kernel_size ** 2")
path("one-side", "total += channels * filters * kernel_size", "channels = filters")
path("last-layer-only", "total = channels * filters * kernel_size ** 2", "channels = filters")
path(
    "own-filters-entering",
    "channels = filters",
    "total += channels * filters * kernel_size ** 2",
)
program(
    "path_weights.changes-path",
    """
    def path_weights(channels, path):
        total = 0
        while path:
            filters, size = path.pop(0)
            total += channels * filters * size * size
            channels = filters
        return total
    """,
)

# --- block_size

BLOCK = """
def block_size(channels, paths):
    weights = 0
    depth = 0
    for path in paths:
        {start}
        for filters, size in path:
            {layer}
        {end}
    return weights, depth
"""
BLOCK_FRAME = {
    "start": "entering = channels",
    "layer": "weights += entering * filters * size ** 2; entering = filters",
    "end": "depth += entering",
}


def block(mistake, **changed):
    program(f"block_size.{mistake}", BLOCK.format(**{**BLOCK_FRAME, **changed}))


block(
    "paths-in-a-row",
    start="pass",
    layer="weights += channels * filters * size ** 2; channels = filters",
    end="depth += channels",
)
block("pooling-adds-nothing", end="depth += path[-1][0] if path else 0")
block("last-path-depth", end="depth = entering")
block(
    "every-layer-in-depth",
    layer="weights += entering * filters * size ** 2; entering = filters; depth += filters",
    end="depth += 0 if path else channels",
)
block("first-path-only", end="return weights, entering")
