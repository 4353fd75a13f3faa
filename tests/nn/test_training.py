"""Training: it learns, says so, stops when asked, and keeps what was learnt."""

import signal
import sys
from types import SimpleNamespace

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.datasets import load_digits
from threadpoolctl import threadpool_info

from cnnlab import nn
from cnnlab.errors import ArgumentError, ShapeError


@pytest.fixture(scope="module")
def digits():
    """The offline digits, 8 x 8, in [-0.5, 0.5]: 1400 to train on and 397 to judge."""
    data = load_digits()
    images = (data.images[:, None] / 16 - 0.5).astype(np.float32)
    order = np.random.default_rng(0).permutation(len(images))
    images, labels = images[order], data.target[order]
    return (images[:1400], labels[:1400]), (images[1400:], labels[1400:])


def digit_network(rng=0):
    rng = np.random.default_rng(rng)
    return nn.Sequential(
        nn.Conv2d(1, 8, 3, padding=1, rng=rng),
        nn.MaxPool2d(2),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(128, 10, rng=rng),
    )


def test_a_small_network_reads_held_back_digits(digits):
    train, held_back = digits
    network = digit_network()
    assert nn.accuracy(network, *held_back) < 0.3
    history = nn.fit(
        network,
        *train,
        epochs=8,
        batch_size=16,
        optimizer=nn.SGD(network, 0.05, momentum=0.9),
        validation=held_back,
        rng=0,
        progress=False,
    )
    assert history.validation_accuracy[-1] > 0.95
    assert history.validation_accuracy[-1] == nn.accuracy(network, *held_back)
    assert history.loss[-1] < 0.2 < history.loss[0]
    assert 0.95 < history.accuracy[-1] <= 1
    lengths = (len(history.loss), len(history.accuracy), len(history.seconds))
    assert lengths == (8, 8, 8)
    assert len(history.batch_loss) == 8 * 88  # the last batch is smaller, and counts
    assert history.stopped == ""


def test_a_tiny_batch_is_learnt_by_heart(digits):
    (images, labels), _ = digits
    network = digit_network()
    nn.fit(network, images[:10], labels[:10], epochs=60, batch_size=10, progress=False)
    assert nn.accuracy(network, images[:10], labels[:10]) == 1


def test_the_same_seeds_learn_the_same(digits):
    (images, labels), _ = digits
    weights = []
    for order_seed in (3, 3, 4):
        network = digit_network(1)
        nn.fit(network, images[:200], labels[:200], rng=order_seed, progress=False)
        weights.append(network[0].weight)
    assert_array_equal(weights[0], weights[1])
    assert not np.array_equal(weights[0], weights[2])


def test_one_step_of_fit_is_the_four_phases(digits):
    (images, labels), _ = digits
    by_fit, by_hand = digit_network(), digit_network()
    nn.fit(by_fit, images[:32], labels[:32], batch_size=32, progress=False)
    loss, optimizer = nn.CrossEntropyLoss(), nn.SGD(by_hand, 0.1)
    loss(by_hand(images[:32]), labels[:32])
    by_hand.backward(loss.backward())
    optimizer.step()
    assert_allclose(by_fit[0].weight, by_hand[0].weight, rtol=1e-4, atol=1e-6)


def test_an_interruption_keeps_what_was_learnt(digits, capsys):
    train, held_back = digits
    network = digit_network()

    def stop(epoch, history):
        if epoch == 3:
            raise KeyboardInterrupt

    history = nn.fit(network, *train, epochs=50, batch_size=16, rng=0, on_epoch=stop)
    assert history.stopped == "Stopped by hand in epoch 3; what was learnt so far is kept."
    assert history.stopped in capsys.readouterr().out
    assert len(history.loss) == 3
    assert nn.accuracy(network, *held_back) > 0.8
    assert not network.training


def test_ctrl_c_in_the_middle_of_an_epoch_keeps_the_steps_before(digits):
    (images, labels), held_back = digits
    network, calls = digit_network(), []

    def interrupt(layer, input, output):
        calls.append(1)
        if len(calls) == 60:
            signal.raise_signal(signal.SIGINT)

    with network[0].register_forward_hook(interrupt):
        history = nn.fit(network, images, labels, batch_size=16, rng=0, progress=False)
    assert "Stopped by hand in epoch 1" in history.stopped
    assert len(history.batch_loss) == 59
    assert history.loss == []
    assert nn.accuracy(network, *held_back) > 0.5


