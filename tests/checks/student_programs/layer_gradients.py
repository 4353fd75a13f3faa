"""Wrong programs for exercise 09b: right frames with one thing changed."""

from tests.checks.student_programs.collection import program


def short(mistake, arguments, *lines):
    """A function of a few lines, of which one is wrong."""
    task = mistake.split(".")[0]
    program(mistake, "\n    ".join((f"def {task}({arguments}):", *lines)) + "\n")


# --- relative_error

TWO = "gradient, numerical"
short("relative_error.not-relative", TWO, "return np.linalg.norm(gradient - numerical)")  # RE1
short(  # RE2
    "relative_error.signs-cancel",
    TWO,
    "size = np.sqrt(np.sum(gradient**2)) + np.sqrt(np.sum(numerical**2))",
    "if size == 0:",
    "    return 0.0",
    "return abs(np.sum(gradient - numerical)) / size",
)
short(  # RE3
    "relative_error.zero-by-zero",
    TWO,
    "size = np.sum(gradient**2) ** 0.5 + np.sum(numerical**2) ** 0.5",
    "return np.sum((gradient - numerical) ** 2) ** 0.5 / size",
)
short(
    "relative_error.guard-too-large",
    TWO,
    "size = np.linalg.norm(gradient) + np.linalg.norm(numerical)",
    "return np.linalg.norm(gradient - numerical) / (size + 1e-8)",
)

# --- avg_pool2d_backward

AVERAGE = """
def avg_pool2d_backward(grad_output, input_size, kernel_size, stride):
    grad = np.zeros(input_size)
    k, s = kernel_size, stride
    for n in range({images}):
        for c in range({channels}):
            for i in range(grad_output.shape[2]):
                for j in range(grad_output.shape[3]):
                    grad[n, c, {window}] {write} {share}
    return grad
"""
AVERAGE_FRAME = {
    "images": "input_size[0]",
    "channels": "input_size[1]",
    "window": "i*s:i*s+k, j*s:j*s+k",
    "write": "+=",
    "share": "grad_output[n, c, i, j] / (k * k)",
}


def average(mistake, **changed):
    program(f"avg_pool2d_backward.{mistake}", AVERAGE.format(**{**AVERAGE_FRAME, **changed}))


average("not-divided", share="grad_output[n, c, i, j]")  # AB1
average("overwritten", write="=")  # AB3
average("one-pixel-only", window="i*s, j*s")
average("stride-missing", window="i:i+k, j:j+k")
average("divided-by-side", share="grad_output[n, c, i, j] / k")
average("first-channel-only", channels="1")

# --- max_pool2d_backward

MAXIMUM = """
def max_pool2d_backward(grad_output, input, kernel_size, stride):
    grad = np.zeros_like(input)
    k, s = kernel_size, stride
    N, C, OH, OW = grad_output.shape
    for n in range(N):
        for c in range(C):
            for i in range(OH):
                for j in range(OW):
                    window = input[n, c, i*s:i*s+k, j*s:j*s+k]
                    {body}
    return grad
"""
MASK = "mask = {mask}; grad[n, c, i*s:i*s+k, j*s:j*s+k] {write} mask * grad_output[n, c, i, j]"
PLACE = (
    "u, v = np.unravel_index({place}, window.shape); "
    "grad[n, c, i*s+u, j*s+v] {write} grad_output[n, c, i, j]"
)


def maximum(mistake, body):
    program(f"max_pool2d_backward.{mistake}", MAXIMUM.format(body=body))


maximum("every-tie-wins", MASK.format(mask="window == np.max(window)", write="+="))
maximum("shared-by-all", MASK.format(mask="np.ones((k, k)) / k**2", write="+="))  # PB2
maximum(  # PB5
    "times-the-maximum", PLACE.format(place="window.argmax()", write="+=") + " * window.max()"
)
maximum("copied-to-all", MASK.format(mask="np.ones((k, k))", write="+="))  # PB9
maximum("overwritten", PLACE.format(place="np.argmax(window)", write="="))
maximum("smallest-wins", PLACE.format(place="np.argmin(window)", write="+="))
maximum("largest-size-wins", PLACE.format(place="np.argmax(abs(window))", write="+="))
program(  # PB10
    "max_pool2d_backward.first-window-only",
    """
    def max_pool2d_backward(grad_output, input, kernel_size, stride):
        grad = np.zeros(input.shape)
        for n in range(grad_output.shape[0]):
            for c in range(grad_output.shape[1]):
                for i in range(grad_output.shape[2]):
                    for j in range(grad_output.shape[3]):
                        r, q = i * stride, j * stride
                        window = input[n, c, r : r + kernel_size, q : q + kernel_size]
                        u, v = divmod(np.argmax(window), kernel_size)
                        grad[n, c, r + u, q + v] += grad_output[n, c, i, j]
                        return grad
    """,
)

# --- conv1x1_backward

MIX = (
    "w = weight[:, :, 0, 0]",
    "grad_input = np.tensordot(grad_output, w, axes=(1, 0)).transpose(0, 3, 1, 2)",
    "grad_w = np.tensordot(grad_output, input, axes=((0, 2, 3), (0, 2, 3)))",
)
ONE = "grad_output, input, weight"
BIAS = "grad_output.sum(axis=(0, 2, 3))"

