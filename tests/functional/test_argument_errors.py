"""Settings out of range: every sentence says what was expected, what came, what to do."""

import numpy as np
import pytest

from cnnlab import functional as F
from cnnlab.errors import ArgumentError
from tests.functional.messages import (
    CLASSES,
    DEEP,
    FILTERS,
    IMAGES,
    INDICES,
    LINES,
    MAPS,
    PLANE,
    POOLED,
    ROWS,
    VOLUMES,
    WEIGHT,
    C,
    refused,
)


def broken(target, value):
    """Classes with one wrong entry."""
    target = target.astype(type(value))
    target[2] = value
    return target


ARGUMENTS = {
    "stride 0": (
        lambda: F.conv2d(IMAGES, WEIGHT, stride=0),
        ["conv2d: stride is 0, expected a whole number or a pair", "at least 1", "stride=1"],
    ),
    "half a stride": (lambda: F.conv2d(IMAGES, WEIGHT, stride=0.5), ["stride is 0.5"]),
    "three strides": (lambda: F.conv2d(IMAGES, WEIGHT, stride=(1, 2, 3)), ["stride is (1, 2, 3)"]),
    "a true stride": (lambda: F.conv1d(LINES, FILTERS, stride=True), ["conv1d: stride is True"]),
    "negative padding": (
        lambda: F.conv3d(VOLUMES, DEEP, padding=-1),
        ["conv3d: padding is -1", "one or three whole numbers", "at least 0"],
    ),
    "an unknown padding": (
        lambda: F.conv2d(IMAGES, WEIGHT, padding="full"),
        ["padding is 'full', expected one of 'same', 'valid'"],
    ),
    "same padding with a stride": (
        lambda: F.conv2d(IMAGES, WEIGHT, padding="same", stride=2),
        ['"same" needs stride 1', "padding=1"],
    ),
    "dilation 0": (lambda: F.conv2d(IMAGES, WEIGHT, dilation=0), ["dilation is 0", "at least 1"]),
    "no groups": (lambda: F.conv2d(IMAGES, WEIGHT, groups=0), ["groups is 0"]),
    "what a function without return gave": (
        lambda: F.conv2d(None, WEIGHT),
        ["conv2d: input is None, expected an array", "returns something"],
    ),
    "complex pixels": (
        lambda: F.conv2d(IMAGES * 1j, WEIGHT),
        ["conv2d: input holds complex128 data, expected real numbers", "np.asarray(input, float)"],
    ),
    "words for pixels": (lambda: F.relu(np.array(["a"])), ["relu: input holds", "real numbers"]),
    "a size that is no shape": (
        lambda: F.conv2d_input(28, WEIGHT, MAPS),
        ["conv2d_input: input_size is 28, expected whole numbers (N, C, H, W)", "x.shape"],
    ),
    "an unknown mode": (
        lambda: F.correlate2d(PLANE, PLANE, "sane"),
        ["correlate2d: mode is 'sane', expected one of 'valid', 'same', 'full'", "mode='valid'"],
    ),
    "an unknown boundary": (
        lambda: F.convolve2d(PLANE, PLANE, "same", "mirror"),
        ["boundary is 'mirror'", "'fill', 'wrap', 'symm'"],
    ),
    "a fillvalue that is no number": (
        lambda: F.correlate2d(PLANE, PLANE, "same", fillvalue=None),
        ["fillvalue is None"],
    ),
    "output_padding as large as the stride": (
        lambda: F.conv_transpose2d(IMAGES, WEIGHT[:3], stride=2, output_padding=2),
        ["conv_transpose2d: output_padding is 2, expected less than stride (2, 2)"],
    ),
    "a window of no pixels": (lambda: F.max_pool2d(IMAGES, 0), ["max_pool2d: kernel_size is 0"]),
    "a divisor of 0": (
        lambda: F.avg_pool2d(IMAGES, 2, divisor_override=0),
        ["avg_pool2d: divisor_override is 0"],
    ),
    "indices outside": (
        lambda: F.max_pool2d_backward(POOLED, INDICES + 784, IMAGES.shape),
        ["indices run from 784 to 784, expected 0 to 783 for planes of (28, 28)"],
    ),
    "indices that are no whole numbers": (
        lambda: F.max_unpool2d(POOLED, POOLED, 2),
        ["max_unpool2d: indices hold float64 data", "return_indices=True"],
    ),
    "adaptive pooling to nothing": (
        lambda: F.adaptive_max_pool2d(IMAGES, (0, 3)),
        ["adaptive_max_pool2d: output_size is (0, 3)"],
    ),
    "unknown edges": (
        lambda: F.spatial_pyramid_pool2d(IMAGES, edges="even"),
        ["edges is 'even', expected one of 'adaptive', 'sliding'"],
    ),
    "a size that is a number": (
        lambda: F.linear_input(10, np.ones((4, 10)), np.ones((5, 4))),
        ["linear_input: input_size is 10, expected whole numbers (..., C)"],
    ),
    "no levels": (lambda: F.spatial_pyramid_pool2d(IMAGES, ()), ["levels is ()"]),
    "a level of no bins": (lambda: F.spatial_pyramid_pool2d(IMAGES, (1, 0)), ["levels is (1, 0)"]),
    "an odd number of borders": (
        lambda: F.pad(PLANE, (1, 2, 3)),
        ["pad: pad has 3 numbers, expected a pair for each of at most 2 axes", "left, right"],
    ),
    "a border for one axis too many": (lambda: F.pad(C, (1, 1, 1, 1)), ["pad has 4 numbers"]),
    "a negative border": (lambda: F.pad(PLANE, (-1, 0)), ["pad: pad is -1", "at least 0"]),
    "an unknown border": (
        lambda: F.pad(PLANE, (1, 1), "mirror"),
        ["mode is 'mirror'", "'reflect'"],
    ),
    "neither size nor factor": (
        lambda: F.interpolate(IMAGES),
        ["interpolate: neither size nor scale_factor given", "scale_factor=2"],
    ),
    "both size and factor": (
        lambda: F.interpolate(IMAGES, 3, 2),
        ["both size and scale_factor given"],
    ),
    "an unknown interpolation": (
        lambda: F.interpolate(IMAGES, 3, mode="cubic"),
        ["mode is 'cubic', expected one of 'nearest', 'bilinear'"],
    ),
    "an endless factor": (
        lambda: F.interpolate(IMAGES, scale_factor=np.inf),
        ["scale_factor is inf", "from 0 to inf (not included)"],
    ),
    "three factors": (lambda: F.interpolate(IMAGES, scale_factor=(1, 2, 3)), ["is (1, 2, 3)"]),
    "an ignored half": (
        lambda: F.cross_entropy(ROWS, CLASSES, ignore_index=0.5),
        ["ignore_index is 0.5, expected a whole number"],
    ),
    "a slope that is no number": (lambda: F.leaky_relu(C, "0.1"), ["negative_slope is '0.1'"]),
    "NaN labels": (
        lambda: F.cross_entropy(ROWS, broken(CLASSES, np.nan)),
        ["cross_entropy: target holds NaN, expected classes from 0 to 9", "ignore_index"],
    ),
    "real labels": (
        lambda: F.nll_loss(ROWS, broken(CLASSES, 0.5)),
        ["nll_loss: target holds float64 data", "target.astype(int)"],
    ),
    "a label beyond the classes": (
        lambda: F.cross_entropy_backward(1, ROWS, broken(CLASSES, 10)),
        ["target holds class 10, expected 0 to 9", "count classes from 0"],
    ),
    "a negative label": (lambda: F.nll_loss(ROWS, broken(CLASSES, -1)), ["target holds class -1"]),
    "scores given as probabilities": (
        lambda: F.cross_entropy(ROWS, ROWS + 3),
        ["so it holds probabilities", "outside 0 to 1", "one-hot rows"],
    ),
    "NaN probabilities": (lambda: F.cross_entropy(ROWS, ROWS * np.nan), ["some are NaN"]),
    "an unknown reduction": (
        lambda: F.mse_loss(ROWS, ROWS, "average"),
        ["mse_loss: reduction is 'average', expected one of 'mean', 'sum', 'none'"],
    ),
    "the mean of nothing": (
        lambda: F.cross_entropy(ROWS[:0], CLASSES[:0]),
        ["cross_entropy: the mean over no examples is not defined", 'reduction="sum"'],
    ),
    "the mean of ignored examples": (
        lambda: F.nll_loss_backward(1, ROWS, CLASSES - 100),
        ["nll_loss_backward: the mean over no examples"],
    ),
    "NaN targets": (lambda: F.mse_loss(ROWS, ROWS * np.nan), ["mse_loss: target holds NaN"]),
    "more than certain silence": (
        lambda: F.dropout(ROWS, 1.5),
        ["dropout: p is 1.5, expected a number from 0 to 1"],
    ),
    "a seed for a generator": (
        lambda: F.dropout(ROWS, rng=7),
        ["dropout: rng is 7, expected a numpy.random.Generator", "default_rng(1)"],
    ),
    "running values for the wrong channels": (
        lambda: F.batch_norm(IMAGES, np.zeros(4), np.ones(4)),
        ["batch_norm: running_mean is (4,)", "3 channels", "np.zeros(C)"],
    ),
    "no running values outside training": (
        lambda: F.batch_norm(IMAGES, None, None),
        ["running_mean is None"],
    ),
    "running values that are whole numbers": (
        lambda: F.batch_norm(IMAGES, C, np.ones(3, int), training=True),
        ["running_var is (3,), expected a float array"],
    ),
    "too much momentum": (lambda: F.batch_norm(IMAGES, C, C, momentum=2), ["momentum is 2"]),
    "a negative eps": (lambda: F.batch_norm(IMAGES, C, C, eps=-1), ["eps is -1"]),
    "no function": (
        lambda: F.check_gradients(C, C, C),
        ["check_gradients: function is array", "expected a function of one array"],
    ),
    "no nudge": (lambda: F.numerical_gradient(F.relu, C, eps=0), ["eps is 0"]),
}


@pytest.mark.parametrize("name", ARGUMENTS)
def test_arguments_out_of_range(name):
    call, sentences = ARGUMENTS[name]
    refused(ArgumentError, call, sentences)
