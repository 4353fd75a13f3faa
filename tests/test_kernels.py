"""Kernels by what they do to an image; the numbers come from SciPy or from hand."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import ndimage

from cnnlab import kernels
from cnnlab.errors import ArgumentError, ShapeError

FIRST = {
    "sobel": (kernels.SOBEL_X, kernels.SOBEL_Y),
    "prewitt": (kernels.PREWITT_X, kernels.PREWITT_Y),
    "scharr": (kernels.SCHARR_X, kernels.SCHARR_Y),
}
FIRST_NAMES = {f"{name}_{axis}" for name in FIRST for axis in "xy"}
DERIVATIVES = FIRST_NAMES | {"laplacian_4", "laplacian_8"}
SEPARABLE = FIRST_NAMES | {"identity", "box", "gaussian"}
first_derivatives = pytest.mark.parametrize(("x_kernel", "y_kernel"), FIRST.values(), ids=FIRST)
blurs = pytest.mark.parametrize("name", ["box", "gaussian"])
laplacians = pytest.mark.parametrize("name", ["laplacian_4", "laplacian_8"])


def look(image, kernel):
    return ndimage.correlate(np.asarray(image, dtype=float), kernel, mode="nearest")


@pytest.fixture
def photograph(rng):
    """Blurred noise: edges in every direction, no two pixels alike."""
    return ndimage.gaussian_filter(rng.normal(size=(31, 37)), 2)


@first_derivatives
def test_a_vertical_edge_is_seen_by_the_x_kernel_alone(x_kernel, y_kernel):
    edge = np.repeat([[0.0, 0, 0, 1, 1, 1]], 6, axis=0)
    assert_array_equal(np.flatnonzero(look(edge, x_kernel)[2]), [2, 3])
    assert (look(edge, x_kernel)[:, 2:4] > 0).all()
    assert_array_equal(look(edge, y_kernel), np.zeros((6, 6)))


@first_derivatives
def test_a_horizontal_edge_is_seen_by_the_y_kernel_alone(x_kernel, y_kernel):
    edge = np.repeat([[0.0], [0], [0], [1], [1], [1]], 6, axis=1)
    assert (look(edge, y_kernel)[2:4] > 0).all()
    assert_array_equal(look(edge, x_kernel), np.zeros((6, 6)))


@first_derivatives
def test_the_y_kernel_is_the_x_kernel_mirrored_at_the_diagonal(x_kernel, y_kernel):
    assert_array_equal(y_kernel, x_kernel.T)


def test_sobel_x_has_its_textbook_values():
    assert_array_equal(kernels.SOBEL_X, [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])


@pytest.mark.parametrize(
    ("name", "oracle"),
    [
        ("sobel_x", lambda image: ndimage.sobel(image, axis=1, mode="nearest")),
        ("sobel_y", lambda image: ndimage.sobel(image, axis=0, mode="nearest")),
        ("prewitt_x", lambda image: ndimage.prewitt(image, axis=1, mode="nearest")),
        ("prewitt_y", lambda image: ndimage.prewitt(image, axis=0, mode="nearest")),
        ("laplacian_4", lambda image: ndimage.laplace(image, mode="nearest")),
        ("box", lambda image: ndimage.uniform_filter(image, 3, mode="nearest")),
    ],
)
def test_scipy_has_the_same_filter(name, oracle, photograph):
    expected = oracle(photograph)
    assert_allclose(look(photograph, kernels.get(name)), expected, rtol=1e-12, atol=1e-14)


def test_gaussian_is_scipys_gaussian_filter(photograph):
    expected = ndimage.gaussian_filter(photograph, 1.3, mode="nearest", radius=3)
    assert_allclose(look(photograph, kernels.gaussian(7, 1.3)), expected, rtol=1e-12, atol=1e-14)


def test_identity_leaves_the_image_as_it_is(photograph):
    assert_array_equal(look(photograph, kernels.IDENTITY), photograph)


@pytest.mark.parametrize("name", ["identity", "box", "gaussian", "sharpen", "emboss"])
def test_a_flat_image_keeps_its_brightness(name):
    assert_allclose(look(np.full((5, 7), 3.0), kernels.get(name)), 3.0)


@pytest.mark.parametrize("name", sorted(DERIVATIVES))
def test_a_flat_image_has_no_derivative(name):
    assert_allclose(look(np.full((5, 7), 3.0), kernels.get(name)), 0.0, atol=1e-12)


@blurs
def test_a_blur_makes_neighbours_alike(name, photograph):
    blurred = look(photograph, kernels.get(name))
    assert np.abs(np.diff(blurred)).sum() < np.abs(np.diff(photograph)).sum()


def test_sharpening_makes_neighbours_differ(photograph):
    sharp = look(photograph, kernels.SHARPEN)
    assert np.abs(np.diff(sharp)).sum() > np.abs(np.diff(photograph)).sum()


@laplacians
def test_a_laplacian_ignores_a_ramp_and_sees_a_bowl(name):
    y, x = np.mgrid[-3:4, -3:4]
    inside = np.s_[1:-1, 1:-1]
    assert_allclose(look(2 * x - 3 * y, kernels.get(name))[inside], 0, atol=1e-12)
    assert (look(x**2 + y**2, kernels.get(name))[inside] > 0).all()


def test_laplacian_4_of_a_bowl_is_four():
    y, x = np.mgrid[-3:4, -3:4]
    assert_array_equal(look(x**2 + y**2, kernels.LAPLACIAN_4)[1:-1, 1:-1], np.full((5, 5), 4.0))


def test_emboss_lights_slopes_down_the_main_diagonal():
    y, x = np.mgrid[:6, :6]
    relief = look(x + y, kernels.EMBOSS) - (x + y)
    assert (relief[1:-1, 1:-1] > 0).all()
    across = look(x - y, kernels.EMBOSS) - (x - y)
    assert_allclose(across[1:-1, 1:-1], 0)


def angle_error(x_kernel, y_kernel):
    """The worst error in degrees of the direction of waves whose true direction is known."""
    y, x = np.mgrid[-4:5, -4:5]
    errors = []
    for degrees in range(5, 90, 5):
        turn = np.radians(degrees)
        wave = np.sin(0.8 * (np.cos(turn) * x + np.sin(turn) * y))
        found = np.arctan2(look(wave, y_kernel)[4, 4], look(wave, x_kernel)[4, 4])
        errors.append(abs(np.degrees(found) - degrees))
    return max(errors)


def test_scharr_tells_directions_better_than_sobel_and_sobel_better_than_prewitt():
    prewitt, sobel, scharr = (angle_error(*FIRST[name]) for name in ("prewitt", "sobel", "scharr"))
    assert scharr < sobel / 3 < prewitt / 3


@pytest.mark.parametrize("name", kernels.KERNELS)
def test_every_kernel_is_read_only(name):
    with pytest.raises(ValueError, match="read-only"):
        kernels.get(name)[0, 0] = 1


@pytest.mark.parametrize("name", kernels.KERNELS)
def test_separable_kernels_are_known(name):
    assert kernels.is_separable(kernels.get(name)) == (name in SEPARABLE)


@pytest.mark.parametrize("name", sorted(SEPARABLE))
def test_two_short_passes_do_the_work_of_a_separable_kernel(name, photograph):
    column, row = kernels.factors(kernels.get(name))
    short = look(look(photograph, column[:, None]), row[None])
    assert_allclose(short, look(photograph, kernels.get(name)), rtol=1e-12, atol=1e-13)


def test_sobel_costs_six_numbers_instead_of_nine():
    column, row = kernels.factors(kernels.SOBEL_X)
    assert (column.size + row.size, kernels.SOBEL_X.size) == (6, 9)


def test_a_random_kernel_has_full_rank(rng):
    assert kernels.rank(rng.normal(size=(3, 5))) == 3


def test_box_and_gaussian_sum_to_one():
    for kernel in [kernels.box(4), kernels.gaussian(5, 0.9), kernels.gaussian(4, 2)]:
        assert_allclose(kernel.sum(), 1)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: kernels.get("sobel"), "No kernel is called 'sobel'. Choose one of: identity, box"),
        (lambda: kernels.box(0), "size must be a whole number of at least 1, got 0"),
        (lambda: kernels.gaussian(2.5, 1), "size must be a whole number of at least 1, got 2.5"),
        (lambda: kernels.gaussian(3, 0), "sigma must be above 0, got 0"),
        (lambda: kernels.factors(kernels.SHARPEN), "the kernel has rank 2"),
        (lambda: kernels.rank([[np.nan]]), "a value that is not finite"),
    ],
)
def test_wrong_arguments_are_told_the_way_out(call, sentence):
    with pytest.raises(ArgumentError) as caught:
        call()
    assert sentence in str(caught.value)


@pytest.mark.parametrize("shape", [(3,), (2, 3, 3), (0, 3)])
def test_a_kernel_has_two_axes(shape):
    with pytest.raises(ShapeError, match=r"a kernel has shape \(KH, KW\), got"):
        kernels.is_separable(np.zeros(shape))
