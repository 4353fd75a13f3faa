"""The descent explorer and the training curves in Python."""

import numpy as np
import pytest

from cnnlab import nn
from cnnlab.errors import ArgumentError
from cnnlab.explore import Curves, Descent


def test_settings_of_a_descent_are_read_and_set():
    descent = Descent("dips", start=(1, -2.5), learning_rate=0.5, momentum=0)
    assert descent.start == (1.0, -2.5)
    descent.set_state({"momentum": 0.9, "steps": 7, "start": [0.5, 0]})
    assert repr(descent) == (
        "Descent: dips from (0.5, 0.0), learning rate 0.5, momentum 0.9, 7 steps"
    )


WRONG = [
    ({"surface": "vally"}, "did you mean 'valley'?"),
    ({"start": (5, 0)}, "two weights from -4 to 4"),
    ({"start": 3}, "for example (-3.5, 1.5)"),
    ({"learning_rate": 0}, "0.1 is a good first try"),
    ({"momentum": 1}, "from 0 to 0.99, got 1"),
    ({"steps": 2.5}, "got 2.5"),
    ({"lr": 0.1}, "no setting 'lr'"),
]


@pytest.mark.parametrize(("settings", "words"), WRONG, ids=lambda value: str(value)[:40])
def test_what_makes_no_sense_is_refused_with_a_remedy(settings, words):
    with pytest.raises(ArgumentError) as caught:
        Descent(**settings)
    assert words in str(caught.value)


def test_curves_follow_a_training_epoch_by_epoch(rng):
    images = rng.normal(size=(60, 1, 4, 4)).astype(np.float32)
    labels = (images.sum(axis=(1, 2, 3)) > 0).astype(int)
    network = nn.Sequential(nn.Flatten(), nn.Linear(16, 2, rng=1))
    curves, seen = Curves(epochs=3), []
    curves.observe(lambda change: seen.append(len(change["new"])), "validation_accuracy")
    history = nn.fit(
        network,
        images,
        labels,
        epochs=3,
        validation=(images[:20], labels[:20]),
        rng=1,
        progress=False,
        on_epoch=curves.follow,
    )
    assert seen == [1, 2, 3]
    assert curves.loss == history.loss
    assert curves.validation_accuracy == history.validation_accuracy
    assert repr(curves).startswith("Curves: 3 of 3 epochs, training accuracy ")


def test_curves_refuse_what_is_no_list():
    assert repr(Curves()) == "Curves: 0 epochs"
    with pytest.raises(ArgumentError, match="loss: expected a list of numbers, got 3"):
        Curves(loss=3)
