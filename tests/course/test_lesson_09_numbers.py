"""Lesson 09: its numbers against work by hand, differences, and descent written another way."""

import re

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import optimize, special

LESSON = "09_backpropagation"


def figure(lesson, title):
    """The text alternative of the drawing with this title."""
    (found,) = [words for words in lesson["words"] if words.startswith(title)]
    return found


def noted(words, kind):
    """Node: number, as a graph is read out."""
    found = re.findall(
        rf"(?:: |; )(\S+)(?: from [^;]*?)?(?:, value [^,;]+)?, {kind} ([-\d.]+)", words
    )
    return {name: float(number.rstrip(".")) for name, number in found}


def network(x1, w1, b, x2, w2):
    return 0.5 * (max(x1 * w1 + x2 * w2 + b, 0) - 4) ** 2


NAMES = ("x₁", "w₁", "b", "x₂", "w₂")


def by_differences(*at):
    return {
        name: optimize.approx_fprime(at, lambda v: network(*v), 1e-7)[n]
        for n, name in enumerate(NAMES)
    }


# --- 9.2 The graph by hand


def test_forwards_6_comes_out_and_the_loss_is_2(lesson, prose):
    values = noted(figure(lesson, "Forwards"), "value")
    assert values == {
        **dict(zip(NAMES, [2, 4, 1, 3, -1], strict=True)),
        **{"x₁·w₁": 8, "x₂·w₂": -3, "s": 6, "ReLU(s)": 6, "loss": 2},
    }
    assert network(2, 4, 1, 3, -1) == 2
    assert "The answer is 6, which is 2 too much" in prose


def test_the_gradients_of_the_graph_are_those_of_differences(lesson):
    gradients = noted(figure(lesson, "Backwards"), "gradient")
    for name, slope in by_differences(2, 4, 1, 3, -1).items():
        assert_allclose(gradients[name], slope, atol=1e-4)
    assert [gradients[name] for name in NAMES] == [8, 4, 2, -2, 6]


def test_wiggling_a_weight_by_a_thousandth_moves_the_loss_four_times_as_far(lesson):
    # s grows by 0.002, so the loss is half of 2.002 squared.
    assert round(0.5 * 2.002**2 - 2, 6) == 0.004002
    assert "The loss rises by 0.004002, that is 4.0 times the nudge." in lesson["printed"]


def test_behind_a_closed_gate_every_gradient_is_zero(lesson, prose):
    words = figure(lesson, "The gate")
    assert noted(words, "value")["s"] == -1 == 2 * 4 + 3 * -1 - 6
    assert noted(words, "value")["loss"] == 8 == network(2, 4, -6, 3, -1)
    gradients = noted(words, "gradient")
    assert gradients["ReLU(s)"] == -4
    for name, slope in by_differences(2, 4, -6, 3, -1).items():
        assert gradients[name] == slope == 0
    assert "The loss has grown to 8" in prose


def test_the_shares_of_a_weight_used_twice_add_up_to_32(lesson, prose):
    gradients = noted(figure(lesson, "Two ways"), "gradient")
    slopes = optimize.approx_fprime([2, 5, 3], lambda v: v[0] * v[1] + 10 * v[2] * v[1], 1e-6)
    assert_allclose([gradients[name] for name in ("x₁", "w", "x₂")], slopes, rtol=1e-5)
    assert gradients["w"] == 32
    assert "By wiggling: 32\n" in lesson["printed"]
    assert "1 · 2 = 2 and 10 · 3 = 30" in prose


# --- 9.1 and 9.7 The phases, and the first steps


def test_one_step_brings_the_loss_from_2_to_032(lesson):
    assert round(network(2, 3.6, 0.8, 3, -1.6), 9) == 0.32
    assert "w1 = 3.6, b = 0.8, w2 = -1.6\n" in lesson["printed"]
    assert "The network now answers 3.2. The loss went from 2 to 0.32." in lesson["printed"]


def test_the_four_learning_rates(lesson):
    # All gradients are 2 times (2, 1, 3), so a step of r moves s by -2 r (4 + 1 + 9).
    expected = [(r, max(6 - 28 * r, 0)) for r in (0.01, 0.1, 0.2, 0.25)]
    found = re.findall(r"learning rate (\S+) +answer (\S+) +loss (\S+)\n", lesson["printed"])
    for (rate, answer), words in zip(expected, found, strict=True):
        assert_allclose(list(map(float, words)), [rate, answer, (answer - 4) ** 2 / 2], atol=6e-3)
    assert [loss for *_, loss in found] == ["1.48", "0.32", "6.48", "8.00"]


