"""Lesson 11: what its cells compute and what its prose says, against SciPy and work by hand.

The lesson's own cells are run here, one after the other, with its ladder cut short. The networks
that they train are judged again below by NumPy and SciPy alone.
"""

import contextlib
import io

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import ndimage, signal, special, stats

LESSON = "11_generalisation"


def choices(network, images):
    """The classes that the lesson's dense network chooses, by NumPy alone."""
    first, second = (network.parameters()[f"{n}.weight"] for n in (1, 4))
    offset, last = (network.parameters()[f"{n}.bias"] for n in (1, 4))
    hidden = np.maximum(images.reshape(len(images), -1) @ first.T + offset, 0)
    return (hidden @ second.T + last).argmax(axis=1)


def shares(network, names):
    images, labels = names["others"]
    return (choices(network, images) == labels).mean()


def clearly(first, second, count):
    """Whether ``first`` is larger by more than two standard errors of the difference."""
    error = np.hypot(*(stats.binom.std(count, share) / count for share in (first, second)))
    return first - second > 2 * error


# --- 11 The data


def test_the_digits_are_parted_once(names, said, prose):
    assert "1297 images to learn from, 500 to judge by, 28 x 28" in said
    assert f"One digit of the test set is {1 / 500:.2%} of it." in said
    assert [len(part[1]) for part in (names["few"], names["others"])] == [200, 1000]
    assert "only 200 images to learn from" in prose
    grain = names["grainy"] - names["clean"]
    assert_allclose([grain.mean(), grain.std()], [0, 0.4], atol=0.002)


# --- 11 Overfitting


def test_the_dense_network_has_a_thousand_parameters_an_image(names, prose):
    network = names["dense"]()
    counted = sum(value.size for value in network.parameters().values())
    assert counted == (784 + 1) * 300 + (300 + 1) * 10 == 238_510
    assert r"$785 \cdot 300 + 301 \cdot 10 = 238{,}510$" in prose
    assert counted / 200 > 1000


def test_it_knows_its_own_images_and_far_fewer_of_the_others(names, said):
    history = names["plain"]
    assert history.accuracy[-1] == 1
    assert history.validation_accuracy[-1] == pytest.approx(shares(names["free"], names))
    assert 0.6 < history.validation_accuracy[-1] < 0.85
    assert f"Its own: 100%. Others: {history.validation_accuracy[-1]:.0%}." in said
    assert (choices(names["free"], names["few"][0]) == names["few"][1]).all()


def test_nonsense_is_learned_as_well_and_helps_nobody(names):
    assert sorted(names["nonsense"]) == sorted(names["few"][1])
    assert (names["nonsense"] == names["few"][1]).mean() < 0.2
    assert names["rote"].accuracy[-1] > 0.95
    assert abs(names["rote"].validation_accuracy[-1] - 0.1) < 0.05


# --- 11 The error bar


def test_the_standard_error_is_that_of_the_binomial(names, said, prose):
    assert stats.binom.std(25, 0.8) == pytest.approx(2)  # of 25 digits
    assert r"$\sqrt{0.8 \cdot 0.2 / 25} = 0.08$, which is 2 of 25 digits" in prose
    assert "by the formula 0.080" in said
    for count in (25, 100, 500, 10_000):
        error = stats.binom.std(count, 0.8) / count
        assert f"80 % on {count:>6,} images: ± {error:.1%}" in said
    assert stats.binom.std(100, 0.8) / 100 == pytest.approx(0.08 / 2)  # four times the images


def test_the_dice_fall_as_the_binomial_says(names):
    right = names["right"]
    assert right.min() >= 13  # no bar is left out
    assert_allclose((right / 25).std(), 0.08, rtol=0.05)
    expected = 1000 * stats.binom.pmf(range(13, 26), 25, 0.8)
    assert_array_equal(names["counts"], [(right == n).sum() for n in range(13, 26)])
    assert (np.abs(names["counts"] - expected) < 4 * np.sqrt(expected) + 2).all()
    assert names["counts"].argmax() + 13 == 20


