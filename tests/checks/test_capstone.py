"""The capstone is judged by what it achieves: who reads digits, who does not, and with what."""

import functools
from pathlib import Path

import numpy as np
import pytest
from sklearn.datasets import load_digits

from cnnlab.checks import check
from cnnlab.checks.proof.answers import model_answers
from cnnlab.checks.training import own
from cnnlab.checks.training.read_digits import enough, right

ROOT = Path(__file__).resolve().parents[2]
ANSWER = model_answers(ROOT)["read_digits"]
LADDER = check.read_digits.ladder


def hidden(seed):
    items = LADDER.hidden(np.random.default_rng(seed))
    return {item.name: item.cases[0].arguments for item in items}


def answered(old="", new=""):
    """The model answer, with one thing changed."""
    assert old in ANSWER.source
    return ANSWER.function(ANSWER.source.replace(old, new) if old else "")


def hits(function, given):
    return (function(*given) == LADDER.reference(*given)).mean()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_model_answer_reads_the_digits_with_a_margin(seed):
    shares = {name: hits(answered(), given) for name, given in hidden(seed).items()}
    assert shares["two kinds of digits"] > 0.9
    assert shares["80 % after 250 images"] > 0.86
    assert shares["90 % after 500 images"] > 0.91
    assert shares["95 % after 1297 images"] > 0.955


def test_the_truth_is_that_of_scikit_learn():
    known = {(image / 16).astype(np.float32).tobytes(): t for image, t in _scikit_learn()}
    for given in hidden(5).values():
        assert LADDER.reference(*given).tolist() == [known[x.tobytes()] for x in given[2]]


def _scikit_learn():
    digits = load_digits()
    return zip(digits.images, digits.target, strict=True)


def test_unseen_digits_are_held_back_and_all_sorts_come():
    for name, (images, labels, unseen, _) in hidden(6).items():
        learnt = {image.tobytes() for image in images}
        assert not [x for x in unseen if x.tobytes() in learnt], name
        assert len(set(labels)) == (2 if "two" in name else 10)


def test_enough_grows_with_what_there_was_to_learn_from():
    assert [enough(n) for n in (120, 250, 500, 1297)] == [0.8, 0.8, 0.9, 0.95]
    truth = np.arange(100)
    answer = np.where(truth < 95, truth, -1)
    images = np.zeros((1297, 8, 8))
    assert right(answer, truth, images, None, None, 0).all()
    answer[0] = -1
    assert right(answer, truth, images, None, None, 0).sum() == 94


WRONG = {
    "uphill": ("20, rate, rng", "20, -rate, rng"),
    "the lowest score": (".argmax(axis=1)", ".argmin(axis=1)"),
    "no step": ("20, rate, rng", "20, 0, rng"),
    "no epoch": ("labels, epochs", "labels, 0"),
    "trained parameters thrown away": ("parameters = train(", "_ = train("),
    "labels in another order": (
        "images, labels, epochs",
        "images, rng.permutation(labels), epochs",
    ),
    "the images it learnt from": ("parameters, unseen", "parameters, images[: len(unseen)]"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_network_with_one_thing_wrong_earns_nothing(name):
    wrong = answered(*WRONG[name])
    assert not check.read_digits.result(wrong).passed
    assert check.read_digits.points(wrong, of=6, seed=2005) == 0.0


def test_a_network_that_learns_from_few_images_earns_a_part():
    few = answered("images, labels, epochs", "images[:150], labels[:150], epochs")
    assert not check.read_digits.result(few).passed
    earned = {name: ok for name, _, ok in check.read_digits.score(few, of=6, seed=2005).items}
    assert earned["two kinds of digits"]
    assert earned["80 % after 250 images"]
    assert not earned["95 % after 1297 images"]


# --- Built from functions of one's own

FLAGGED = {
    "import inside": ("sklearn", "def read_digits(a, b, c, d):\n    import sklearn.svm\n"),
    "from inside": ("torch", "def read_digits(a, b, c, d):\n    from torch import nn\n"),
    "a module": ("cnnlab", "from cnnlab import nn\ndef read_digits(a, b, c, d):\n    nn.fit\n"),
    "a class": (
        "cnnlab",
        "from cnnlab.nn import Linear\ndef read_digits(a, b, c, d):\n    return Linear(1, 1)\n",
    ),
    "a function": (
        "cnnlab",
        "from cnnlab.functional import conv2d\ndef read_digits(a, b, c, d):\n    conv2d(a, b)\n",
    ),
    "a helper": (
        "sklearn",
        "import sklearn\ndef helper():\n    return sklearn\n"
        "def read_digits(a, b, c, d):\n    return helper()\n",
    ),
    "a function inside": (
        "sklearn",
        "def read_digits(a, b, c, d):\n    def inner():\n        import sklearn\n    inner()\n",
    ),
}


@pytest.mark.parametrize("name", FLAGGED)
def test_a_library_is_flagged(name):
    library, source = FLAGGED[name]
    names = {"np": np}
    exec(source, names)
    symptom, hint = own.refuse(names["read_digits"])
    assert symptom == f"Your function uses {library}."
    assert hint.endswith("?")
    result = check.read_digits.result(names["read_digits"])
    assert (result.rung, result.mistake) == ("own", "read_digits.own")
    assert check.read_digits.points(names["read_digits"], of=6, seed=1) == 0.0


def test_numpy_and_functions_of_ones_own_are_not_flagged():
    assert own.refuse(answered()) is None
    names = {}
    exec(
        "import numpy as np, math\nfrom scipy import special\n"
        "def even(n):\n    return n == 0 or odd(n - 1)\n"
        "def odd(n):\n    return n > 0 and even(n - 1)\n"
        "def read_digits(a, b, c, d):\n    return math.pi, np.sum(a), special.expit(b), odd(3)\n",
        names,
    )
    assert own.refuse(names["read_digits"]) is None
    assert own.refuse(functools.partial(print)) is None
