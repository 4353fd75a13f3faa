"""The checks of `numerical_gradient`: central differences, one number at a time."""

from functools import partial

import numpy as np

from cnnlab import naive
from cnnlab.checks.inputs import signed
from cnnlab.checks.ladder import Case, Item, Ladder, Mistake
from cnnlab.checks.sentences import size

# Nudges are powers of two and inputs multiples of a quarter, so that whoever nudges in place and
# back again leaves the input exactly as it was.
ROW = np.array([1.0, -2, 3])
MATRIX = np.array([[2.0, -1, 0.5], [3, -4, 1]])
WHOLE = np.array([[1, -2], [3, 2]])


def square_sum(x):
    return (x**2).sum()


def cube_sum(x):
    return (x**3).sum()


def weighted_cubes(x):
    """Every place counts differently, so that no two may change places."""
    return ((1 + np.arange(x.size)).reshape(x.shape) * x**3).sum()


def neighbour_products(x):
    return (x.ravel()[1:] * x.ravel()[:-1]).sum()


def _cubic(a, b, c, x):
    return (a * x**3 + b * x**2 + c * x).sum() + x.ravel()[0] * x.ravel()[-1]


def numerical_gradient(function, input, eps):
    """Slopes by central differences: a function, an array, the nudge -> the array's shape"""
    return naive.numerical_gradient(function, input, eps=eps)


def _hidden(rng):
    def case(eps: float, *shape: int) -> Case:
        function = partial(_cubic, *(signed(rng, *shape) for _ in range(3)))
        return Case(f"a cubic function of {size(shape)}", (function, signed(rng, *shape), eps))

    function, _, eps = case(0.25, 2, 3).arguments
    whole = rng.permutation([-5, -4, -3, -2, -1, 1, 2, 3, 4, 5])[:6].reshape(2, 3)
    return (
        Item("a row", (case(0.25, 4), case(0.125, 3))),
        Item("a matrix and more axes", (case(0.5, 2, 3), case(0.25, 2, 1, 3))),
        Item("whole numbers", (Case("whole numbers", (function, whole, eps)),)),
        Item("the input is left as it was", (case(0.25, 2, 3),), keeps_input=True),
    )


def _slopes(make):
    """One value for each place, by ``make(function, input as floats, place, eps)``."""

    def version(function, input, eps):
        x = input.astype(float)
        result = np.zeros(input.shape)
        for place in np.ndindex(input.shape):
            result[place] = make(function, x, place, eps)
        return result

    return version


def _moved(x, place, by):
    y = x.copy()
    y[place] += by
    return y


def _central(f, x, place, eps):
    return (f(_moved(x, place, eps)) - f(_moved(x, place, -eps))) / (2 * eps)


def _not_put_back(function, input, eps):
    x = input.astype(float)
    result = np.zeros(input.shape)
    for place in np.ndindex(input.shape):
        x[place] += eps
        up = function(x)
        x[place] -= 2 * eps
        result[place] = (up - function(x)) / (2 * eps)
    return result


def _stays_up(function, input, eps):
    x = input.astype(float)
    result = np.zeros(input.shape)
    for place in np.ndindex(input.shape):
        before = function(x)
        x[place] += eps
        result[place] = (function(x) - before) / eps
    return result


def _writes_into_input(function, input, eps):
    right = numerical_gradient(function, input, eps)
    input += 1
    return right


def _in_type_of_input(function, input, eps):
    result = np.zeros(input.shape)
    for place in np.ndindex(input.shape):
        up, down = input.copy(), input.copy()
        up[place] = up[place] + eps
        down[place] = down[place] - eps
        result[place] = (function(up) - function(down)) / (2 * eps)
    return result


def _result_in_type_of_input(function, input, eps):
    result = np.zeros_like(input)
    result[...] = numerical_gradient(function, input, eps)
    return result


def _whole_rows(function, input, eps):
    x = input.astype(float)
    result = np.zeros(input.shape)
    for n in range(len(x)):
        result[n] = _central(function, x, n, eps)
    return result