# --- 11 The remedies


def test_more_images_are_better(names):
    assert names["sizes"] == [50, 100, 200]
    fifty, hundred, two_hundred = names["shares_by_size"]
    assert two_hundred == names["plain"].validation_accuracy[-1]
    assert clearly(hundred, fifty, 1000)
    assert clearly(two_hundred, hundred, 1000)


def test_shifts_are_made_as_drawn_and_take_as_many_steps(names, said):
    tiny = names["tiny"][0, 0]
    steps = [(0, 0), (-1, 0), (1, 0), (0, -1), (0, 1)]
    expected = [ndimage.shift(tiny, step, order=0) for step in steps]
    assert_array_equal(names["five"][:, 0], expected)
    assert "labels [3 3 3 3 3]" in said
    assert len(names["moved"].batch_loss) == len(names["plain"].batch_loss) == 8 * 100 == 40 * 20


def test_weight_decay_shrinks_by_the_same_factor(names, said, prose):
    for step in (1, 2, 3):
        assert f"after step {step}: {2 * 0.95**step:.5f}" in said
    assert "Each step multiplies by 0.95" in prose
    free, tame = names["free"].parameters(), names["tame"].parameters()
    for place in ("1.weight", "4.weight"):
        assert np.linalg.norm(tame[place]) < 0.8 * np.linalg.norm(free[place])


def test_dropout_doubles_what_it_leaves(names):
    values = names["hidden"]
    dropped = names["drop"].train()(values)
    assert set(np.unique(dropped / values)) <= {0, 2}
    assert_array_equal(names["drop"].eval()(values), values)
    assert names["dropped"].loss[-1] > names["plain"].loss[-1]


def test_the_vote_is_the_majority_of_the_five(names, said):
    images, labels = names["others"]
    chosen = np.array([choices(network, images) for network in names["voters"]])
    assert_allclose((chosen == labels).mean(axis=1), names["alone"])
    ballots = np.array([np.bincount(column, minlength=10) for column in chosen.T])
    clear = (ballots == ballots.max(axis=1, keepdims=True)).sum(axis=1) == 1
    assert_array_equal(names["vote"](names["voters"], images)[clear], ballots.argmax(axis=1)[clear])
    assert f"with 80 % each: {stats.binom.sf(2, 5, 0.8):.1%}" in said
    independent = stats.binom.sf(2, 5, np.mean(names["alone"]))
    assert f"independent voters would reach {independent:.1%}" in said
    assert np.mean(names["alone"]) < names["results"]["vote of five"] < independent


def test_what_the_text_says_of_each_remedy(names):
    results, none = names["results"], names["results"]["no remedy"]
    assert list(results) == ["no remedy", "shifts", "weight decay", "dropout", "vote of five"]
    assert clearly(results["shifts"], none, 1000)
    assert clearly(results["weight decay"], none, 1000)
    assert clearly(results["vote of five"], none, 1000)
    assert none < results["dropout"] < results["weight decay"]  # "here the gain is small"
    assert max(results, key=results.get) == "shifts"
    assert shares(names["tame"], names) == pytest.approx(results["weight decay"])


def test_a_rate_that_falls_brings_the_curves_to_rest(names, said, prose):
    assert "The rate ends at 2.0." in said
    assert f"The rate ends at {2 * 0.5 * 0.5 * 0.5}." in said
    assert 1 / 0.5 == 2  # dividing would double it
    assert "To *divide* by 0.5" in prose
    assert "**Multiply** the rate by 0.5, or by 0.2" in prose
    with contextlib.redirect_stdout(io.StringIO()):
        jumps = [
            np.abs(np.diff(names["run"](halve).validation_accuracy[5:])).sum()
            for halve in (False, True)
        ]
    assert jumps[1] < jumps[0] / 2


# --- 11 The ladder

PUBLISHED = [97.80, 98.78, 99.06, 99.23, 99.37, 99.46, 99.43, 99.43, 99.60, 99.67]


