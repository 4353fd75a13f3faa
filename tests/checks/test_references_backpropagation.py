"""What the checks of exercise 09 hold to be right: SciPy's slopes, and sums worked by hand."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import optimize, special

from cnnlab.checks import check
from tests.checks.references import hidden, right


def slopes(function, at, step=1e-6):
    """SciPy's one-sided differences of a function of an array of any shape."""

    def flat(values):
        return function(values.reshape(np.shape(at)))

    found = optimize.approx_fprime(np.ravel(at).astype(float), flat, step)
    return found.reshape(np.shape(at))


class TestByHand:
    def test_the_gate_lets_1_pass(self):
        got = right("relu_backward")(np.array([1.0, 10, 100]), np.array([2.0, -3, 0]))
        assert got.tolist() == [1, 0, 0]

    def test_the_dense_layer_of_lesson_09(self):
        arguments = check.linear_backward.ladder.cases[0].arguments
        grad_input, grad_weight, grad_bias = right("linear_backward")(*arguments)
        assert grad_input.tolist() == [[1, 100, 102, 203], [10, 1, 21, 32], [100, 0, 200, 300]]
        assert grad_weight.tolist() == [[951, 862, 773, 684], [105, 206, 307, 408]]
        assert grad_bias.tolist() == [111, 101]

    def test_the_slopes_of_squares_and_cubes(self):
        function = right("numerical_gradient")
        assert_allclose(function(lambda x: (x**2).sum(), np.array([1, -2, 3]), 0.5), [2, -4, 6])
        # (x + h)^3 - (x - h)^3 is 6 x^2 h + 2 h^3.
        assert_allclose(function(lambda x: (x**3).sum(), np.array([2.0]), 0.5), [12.25])

    def test_p_minus_y_of_lesson_09(self):
        got = right("cross_entropy_backward")(1, np.log([[1.0, 2, 5]]), np.array([1]))
        assert_allclose(got, [[0.125, -0.75, 0.625]])

    def test_one_step(self):
        # 0.5 * 8 + (3 + 0.25 * 4) = 8; 4 - 0.125 * 8 = 3.
        arrays = (np.array([value]) for value in (4.0, 3.0, 8.0))
        parameter, velocity = right("sgd_step")(*arrays, 0.125, 0.5, 0.25)
        assert (parameter.tolist(), velocity.tolist()) == ([3], [8])

    def test_the_question_in_words(self):
        assert_allclose((6.002 - 6) / 0.001, 2)
        assert_allclose(slopes(lambda w: (6 + 2 * w[0] - 4) ** 2 / 2, np.zeros(1)), 4, rtol=1e-5)


@pytest.mark.parametrize("seed", range(5))
class TestAgainstScipy:
    def test_relu_backward(self, seed):
        for g, x in hidden("relu_backward", seed):
            # Left of a corner no step may cross it, so zeros are looked at from the left.
            expected = slopes(lambda v, g=g: (g * np.maximum(v, 0)).sum(), x, -1e-6)
            assert_allclose(right("relu_backward")(g, x), expected, atol=1e-4)

    def test_linear_backward(self, seed):
        for g, x, w in hidden("linear_backward", seed):
            b = np.zeros(len(w))

            def loss(x, w, b, g=g):
                return (g * (x @ w.T + b)).sum()

            expected = (
                slopes(lambda v, w=w, b=b: loss(v, w, b), x),
                slopes(lambda v, x=x, b=b: loss(x, v, b), w),
                slopes(lambda v, x=x, w=w: loss(x, w, v), b),
            )
            for got, want in zip(right("linear_backward")(g, x, w), expected, strict=True):
                assert_allclose(got, want, atol=1e-2)

    def test_numerical_gradient(self, seed):
        for function, x, eps in hidden("numerical_gradient", seed):
            got = right("numerical_gradient")(function, x, eps)
            moves = eps * np.eye(x.size).reshape(x.size, *x.shape)
            expected = [function(x + m) / 2 / eps - function(x - m) / 2 / eps for m in moves]
            assert_allclose(got.ravel(), expected, rtol=1e-9, atol=1e-9)
            # A cubic function: the error of central differences is eps squared times a constant.
            half = right("numerical_gradient")(function, x, eps / 2)
            exact = (4 * half - got) / 3
            assert_allclose(exact, slopes(function, x, 1e-7), rtol=1e-3, atol=1e-2)

    def test_cross_entropy_backward(self, seed):
        for g, z, t in hidden("cross_entropy_backward", seed):

            def loss(z, g=g, t=t):
                return g * -special.log_softmax(z, axis=1)[np.arange(len(t)), t].mean()

            assert_allclose(right("cross_entropy_backward")(g, z, t), slopes(loss, z), atol=1e-5)

    def test_sgd_step(self, seed):
        """The step of decay is that of the gradient of half a square; velocity is a sum."""
        for w, g, v, lr, mu, decay in hidden("sgd_step", seed):
            new_w, new_v = right("sgd_step")(w, g, v, lr, mu, decay)
            pulled = slopes(lambda u, g=g, d=decay: (g * u).sum() + d / 2 * (u**2).sum(), w)
            assert_allclose(new_v, mu * v + pulled, atol=1e-4)
            assert_allclose((w - new_w) / lr, new_v, rtol=1e-9)

    def test_the_inputs_hide_nothing(self, seed):
        """Both signs, no number twice where it matters, zeros for the gate, a class twice."""
        assert any((x == 0).any() for _, x in hidden("relu_backward", seed))
        assert any(g.shape[1] == x.shape[1] for g, x, _ in hidden("linear_backward", seed))
        for g, x, w in hidden("linear_backward", seed):
            for array in (g, x, w):
                assert len(np.unique(array)) == array.size
                assert array.min() < 0 < array.max()
        assert any(x.dtype.kind == "i" for _, x, _ in hidden("numerical_gradient", seed))
        cases = list(hidden("cross_entropy_backward", seed))
        assert any(len(set(t)) < len(t) for _, _, t in cases)
        assert any(z.max() > 750 for _, z, _ in cases)
        assert {g for g, _, _ in cases} > {1.0}
        assert_array_equal([len(t) for _, _, t in cases][:1], [1])
