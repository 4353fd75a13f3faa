"""Wrong programs for a layer with channels, filters and biases, as students type them."""

from tests.checks.student_programs.collection import program

program(
    "filter_sum.bias-per-channel",
    """
    def filter_sum(window, filter, bias):
        total = 0
        for c in range(window.shape[0]):
            total = total + np.sum(window[c] * filter[c]) + bias
        return total
    """,
)
program(
    "filter_sum.last-channel-only",
    """
    def filter_sum(window, filter, bias):
        for c in range(window.shape[0]):
            total = 0
            for u in range(window.shape[1]):
                for v in range(window.shape[2]):
                    total += float(window[c, u, v]) * filter[c, u, v]
        return total + bias
    """,
)
program(
    "filter_sum.channels-summed-only",
    "def filter_sum(window, filter, bias):\n    return sum(window * filter) + bias",
)
program(
    "filter_response.first-channel-only",
    """
    def filter_response(image, filter, bias):
        C, H, W = image.shape
        C, KH, KW = filter.shape
        output = np.zeros((H - KH + 1, W - KW + 1))
        for i in range(H - KH + 1):
            for j in range(W - KW + 1):
                output[i, j] = np.sum(image[0, i:i+KH, j:j+KW] * filter[0]) + bias
        return output
    """,
)
program(
    "filter_response.bias-per-channel",
    """
    def filter_response(image, filter, bias):
        C, H, W = image.shape
        C, KH, KW = filter.shape
        output = np.zeros((H - KH + 1, W - KW + 1))
        for i in range(output.shape[0]):
            for j in range(output.shape[1]):
                for c in range(C):
                    output[i, j] += (image[c, i:i+KH, j:j+KW] * filter[c]).sum() + bias
        return output
    """,
)
program(
    "filter_response.one-map-per-channel",
    """
    def filter_response(image, filter, bias):
        C, H, W = image.shape
        C, KH, KW = filter.shape
        output = np.zeros((C, H - KH + 1, W - KW + 1))
        for c in range(C):
            for i in range(H - KH + 1):
                for j in range(W - KW + 1):
                    output[c, i, j] = (image[c, i:i+KH, j:j+KW] * filter[c]).sum() + bias
        return output
    """,
)

# --- conv2d: one layer, one thing wrong. The ids are those of the catalogue of misconceptions.

LAYER = """
def conv2d(input, weight, bias, stride, padding):
    N, C, H, W = input.shape
    O, _, KH, KW = weight.shape
    x = np.pad(input, {pad})
    OH = (H + 2 * padding - KH) // stride + 1
    OW = (W + 2 * padding - KW) // stride + 1
    out = np.zeros((N, O, OH, OW))
    for n in range(N):
        for o in range(O):
            for i in range(OH):
                for j in range(OW):
                    top, left = {start}
                    patch = {patch}
                    out{place} = {number}
    return out
"""
RIGHT = {
    "pad": "((0, 0), (0, 0), (padding, padding), (padding, padding))",
    "start": "i * stride, j * stride",
    "patch": "x[n, :, top:top+KH, left:left+KW]",
    "place": "[n, o, i, j]",
    "number": "np.sum(patch * weight[o]) + bias[o]",
}


def layer(mistake, **changed):
    program(f"conv2d.{mistake}", LAYER.format(**{**RIGHT, **changed}))


layer("first-channel-only", number="np.sum(patch[0] * weight[o, 0]) + bias[o]")  # MC1
layer(  # MC3
    "filter-paired-with-channel", number="np.sum(patch[o % C] * weight[o, o % C]) + bias[o]"
)
layer("bias-per-weight", number="np.sum(patch * weight[o] + bias[o])")  # MC4
layer(  # MC5
    "bias-per-channel", number="sum(np.sum(patch[c] * weight[o, c]) + bias[o] for c in range(C))"
)
layer("one-bias-for-all", number="np.sum(patch * weight[o]) + bias[0]")  # MC7
layer("first-image-only", patch="x[0, :, top:top+KH, left:left+KW]")  # MC10
layer("stride-missing-in-window", start="i, j")  # MC12
layer("no-negatives", number="max(0, np.sum(patch * weight[o]) + bias[o])")  # MC16
layer("last-filter-only", number="np.sum(patch * weight[-1]) + bias[-1]")  # MC17
layer("padding-on-one-side", pad="((0, 0), (0, 0), (0, 2 * padding), (0, 2 * padding))")
program(  # MC19
    "conv2d.reshaped-not-moved",
    """
    def conv2d(input, weight, bias, stride, padding):
        N, C, H, W = input.shape
        O, _, KH, KW = weight.shape
        x = np.pad(input, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        OH = (H + 2 * padding - KH) // stride + 1
        OW = (W + 2 * padding - KW) // stride + 1
        rows = []
        for n in range(N):
            for i in range(OH):
                for j in range(OW):
                    r, c = i * stride, j * stride
                    rows.append(x[n, :, r:r+KH, c:c+KW].reshape(-1))
        answers = np.array(rows) @ weight.reshape(O, -1).T + bias
        return answers.reshape(N, O, OH, OW)
    """,
)
program(
    "conv2d_parameters.bias-per-kernel",
    """
    def conv2d_parameters(in_channels, out_channels, kernel_size, bias):
        total = 0
        for o in range(out_channels):
            for c in range(in_channels):
                total += kernel_size * kernel_size
                if bias:
                    total += 1
        return total
    """,
)
program(
    "conv2d_parameters.no-biases",
    """
    def conv2d_parameters(in_channels, out_channels, kernel_size, bias):
        return np.zeros((out_channels, in_channels, kernel_size, kernel_size)).size
    """,
)