# --- 9.2 Dense layer, softmax and cross-entropy


def test_the_dense_gradients_are_sums_over_images_and_over_outputs(lesson, prose):
    G, X, W = lesson_arrays(lesson)
    dX, dW, db = np.zeros((3, 4)), np.zeros((2, 4)), np.zeros(2)
    for n in range(3):
        for o in range(2):
            db[o] += G[n, o]
            for c in range(4):
                dX[n, c] += G[n, o] * W[o, c]
                dW[o, c] += G[n, o] * X[n, c]
    assert_array_equal(lesson["dX"], dX)
    assert_array_equal(lesson["dW"], dW)
    assert_array_equal(lesson["db"], db)
    assert dW[0, 0] == 951
    assert "1 · 1 + 10 · 5 + 100 · 9 = 951" in prose


def lesson_arrays(lesson):
    """G, X and W of the worked example: other cells use the names W and G again."""
    X = np.array([[1, 2, 3, 4], [5, 6, 7, 8], [9, 8, 7, 6]])
    assert_array_equal(lesson["X"], X)
    return np.array([[1, 100], [10, 1], [100, 0]]), X, np.array([[1, 0, 2, 3], [0, 1, 1, 2]])


def test_p_minus_y(lesson, prose):
    assert_allclose(lesson["p"], [[1 / 8, 2 / 8, 5 / 8]])
    assert_allclose(lesson["slope"], [[0.125, -0.75, 0.625]])
    scores = np.log([1.0, 2.0, 5.0])
    slopes = optimize.approx_fprime(scores, lambda z: -special.log_softmax(z)[1], 1e-7)
    assert_allclose(lesson["slope"][0], slopes, atol=1e-6)
    assert "the right class gets −0.75" in prose.lower()


# --- 9.6 The gradient check


def test_a_right_gradient_is_below_1e_7_and_the_wrong_ones_are_not(lesson):
    errors = dict(re.findall(r"relative error of (\S+(?: - \S)?) +(\S+)\n", lesson["printed"]))
    assert float(errors["p - y"]) < 1e-7
    assert float(errors["y - p"]) == 1
    # |p - (p - y)| is 1 here.
    expected = 1 / (np.linalg.norm([1, 2, 5]) / 8 + np.linalg.norm([1, -6, 5]) / 8)
    assert_allclose(float(errors["p"]), expected, atol=0.05)


def test_the_best_nudge_is_near_1e_5_and_both_ways_beat_one(lesson):
    nudges, one, both = lesson["nudges"], lesson["one_way"], lesson["both_ways"]
    assert nudges[both.argmin()] in (pytest.approx(1e-5), pytest.approx(1e-6))
    assert both.min() < one.min() / 10
    at = {round(float(np.log10(h))): n for n, h in enumerate(nudges)}
    assert both[at[-12]] > 1000 * both[at[-6]]
    assert both[at[-2]] > 1000 * both[at[-6]]
    # The laws behind the picture: up only errs like the nudge, both ways like its square.
    assert_allclose(one[at[-2]] / one[at[-3]], 10, rtol=0.1)
    assert_allclose(both[at[-2]] / both[at[-3]], 100, rtol=0.1)


def test_float32_has_no_good_nudge():
    scores = np.log(np.array([1, 2, 5], np.float32))

    def loss(z):
        return -(z[1] - np.log(np.exp(z).sum(dtype=np.float32)))

    first = np.array([1, 0, 0], np.float32)
    for h in 10.0 ** np.arange(-7, 0):
        slope = (loss(scores + np.float32(h) * first) - loss(scores - np.float32(h) * first)) / (
            2 * h
        )
        assert abs(slope - 0.125) > 1e-6


# --- 9.1 Iteration, batch, epoch


def test_an_epoch_of_1797_digits_has_36_iterations(lesson, prose):
    assert len(lesson["images"]) == 1797
    assert divmod(1797, 50) == (35, 47)
    assert "36 iterations, the last of 47 images." in lesson["printed"]
    assert sorted(np.concatenate(lesson["batches"])) == list(range(1797))
    assert "Thirty-five full batches and a last one of 47." in prose


