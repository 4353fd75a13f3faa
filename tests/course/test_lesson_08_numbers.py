"""Lesson 08: what its cells compute and what its prose says, against SciPy and work by hand.

The lesson's own cells are run here, one after the other. They use `cnnlab.naive`,
`cnnlab.functional` and `cnnlab.nn`; nothing below does.
"""

import math

import numpy as np
from numpy.testing import assert_allclose, assert_array_equal
from scipy import signal, special

LESSON = "08_features_to_classes"


# --- 8.1 The bend

IMAGE = np.array([[1, 0, 2], [3, 1, 0], [0, 2, 1]])
KERNELS = np.array([[[1, -1], [0, 1]], [[-1, 2], [1, 0]]])
MAPS = np.array([[[2, -2], [4, 2]], [[2, 5], [-1, 1]]])
BENT = np.array([[[2, 0], [4, 2]], [[2, 5], [0, 1]]])


def test_the_two_maps(names):
    for kernel, worked, got in zip(KERNELS, MAPS, names["maps"], strict=True):
        assert_array_equal(signal.correlate2d(IMAGE, kernel, mode="valid"), worked)
        assert_array_equal(got, worked)


def test_relu(names, said, prose):
    assert "ReLU(2.24) = 2.24" in said
    assert_array_equal(names["bent"], BENT)
    assert sorted(MAPS[MAPS != BENT]) == [-2, -1]
    assert "Only the −2 and the −1 have changed." in prose


def test_the_slopes_of_three_bends(said, prose):
    """Against the closed forms, with SciPy's sigmoid."""
    at = np.array([-5, 0.01, 5, 10])
    s = special.expit(at)
    closed = {"ReLU": (at > 0) * 1.0, "sigmoid": s * (1 - s), "tanh": 1 - np.tanh(at) ** 2}
    for name, slopes in closed.items():
        line = next(line for line in said.splitlines() if line.startswith(f"{name} "))
        assert_allclose([float(word) for word in line.split()[1:]], slopes, atol=1e-5)
    x = np.linspace(-9, 9, 1001)
    assert max(special.expit(x) * (1 - special.expit(x))) == 0.25
    assert "never steeper than a quarter" in prose
    assert "let pass at most 1e-06" in said
    assert f"{0.25**10:.0e}" == "1e-06"


def test_saturation_at_five(names):
    """The answer to the question: only ReLU has a slope at 5."""
    s = special.expit(5)
    assert s * (1 - s) < 0.01
    assert 1 - np.tanh(5) ** 2 < 0.01
    assert names["bends"]["ReLU"](np.array([5.1]))[0] > names["bends"]["ReLU"](np.array([5.0]))[0]


def test_two_convolutions_collapse_into_one(names, said):
    assert_array_equal(names["joined"], signal.convolve2d(*KERNELS))
    four = names["four"]
    twice = four
    for kernel in KERNELS:
        twice = signal.correlate2d(twice, kernel, mode="valid")
    assert_array_equal(names["twice"], twice)
    assert_array_equal(signal.correlate2d(four, names["joined"], mode="valid"), twice)
    assert "one 3 × 3 kernel does it: True" in said


def test_with_a_bend_they_do_not(names, said):
    between = np.maximum(signal.correlate2d(names["four"], KERNELS[0], mode="valid"), 0)
    bent = signal.correlate2d(between, KERNELS[1], mode="valid")
    assert_array_equal(names["with_bend"](names["four"]), bent)
    assert "without: True" in said
    assert "with ReLU: False" in said


# --- 8.2 A row, and scores


def test_flattening(names, said):
    assert_array_equal(names["row"], [2, 0, 4, 2, 2, 5, 0, 1])
    assert "Two maps of 5 × 5: 50 numbers." in said
    assert 2 * 5 * 5 == 50


def test_the_scores(names, prose):
    assert "$2 - 4 + 5$" in prose
    by_hand = [2 - 4 + 5 + 1, 4 - 2 + 0 - 1 - 1, 2 - 2 + 2 + 0]
    assert_array_equal(names["scores"], by_hand)
    assert by_hand == [4, 0, 2]
    assert "The scores are 4, 0 and 2." in prose
    assert names["weight"].size == 3 * 8


# --- 8.3 Softmax


def test_plain_normalisation_fails_below_zero(said, prose):
    assert "[4, 0, 2] → [0.67 0. 0.33]" in " ".join(said.split())
    assert "[4, -3, 2] → [ 1.33 -1. 0.67]" in " ".join(said.split())
    assert sum((4, -3, 2)) == 3
    assert 'A "probability" of −1' in prose
    assert "neither does 1.33" in prose


def test_softmax_of_the_scores(names, said, prose):
    expected = special.softmax([4.0, 0, 2])
    assert_allclose(names["shares"], expected)
    assert [round(p, 3) for p in expected] == [0.867, 0.016, 0.117]
    assert "powers [54.6 1. 7.39] sum 62.99" in " ".join(said.split())
    assert round(math.exp(2), 1) == 7.4
    assert "about 7.4 times the share" in prose


