"""The network explorer in Python, what it refuses, and the network that comes along."""

import numpy as np
import pytest

from cnnlab import nn
from cnnlab.errors import ArgumentError, ShapeError
from cnnlab.explore import Network, trained


def test_the_network_that_comes_along_reads_digits_it_has_not_seen():
    _, held_back = trained.examples()
    assert len(held_back[0]) == 360
    assert nn.accuracy(trained.digit_network(), *held_back) > 0.97


def test_training_it_anew_ends_as_well(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(trained, "FILE", tmp_path / "trained.npz")
    trained.main()
    assert float(capsys.readouterr().out.splitlines()[-1].split("%")[0]) > 97
    assert (tmp_path / "trained.npz").stat().st_size < 10_000


def test_it_begins_with_a_digit_and_offers_one_of_each_class():
    network = Network()
    assert repr(network) == "Network: 8 layers, 1,210 parameters, image 8 x 8, 10 classes"
    images = np.array(network._samples)
    assert images.shape == (10, 8, 8)
    scores = trained.digit_network()(images[:, None].astype(np.float32))
    assert (scores.argmax(axis=1) == np.arange(10)).sum() >= 9


def test_a_network_of_ones_own(rng):
    own = nn.Sequential(nn.Flatten(), nn.Linear(28 * 28, 3, rng=1))
    explorer = Network(own, size=28, classes=["cat", "dog", "bird"])
    assert repr(explorer) == "Network: 2 layers, 2,355 parameters, image 28 x 28, 3 classes"
    assert explorer._samples == []
    before = explorer._weights
    own[1].weight = rng.normal(size=(3, 784))
    assert explorer._weights == before
    explorer.refresh()
    numbers = np.frombuffer(explorer._weights, "<f4")
    np.testing.assert_array_equal(numbers[: 3 * 784].reshape(3, 784), own[1].weight)


def test_the_page_draws(rng):
    network = Network()
    network.set_state({"image": np.eye(8).tolist(), "layer": 3, "map": 2})
    assert (network.layer, network.map) == (3, 2)
    np.testing.assert_array_equal(network.image, np.eye(8))


CONV = nn.Conv2d(1, 2, 3)
WRONG = [
    ((nn.Sequential(CONV),), {}, ArgumentError, "Fix: end with nn.Flatten() and nn.Linear(...)"),
    ((CONV,), {}, ArgumentError, "put the layers into nn.Sequential(...)"),
    ((nn.zoo.lenet5(),), {}, ShapeError, "does not fit"),
    ((nn.zoo.tiny_vgg(),), {"size": 28}, ShapeError, "channels"),
    ((), {"classes": ["a"]}, ArgumentError, "expected 10 names, one for each score, got 1"),
    ((), {"image": np.zeros((40, 40))}, ShapeError, "shrink it, or crop it"),
    ((), {"maps": 2}, ArgumentError, "did you mean 'map'?"),
    (
        (nn.Sequential(nn.ConvTranspose2d(1, 1, 1), nn.Flatten(), nn.Linear(64, 2)),),
        {},
        ArgumentError,
        "cannot be shown in the page",
    ),
]


@pytest.mark.parametrize(("arguments", "settings", "error", "words"), WRONG)
def test_what_makes_no_sense_is_refused_with_a_remedy(arguments, settings, error, words):
    with pytest.raises(error) as caught:
        Network(*arguments, **settings)
    assert words in str(caught.value)
