"""The ladder: its rungs as data, shifts, votes, error bars, and the runner that ties them."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import ndimage, stats

from cnnlab import nn
from cnnlab.errors import ArgumentError, ShapeError
from cnnlab.nn import experiments
from cnnlab.nn.experiments import LADDER, Climb, Outcome, Rung, climb, shifted, standard_error, vote


def test_the_published_accuracies_are_those_of_the_curriculum():
    published = [97.80, 98.78, 99.06, 99.23, 99.37, 99.46, 99.43, 99.43, 99.60, 99.67]
    assert [round(100 * rung.published, 2) for rung in LADDER] == published


PARAMETERS = [
    785 * 100 + 1_010,
    20 * 26 + 2_881 * 100 + 1_010,
    *[20 * 26 + 40 * 501 + 641 * 100 + 1_010] * 3,
    20 * 26 + 40 * 501 + 641 * 300 + 301 * 10,
    20 * 26 + 40 * 501 + 641 * 1000 + 1001 * 10,
    20 * 26 + 40 * 501 + 641 * 100 + 101 * 100 + 1_010,
    *[20 * 26 + 40 * 501 + 641 * 1000 + 1001 * 1000 + 10_010] * 2,
]


@pytest.mark.parametrize(("rung", "parameters"), [*zip(LADDER, PARAMETERS, strict=True)])
def test_each_rung_has_the_network_that_its_name_says(rung, parameters):
    network = rung.build(rng=0)
    assert network.summary((1, 28, 28)).parameters == parameters
    kinds = {type(layer) for layer in network}
    first_three = rung in LADDER[:3]
    assert (nn.Sigmoid in kinds) == first_three
    assert (nn.ReLU in kinds) != first_three
    assert (nn.Dropout in kinds) == ("dropout" in rung.name or rung.votes > 1)
    if "weight decay" in rung.name:
        assert (rung.lr, rung.penalty) == (0.03, 0.1)
    assert rung.shifts == (rung in LADDER[4:])


def test_shifts_are_those_of_scipy(rng):
    images = rng.normal(size=(3, 2, 4, 5))
    moved, labels = shifted(images, np.array([7, 8, 9]))
    steps = [(0, 0), (-1, 0), (1, 0), (0, -1), (0, 1)]  # down the rows, along the columns
    expected = [ndimage.shift(images, (0, 0, *step), order=0) for step in steps]
    assert_array_equal(moved, np.concatenate(expected))
    assert labels.tolist() == 5 * [7, 8, 9]


def test_what_leaves_the_picture_is_gone():
    corner = np.zeros((1, 1, 3, 3))
    corner[..., 0, 0] = 1
    moved, _ = shifted(corner, np.array([1]))
    assert moved.sum(axis=(1, 2, 3)).tolist() == [1, 0, 1, 0, 1]


def test_shifts_want_maps():
    with pytest.raises(ShapeError, match=r"expects images \(N, C, H, W\), got \(2, 3, 4\)"):
        shifted(np.zeros((2, 3, 4)), np.zeros(2))


def says(*scores):
    """A network that answers the same scores to every image."""
    network = nn.Sequential(nn.Flatten(), nn.Linear(1, len(scores)))
    network[1].weight[:], network[1].bias[:] = 0, scores
    return network


@pytest.mark.parametrize(
    ("voters", "chosen"),
    [
        ([(9, 0, 0), (0, 0.1, 0), (0, 0.1, 0)], 1),  # two small voices beat a loud one
        ([(0, 0, 1), (0, 2, 0)], 1),  # of equals, the larger sum of scores
        ([(-5, -9, -9), (-9, -9, -4)], 2),
        ([(0, 0, 1)], 2),
    ],
)
def test_the_majority_decides(voters, chosen):
    assert (
        vote([says(*scores) for scores in voters], np.zeros((2, 1, 1, 1))).tolist() == [chosen] * 2
    )


def test_nobody_cannot_vote():
    with pytest.raises(ArgumentError, match="no network to ask"):
        vote([], np.zeros((1, 1, 1, 1)))


def test_the_standard_error_is_that_of_a_binomial_share():
    for share, count in [(0.8, 25), (0.96, 500), (0.998, 10_000)]:
        assert_allclose(standard_error(share, count), stats.binom.std(count, share) / count)
    assert standard_error(1.0, 500) == 0


@pytest.mark.parametrize(("share", "count"), [(1.1, 5), (-0.1, 5), (0.5, 0)])
def test_a_share_that_is_none_is_refused(share, count):
    with pytest.raises(ArgumentError, match="a share from 0 to 1 of at least 1 image"):
        standard_error(share, count)


# --- The runner, on stripes that a few steps can tell apart


def stripes(count):
    """Level stripes are class 0, upright ones class 1."""
    labels = np.arange(count) % 2
    images = np.zeros((count, 1, 28, 28), np.float32)
    images[labels == 0, :, ::4] = 1
    images[labels == 1, :, :, ::4] = 1
    return images, labels


TRAIN, TEST = stripes(40), stripes(10)


def small(*, rng, drop=0.0):
    return nn.Sequential(
        nn.AvgPool2d(2),
        nn.Flatten(),
        nn.Dropout(drop, rng=rng),
        nn.Linear(196, 2, init="glorot", rng=rng),
    )


RUNG = Rung("stripes", small, 0.5, lr=0.1, epochs=4)


def test_a_rung_learns_and_is_judged_by_what_it_never_saw():
    (outcome,) = climb([RUNG], TRAIN, TEST, progress=False)
    assert (outcome.training, outcome.held_back) == (1.0, 1.0)
    swapped = TEST[0], 1 - TEST[1]
    (outcome,) = climb([RUNG], TRAIN, swapped, progress=False)
    assert (outcome.training, outcome.held_back, outcome.count) == (1.0, 0.0, 10)
    assert len(outcome.history.loss) == 4


def test_epochs_are_capped_and_shifts_take_five_times_the_steps():
    def steps(rung, **settings):
        return len(climb([rung], TRAIN, TEST, progress=False, **settings)[0].history.batch_loss)

    assert steps(RUNG) == 4 * 4
    assert steps(RUNG, epochs=2) == 2 * 4
    assert steps(RUNG, epochs=9) == 4 * 4
    assert steps(replace(RUNG, shifts=True), epochs=1) == 5 * 4
    assert steps(RUNG, epochs=1, batch_size=16) == 3


def test_the_learning_rate_is_halved_twice_and_the_penalty_shared_among_the_steps(monkeypatch):
    seen = []

    class Watched(nn.SGD):
        def step(self):
            seen.append((self.lr, self.weight_decay))
            super().step()

    monkeypatch.setattr(experiments, "SGD", Watched)
    climb([replace(RUNG, penalty=0.2)], TRAIN, TEST, progress=False)
    assert [lr for lr, _ in seen[::4]] == [0.1, 0.1, 0.05, 0.025]
    assert {decay for _, decay in seen} == {0.2 / 4}


def test_a_seed_is_a_run_that_can_be_repeated():
    def weights(seed):
        return climb([RUNG], TRAIN, TEST, seed=seed, progress=False)[0].networks[0][3].weight

    assert_array_equal(weights(1), weights(1))
    assert not np.array_equal(weights(1), weights(2))


def test_a_vote_takes_over_the_network_of_the_rung_before():
    rungs = [RUNG, replace(RUNG, name="vote", votes=3)]
    one, three = climb(rungs, TRAIN, TEST, progress=False)
    assert len(three.networks) == 3
    assert three.networks[0] is one.networks[0]
    first, second, third = (network[3].weight for network in three.networks)
    assert not np.array_equal(first, second)
    assert not np.array_equal(second, third)


@pytest.mark.parametrize("rungs", [[], [replace(RUNG, votes=2)]])
def test_a_ladder_without_a_first_rung_is_refused(rungs):
    with pytest.raises(ArgumentError, match="the first of which trains a network of its own"):
        climb(rungs, TRAIN, TEST)


def test_progress_is_a_line_a_rung(capsys):
    climb([RUNG, RUNG], TRAIN, TEST)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("stripes    ")
    assert "held back 100.0% ± 0.0%" in lines[0]
    climb([RUNG], TRAIN, TEST, progress=False)
    assert capsys.readouterr().out == ""


def test_the_table_says_what_was_reached_beside_what_was_published():
    outcome = Outcome(LADDER[0], [], nn.History(), 0.9991, 0.952, 500, 12.4)
    row = str(Climb([outcome])).splitlines()[-1]
    assert row.split("  ")[0] == "dense, 100 hidden"
    assert row.endswith("99.9 %     95.2 %         ± 1.0 %    97.80 %       12")
    html = Climb([replace(outcome, rung=replace(RUNG, name="a < b"))])._repr_html_()
    assert '<th scope="row">a &lt; b</th>' in html
    assert html.count("<td>") == 5
