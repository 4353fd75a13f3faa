"""What the checks of exercise 09b hold to be right: SciPy, layers as matrices, work by hand."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy import signal

from cnnlab.checks import check
from tests.checks.references import case, hidden, right


class TestByHand:
    def test_3_0_and_0_4(self):
        assert right("relative_error")(np.array([3.0, 0]), np.array([0.0, 4])) == 5 / 7

    def test_the_blocks_of_lesson_09b(self):
        got = right("avg_pool2d_backward")(*case("avg_pool2d_backward", "lesson 09b"))
        assert got[0, 0].tolist() == [[1, 1, 2, 2], [1, 1, 2, 2], [3, 3, 4, 4], [3, 3, 4, 4]]

    def test_the_winners_of_a_4_by_4_image(self):
        got = right("max_pool2d_backward")(*case("max_pool2d_backward", "a 4 x 4 image"))
        assert got[0, 0].tolist() == [[0, 0, 10, 0], [1, 0, 0, 0], [0, 100, 0, 0], [0, 0, 0, 1000]]

    def test_the_nine_wins_four_times(self):
        got = right("max_pool2d_backward")(*case("max_pool2d_backward", "wins four windows"))
        assert got[0, 0].tolist() == [[0, 0, 0], [0, 1111, 0], [0, 0, 0]]

    def test_the_first_of_a_tie(self):
        got = right("max_pool2d_backward")(*case("max_pool2d_backward", "ties"))
        assert got[0, 0].tolist() == [[0, 1, 10, 0], [0, 0, 0, 0], [100, 0, 1000, 0], [0, 0, 0, 0]]

    @pytest.mark.parametrize(
        ("corner", "passes"),
        [
            ([[0, 1], [0, 0]], True),
            ([[0, 0], [1, 0]], True),
            ([[0, 0.75], [0.25, 0]], True),
            ([[0, 1], [1, 0]], False),
            ([[0, 2], [-1, 0]], False),
            ([[1, 0], [0, 0]], False),
            ([[0, 0.5], [0, 0]], False),
        ],
    )
    def test_a_tie_may_go_to_any_maximum_or_be_shared(self, corner, passes):
        """The first window of the case holds 1, 4, 4, 3, and 1 comes back to it."""

        def answer(grad_output, input, kernel_size, stride):
            right_one = right("max_pool2d_backward")(grad_output, input, kernel_size, stride)
            if input.size == 16 and input[0, 0, 1, 0] == 4 and input[0, 0, 0, 1] == 4:
                right_one[0, 0, :2, :2] = corner
            return right_one

        assert check.max_pool2d_backward.result(answer).passed == passes

    def test_the_convolution_of_lesson_09b(self):
        grad_input, grad_weight, grad_bias = right("conv2d_backward")(
            *case("conv2d_backward", "lesson 09b")
        )
        assert grad_input[0, 0].tolist() == [[1, 12, 20], [103, 1234, 2040], [300, 3400, 4000]]
        assert grad_weight[0, 0].tolist() == [[5421, 6532], [8754, 9865]]
        assert grad_bias.tolist() == [1111]

    def test_the_pixels_of_lesson_09b(self):
        grad_input, grad_weight, grad_bias = right("conv1x1_backward")(
            *case("conv1x1_backward", "lesson 09b")
        )
        by_hand = [[1, 100, 102, 203], [10, 1, 21, 32], [100, 0, 200, 300]]
        assert grad_input[0, :, 0].T.tolist() == by_hand
        assert grad_weight[:, :, 0, 0].tolist() == [[951, 862, 773, 684], [105, 206, 307, 408]]
        assert grad_bias.tolist() == [111, 101]


def layer(x, w, stride, padding):
    """The convolution, by SciPy: a sum of correlations, then every so many places."""
    bordered = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    planes = [
        [
            sum(
                signal.correlate2d(channel, kernel, mode="valid")
                for channel, kernel in zip(image, filters, strict=True)
            )
            for filters in w
        ]
        for image in bordered
    ]
    return np.array(planes)[:, :, ::stride, ::stride]


def transposed(function, at, g):
    """Back through a linear function: its matrix, column by column, turned."""
    found = []
    for n in range(at.size):
        bright = np.zeros(at.size)
        bright[n] = 1
        answer = function(bright.reshape(at.shape))
        found.append((answer[:, :, : g.shape[2], : g.shape[3]] * g).sum())
    return np.reshape(found, at.shape)


@pytest.mark.parametrize("seed", range(3))
class TestAgainstScipy:
    def test_relative_error(self, seed):
        for d, n in hidden("relative_error", seed):
            lengths = [np.vdot(v, v) ** 0.5 for v in (d - n, d, n)]
            expected = lengths[0] / sum(lengths[1:]) if any(lengths) else 0
            assert_allclose(right("relative_error")(d, n), expected, rtol=1e-12)

    def test_avg_pool2d_backward(self, seed):
        for g, shape, k, s in hidden("avg_pool2d_backward", seed):
            mean = np.full((1, 1, k, k), 1 / k**2)
            got = right("avg_pool2d_backward")(g, shape, k, s)
            for n, c in np.ndindex(shape[:2]):
                expected = transposed(
                    lambda x, mean=mean, s=s: layer(x, mean, s, 0),
                    np.zeros((1, 1, *shape[2:])),
                    g[n : n + 1, c : c + 1],
                )
                assert_allclose(got[n, c], expected[0, 0], atol=1e-12)

    def test_max_pool2d_backward(self, seed):
        """Where it goes: only to maxima. How much: as the sum of the pooled image changes."""
        for g, x, k, s in hidden("max_pool2d_backward", seed):
            got = right("max_pool2d_backward")(g, x, k, s)
            # Earlier pixels are raised a little more, so that the first of a tie is the maximum.
            order = np.arange(x[0, 0].size)[::-1].reshape(x.shape[2:]) * 1e-6
            for n, c in np.ndindex(x.shape[:2]):
                expected = np.zeros(x.shape[2:])
                windows = np.lib.stride_tricks.sliding_window_view(x[n, c] + order, (k, k))
                for i, j in np.ndindex(g.shape[2:]):
                    top = windows[i * s, j * s].max()
                    expected += g[n, c, i, j] * (x[n, c] + order == top)
                assert_allclose(got[n, c], expected)

    def test_conv1x1_backward(self, seed):
        for g, x, w in hidden("conv1x1_backward", seed):
            grad_input, grad_weight, grad_bias = right("conv1x1_backward")(g, x, w)
            assert_allclose(grad_input, transposed(lambda v, w=w: layer(v, w, 1, 0), x, g))
            assert_allclose(grad_weight, transposed(lambda v, x=x: layer(x, v, 1, 0), w, g))
            assert_allclose(grad_bias, [g[:, o].sum() for o in range(len(w))])

    def test_conv2d_backward(self, seed):
        for g, x, w, s, p in hidden("conv2d_backward", seed):
            grad_input, grad_weight, grad_bias = right("conv2d_backward")(g, x, w, s, p)
            assert_allclose(
                grad_input, transposed(lambda v, w=w, s=s, p=p: layer(v, w, s, p), x, g), atol=1e-9
            )
            assert_allclose(
                grad_weight, transposed(lambda v, x=x, s=s, p=p: layer(x, v, s, p), w, g), atol=1e-9
            )
            assert_allclose(grad_bias, [g[:, o].sum() for o in range(len(w))])

    def test_the_inputs_hide_nothing(self, seed):
        cases = list(hidden("conv2d_backward", seed))
        assert {(s, p) for *_, s, p in cases} == {(1, 0), (1, 1), (2, 0), (2, 1), (3, 0)}
        n, c, o = zip(*((len(x), x.shape[1], len(w)) for _, x, w, *_ in cases), strict=True)
        assert any(len({*sizes}) == 3 for sizes in zip(n, c, o, strict=True))
        assert any((x.shape[2] + 2 * p - w.shape[2]) % s for _, x, w, s, p in cases)
        for arrays in cases:
            for array in arrays[:3]:
                assert len(np.unique(array)) == array.size
        pooled = list(hidden("max_pool2d_backward", seed))
        assert any(s < k for *_, k, s in pooled)
        assert any(s > k for *_, k, s in pooled)
        assert any((x < 0).all() for _, x, *_ in pooled)
        assert any(len(np.unique(x)) < x.size / 2 for _, x, *_ in pooled)