def test_a_loss_that_is_no_number_ends_training_with_a_question(digits, capsys):
    (images, labels), _ = digits
    network = digit_network()
    optimizer = nn.SGD(network, lr=1e20)
    history = nn.fit(network, images, labels, epochs=5, optimizer=optimizer)
    assert history.stopped.startswith("Stopped: the loss is no longer a number after")
    assert "Is the learning rate of 1e+20 too large?" in capsys.readouterr().out
    assert history.loss == []


def test_progress_is_a_line_an_epoch(digits, capsys, monkeypatch):
    (images, labels), held_back = digits
    monkeypatch.setitem(sys.modules, "ipykernel", sys)  # imported, but no kernel runs this
    nn.fit(digit_network(), images[:64], labels[:64], epochs=2, validation=held_back, rng=0)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    for number, line in enumerate(lines, start=1):
        assert line.startswith(f"epoch {number}/2  loss ")
        for word in ("accuracy", "validation", " s"):
            assert word in line


def test_no_progress_is_silent(digits, capsys):
    (images, labels), _ = digits
    nn.fit(digit_network(), images[:64], labels[:64], progress=False)
    assert capsys.readouterr().out == ""


def test_a_notebook_sees_the_epoch_go_on(digits, capsys, monkeypatch):
    (images, labels), _ = digits
    shell = SimpleNamespace(kernel=object())
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    monkeypatch.setattr(nn.training.Meter, "EVERY", 0.0)
    nn.fit(digit_network(), images[:128], labels[:128], batch_size=64)
    assert "\repoch 1/1   50%  loss " in capsys.readouterr().out


def test_a_terminal_sees_the_epoch_go_on(digits, capsys, monkeypatch):
    (images, labels), _ = digits
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr(nn.training.Meter, "EVERY", 0.0)
    nn.fit(digit_network(), images[:128], labels[:128], batch_size=64)
    parts = capsys.readouterr().out.split("\r")
    assert parts[1].startswith("epoch 1/1   50%  loss ")
    assert parts[-1].endswith(" s\n")


def test_products_run_in_one_thread_and_threads_come_back(digits):
    (images, labels), _ = digits

    def threads(*_):
        return {info["num_threads"] for info in threadpool_info() if info["user_api"] == "blas"}

    before, inside = threads(), []
    network = digit_network()
    with network[0].register_forward_hook(lambda *_: inside.append(threads())):
        nn.fit(network, images[:16], labels[:16], batch_size=16, progress=False)
        nn.predict(network, images[:16])
    assert inside == [{1}, {1}]
    assert threads() == before


def test_predict_leaves_training_mode_as_it_was(rng):
    network = nn.Sequential(nn.Dropout(0.5, rng=0), nn.Flatten())
    x = rng.normal(size=(5, 1, 2, 2))
    assert_array_equal(nn.predict(network, x, batch_size=2), x.reshape(5, 4))
    assert network[0].training


@pytest.mark.parametrize(
    ("call", "error", "sentence"),
    [
        (
            lambda n: nn.fit(n, np.zeros((4, 1, 8, 8), np.uint8), np.zeros(4, int)),
            ArgumentError,
            "the images are uint8. Scale them to floats first",
        ),
        (
            lambda n: nn.fit(n, np.zeros((4, 1, 8, 8)), np.zeros(3, int)),
            ShapeError,
            "got (4, 1, 8, 8) and (3,)",
        ),
        (
            lambda n: nn.fit(n, np.zeros((0, 1, 8, 8)), np.zeros(0, int)),
            ShapeError,
            "with N of at least 1",
        ),
        (
            lambda n: nn.fit(n, np.zeros((4, 1, 8, 8)), np.zeros(4, int), epochs=0),
            ArgumentError,
            "must be at least 1, got 0 and 64",
        ),
        (
            lambda n: nn.fit(n, np.full((4, 1, 8, 8), np.nan), np.zeros(4, int)),
            ArgumentError,
            "hold numbers that are not finite",
        ),
        (
            lambda n: nn.fit(
                n,
                np.zeros((4, 1, 8, 8)),
                np.zeros(4, int),
                validation=(np.zeros((2, 1, 8, 8)), np.zeros(3, int)),
            ),
            ShapeError,
            "got (2, 1, 8, 8) and (3,)",
        ),
        (lambda n: nn.predict(n, np.zeros((0, 1, 8, 8))), ShapeError, "there are no images"),
    ],
)
def test_wrong_calls_are_told_what_was_expected(call, error, sentence):
    with pytest.raises(error) as caught:
        call(digit_network())
    assert sentence in str(caught.value)
