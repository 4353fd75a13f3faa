"""Right answers: read, checked, and brought into the shape that the losses need."""

import numpy as np

from cnnlab.errors import ArgumentError
from cnnlab.functional import _checks

REDUCTIONS = ("mean", "sum", "none")


def are_probabilities(input, target):
    """Targets in the shape of the scores are probabilities, others are classes."""
    try:
        return np.shape(input) == np.shape(target)
    except ValueError:  # ragged rows: whoever reads them next says so
        return False


def classes(function, input, target, weight, ignore_index):
    """Scores (N, K, ...), classes (N, ...) with 0 for ignored ones, and what each one weighs."""
    x, weight = _scores(function, input, weight)
    t = _checks.array(function, "target", target)
    (ignore_index,) = _checks.whole(function, "ignore_index", ignore_index, 1, -(2**63))
    expected = (len(x), *x.shape[2:])
    if t.dtype.kind == "f" and np.isnan(t).any():
        raise ArgumentError(
            f"{function}: target holds NaN, expected classes from 0 to {x.shape[1] - 1}.\n"
            "  Fix: leave examples without a label out, or give them ignore_index."
        )
    if t.dtype.kind not in "iu":
        raise ArgumentError(
            f"{function}: target holds {t.dtype} data, expected classes as whole numbers, or a "
            f"probability for each of {x.shape[1]} classes.\n"
            "  Fix: convert it with target.astype(int)."
        )
    if t.shape != expected:
        shapes = [("input", x.shape, "(N, K, ...)"), ("target", t.shape, f"expected {expected}")]
        problem = "target does not hold one class for each vector of scores."
        raise _checks.misfit(function, problem, f"reshape target to {expected}.", *shapes)
    counted = t != ignore_index
    wrong = t[counted & ((t < 0) | (t >= x.shape[1]))]
    if wrong.size:
        raise ArgumentError(
            f"{function}: target holds class {wrong.flat[0]}, expected 0 to {x.shape[1] - 1}.\n"
            "  Fix: count classes from 0, and give input one score for each class."
        )
    t = np.where(counted, t, 0)
    return x, t, counted.astype(x.dtype) if weight is None else weight[t] * counted


def probabilities(function, input, target, weight):
    """Scores (N, K, ...) and target probabilities of the same shape, weighted."""
    x, weight = _scores(function, input, weight)
    (t,) = _checks.arrays(function, target=target)
    if t.size and not (t.min() >= 0 and t.max() <= 1):
        raise ArgumentError(
            f"{function}: target has the shape of input, so it holds probabilities; some are NaN "
            "or outside 0 to 1.\n"
            "  Fix: pass one-hot rows, or classes in an array with one axis less."
        )
    t = t.astype(x.dtype, copy=False)
    return x, t if weight is None else t * weight.reshape(-1, *[1] * (x.ndim - 2))


def _scores(function, input, weight):
    x, weight = _checks.arrays(function, ("weight",), input=input, weight=weight)
    if x.ndim < 2 or not x.shape[1]:
        problem, fix = "input holds no scores.", "pass one score for each example and class."
        raise _checks.misfit(function, problem, fix, ("input", x.shape, "expected (N, K, ...)"))
    if weight is not None and weight.shape != (x.shape[1],):
        shapes = [("weight", weight.shape, "expected (K,)"), ("input", x.shape, "(N, K, ...)")]
        problem = f"weight does not hold one number for each of {x.shape[1]} classes."
        raise _checks.misfit(
            function, problem, "make weight.shape equal (input.shape[1],).", *shapes
        )
    return x, weight


def divisor(function, total, reduction):
    """What a sum of losses is divided by: ``total`` for a mean, which must not be nothing."""
    _checks.choice(function, "reduction", reduction, REDUCTIONS)
    if reduction != "mean":
        return 1
    if not total:
        raise ArgumentError(
            f"{function}: the mean over no examples is not defined.\n"
            '  Fix: pass at least one example that counts, or use reduction="sum".'
        )
    return total


def reduced(loss, reduction, divisor):
    return loss if reduction == "none" else loss.sum() / loss.dtype.type(divisor)


def upstream(function, grad_output, shape, reduction, dtype):
    """The gradient of what follows: one number, or one for each loss with "none"."""
    (g,) = _checks.arrays(function, grad_output=grad_output)
    expected = shape if reduction == "none" else ()
    if g.shape not in ((), expected):
        shapes = [
            ("grad_output", g.shape, f'expected {tuple(expected)} for reduction "{reduction}"')
        ]
        problem = "grad_output has not the shape of the loss."
        raise _checks.misfit(function, problem, "pass 1 if nothing follows the loss.", *shapes)
    return g.astype(dtype)
