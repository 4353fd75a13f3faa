"""What the checks of 08_features_to_classes hold to be right: SciPy, and sums worked by hand."""

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import special

from tests.checks.references import case, hidden, right


class TestCurriculum:
    """Rows 8.1 to 8.4."""

    def test_relu_of_two_and_a_quarter(self):
        assert right("relu")(*case("relu", "one number")).tolist() == [2.24]

    def test_the_maps_of_the_lesson(self):
        got = right("relu")(*case("relu", "lesson 08"))
        assert got.tolist() == [[[2, 0], [4, 2]], [[2, 5], [0, 1]]]

    def test_five_by_five_by_two_makes_fifty(self):
        got = right("flatten")(*case("flatten", "5 x 5 x 2"))
        assert got.shape == (1, 50)

    def test_addresses_stand_in_order(self):
        got = right("flatten")(*case("flatten", "addresses"))
        first = [1111, 1112, 1113, 1121, 1122, 1123, 1211, 1212, 1213, 1221, 1222, 1223]
        assert got.tolist() == [first, [address + 1000 for address in first]]

    def test_the_scores_of_the_lesson(self):
        e4, e2 = math.exp(4), math.exp(2)
        expected = np.array([[e4, 1, e2]]) / (e4 + 1 + e2)
        assert_allclose(right("softmax")(*case("softmax", "lesson 08")), expected)
        loss = right("cross_entropy")(*case("cross_entropy", "lesson 08"))
        assert_allclose(loss, math.log(e4 + 1 + e2) - 2)

    def test_a_three_among_ten_digits(self):
        got = right("one_hot")(*case("one_hot", "a 3"))
        assert got.tolist() == [[0, 0, 0, 1, 0, 0, 0, 0, 0, 0]]

    def test_ten_equal_scores_lose_the_logarithm_of_ten(self):
        loss = right("cross_entropy")(*case("cross_entropy", "ten equal"))
        assert_allclose(loss, math.log(10))
        assert int(1000 * loss) == 2302

    def test_large_scores(self):
        scores, target = case("cross_entropy", "large")
        # Far behind by 1000 and 1000; the third image is right with scores 0, -3 and -1.
        third = math.log(1 + math.exp(-3) + math.exp(-1)) - 0
        assert_allclose(right("cross_entropy")(scores, np.array([1, 0, 0])), (2000 + third) / 3)
        assert_allclose(right("cross_entropy")(scores, target), (2000 + third + 1) / 3)


@pytest.mark.parametrize("seed", range(5))
class TestOnTheCasesThatGivePoints:
    def test_relu(self, seed):
        for (input,) in hidden("relu", seed):
            assert_array_equal(right("relu")(input), np.clip(input, 0, None))
            assert input.min() < 0 < input.max()

    def test_flatten(self, seed):
        for (input,) in hidden("flatten", seed):
            assert_array_equal(right("flatten")(input), input.reshape(len(input), -1))
            assert len(np.unique(input)) == input.size

    def test_softmax(self, seed):
        for (input,) in hidden("softmax", seed):
            expected = special.softmax(input.astype(float), axis=1)
            assert_allclose(right("softmax")(input), expected, atol=1e-12)

    def test_one_hot(self, seed):
        for target, num_classes in hidden("one_hot", seed):
            rows = right("one_hot")(target, num_classes)
            assert_array_equal(rows, np.eye(num_classes)[target])
            assert {0, target.max()} <= set(target.tolist())

    def test_cross_entropy(self, seed):
        for input, target in hidden("cross_entropy", seed):
            logs = special.log_softmax(input.astype(float), axis=1)
            expected = -np.mean([row[label] for row, label in zip(logs, target, strict=True)])
            assert_allclose(right("cross_entropy")(input, target), expected)
            assert not np.array_equal(target, np.arange(len(target)))
