"""Wrong programs for exercise 09: gradients, a numerical check, and steps."""

from tests.checks.student_programs.collection import program


def short(mistake, arguments, *lines):
    """A function of a few lines, of which one is wrong."""
    task = mistake.split(".")[0]
    program(mistake, "\n    ".join((f"def {task}({arguments}):", *lines)) + "\n")


# --- relu_backward

short(  # RG2
    "relu_backward.only-the-gate",
    "grad_output, input",
    "grad = np.zeros_like(input)",
    "grad[input > 0] = 1",
    "return grad",
)
short(  # RG4
    "relu_backward.open-at-zero",
    "grad_output, input",
    "grad = grad_output.copy()",
    "grad[input < 0] = 0",
    "return grad",
)
short(
    "relu_backward.writes-into-gradient",
    "grad_output, input",
    "grad = grad_output",
    "grad[input <= 0] = 0",
    "return grad",
)
short(
    "relu_backward.gate-of-the-gradient",
    "grad_output, input",
    "return np.where(grad_output > 0, grad_output, 0)",
)

# --- linear_backward

DENSE = "grad_output, input, weight"

short(  # DB2
    "linear_backward.bias-not-summed",
    DENSE,
    "return grad_output.dot(weight), grad_output.T.dot(input), grad_output[0]",
)
short(  # DB3
    "linear_backward.weight-turned-for-input",
    DENSE,
    "grad_input = np.dot(grad_output, weight.T)",
    "return grad_input, np.dot(grad_output.T, input), np.sum(grad_output, axis=0)",
)
short(  # DB5
    "linear_backward.not-a-matrix-product",
    DENSE,
    "grad_weight = grad_output * input",
    "return grad_output @ weight, grad_weight, grad_output.sum(0)",
)
program(
    "linear_backward.last-image-only",
    """
    def linear_backward(grad_output, input, weight):
        N, O = grad_output.shape
        C = input.shape[1]
        grad_input = np.zeros((N, C))
        grad_weight = np.zeros((O, C))
        grad_bias = np.zeros(O)
        for n in range(N):
            for o in range(O):
                grad_bias[o] += grad_output[n, o]
                for c in range(C):
                    grad_input[n, c] += grad_output[n, o] * weight[o, c]
                    grad_weight[o, c] = grad_output[n, o] * input[n, c]
        return grad_input, grad_weight, grad_bias
    """,
)
short(
    "linear_backward.bias-is-one-number",
    DENSE,
    "return grad_output @ weight, grad_output.T @ input, np.sum(grad_output)",
)

# --- numerical_gradient

NUDGES = """
def numerical_gradient(function, input, eps):
    slopes = {out}
    x = {copy}
    for place in np.ndindex(input.shape):
        old = x[place]
        x[place] = old + eps
        up = function(x)
        x[place] = {down}
        down = function(x)
        x[place] = {back}
        slopes[place] = {slope}
    return slopes
"""
NUDGES_FRAME = {
    "out": "np.zeros(input.shape)",
    "copy": "input.astype(float)",
    "down": "old - eps",
    "back": "old",
    "slope": "(up - down) / (2 * eps)",
}


def nudges(mistake, **changed):
    program(f"numerical_gradient.{mistake}", NUDGES.format(**{**NUDGES_FRAME, **changed}))


nudges("upwards-only", down="old", slope="(up - down) / eps")  # NG1
nudges("half-the-distance", slope="(up - down) / eps")
nudges("missing-brackets", slope="(up - down) / 2 * eps")
nudges("nudge-cut-off", copy="input.copy()")  # NG7
nudges("slope-cut-off", out="np.zeros_like(input)")
nudges("not-put-back", back="x[place]")
nudges("downhill", slope="(down - up) / (2 * eps)")
short(  # NG4
    "numerical_gradient.all-at-once",
    "function, input, eps",
    "slope = (function(input + eps) - function(input - eps)) / (2 * eps)",
    "return np.ones(input.shape) * slope",
)
program(  # NG5 and NG6
    "numerical_gradient.nudge-ignored",
    """
    def numerical_gradient(function, input, eps):
        h = 1e-5
        slopes = np.zeros(input.shape)
        for place in np.ndindex(input.shape):
            e = np.zeros(input.shape)
            e[place] = h
            slopes[place] = (function(input + e) - function(input - e)) / (2 * h)
        return slopes
    """,
)

# --- cross_entropy_backward

SCORES = "grad_output, input, target"
SOFTMAX = (
    "e = np.exp(input - np.max(input, axis=1, keepdims=True))",
    "p = e / np.sum(e, axis=1, keepdims=True)",
    "y = np.zeros(input.shape)",
    "y[np.arange(len(target)), target] = 1",
)

short(  # CG2
    "cross_entropy_backward.uphill", SCORES, *SOFTMAX, "return grad_output * (y - p) / len(y)"
)
short(  # CG3
    "cross_entropy_backward.label-forgotten", SCORES, *SOFTMAX, "return grad_output * p / len(y)"
)
short(  # CG4
    "cross_entropy_backward.stopped-before-softmax",
    SCORES,
    *SOFTMAX,
    "return grad_output * np.where(y == 1, -1 / np.where(y == 1, p, 1), 0) / len(y)",
)
short(  # CG5
    "cross_entropy_backward.label-in-every-row",
    SCORES,
    *SOFTMAX[:2],
    "p[:, target] -= 1",
    "return grad_output * p / len(p)",
)
short("cross_entropy_backward.not-averaged", SCORES, *SOFTMAX, "return grad_output * (p - y)")
short("cross_entropy_backward.gradient-ignored", SCORES, *SOFTMAX, "return (p - y) / len(y)")
short(
    "cross_entropy_backward.overflows",
    SCORES,
    "p = np.exp(input) / np.exp(input).sum(axis=1)[:, None]",
    "p[range(len(target)), target] -= 1",
    "return grad_output * p / len(target)",
)

# --- sgd_step

STEP = "parameter, gradient, velocity, learning_rate, momentum, weight_decay"
PULLED = "gradient = gradient + weight_decay * parameter"
ROLLED = "velocity = momentum * velocity + gradient"
MOVED = "return parameter - learning_rate * velocity, velocity"

short(  # SD1
    "sgd_step.uphill", STEP, PULLED, ROLLED, "return parameter + learning_rate * velocity, velocity"
)
short("sgd_step.no-learning-rate", STEP, PULLED, ROLLED, "return parameter - velocity, velocity")
short(  # SD3
    "sgd_step.nothing-moves",
    STEP,
    PULLED,
    ROLLED,
    "new = parameter",
    "new - learning_rate * velocity",
    "return new, velocity",
)
short(  # MO1
    "sgd_step.no-momentum", STEP, PULLED, "velocity = gradient", MOVED
)
short(  # L22
    "sgd_step.decay-squared",
    STEP,
    "gradient = gradient + weight_decay * parameter**2",
    ROLLED,
    MOVED,
)
short(
    "sgd_step.old-velocity-used",
    STEP,
    PULLED,
    "new = parameter - learning_rate * velocity",
    ROLLED,
    "return new, velocity",
)
short(
    "sgd_step.writes-into-arrays",
    STEP,
    PULLED,
    "velocity *= momentum",
    "velocity += gradient",
    "parameter -= learning_rate * velocity",
    "return parameter, velocity",
)
short("sgd_step.no-decay", STEP, ROLLED, MOVED)