short(
    "conv1x1_backward.weight-gradient-without-kernel",
    ONE,
    *MIX,
    f"return grad_input, grad_w, {BIAS}",
)
short(
    "conv1x1_backward.bias-not-over-places",
    ONE,
    *MIX,
    "return grad_input, grad_w.reshape(weight.shape), grad_output.sum(0)",
)
short(
    "conv1x1_backward.weight-turned-for-input",
    ONE,
    *MIX,
    "grad_input = np.einsum('nohw,co->nchw', grad_output, w)",
    f"return grad_input, grad_w[:, :, None, None], {BIAS}",
)
program(
    "conv1x1_backward.one-pixel-only",
    """
    def conv1x1_backward(grad_output, input, weight):
        N, C, H, W = input.shape
        grad_input = np.zeros(input.shape)
        grad_weight = np.zeros(weight.shape)
        for i in range(H):
            for j in range(W):
                grad_input[:, :, i, j] = grad_output[:, :, i, j] @ weight[:, :, 0, 0]
                grad_weight[:, :, 0, 0] = grad_output[:, :, i, j].T @ input[:, :, i, j]
        return grad_input, grad_weight, grad_output.sum(axis=(0, 2, 3))
    """,
)

# --- conv2d_backward

WHOLE = """
def conv2d_backward(grad_output, input, weight, stride, padding):
    N, C, H, W = input.shape
    O, _, KH, KW = weight.shape
    p, s = padding, stride
    x = np.pad(input, ((0, 0), (0, 0), (p, p), (p, p)))
    gx = np.zeros(x.shape)
    gw = np.zeros(weight.shape)
    gb = np.zeros(O)
    for n in range(N):
        for o in range(O):
            for i in range(grad_output.shape[2]):
                for j in range(grad_output.shape[3]):
                    g = grad_output[n, o, i, j]
                    {place}
                    gx[n, :, r:r+KH, c:c+KW] {to_input} g * {stamp}
                    gw[o] {to_weight} g * x[n, :, r:r+KH, c:c+KW]
                    gb[o] += g
    {after}
    return {back}, gw, gb
"""
WHOLE_FRAME = {
    "place": "r, c = i * s, j * s",
    "to_input": "+=",
    "stamp": "weight[o]",
    "to_weight": "+=",
    "after": "pass",
    "back": "gx[:, :, p:p+H, p:p+W]",
}


def whole(mistake, **changed):
    program(f"conv2d_backward.{mistake}", WHOLE.format(**{**WHOLE_FRAME, **changed}))


whole("stamp-turned", stamp="weight[o, :, ::-1, ::-1]")  # BW1
whole("stride-missing", place="r, c = i, j")  # BW8
whole("border-left-on", back="gx")  # BW9
whole("border-cut-to-nothing", back="gx[:, :, p:-p, p:-p]")  # BW10
whole("weight-gradient-averaged", after="gw /= N")  # BW14
whole("all-averaged", after="gw, gb = gw / N, gb / N")
whole("bias-not-over-images", after="gb = grad_output[-1].sum(axis=(1, 2))")  # BW6
program(  # BW3
    "conv2d_backward.stamps-overwritten",
    """
    def conv2d_backward(grad_output, input, weight, stride, padding):
        H, W = input.shape[2:]
        KH, KW = weight.shape[2:]
        x = np.pad(input, [(0, 0), (0, 0), (padding, padding), (padding, padding)])
        dx, dw = np.zeros(x.shape), np.zeros(weight.shape)
        for i in range(grad_output.shape[2]):
            for j in range(grad_output.shape[3]):
                r, c = i * stride, j * stride
                g = grad_output[:, :, i, j]
                dx[:, :, r:r+KH, c:c+KW] = np.einsum("no,ocuv->ncuv", g, weight)
                dw += np.einsum("no,ncuv->ocuv", g, x[:, :, r:r+KH, c:c+KW])
        db = np.einsum("noij->o", grad_output)
        return dx[:, :, padding:padding+H, padding:padding+W], dw, db
    """,
)
program(  # BW4
    "conv2d_backward.weight-gradient-overwritten",
    """
    def conv2d_backward(grad_output, input, weight, stride, padding):
        H, W = input.shape[2:]
        KH, KW = weight.shape[2:]
        x = np.pad(input, [(0, 0), (0, 0), (padding, padding), (padding, padding)])
        dx, dw = np.zeros(x.shape), np.zeros(weight.shape)
        for i in range(grad_output.shape[2]):
            for j in range(grad_output.shape[3]):
                r, c = i * stride, j * stride
                g = grad_output[:, :, i, j]
                dx[:, :, r:r+KH, c:c+KW] += np.einsum("no,ocuv->ncuv", g, weight)
                dw = np.einsum("no,ncuv->ocuv", g, x[:, :, r:r+KH, c:c+KW])
        db = np.einsum("noij->o", grad_output)
        return dx[:, :, padding:padding+H, padding:padding+W], dw, db
    """,
)
