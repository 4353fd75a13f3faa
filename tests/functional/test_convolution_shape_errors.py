"""Kernels, images and gradients of a convolution that do not fit: what the error says."""

import numpy as np
import pytest

from cnnlab import functional as F
from cnnlab.errors import ShapeError
from tests.functional.messages import (
    FILTERS,
    IMAGES,
    LINES,
    LOCAL,
    MAPS,
    PLANE,
    VOLUMES,
    WEIGHT,
    C,
    refused,
)

SHAPES = {
    "correlate2d of a batch": (
        lambda: F.correlate2d(IMAGES, np.ones((3, 3))),
        ["correlate2d: image has 4 axes, expected 2", "(8, 3, 28, 28)", "(H, W)"],
    ),
    "correlate2d with too large a kernel": (
        lambda: F.correlate2d(np.ones((4, 5)), np.ones((5, 4))),
        ["kernel covers (5, 4) pixels", "padded input (4, 5)", "smaller kernel"],
    ),
    "convolve2d of nothing": (
        lambda: F.convolve2d(np.ones((0, 5)), np.ones((1, 1)), "full"),
        ["convolve2d: the image is empty", "(0, 5)"],
    ),
    "an empty kernel": (
        lambda: F.correlate2d(np.ones((4, 5)), np.ones((0, 2))),
        ["the kernel is empty", "(0, 2)"],
    ),
    "conv2d of one image without its axes": (
        lambda: F.conv2d(PLANE, WEIGHT),
        ["conv2d: input has 2 axes, expected 4", "(N, C, H, W)", "input[None, None]"],
    ),
    "conv2d of one image without a batch": (
        lambda: F.conv2d(IMAGES[0], WEIGHT),
        ["input has 3 axes", "input[None]"],
    ),
    "conv1d of a batch of images": (
        lambda: F.conv1d(IMAGES, FILTERS),
        ["conv1d: input has 4 axes, expected 3", "reshape input"],
    ),
    "conv2d with a flat weight": (
        lambda: F.conv2d(IMAGES, np.ones((5, 5))),
        ["weight has 2 axes, expected 4", "(C_out, C_in/groups, KH, KW)"],
    ),
    "conv2d with too few channels": (
        lambda: F.conv2d(np.zeros((8, 1, 28, 28)), WEIGHT),
        [
            "conv2d: input has 1 channels, weight expects 3.",
            "(8, 1, 28, 28)  (N, C, H, W)",
            "(16, 3, 5, 5)  (C_out, C_in/groups, KH, KW), groups=1",
            "Fix: make weight.shape[1] * groups equal input.shape[1].",
        ],
    ),
    "conv3d with groups that do not share the filters": (
        lambda: F.conv3d(VOLUMES, np.zeros((4, 1, 2, 2, 2)), groups=3),
        ["conv3d: 4 filters cannot be shared out to 3 groups", "multiple of groups"],
    ),
    "conv2d with an empty weight": (
        lambda: F.conv2d(IMAGES, np.zeros((0, 3, 5, 5))),
        ["weight is empty", "(0, 3, 5, 5)"],
    ),
    "conv2d with a bias for the wrong number of filters": (
        lambda: F.conv2d(IMAGES, WEIGHT, np.zeros(3)),
        ["bias has shape (3,)", "16 filters", "(weight.shape[0],)"],
    ),
    "conv2d with a kernel larger than the padded input": (
        lambda: F.conv2d(IMAGES, np.zeros((16, 3, 31, 5)), padding=1),
        ["covers (31, 5) pixels", "padded input (30, 30)", "more padding"],
    ),
    "conv2d dilated beyond the input": (
        lambda: F.conv2d(IMAGES, WEIGHT, dilation=8),
        ["covers (33, 33) pixels", "padded input (28, 28)"],
    ),
    "conv2d of images without pixels": (
        lambda: F.conv2d(np.zeros((8, 3, 0, 0)), WEIGHT),
        ["more than the padded input (0, 0)"],
    ),
    "conv2d of ragged rows": (
        lambda: F.conv2d([[[[1, 2], [3]]]], WEIGHT),
        ["the rows of input differ in length", "equally long"],
    ),
    "conv2d_input with another forward pass's gradient": (
        lambda: F.conv2d_input(IMAGES.shape, WEIGHT, MAPS, padding=1),
        ["conv2d_input: grad_output", "(8, 16, 24, 24)", "(8, 16, 26, 26)", "same sizes"],
    ),
    "conv2d_weight with the wrong channels": (
        lambda: F.conv2d_weight(IMAGES, (16, 1, 5, 5), MAPS),
        ["conv2d_weight: input has 3 channels, weight expects 1"],
    ),
    "conv1d_weight with the wrong batch": (
        lambda: F.conv1d_weight(LINES, FILTERS.shape, np.zeros((3, 4, 7))),
        ["conv1d_weight: grad_output", "(3, 4, 7)", "(2, 4, 7)"],
    ),
    "conv_bias of a vector": (lambda: F.conv_bias(C), ["conv_bias: grad_output has too few axes"]),
    "conv_transpose2d with the wrong channels": (
        lambda: F.conv_transpose2d(IMAGES, WEIGHT),
        ["conv_transpose2d: input has 3 channels, weight expects 16", "weight.shape[0] equal"],
    ),
    "conv_transpose2d with groups that do not share the channels": (
        lambda: F.conv_transpose2d(IMAGES, np.ones((3, 4, 5, 5)), groups=2),
        ["3 channels cannot be shared out to 2 groups", "divide input.shape[1]"],
    ),
    "conv_transpose2d with an empty weight": (
        lambda: F.conv_transpose2d(IMAGES, np.ones((3, 4, 0, 5))),
        ["weight is empty"],
    ),
    "conv_transpose1d that leaves nothing": (
        lambda: F.conv_transpose1d(np.ones((1, 3, 1)), FILTERS[:3], padding=2),
        ["padding (2,) would leave an output of -1 pixels", "less padding"],
    ),
    "conv_transpose2d with the wrong bias": (
        lambda: F.conv_transpose2d(IMAGES, np.ones((3, 4, 5, 5)), np.ones(3)),
        ["bias has shape (3,)", "4 filters"],
    ),
    "conv_transpose2d_input with another gradient": (
        lambda: F.conv_transpose2d_input((8, 16, 24, 24), WEIGHT, MAPS),
        ["conv_transpose2d_input: grad_output", "(8, 3, 28, 28)"],
    ),
    "unfold of one image": (
        lambda: F.unfold(IMAGES[0], 3),
        ["unfold: input has 3 axes, expected 4"],
    ),
    "fold of the wrong number of columns": (
        lambda: F.fold(np.ones((1, 9, 10)), (5, 5), 3),
        ["fold: a 3 x 3 kernel on 5 x 5 pixels", "multiple of 9 rows and 9 columns", "(1, 9, 10)"],
    ),
    "conv2d_matrix with the wrong channels": (
        lambda: F.conv2d_matrix((1, 6, 6), WEIGHT),
        ["conv2d_matrix: input has 1 channels, weight expects 3"],
    ),
    "conv2d_local with the wrong axes": (
        lambda: F.conv2d_local(IMAGES, WEIGHT),
        ["conv2d_local: weight has 4 axes", "expected 6"],
    ),
    "conv2d_local with the wrong channels": (
        lambda: F.conv2d_local(IMAGES[:, :2], LOCAL),
        ["input has 2 channels, weight expects 3"],
    ),
    "conv2d_local with the wrong places": (
        lambda: F.conv2d_local(IMAGES, LOCAL, stride=2),
        ["the windows fit in (12, 12) places, weight has (24, 24)", "make weight.shape[:2] equal"],
    ),
    "conv2d_local with one bias a filter": (
        lambda: F.conv2d_local(IMAGES, LOCAL, np.zeros(16)),
        ["bias has shape (16,)", "(16, 24, 24)"],
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_arrays_that_do_not_fit(name):
    call, sentences = SHAPES[name]
    refused(ShapeError, call, sentences)


@pytest.mark.parametrize("padding", ["valid", "same", 1])
def test_a_wrong_call_leaves_the_arrays_alone(padding):
    x, w = np.ones((1, 2, 3, 3)), np.ones((1, 3, 2, 2))
    with pytest.raises(ShapeError):
        F.conv2d(x, w, padding=padding)
    assert (x == 1).all()
    assert (w == 1).all()