def test_the_table_has_the_ten_rungs_with_what_was_published(names):
    table = names["table"]
    assert [outcome.rung for outcome in table] == list(names["LADDER"])
    assert [round(100 * outcome.rung.published, 2) for outcome in table] == PUBLISHED
    for outcome in table:
        assert outcome.count == 500
        error = stats.binom.std(500, outcome.held_back) / 500
        assert outcome.error == pytest.approx(error)
        row = next(
            line for line in str(table).splitlines() if line.startswith(outcome.rung.name + " ")
        )
        assert f"{100 * outcome.held_back:.1f} %" in row


def test_the_lowest_rung_is_judged_as_numpy_judges_it(names):
    (network,) = names["table"][0].networks
    (w, b), (v, c) = ((layer.weight, layer.bias) for layer in network if layer.parameters())
    for images, labels, found in [
        (*names["test"], names["table"][0].held_back),
        (*names["train"], names["table"][0].training),
    ]:
        hidden = special.expit(images.reshape(len(images), -1) @ w.T + b)
        assert ((hidden @ v.T + c).argmax(axis=1) == labels).mean() == pytest.approx(found)


def convolved(maps, layer):
    """One convolution, 2 x 2 pooling and ReLU of one image, by SciPy."""
    summed = np.array(
        [
            sum(signal.correlate2d(m, k, mode="valid") for m, k in zip(maps, kernels, strict=True))
            for kernels in layer.weight
        ]
    )
    summed += layer.bias[:, None, None]
    channels, height, width = summed.shape
    blocks = summed.reshape(channels, height // 2, 2, width // 2, 2)
    return np.maximum(blocks.max(axis=(2, 4)), 0)


def test_the_rung_with_two_convolutions_scores_as_scipy_does(names):
    (network,) = names["table"][3].networks
    one, two, three, four = (layer for layer in network if layer.parameters())
    images = names["test"][0][:4]
    expected = []
    for image in images:
        row = convolved(convolved(image, one), two).ravel()
        row = np.maximum(three.weight @ row + three.bias, 0)
        expected.append(four.weight @ row + four.bias)
    assert_allclose(network(images), expected, atol=1e-4)


def test_five_networks_vote_on_the_last_rung(names):
    below, top = names["table"][-2:]
    assert len(top.networks) == 5
    assert top.networks[0] is below.networks[0]
    asked = names["said"]
    assert (asked == names["test"][1]).mean() == pytest.approx(top.held_back)


def test_of_the_published_steps_only_the_first_is_clear(said, prose):
    errors = [stats.binom.std(10_000, share / 100) / 100 for share in PUBLISHED]
    steps = np.diff(PUBLISHED)
    clear = np.abs(steps) > 2 * np.hypot(errors[:-1], errors[1:])
    assert clear.tolist() == [True] + 8 * [False]
    assert "Of the famous steps only the first is clear by itself" in prose
    lines = [line for line in said.splitlines() if line.count("±") == 2]
    assert len(lines) == 9
    for line, step, is_clear in zip(lines, steps, clear, strict=True):
        assert f"{step:+.2f}%" in line.replace(" ", "")
        assert line.rstrip().endswith("clear" if is_clear else "chance?")
    assert PUBLISHED[-1] - PUBLISHED[0] > 10 * errors[0]


def test_five_climbs_of_the_lowest_rung_are_five_other_networks(names):
    weights = [outcome.networks[0][1].weight for outcome in names["again"]]
    assert len({weight.tobytes() for weight in weights}) == 5


# --- 11 MNIST, and the three checks at the end


def test_mnist_has_46_times_as_many_images(prose):
    assert round(60_000 / 1297) == 46
    assert "There are 46 times as many images" in prose


def test_the_answers_to_the_three_checks(prose):
    one, two = (stats.binom.std(500, right / 500) for right in (480, 485))
    assert f"The standard error of each is {one:.1f} and {two:.1f} digits" in prose
    assert 2 * np.hypot(one, two) > 485 - 480
