"""Values: what is plain crosses unchanged, everything else is refused by its form."""

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnlab.grading import values
from cnnlab.grading.values import Decoder, Foreign, encode
from cnnlab.grading.wire import Malformed


def through(value):
    """A value after its way through text."""
    blobs = []
    tree = json.loads(json.dumps(encode(value, blobs)))
    return Decoder(blobs).value(tree)


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(PLAIN)
def test_plain_values_come_back_as_they_were(value):
    found = through(value)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("dtype", ["f8", "f4", "f2", "i8", "i2", "u1", "?", "c16", ">f8", ">i4"])
@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (0, 4), (2, 1, 3)])
def test_arrays_keep_dtype_shape_and_every_value(dtype, shape):
    array = np.arange(math.prod(shape)).reshape(shape).astype(dtype)
    found = through(array.copy(order="F"))
    assert (found.shape, found.dtype) == (shape, np.dtype(dtype).newbyteorder("<"))
    np.testing.assert_array_equal(found, array)
    assert found.flags.writeable


@pytest.mark.parametrize(
    "number", [np.float32(0.1), np.int64(3), np.bool_(True), np.float64("nan")]
)
def test_numpy_numbers_stay_numpy_numbers(number):
    found = through(number)
    assert type(found) is type(number)
    np.testing.assert_equal(found, number)


@pytest.mark.parametrize("value", [math.inf, -math.inf])
def test_infinite_numbers_cross(value):
    assert through([value]) == [value]
    assert math.isnan(through(math.nan))


class Sly(float):
    def __float__(self):
        return 1.0

    def __eq__(self, other):
        return True

    __hash__ = float.__hash__


class SlyArray(np.ndarray):
    def __eq__(self, other):
        return True

    def tobytes(self, order="C"):
        return np.ones(2).tobytes()

    __hash__ = None


def test_a_subclass_cannot_speak_for_its_value():
    found = through(Sly(3.0))
    assert (type(found), found) == (float, 3.0)
    found = through(np.array([5.0, 6.0]).view(SlyArray))
    assert type(found) is np.ndarray
    assert found.tolist() == [5.0, 6.0]


@pytest.mark.parametrize(
    ("value", "name"),
    [(object(), "object"), ({1}, "set"), (lambda: 0, "function"), (1j, "complex"), (b"x", "bytes")],
)
def test_what_is_no_plain_value_leaves_its_name_alone(value, name):
    found = through(value)
    assert isinstance(found, Foreign)
    assert type(found).__name__ == name


@pytest.mark.parametrize(("dtype", "kind"), [(object, "O"), ("U3", "U"), ("S3", "U")])
def test_arrays_of_something_else_carry_no_content(dtype, kind):
    found = through(np.array([["a", "b"]], dtype=dtype))
    assert (found.shape, found.dtype.kind) == ((1, 2), kind)
    assert not found.any()


def test_endless_lists_and_huge_numbers_end():
    loop = []
    loop.append(loop)
    assert isinstance(through(loop), list)
    assert isinstance(through(10**5000), Foreign)
    assert through("\ud800") == "?"


BAD_VALUES = [
    {"a": ["<f8", [2], 0]},  # 16 bytes said, 8 there
    {"a": ["<f8", [-1], 0]},
    {"a": ["<f8", [1.0], 0]},
    {"a": ["<f8", [True], 0]},
    {"a": ["<f8", [2**62, 0], 0]},
    {"a": ["<f8", [1], 1]},
    {"a": ["<f8", [1], -1]},
    {"a": ["<f8", [1], True]},
    {"a": ["O", [1], 0]},
    {"a": ["V8", [1], 0]},
    {"a": ["f8,O", [1], 0]},
    {"a": ["M8[s]", [1], 0]},
    {"a": [None, [1], 0]},
    {"a": ["<f8", [1]]},
    {"a": 3},
    {"s": ["<f8", [1], 0]},
    {"z": ["O", [10**8]]},
    {"z": ["O", [2**39, 2**39]]},
    {"z": [3, [1]]},
    {"l": 3},
    {"l": {"0": 1}},
    {"d": [[1]]},
    {"d": [[{"l": []}, 1]]},
    {"d": 3},
    {"f": "1"},
    {"f": [1]},
    {"p": "gASVJAAAAAAAAACMBXBvc2l4lIwGc3lzdGVtlJOUjAlscyAvdG1w"},
    {"value": 1},
    {"c": 0},
    {},
    {"l": [], "t": []},
    [1],
]


@pytest.mark.parametrize("tree", BAD_VALUES, ids=str)
def test_a_value_of_another_form_is_refused(tree):
    with pytest.raises(Malformed):
        Decoder([b"12345678"]).value(tree)


@pytest.mark.parametrize("kind", ["<f8", "O"])
def test_a_shape_that_numpy_does_not_take_is_refused(kind):
    shape = [0, 2**39, 2**39]
    tree = {"z": [kind, shape]} if kind == "O" else {"a": [kind, shape, 0]}
    with pytest.raises(Malformed, match="shape"):
        Decoder([b""]).value(tree)


BOUNDS = {
    "items": [0] * values.ITEMS,
    "entries": dict.fromkeys(range(values.ENTRIES + 1)),
    "sizes": [np.empty(values.SIZES_AT_MOST // 2 + 1, "S0")] * 2,
    "axes": np.zeros((1,) * 33),
    "product": np.zeros((0, 2**30, 2**11), "u1"),
}


@pytest.mark.parametrize("name", BOUNDS)
def test_who_writes_keeps_to_what_is_read(name):
    with pytest.raises(Malformed):
        encode(BOUNDS[name], [])


def test_the_most_that_is_written_is_read():
    most = [0] * (values.ITEMS - 1)
    assert through(most) == most
    most = dict.fromkeys(range(values.ENTRIES))
    assert through(most) == most
    with pytest.raises(Malformed, match="too many"):
        through([dict.fromkeys(range(5000), 0) for _ in range(50)])


def test_too_deep_and_too_many_are_refused():
    deep = 1
    for _ in range(40):
        deep = {"l": [deep]}
    with pytest.raises(Malformed, match="too many"):
        Decoder([]).value(deep)
    with pytest.raises(Malformed, match="too many"):
        Decoder([]).value({"l": [0] * (values.ITEMS + 1)})


def test_a_short_frame_cannot_fill_the_memory():
    twice = {"l": [{"a": ["<f8", [2], 0]}, {"a": ["<f8", [2], 0]}]}
    with pytest.raises(Malformed, match="without its bytes"):
        Decoder([bytes(16)]).value(twice)
    empty = {"l": [{"z": ["O", [values.SIZES_AT_MOST // 2 + 1]]}] * 2}
    with pytest.raises(Malformed, match="very large"):
        Decoder([]).value(empty)
    with pytest.raises(Malformed, match="dictionary"):
        Decoder([]).value({"d": [[k, 0] for k in range(values.ENTRIES + 1)]})
