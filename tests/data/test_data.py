"""The pictures that ship with the course's libraries, offline."""

import subprocess
import sys

import numpy as np
import pytest

from cnnlab.data import digits, photograph
from cnnlab.errors import ArgumentError


def test_the_digits_are_what_the_docstring_says():
    images, labels = digits()
    assert images.shape == (1797, 8, 8)
    assert images.dtype == np.uint8
    assert (images.min(), images.max()) == (0, 16)
    assert labels.dtype == np.int64
    # The counts published with the data set (UCI's test file).
    assert np.bincount(labels).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]


def test_digits_are_the_readers_own_copy():
    digits().images[:] = 0
    assert digits().images.any()


@pytest.mark.parametrize("name", ["china", "flower"])
def test_a_photograph_is_bytes_in_three_planes(name):
    photo = photograph(name)
    assert photo.shape == (427, 640, 3)
    assert photo.dtype == np.uint8
    assert photo.min() < 20
    assert photo.max() > 235


def test_sky_is_bluer_than_red_so_the_planes_are_in_order():
    sky = photograph("china")[:40, :300].mean(axis=(0, 1))
    assert sky[2] > sky[0]
    flower = photograph("flower")[150:250, 250:350].mean(axis=(0, 1))
    assert flower[0] > flower[2]


def test_gray_is_the_weighted_sum_of_the_planes():
    colour = photograph("flower").astype(float)
    by_hand = 0.299 * colour[..., 0] + 0.587 * colour[..., 1] + 0.114 * colour[..., 2]
    gray = photograph("flower", gray=True)
    assert gray.dtype == np.uint8
    assert np.abs(gray - by_hand).max() <= 0.51


@pytest.mark.parametrize(("size", "shape"), [(480, (480, 480)), ((30, 50), (30, 50))])
def test_a_size_is_height_and_width(size, shape):
    assert photograph("china", size=size).shape == (*shape, 3)
    assert photograph("china", size=size, gray=True).shape == shape


def test_a_smaller_picture_shows_the_middle_of_the_large_one():
    large, small = photograph("china").astype(float), photograph("china", size=61).astype(float)
    middle = large[:, 106:533].reshape(61, 7, 61, 7, 3).mean(axis=(1, 3))
    assert np.abs(small - middle).mean() < 6


def test_an_unknown_name_is_answered_with_the_names_there_are():
    with pytest.raises(
        ArgumentError, match="'chine'; there are 'china' and 'flower'. Did you mean"
    ):
        photograph("chine")


@pytest.mark.parametrize("size", [0, (10, -1)])
def test_a_size_below_one_is_refused(size):
    with pytest.raises(ArgumentError, match="size must be 1 or more"):
        photograph("china", size=size)


def test_importing_the_package_loads_neither_scipy_nor_scikit_learn():
    code = "import sys, cnnlab.data; print({'scipy', 'sklearn'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