def test_the_loss_of_one_epoch_starts_at_ln_10_and_falls(lesson):
    """The same epoch with the formulas of softmax regression written out."""
    images, labels = lesson["images"], np.eye(10)[lesson["digits"].labels]
    W, b, losses = np.zeros((10, 64)), np.zeros(10), []
    for batch in lesson["batches"]:
        x, y = images[batch], labels[batch]
        p = special.softmax(x @ W.T + b, axis=1)
        losses.append(-np.log((p * y).sum(axis=1)).mean())
        W = W - 0.5 * ((p - y).T @ x) / len(x)
        b = b - 0.5 * (p - y).mean(axis=0)
    assert_allclose(lesson["losses"], losses, rtol=1e-9)
    assert round(losses[0], 3) == 2.303 == round(np.log(10), 3)
    assert losses[-1] < 1


# --- 9.7 Paths on a loss surface


def distances(lr, steps=20):
    """From the cross after some steps: each multiplies by 1 - lr and by 1 - 10 lr."""
    return np.array([-8 * (1 - lr) ** steps, 2 * (1 - 10 * lr) ** steps])


@pytest.mark.parametrize("lr", [0.01, 0.12, 0.19, 0.205])
def test_each_walk_is_where_the_arithmetic_says(lesson, lr):
    path = lesson["rates"][f"learning rate {lr}"]
    assert path.shape == (21, 2)
    for n in (0, 1, 7, 20):
        assert_allclose(path[n] - (4, 2), distances(lr, n), rtol=1e-4, atol=1e-4)


def test_which_walks_arrive(prose):
    far = {lr: np.abs(distances(lr)) for lr in (0.01, 0.12, 0.19, 0.205)}
    assert far[0.01][0] > 6
    assert far[0.12].max() < 0.7
    assert far[0.19].max() < 0.3
    assert far[0.205][1] > 5 > 2
    assert round(1 - 10 * 0.205, 9) == -1.05
    assert 1 - 10 * 0.2 == -1  # neither shrinks nor grows
    assert "The limit is 0.2." in prose


def test_momentum_arrives_and_the_plain_walk_does_not(lesson):
    plain, ball = lesson["walks"]["learning rate 0.03"], lesson["walks"]["and momentum 0.8"]
    point, velocity = np.array([-4.0, 4.0]), np.zeros(2)
    for _ in range(20):
        velocity = 0.8 * velocity + [point[0] - 4, 10 * (point[1] - 2)]
        point = point - 0.03 * velocity
    assert_allclose(ball[-1], point, rtol=1e-4)
    assert_allclose(plain[-1] - (4, 2), distances(0.03), atol=1e-4)
    assert (plain[-1, 0] + 4) / 8 < 0.5
    assert np.abs(ball[-1] - (4, 2)).max() < 0.75
    assert ball[:, 0].max() > 4  # it overshoots


def test_weight_decay_ends_halfway(lesson, prose):
    # Where a - 4 + a = 0 and 10 (b - 2) + b = 0.
    assert_allclose(lesson["walks"]["0.1, weight decay 1"][-1], [2, 20 / 11], atol=0.1)
    assert "$a = 2$, halfway between 0 and 4" in prose


def test_the_limit_in_the_valley_of_the_explorer(prose):
    """Its slope across is 12 times the distance, so a step of r multiplies that by 1 - 12 r."""
    assert abs(1 - 12 * 0.16) < 1 < abs(1 - 12 * 0.17)
    assert round(2 / 12, 2) == 0.17
    assert "It is 2/12, about 0.17." in prose


def test_a_learning_rate_is_multiplied_by_02(prose):
    assert round(0.1 / 0.2, 9) == 0.5 > 0.1 > 0.1 * 0.2
    assert "0.1 divided by 0.2 is 0.5" in prose


# --- The three checks at the end


def test_the_answers_to_the_three_checks(prose):
    assert (3 * -2, 3 * 7) == (-6, 21)
    assert "To a goes 3 · (−2) = −6, to b goes 3 · 7 = 21." in prose
    assert divmod(600, 32) == (18, 24)
    assert "An epoch has 18 full batches and a last one of 24, so 19 iterations." in prose
    assert "Ten epochs have 190." in prose
