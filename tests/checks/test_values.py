"""An answer is what it is, not what it says it is."""

import fractions

import numpy as np
import pytest

from cnnlab.checks.arguments import unchanged
from cnnlab.checks.values import ARRAY, LIST, NUMBER, close, describe, read

EYE = [[1.0, 0.0], [0.0, 1.0]]


class Everything:
    """Equal to all, and an array if you ask politely."""

    __class__ = np.ndarray
    shape, dtype, ndim = (2, 2), np.dtype(float), 2

    def __eq__(self, other):
        return True

    __hash__ = None

    def __array__(self, dtype=None, copy=None):
        return np.eye(2)


class Sub(np.ndarray):
    """A subclass that lies about comparisons and about its numbers."""

    def __array_ufunc__(self, *args, **kwargs):
        return np.True_

    def __eq__(self, other):
        return True

    __hash__ = None

    def __array_function__(self, *args, **kwargs):
        return np.eye(2)


class Number(float):
    def __float__(self):
        return 42.0

    def __eq__(self, other):
        return True

    __hash__ = None


class Whole(int):
    def __int__(self):
        return 42

    def __index__(self):
        return 42


class Rows(list):
    def __iter__(self):
        return iter(EYE)

    def __len__(self):
        return 2


def test_an_array_is_copied_as_float64():
    buffer = np.array([[1, 2], [3, 4]], np.uint8)
    got = read(buffer, ARRAY)
    buffer[:] = 0
    assert got.array.dtype == np.float64
    assert got.array.tolist() == [[1, 2], [3, 4]]
    assert got.shape == (2, 2)


@pytest.mark.parametrize("dtype", [np.uint8, np.int64, np.float32, np.float64, np.longdouble])
def test_every_real_dtype_is_read(dtype):
    assert read(np.eye(2, dtype=dtype), ARRAY).array.tolist() == EYE


def test_order_views_and_subclasses_do_not_matter():
    big = np.arange(24.0).reshape(4, 6)
    assert read(np.asfortranarray(big), ARRAY).array.tolist() == big.tolist()
    assert read(big[::2, ::-1], ARRAY).array.tolist() == big[::2, ::-1].tolist()
    assert read(big.view(np.matrix), ARRAY).array.tolist() == big.tolist()
    assert read(np.ma.masked_array(big), ARRAY).array.tolist() == big.tolist()


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (None, "nothing (None)"),
        (3.0, "one number"),
        (np.float64(3), "one number"),
        (np.array(3.0), "one number"),
        (EYE, "a list"),
        ((1, 2), "a tuple"),
        ("text", "a text"),
        ({}, "a dictionary"),
        ((i for i in range(3)), "a generator"),
        (len, "a function"),
        (lambda: 0, "a function"),
        (1j, "a complex number"),
        (np.eye(2) * 1j, "an array of complex numbers"),
        (np.array([None]), "an array of Python objects"),
        (np.array(["a"]), "an array of texts"),
        (np.zeros(2, "M8[s]"), "an array of something other than numbers"),
        (np.zeros(2, [("a", float)]), "an array of something other than numbers"),
        (np.ma.masked_array([1, 2], [0, 1]), "a masked array, which hides some of its values"),
        (Everything(), "a value of type Everything"),
        (np.ndarray, "a value of type type"),
    ],
)
def test_another_type_is_named(value, problem):
    assert read(value, ARRAY).problem == problem


def test_a_subclass_shows_its_real_numbers():
    lying = np.zeros((2, 2)).view(Sub)
    assert read(lying, ARRAY).array.tolist() == [[0, 0], [0, 0]]
    assert type(read(lying, ARRAY).array) is np.ndarray


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (3, 3.0),
        (2.5, 2.5),
        (True, 1.0),
        (np.float32(2.5), 2.5),
        (np.int8(-3), -3.0),
        (np.array(7), 7.0),
        (Number(1.5), 1.5),
        (Whole(5), 5.0),
        (10**400, np.inf),
        (np.longdouble(0.5), 0.5),
    ],
)
def test_a_number_is_read_as_what_it_is(value, number):
    got = read(value, NUMBER)
    assert not got.problem
    assert got.shape == ()
    assert got.array == number


@pytest.mark.parametrize("value", [np.ones(1), np.ones((2, 2)), [1.0], "1", 1j, Everything()])
def test_what_is_not_one_number(value):
    assert read(value, NUMBER).problem


@pytest.mark.parametrize(
    "value",
    [
        EYE,
        tuple(map(tuple, EYE)),
        np.eye(2),
        [np.array([1, 0]), np.array([0, 1])],
        [[np.float32(1), 0], [False, 1]],
    ],
)
def test_lists_are_read_where_they_are_allowed(value):
    assert read(value, LIST).array.tolist() == EYE


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ([[1, 2], [3]], "a list whose rows differ in length"),
        ([[1, "2"]], "a list that holds other things than numbers"),
        ([[1, None]], "a list that holds other things than numbers"),
        ([[fractions.Fraction(1, 2)]], "a list that holds other things than numbers"),
        ([1, [2]], "a list that holds other things than numbers"),
        ([[1j]], "a list that holds other things than numbers"),
        ([0] * 200_000, "a very large list"),
    ],
)
def test_lists_that_are_no_rows_of_numbers(value, problem):
    assert read(value, LIST).problem == problem


def test_a_list_shows_its_real_items():
    assert read(Rows([[5.0, 6.0]]), LIST).array.tolist() == [[5, 6]]


def test_a_list_that_holds_itself_comes_to_an_end():
    rows = []
    rows.append(rows)
    assert read(rows, LIST).problem


def test_a_huge_array_costs_nothing():
    huge = np.broadcast_to(np.float64(0), (10**6, 10**6))
    got = read(huge, ARRAY)
    assert got.shape == (10**6, 10**6)
    assert got.array is None


def test_close_allows_float32_and_no_more():
    want = np.array([1000.0, 1e-3, -5.0])
    assert close(want.astype(np.float32).astype(float), want).all()
    assert close(want + 0.05, want).tolist() == [False, False, False]
    assert close(np.array([np.nan, np.inf, -5]), want).tolist() == [False, False, True]
    assert close(np.zeros(2), np.zeros(2)).all()
    assert not close(np.full(2, 1e-9), np.zeros(2)).any()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (np.ones(2), np.ones(3)),
        (np.ones(2), np.ones(2, int)),
        (np.ones(2), np.array([1, 2.0])),
        ([1, [2, 3]], [1, [2, 4]]),
        ([1], (1,)),
        ([1], [True]),
        (1, 1.0),
    ],
)
def test_what_counts_as_changed(before, after):
    assert not unchanged(before, after)
    assert unchanged(before, before)


def test_describe_asks_the_type_not_the_object():
    class Meta(type):
        @property
        def __name__(cls):
            raise SystemExit

    class Shy(metaclass=Meta):
        pass

    assert describe(Shy()) == "a value of type Shy"
