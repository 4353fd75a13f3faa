"""The digits as a data set, and IDX files, made here byte by byte."""

import gzip

import numpy as np
import pytest
from scipy import ndimage

from cnnlab import data
from cnnlab.data.idx import read_idx
from cnnlab.errors import ArgumentError


@pytest.fixture(scope="module")
def digits():
    return data.load("digits")


def test_digits_are_a_data_set_of_floats_from_paper_to_ink(digits):
    assert digits.images.shape == (1797, 8, 8)
    assert digits.images.dtype == np.float32
    assert (digits.images.min(), digits.images.max()) == (0, 1)
    assert digits.labels.dtype == np.int64
    assert digits.classes == tuple("0123456789")
    assert len(digits) == 1797


def test_each_digit_is_on_one_side_of_the_split_and_keeps_its_label(digits):
    images, labels = data.digits()

    def pairs(images, labels):
        return sorted((int(n), *map(int, 16 * i.ravel())) for i, n in zip(images, labels))  # noqa: B905

    train, test = digits.train, digits.test
    assert len(test.images) == len(test.labels) == 500
    both = pairs(train.images, train.labels) + pairs(test.images, test.labels)
    assert sorted(both) == pairs(images / 16, labels)


def test_both_sides_have_every_digit_in_about_equal_shares(digits):
    for part in (digits.train, digits.test):
        counts = np.bincount(part.labels, minlength=10)
        assert counts.min() > 0.07 * len(part.labels)
        assert counts.max() < 0.13 * len(part.labels)


def test_the_split_is_the_same_every_time(digits):
    np.testing.assert_array_equal(data.load().images, digits.images)


def test_drawn_at_28_pixels_a_digit_has_the_margin_of_mnist(digits):
    large = data.load("digits", size=28)
    assert large.images.shape == (1797, 28, 28)
    assert large.images.dtype == np.float32
    np.testing.assert_array_equal(large.labels, digits.labels)
    border = large.images.copy()
    border[:, 4:24, 4:24] = 0
    assert not border.any()
    inner = ndimage.zoom(digits.images[7], 20 / 8, order=1, grid_mode=True, mode="nearest")
    np.testing.assert_allclose(large.images[7, 4:24, 4:24], inner, atol=0.02)


def test_an_unknown_name_is_answered_with_the_names_there_are():
    with pytest.raises(ArgumentError, match="'digits', 'mnist', 'fashion_mnist'.*mean 'mnist'"):
        data.load("mnits")


def test_a_size_too_small_to_read_is_refused():
    with pytest.raises(ArgumentError, match="size must be 8 or more, got 7"):
        data.load(size=7)


# --- IDX files


def idx(path, header, body=b""):
    path.write_bytes(gzip.compress(bytes(header) + body))
    return path


def test_an_idx_file_of_three_axes(tmp_path):
    header = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3]
    array = read_idx(idx(tmp_path / "a.gz", header, bytes([1, 2, 3, 250, 251, 252])))
    assert array.tolist() == [[[1, 2, 3]], [[250, 251, 252]]]
    assert array.dtype == np.uint8
    array[:] = 0  # the reader's own copy


def test_a_long_axis_is_read_with_its_highest_byte_first(tmp_path):
    array = read_idx(idx(tmp_path / "a.gz", [0, 0, 8, 1, 0, 0, 1, 4], bytes(range(256)) + b"abcd"))
    assert array.shape == (260,)
    assert array[258] == ord("c")


@pytest.mark.parametrize(
    ("header", "body", "words"),
    [
        ([0, 0, 8, 1, 0, 0, 0, 5], b"abc", "has 11 bytes when unpacked, expected 13 bytes"),
        ([0, 0, 8, 1, 0, 0, 0, 2], b"abc", "has 11 bytes when unpacked, expected 10 bytes"),
        ([0, 0, 8, 3, 0, 0, 0, 5], b"ab", "has 10 bytes when unpacked, expected more"),
        ([0, 0, 13, 1, 0, 0, 0, 1], b"abcd", "begins with 00 00 0d 01, expected 00 00 08"),
        ([], b"", "begins with nothing"),
    ],
    ids=["short", "long", "axes missing", "floats", "empty"],
)
def test_a_file_that_does_not_keep_its_word_is_refused(tmp_path, header, body, words):
    with pytest.raises(ArgumentError, match=words):
        read_idx(idx(tmp_path / "a.gz", header, body))


@pytest.mark.parametrize("cut", [5, -6])
def test_half_a_download_is_no_gzip_file(tmp_path, cut):
    path = idx(tmp_path / "a.gz", [0, 0, 8, 1, 0, 0, 0, 3], b"abc")
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(ArgumentError, match="no whole gzip file .*Delete it and get it anew"):
        read_idx(path)


def test_a_file_that_is_not_compressed_is_refused(tmp_path):
    path = tmp_path / "a.gz"
    path.write_bytes(bytes([0, 0, 8, 1, 0, 0, 0, 0]))
    with pytest.raises(ArgumentError, match="no whole gzip file"):
        read_idx(path)