def test_what_softmax_depends_on(said, prose):
    assert_allclose(special.softmax([104.0, 100, 102]), special.softmax([4.0, 0, 2]))
    assert round(special.softmax([8.0, 0, 4])[0], 2) == 0.98
    lines = [" ".join(line.split()) for line in said.splitlines()]
    assert "as it is plain [0.67 0. 0.33] softmax [0.87 0.02 0.12]" in lines
    assert "+ 100 plain [0.34 0.33 0.33] softmax [0.87 0.02 0.12]" in lines
    assert "doubled plain [0.67 0. 0.33] softmax [0.98 0. 0.02]" in lines
    assert "98 % in place of 87 %" in prose


def test_large_scores(said):
    assert "powers: [inf inf] divided: nan" in " ".join(said.split())
    expected = special.softmax([1000.0, 1001.0]).round(3)
    assert expected.tolist() == [0.269, 0.731]
    assert said.count("[0.269 0.731]") == 2


def test_a_three_with_75_percent(names, said):
    assert_array_equal(names["answer"], [0, 0.1, 0.1, 0.75, 0, 0, 0, 0, 0, 0.05])
    assert "3 with 75%; the sum is 1.00" in said


# --- 8.4 Losses


def test_the_two_losses_of_the_three(names, said):
    by_hand = (0.1**2 + 0.1**2 + 0.25**2 + 0.05**2) / 2
    assert_allclose(names["squared"], by_hand)
    assert_allclose(names["entropy"], math.log(4 / 3))
    assert "squared error 0.0425 cross-entropy 0.2877" in " ".join(said.split())


def test_the_squared_error_of_two_classes_ends_at_one(prose):
    for p in (0.001, 0.3, 1):
        target, answer = np.array([1, 0]), np.array([p, 1 - p])
        assert_allclose(((target - answer) ** 2).sum() / 2, (1 - p) ** 2)
    assert "The squared error ends at 1." in prose


def test_which_loss_teaches(said):
    """The slopes in closed form: p - 1, and -2 p (1 - p)^2."""
    p = special.expit(-8)
    assert (
        f"slope of cross-entropy {p - 1:.4f}, of squared error {-2 * p * (1 - p) ** 2:.4f}" in said
    )
    assert f"{p - 1:.4f}" == "-0.9997"


def test_a_share_that_vanishes(said):
    assert "share of class 1: 0.0" in said
    assert "its cross-entropy: 1000.0" in said
    assert -special.log_softmax([1000.0, 0.0])[1] == 1000


def test_a_network_that_knows_nothing(names, said, prose):
    assert "ln 10 = 2.302585; loss of 20 networks 2.303" in said
    assert int(1000 * math.log(10)) == 2302
    assert_allclose(np.mean(names["first_loss"]), math.log(10), atol=1e-3)
    assert "right: 10%, single networks 5% to 17%" in said
    last = special.log_softmax(names["answers"].astype(float), axis=1)
    labels = names["test"].labels
    assert_allclose(
        names["first_loss"][-1], -last[np.arange(len(labels)), labels].mean(), rtol=1e-5
    )
    assert r"$-\ln 0.1 = \ln 10 = 2.302\ldots$" in prose
    assert round(math.log(2), 2) == 0.69


# --- 8.5 Tiny VGG


def test_the_sizes_of_tiny_vgg(names, prose):
    by_rule, side = [], 64
    for _ in range(2):
        for _ in range(2):
            side -= 2
            by_rule += [f"Conv2d 10×{side}×{side}", f"ReLU 10×{side}×{side}"]
        side //= 2
        by_rule.append(f"MaxPool2d 10×{side}×{side}")
    by_rule += [f"Flatten {10 * side * side}", "Linear 10"]
    assert names["sizes"] == by_rule
    assert (side, 10 * side * side) == (13, 1690)
    assert "13 × 13 × 10 = 1690 numbers" in prose


def test_every_map_can_be_looked_at(names):
    seen = names["seen"]
    assert len(seen) == 12
    assert names["chosen"] in seen
    assert seen[names["chosen"]].min() >= 0
    planes = np.moveaxis(names["flower"], -1, 0) / 255
    weight = next(p for n, p in names["net"].parameters().items() if "weight" in n)
    bias = next(p for n, p in names["net"].parameters().items() if "bias" in n)
    first = signal.correlate(planes, weight[4].astype(float), mode="valid")[0] + bias[4]
    assert_allclose(next(iter(seen.values()))[0, 4], first, atol=1e-4)


def test_before_training_all_classes_have_about_a_tenth(names, said):
    shares = special.softmax(names["out"][0].astype(float))
    assert 0.07 < shares.min() < shares.max() < 0.14
    assert f"shares: {shares.round(2)}" in said


# --- The three checks at the end


def test_the_answers_to_the_three_checks(prose):
    assert_allclose(special.softmax([1.0, 3, 2]), special.softmax([11.0, 13, 12]))
    assert round(math.log(100), 1) == 4.6
    assert "ln 100 is 4.6" in prose
