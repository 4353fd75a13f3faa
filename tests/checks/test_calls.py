"""Whatever a student's function does, the caller goes on, and knows what happened."""

import sys
import threading
import time
import warnings

import numpy as np
import pytest

from cnnlab.checks.calls import PRINTED_AT_MOST, accepts, call
from cnnlab.checks.values import NUMBER, Reading, read


def number(value):
    return read(value, NUMBER)


def called(function, *arguments, seconds=5.0):
    named = {f"argument {i}": a for i, a in enumerate(arguments)}
    return call(function, named, number, seconds)


def endless():
    while True:
        pass


def endless_and_stubborn():
    total = 0
    while True:
        try:
            total += 1 / 0
        except:  # noqa: E722 - it swallows everything on purpose
            continue


def stop_the_program():
    sys.exit("enough")


def interrupt():
    raise KeyboardInterrupt


def test_a_value_comes_back():
    assert called(lambda: 7).reading.array == 7


def left_behind():
    return {t for t in threading.enumerate() if t.name == "cnnlab-check"}


@pytest.mark.parametrize("loop", [endless, endless_and_stubborn])
def test_an_endless_loop_is_ended_within_the_limit(loop):
    before, start = left_behind(), time.monotonic()
    result = called(loop, seconds=0.3)
    assert result.ended == "late"
    assert 0.3 <= time.monotonic() - start < 2
    assert left_behind() <= before


def test_a_step_that_cannot_be_interrupted_is_left_behind():
    start = time.monotonic()
    assert called(lambda: time.sleep(2), seconds=0.2).ended == "stuck"
    assert time.monotonic() - start < 1.9


def test_the_limit_holds_outside_the_main_thread():
    found = []
    thread = threading.Thread(target=lambda: found.append(called(endless, seconds=0.2)))
    thread.start()
    thread.join(5)
    assert found[0].ended == "late"


@pytest.mark.parametrize(
    ("function", "kind", "message"),
    [
        (stop_the_program, "SystemExit", "enough"),
        (interrupt, "KeyboardInterrupt", ""),
        (lambda: 1 / 0, "ZeroDivisionError", "division by zero"),
        (lambda: [][3], "IndexError", "list index out of range"),
    ],
)
def test_no_exception_leaves_the_call(function, kind, message):
    result = called(function)
    assert (result.ended, result.failure.kind, result.failure.message) == ("raised", kind, message)


def test_endless_recursion_is_an_ordinary_error():
    def deeper():
        return deeper()

    assert called(deeper).failure.kind == "RecursionError"


def test_an_exception_whose_text_raises_is_still_told():
    class Rude(Exception):
        def __str__(self):
            raise SystemExit

    def rude():
        raise Rude

    assert called(rude).failure.kind == "Rude"


def test_numpys_own_errors_belong_to_the_built_in_family():
    image = np.zeros((2, 2), np.uint8)

    def divide(image):
        image /= 255

    failure = called(divide, image).failure
    assert failure.family == "TypeError"
    assert failure.kind != "TypeError"


def test_the_line_is_the_students_not_numpys():
    def wrong(image):
        return np.broadcast_to(image, (3, 7))

    failure = called(wrong, np.zeros((2, 2))).failure
    assert failure.source == "return np.broadcast_to(image, (3, 7))"
    assert failure.line == wrong.__code__.co_firstlineno + 1


def test_what_is_printed_is_kept_and_does_not_appear(capfd):
    def chatty():
        print("half way")
        print("oh no", file=sys.stderr)
        return 1

    result = called(chatty)
    assert result.printed.splitlines() == ["half way", "oh no"]
    assert capfd.readouterr() == ("", "")


def test_endless_printing_fills_no_memory():
    def flood():
        while True:
            print("x" * 1000)

    assert len(called(flood, seconds=0.3).printed) <= PRINTED_AT_MOST + 1000


def test_warnings_are_kept_and_do_not_appear(capfd):
    def warned():
        warnings.warn("beware", stacklevel=1)
        return np.uint8(10) - np.uint8(200)

    assert called(warned).warned[0] == "beware"
    assert capfd.readouterr() == ("", "")


def test_a_coroutine_that_nobody_awaits_says_nothing(capfd):
    async def later():
        return 1

    assert called(later).reading.problem == "a value of type coroutine"
    assert capfd.readouterr() == ("", "")


def test_the_arguments_are_copies_and_changes_are_seen():
    image, rows = np.ones((2, 3)), [[1, 2], [3]]

    def change(image, rows):
        image[0, 0] = 5
        rows[1].append(4)

    assert called(change, image, rows).changed == ("argument 0", "argument 1")
    assert (image == 1).all()
    assert rows == [[1, 2], [3]]


@pytest.mark.parametrize(
    "change",
    [
        lambda image: image.resize((3, 2), refcheck=False),
        lambda image: image.__setitem__((0, 0), np.nan),
        lambda image: setattr(image, "shape", (6,)),
    ],
)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_every_change_of_an_array_is_seen(change):
    assert called(change, np.ones((2, 3))).changed


def test_a_list_cannot_pretend_to_be_unchanged():
    class Liar:
        def __eq__(self, other):
            return True

        __hash__ = None

    assert called(lambda rows: rows.__setitem__(0, Liar()), [1, 2]).changed


def test_the_callers_error_state_holds_in_the_call():
    with np.errstate(divide="raise"):
        assert called(lambda: np.float64(1) / np.float64(0)).failure.kind == "FloatingPointError"


def test_a_press_on_the_stop_button_passes_through(monkeypatch):
    def pressed(self, timeout=None):
        monkeypatch.undo()
        raise KeyboardInterrupt

    before = left_behind()
    monkeypatch.setattr(threading.Thread, "join", pressed)
    with pytest.raises(KeyboardInterrupt):
        called(endless)
    assert left_behind() <= before


def test_accepts_counts_arguments():
    assert accepts(lambda a, b: 0, 2, 1)
    assert accepts(lambda *a: 0, 2, 1)
    assert accepts(lambda a, b=1, c=2: 0, 2, 1)
    assert not accepts(lambda a: 0, 2, 1)
    assert not accepts(lambda a, b, *, c: 0, 2, 1)


def test_accepts_survives_a_hostile_signature():
    class Odd:
        def __call__(self, a):
            return a

        @property
        def __signature__(self):
            raise SystemExit

    assert accepts(Odd(), 1, 1)


def test_a_reading_that_raises_is_the_students_failure():
    def read_it(value) -> Reading:
        raise MemoryError

    assert call(lambda: 0, {}, read_it, 1).failure.kind == "MemoryError"
