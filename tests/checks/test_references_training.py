"""What the checks of exercise 10 hold to be right: SciPy's correlation and slopes, sums by hand."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import optimize, signal, special

from cnnlab.checks.training import loop
from tests.checks.references import hidden, in_sight, right


class TestAccuracy:
    def test_the_three_images_of_the_statement(self):
        scores = np.array([[1, 5, 2], [4, 0, 3], [2, 6, 9]])
        # The classes chosen are 1, 0 and 2.
        assert right("accuracy")(scores, np.array([1, 2, 2])) == pytest.approx(2 / 3)

    @pytest.mark.parametrize("seed", range(3))
    def test_hidden_cases_hit_as_often_as_counted_by_hand(self, seed):
        for scores, labels in hidden("accuracy", seed):
            hits = [max(row) == row[label] for row, label in zip(scores, labels, strict=True)]
            assert right("accuracy")(scores, labels) == pytest.approx(sum(hits) / len(hits))


def network_by_scipy(parameters, images):
    weight, bias, dense_weight, dense_bias = parameters
    maps = np.array(
        [
            [signal.correlate2d(x, k, mode="valid") + b for k, b in zip(weight, bias, strict=True)]
            for x in images
        ]
    )
    rows, columns = (2 * (n // 2) for n in maps.shape[2:])
    corners = [maps[:, :, u:rows:2, v:columns:2] for u in (0, 1) for v in (0, 1)]
    pooled = np.maximum.reduce(corners)
    return maps, pooled, np.array([dense_weight @ p.ravel() for p in pooled]) + dense_bias


def loss_by_scipy(parameters, images, labels):
    scores = network_by_scipy(parameters, images)[-1]
    return -special.log_softmax(scores, axis=1)[np.arange(len(labels)), labels].mean()


class TestNetwork:
    def test_the_legible_case_by_hand(self):
        maps, pooled, scores = right("network_forward")(*in_sight("network_forward")[0])
        # 1 + 20 + 600 + 7000, and half a point for the bias.
        rows = [[7621.5, 8732.5, 9843.5, 1954.5], [4276.5, 6487.5, 8698.5, 3819.5]]
        assert maps.tolist() == [[rows]]
        assert pooled.tolist() == [[[[8732.5, 9843.5]]]]
        assert_allclose(scores, [[8732.5, 98.435 + 7, 2 * 8732.5 - 9843.5 + 0.25]])

    @pytest.mark.parametrize("seed", range(3))
    def test_forward_is_scipys_correlation_then_maxima_then_a_product(self, seed):
        for arguments in (*in_sight("network_forward"), *hidden("network_forward", seed)):
            got = right("network_forward")(*arguments)
            for one, other in zip(got, network_by_scipy(*arguments), strict=True):
                assert_allclose(one, other, rtol=1e-12, atol=1e-12)

    @pytest.mark.parametrize("seed", range(2))
    def test_backward_is_the_slope_of_the_loss(self, seed):
        for parameters, images, labels, *made in hidden("network_backward", seed):
            if np.abs(made[-1]).max() > 100:
                continue  # a loss of very large scores is too steep for differences
            got = right("network_backward")(parameters, images, labels, *made)
            for n, gradient in enumerate(got):

                def moved(values, n=n, parameters=parameters, x=images, y=labels):
                    others = list(parameters)
                    others[n] = values.reshape(parameters[n].shape)
                    return loss_by_scipy(others, x, y)

                slope = optimize.approx_fprime(parameters[n].ravel(), moved, 1e-7)
                assert_allclose(gradient.ravel(), slope, rtol=1e-4, atol=1e-5)

    def test_very_large_scores_teach_only_the_images_that_are_wrong(self):
        given = in_sight("network_backward")[-1]
        labels, scores = given[2], given[-1]
        assert np.abs(scores).max() > 1000
        got = right("network_backward")(*given)
        assert all(np.isfinite(gradient).all() for gradient in got)
        wrong = [t for row, t in zip(scores, labels, strict=True) if row.argmax() != t]
        for label in set(wrong):
            chosen = np.sum(scores.argmax(axis=1) == label) - np.sum(labels == label)
            assert_allclose(got[3][label], chosen / len(labels), atol=1e-9)

    @pytest.mark.parametrize("seed", range(5))
    def test_no_block_has_two_equal_maxima(self, seed):
        """Where the gradient goes in a tie is a matter of custom: no case depends on it."""
        for given in (*in_sight("network_backward"), *hidden("network_backward", seed)):
            maps = given[3]
            rows, columns = (2 * (n // 2) for n in maps.shape[2:])
            corners = [maps[:, :, u:rows:2, v:columns:2] for u in (0, 1) for v in (0, 1)]
            ordered = np.sort(corners, axis=0)
            assert (ordered[-1] - ordered[-2]).min() > 1e-9


class TestTrain:
    def test_one_epoch_with_the_ledger_by_hand(self):
        """Two images, two batches of one; the ledger does not ask in which order they come."""
        images, labels = np.array([[[1.0]], [[10.0]]]), np.array([0, 1])

        def ledger(parameters, images, labels):
            return [(images.ravel() * (labels + 1)).sum(keepdims=True), np.array([len(images)])]

        start = [np.array([100.0]), np.array([5.0])]
        rng = np.random.default_rng(0)
        got = right("train")(ledger, start, images, labels, 3, 1, 0.5, rng)
        # Each epoch takes 0.5 * (1 * 1 + 10 * 2) and 0.5 * 2 away.
        assert_array_equal(np.ravel(got), [100 - 3 * 0.5 * 21, 5 - 3 * 0.5 * 2])

    @pytest.mark.parametrize("size", [2, 3])
    def test_the_order_of_each_epoch_is_the_generators(self, size):
        seen = []

        def note(parameters, images, labels):
            seen.append(labels.tolist())
            assert_array_equal(images.ravel(), labels)
            return [np.zeros(1), np.zeros(1)]

        rng, again = np.random.default_rng(3), np.random.default_rng(3)
        start = [np.zeros(1), np.zeros(1)]
        right("train")(note, start, np.arange(5.0)[:, None, None], np.arange(5), 2, size, 1.0, rng)
        orders = [again.permutation(5).tolist() for _ in range(2)]
        assert sum(seen, []) == orders[0] + orders[1]
        assert max(map(len, seen)) == size

    def test_the_gradients_in_its_cases_are_slopes(self):
        rng = np.random.default_rng(0)
        weight, bias = rng.normal(size=(3, 4)), rng.normal(size=3)
        images, labels = rng.normal(size=(5, 2, 2)), np.array([0, 2, 1, 1, 0])

        def loss(values):
            scores = images.reshape(5, 4) @ values[:12].reshape(3, 4).T + values[12:]
            return -special.log_softmax(scores, axis=1)[np.arange(5), labels].mean()

        got = loop.dense([weight, bias], images, labels)
        slope = optimize.approx_fprime(np.concatenate([weight.ravel(), bias]), loss, 1e-7)
        assert_allclose(np.concatenate([g.ravel() for g in got]), slope, rtol=1e-4, atol=1e-6)