MISTAKES = (
    Mistake(
        "upwards-only",
        "You nudge in one direction only. What does the step the other way cancel?",
        _slopes(lambda f, x, p, h: (f(_moved(x, p, h)) - f(x)) / h),
        _slopes(lambda f, x, p, h: (f(x) - f(_moved(x, p, -h))) / h),
    ),
    Mistake(
        "half-the-distance",
        "Your slopes are twice too steep. How far apart are the two places?",
        _slopes(lambda f, x, p, h: 2 * _central(f, x, p, h)),
    ),
    Mistake(
        "twice-the-distance",
        "Your slopes are too flat. How far apart are the two places that you compare?",
        _slopes(lambda f, x, p, h: (f(_moved(x, p, h)) - f(x)) / (2 * h)),
        _slopes(lambda f, x, p, h: _central(f, x, p, h) / 2),
    ),
    Mistake(
        "not-divided",
        "You have the difference of two losses. What makes a slope of a difference?",
        _slopes(lambda f, x, p, h: 2 * h * _central(f, x, p, h)),
    ),
    Mistake(
        "divided-by-two",
        "You halve the difference. Is it not the length of the nudge that makes a slope of it?",
        _slopes(lambda f, x, p, h: h * _central(f, x, p, h)),
    ),
    Mistake(
        "missing-brackets",
        "Python divides and multiplies from left to right. What is your difference divided by?",
        _slopes(lambda f, x, p, h: h * h * _central(f, x, p, h)),
        _slopes(lambda f, x, p, h: f(_moved(x, p, h)) - f(_moved(x, p, -h)) / (2 * h)),
    ),
    Mistake(
        "downhill",
        "All your slopes have the opposite sign. From which loss is the other one taken away?",
        _slopes(lambda f, x, p, h: -_central(f, x, p, h)),
    ),
    Mistake(
        "all-at-once",
        "All your numbers are nudged together. Whose slope is it then?",
        lambda f, x, h: np.full(x.shape, (f(x + h) - f(x - h)) / (2 * h)),
    ),
    Mistake(
        "nudge-ignored",
        "Your nudge has a length of its own. Where does the one that was given enter?",
        *(
            lambda f, x, h, own=own: numerical_gradient(f, x, own)
            for own in (1e-12, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1.0)
        ),
    ),
    Mistake(
        "nudge-halved",
        "You move half a nudge each way. How far up and how far down does the formula go?",
        _slopes(lambda f, x, p, h: _central(f, x, p, h / 2)),
    ),
    Mistake(
        "not-put-back",
        "One number is right, and the later ones drift. Where are the numbers that you nudged "
        "before?",
        _not_put_back,
        _stays_up,
    ),
    Mistake(
        "nudge-cut-off",
        "With whole numbers your nudge is cut off. Which type can hold a number and a half?",
        _in_type_of_input,
        lambda f, x, h: np.zeros(x.shape) if x.dtype.kind == "i" else numerical_gradient(f, x, h),
    ),
    Mistake(
        "slope-cut-off",
        "With whole numbers your slopes are cut to whole numbers. Which type has your answer?",
        _result_in_type_of_input,
    ),
    Mistake(
        "rows-at-once",
        "Whole rows are nudged together. How many slopes does a matrix have?",
        _whole_rows,
    ),
    Mistake(
        "nudge-as-factor",
        "Your nudge grows with the number that it moves. Is it added, or multiplied in?",
        _slopes(
            lambda f, x, p, h: (f(_moved(x, p, h * x[p])) - f(_moved(x, p, -h * x[p]))) / (2 * h)
        ),
    ),
    Mistake(
        "one-slope-for-all",
        "A single slope came back, for all numbers together. How many slopes does a gradient have?",
        lambda f, x, h: numerical_gradient(f, x, h).sum(),
        lambda f, x, h: (f(x + h) - f(x - h)) / (2 * h),
    ),
    Mistake(
        "first-place-only",
        "Only the first slope is there. When does your function return?",
        lambda f, x, h: _first_only(numerical_gradient(f, x, h)),
    ),
    Mistake(
        "last-place-only",
        "Only the last slope is there. Where does your answer start again from zero?",
        lambda f, x, h: _first_only(numerical_gradient(f, x, h), -1),
    ),
    Mistake(
        "changes-input",
        "The input that you were given now holds other numbers. Could you work on a copy?",
        _writes_into_input,
    ),
)


def _first_only(slopes, place=0):
    result = np.zeros(slopes.shape)
    result.flat[place] = slopes.flat[place]
    return result


LADDER = Ladder(
    task="numerical_gradient",
    arguments=("function", "input", "eps"),
    reference=numerical_gradient,
    cases=(
        Case("the sum of squares", (square_sum, ROW, 0.5)),
        Case("the sum of cubes", (cube_sum, ROW[:2], 0.5)),
        Case("products of neighbours", (neighbour_products, MATRIX[0], 0.25)),
        Case("a cubic function of a 2 x 3 matrix", (weighted_cubes, MATRIX, 0.125)),
        Case("a matrix of whole numbers", (weighted_cubes, WHOLE, 0.25)),
    ),
    hidden=_hidden,
    places=lambda function, input, eps: "There is one slope for each number of the input.",
    hint="Take one wrong slope. Which two inputs belong to it, and in how many places do they "
    "differ?",
    mistakes=MISTAKES,
    accepted=(
        _slopes(_central),
        lambda f, x, h: np.asfortranarray(numerical_gradient(f, x, h)).astype(np.float32),
        lambda f, x, h: _nudges_and_puts_back(f, x, h),
        lambda f, x, h: _by_identity(f, x, h),
        lambda f, x, h: (
            _slopes(_central)(f, x[::-1], h)[::-1]
            if f is square_sum
            else numerical_gradient(f, x, h)
        ),
    ),
)


def _nudges_and_puts_back(function, input, eps):
    """In place, in a copy of floats, and back."""
    x = np.array(input, dtype=float)
    result = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        was = x[place]
        x[place] = was + eps
        up = function(x)
        x[place] = was - eps
        down = function(x)
        x[place] = was
        result[place] = (up - down) / (2 * eps)
    return result


def _by_identity(function, input, eps):
    """Nudges as the rows of a matrix."""
    nudges = eps * np.eye(input.size).reshape(input.size, *input.shape)
    slopes = [(function(input + n) - function(input - n)) / (2 * eps) for n in nudges]
    return np.array(slopes).reshape(input.shape)
