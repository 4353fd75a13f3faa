"""An empty batch is a batch: results are empty, and gradients of weights are zeros."""

import numpy as np
import pytest

from cnnlab import functional as F

IMAGES, LINES = np.zeros((0, 4, 6, 5), np.float32), np.zeros((0, 4, 7), np.float32)
VOLUMES, ROWS = np.zeros((0, 4, 5, 6, 5), np.float32), np.zeros((0, 4), np.float32)
KERNEL, POINT = np.ones((2, 4, 3, 2), np.float32), np.ones((2, 4, 1, 1), np.float32)
LOCAL = np.ones((4, 4, 2, 4, 3, 2), np.float32)
NONE = np.zeros((0, 2, 4, 4), np.float32)

EMPTY = {
    "conv1d": (lambda: F.conv1d(LINES, KERNEL[..., 0]), (0, 2, 5)),
    "conv2d": (lambda: F.conv2d(IMAGES, KERNEL), (0, 2, 4, 4)),
    "conv2d 1 x 1": (lambda: F.conv2d(IMAGES, POINT), (0, 2, 6, 5)),
    "conv3d": (lambda: F.conv3d(VOLUMES, KERNEL[:, :, None], np.ones(2)), (0, 2, 5, 4, 4)),
    "conv2d_input": (lambda: F.conv2d_input(IMAGES.shape, KERNEL, NONE), IMAGES.shape),
    "conv2d_weight": (lambda: F.conv2d_weight(IMAGES, KERNEL.shape, NONE), KERNEL.shape),
    "conv3d_weight": (
        lambda: F.conv3d_weight(VOLUMES, (2, 4, 1, 3, 2), np.zeros((0, 2, 5, 4, 4))),
        (2, 4, 1, 3, 2),
    ),
    "conv_bias": (lambda: F.conv_bias(NONE), (2,)),
    "conv_transpose2d": (lambda: F.conv_transpose2d(NONE, KERNEL, stride=2), (0, 4, 9, 8)),
    "conv2d_local": (lambda: F.conv2d_local(IMAGES, LOCAL), (0, 2, 4, 4)),
    "conv2d_local_input": (lambda: F.conv2d_local_input(IMAGES.shape, LOCAL, NONE), IMAGES.shape),
    "conv2d_local_weight": (lambda: F.conv2d_local_weight(IMAGES, LOCAL.shape, NONE), LOCAL.shape),
    "unfold": (lambda: F.unfold(IMAGES, 2), (0, 16, 20)),
    "fold": (lambda: F.fold(np.zeros((0, 16, 20)), (6, 5), 2), (0, 4, 6, 5)),
    "pad": (lambda: F.pad(IMAGES, (1, 1), "reflect"), (0, 4, 6, 7)),
    "interpolate": (lambda: F.interpolate(IMAGES, scale_factor=2), (0, 4, 12, 10)),
    "pixel_shuffle": (lambda: F.pixel_shuffle(IMAGES, 2), (0, 1, 12, 10)),
    "global_avg_pool2d": (lambda: F.global_avg_pool2d(IMAGES), (0, 4, 1, 1)),
    "linear": (lambda: F.linear(ROWS, np.ones((3, 4)), np.ones(3)), (0, 3)),
    "linear_weight": (lambda: F.linear_weight(ROWS, (3, 4), np.zeros((0, 3))), (3, 4)),
    "linear_bias": (lambda: F.linear_bias(ROWS), (4,)),
    "softmax": (lambda: F.softmax(ROWS, 1), (0, 4)),
    "log_softmax_backward": (lambda: F.log_softmax_backward(ROWS, ROWS, 1), (0, 4)),
    "relu": (lambda: F.relu(IMAGES), IMAGES.shape),
    "dropout": (lambda: F.dropout(IMAGES), IMAGES.shape),
    "batch_norm": (lambda: F.batch_norm(IMAGES, np.zeros(4), np.ones(4)), IMAGES.shape),
    "cross_entropy": (lambda: F.cross_entropy(ROWS, np.zeros(0, int), reduction="none"), (0,)),
    "mse_loss": (lambda: F.mse_loss(ROWS, ROWS, "none"), (0, 4)),
}


@pytest.mark.parametrize("name", EMPTY)
def test_empty_in_empty_out(name):
    call, shape = EMPTY[name]
    result = call()
    assert result.shape == shape
    assert not result.any()


def test_the_sum_over_nothing_is_zero():
    assert F.cross_entropy(ROWS, np.zeros(0, int), reduction="sum") == 0
    assert F.mse_loss(ROWS, ROWS, "sum") == 0
