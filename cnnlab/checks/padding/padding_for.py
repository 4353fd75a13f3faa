"""The checks of `padding_for`: how many zeros each custom puts before and after an axis."""

import numpy as np

from cnnlab.checks.ladder import Case, Item, Ladder, Mistake
from cnnlab.checks.values import INTEGER, Several


def padding_for(kernel_size, mode):
    """a whole number, one of three words -> pixels before, pixels after"""
    total = {"valid": 0, "same": kernel_size - 1, "full": 2 * (kernel_size - 1)}[mode]
    return total // 2, total - total // 2


def _case(kernel_size, mode):
    return Case(f"a kernel of {kernel_size}, mode {mode}", (kernel_size, mode))


def _hidden(rng):
    small, large = (int(n) for n in rng.choice(np.arange(4, 12), 2, replace=False))
    return (
        Item(
            "full, and valid", (_case(small, "full"), _case(large, "full"), _case(small, "valid"))
        ),
        Item(
            "same, an odd kernel",
            tuple(_case(2 * n + 1, "same") for n in (small, large)),
        ),
        Item(
            "same, an even kernel",
            tuple(_case(2 * n, "same") for n in (small, large)),
            parts=2,
        ),
    )


def _same(before, after):
    """The right amounts, but for "same"."""

    def version(k, mode):
        return (before(k), after(k)) if mode == "same" else padding_for(k, mode)

    return version


def _full(before, after):
    def version(k, mode):
        return (before(k), after(k)) if mode == "full" else padding_for(k, mode)

    return version


def _valid(before, after):
    def version(k, mode):
        return (before(k), after(k)) if mode == "valid" else padding_for(k, mode)

    return version


def _renamed(**modes):
    """One mode taken for another."""
    return lambda k, mode: padding_for(k, modes.get(mode, mode))


LADDER = Ladder(
    task="padding_for",
    arguments=("kernel_size", "mode"),
    reference=padding_for,
    returns=Several(before=INTEGER, after=INTEGER),
    cases=(
        _case(3, "same"),
        _case(3, "full"),
        _case(3, "valid"),
        _case(5, "same"),
        _case(7, "full"),
        _case(4, "same"),
        _case(6, "same"),
        _case(8, "full"),
        _case(1, "same"),
    ),
    hidden=_hidden,
    places=lambda kernel_size, mode: "Each of the two amounts is one number.",
    hint="Draw a row of pixels and lay the kernel on the first place that counts. By how many "
    "pixels does it stick out on the left?",
    mistakes=(
        Mistake(
            "even-as-odd",
            "An even kernel makes your output one pixel too large. Can both sides get the same "
            "number?",
            _same(lambda k: k // 2, lambda k: k // 2),
        ),
        Mistake(
            "even-rounded-down",
            "An even kernel makes your output one pixel too small. Can both sides get the same "
            "number?",
            _same(lambda k: (k - 1) // 2, lambda k: (k - 1) // 2),
        ),
        Mistake(
            "larger-side-before",
            "For an even kernel the odd pixel lies before the row. On which side does the exercise "
            "want it?",
            _same(lambda k: k // 2, lambda k: (k - 1) // 2),
        ),
        Mistake(
            "full-for-same",
            "With your padding for same the output grows. How much does a kernel take away, and "
            "how is that shared by the two sides?",
            _renamed(same="full"),
            lambda k, mode: padding_for(k, "full" if mode == "same" and k % 2 else mode),
        ),
        Mistake(
            "all-on-one-side",
            "All the padding for same lies on one side. Where does the middle of the kernel begin "
            "then?",
            _same(lambda k: 0, lambda k: k - 1),
            _same(lambda k: k - 1, lambda k: 0),
        ),
        Mistake(
            "one-for-same",
            "Your padding for same fits a kernel of 3 only. How far does a larger one stick out?",
            _same(lambda k: 1, lambda k: 1),
        ),
        Mistake(
            "same-not-padded",
            "For same you pad nothing. What becomes of the size of the output?",
            _same(lambda k: 0, lambda k: 0),
            _renamed(same="valid"),
        ),
        Mistake(
            "with-a-point",
            "Pixels are counted in whole numbers. Which division drops the rest?",
            _same(lambda k: (k - 1) / 2, lambda k: (k - 1) / 2),
            _same(lambda k: k / 2, lambda k: k / 2),
        ),
        Mistake(
            "kernel-for-full",
            "At your first place for full the kernel touches no pixel. By how many pixels must it "
            "overlap?",
            _full(lambda k: k, lambda k: k),
        ),
        Mistake(
            "same-for-full",
            "Your padding for full is that of same. At which place does the kernel overlap by a "
            "single pixel?",
            _renamed(full="same"),
            _full(lambda k: k // 2, lambda k: k // 2),
        ),
        Mistake(
            "full-one-short",
            "At your first place for full the kernel overlaps by two pixels. Is there a place "
            "before it?",
            _full(lambda k: max(k - 2, 0), lambda k: max(k - 2, 0)),
        ),
        Mistake(
            "full-both-sides-in-one",
            "Your padding for full counts both sides at once. How much lies on each?",
            _full(lambda k: 2 * (k - 1), lambda k: 2 * (k - 1)),
        ),
        Mistake(
            "full-not-padded",
            "For full you pad nothing. Which places count there?",
            _renamed(full="valid"),
        ),
        Mistake(
            "same-and-full-exchanged",
            "The amounts for same and full have changed places. Which of the two outputs is the "
            "larger?",
            _renamed(same="full", full="same"),
        ),
        Mistake(
            "valid-and-full-exchanged",
            "The amounts for valid and full have changed places. Which of the two stays inside the "
            "image?",
            _renamed(valid="full", full="valid"),
        ),
        Mistake(
            "valid-padded",
            "For valid you pad the image. May the kernel stick out there?",
            _valid(lambda k: 1, lambda k: 1),
            _renamed(valid="same"),
            _renamed(valid="full"),
        ),
        Mistake(
            "mode-ignored",
            "All modes get the same amounts. Where does the word come in?",
            lambda k, mode: padding_for(k, "same"),
            lambda k, mode: padding_for(k, "full"),
            lambda k, mode: (k // 2, k // 2),
        ),
    ),
    accepted=(
        lambda k, mode: {"valid": (0, 0), "same": ((k - 1) // 2, k // 2), "full": (k - 1, k - 1)}[
            mode
        ],
        lambda k, mode: [np.int64(n) for n in padding_for(k, mode)],
        lambda k, mode: (
            padding_for(k, mode) if k % 2 else (padding_for(k, mode)[0], _after(k, mode))
        ),
    ),
)


def _after(k, mode):
    return k // 2 if mode == "same" else padding_for(k, mode)[1]
