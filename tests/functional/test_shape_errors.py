"""Arrays that do not fit: every sentence says what was expected, what came, what to do."""

import numpy as np
import pytest

from cnnlab import functional as F
from cnnlab.errors import ShapeError
from tests.functional.messages import (
    CLASSES,
    IMAGES,
    INDICES,
    POOLED,
    ROWS,
    C,
    refused,
)

SHAPES = {
    "max_pool2d with too large a window": (
        lambda: F.max_pool2d(POOLED, 15),
        ["max_pool2d: a window of (15, 15)", "does not fit", "(14, 14)"],
    ),
    "max_pool2d with too much padding": (
        lambda: F.max_pool2d(POOLED, 3, padding=2),
        ["padding (2, 2) is more than half of the window (3, 3)"],
    ),
    "max_pool1d whose window sees the border alone": (
        lambda: F.max_pool1d(np.ones((1, 1, 2)), 2, padding=1, dilation=3),
        ["max_pool1d: a window of (2,) with dilation (3,) does not fit"],
    ),
    "avg_pool1d of images": (lambda: F.avg_pool1d(IMAGES, 2), ["avg_pool1d: input has 4 axes"]),
    "avg_pool2d_backward with another gradient": (
        lambda: F.avg_pool2d_backward(POOLED, IMAGES.shape, 3),
        ["avg_pool2d_backward: grad_output", "(8, 3, 9, 9)"],
    ),
    "max_pool2d_backward with other indices": (
        lambda: F.max_pool2d_backward(POOLED, INDICES[:4], IMAGES.shape),
        ["max_pool2d_backward: values, indices", "(4, 3, 14, 14)"],
    ),
    "max_unpool2d with other indices": (
        lambda: F.max_unpool2d(POOLED, INDICES[..., 1:], 2),
        ["max_unpool2d: values, indices", "(8, 3, 14, 13)"],
    ),
    "adaptive pooling of nothing": (
        lambda: F.adaptive_avg_pool2d(np.zeros((2, 3, 0, 4)), 2),
        ["adaptive_avg_pool2d: the feature maps are empty"],
    ),
    "adaptive gradient of nothing": (
        lambda: F.adaptive_avg_pool2d_backward(np.zeros((2, 3, 0, 4)), (2, 3, 8, 8)),
        ["adaptive_avg_pool2d_backward: grad_output is empty"],
    ),
    "adaptive gradient for nothing": (
        lambda: F.adaptive_avg_pool2d_backward(np.zeros((2, 3, 2, 2)), (2, 3, 0, 8)),
        ["the feature maps are empty"],
    ),
    "a pyramid finer than the map": (
        lambda: F.spatial_pyramid_pool2d(np.zeros((1, 2, 3, 9))),
        ["4 bins along an axis need as many pixels, the input has 3 x 9", "finest level"],
    ),
    "a pyramid's gradient for other maps": (
        lambda: F.spatial_pyramid_pool2d_backward(
            np.ones((1, 21)), np.zeros((1, 21), int), (1, 2, 9, 9)
        ),
        ["not a batch of 1 vectors with equally many bins for 2 maps"],
    ),
    "a border wider than reflection allows": (
        lambda: F.pad(np.ones((3, 4)), (4, 0), "reflect"),
        ["pad: a border of (4, 0) does not fit an axis of 4 elements", '"reflect"'],
    ),
    "a border that runs twice around": (
        lambda: F.pad(np.ones((3, 4)), (5, 0), "circular"),
        ["a border of (5, 0) does not fit an axis of 4"],
    ),
    "a border around nothing": (
        lambda: F.pad(np.ones((3, 0)), (1, 0), "replicate"),
        ["does not fit an axis of 0 elements"],
    ),
    "pad_backward with a border wider than the gradient": (
        lambda: F.pad_backward(np.ones((3, 4)), (3, 2)),
        ["pad_backward: a border of (3, 2) is wider than grad_output"],
    ),
    "pixel_shuffle of the wrong channels": (
        lambda: F.pixel_shuffle(IMAGES, 2),
        ["pixel_shuffle: 3 channels are no multiple of 2 x 2"],
    ),
    "pixel_unshuffle of an odd size": (
        lambda: F.pixel_unshuffle(IMAGES, 3),
        ["pixel_unshuffle: 28 x 28 pixels do not fall into blocks of 3 x 3"],
    ),
    "interpolate to nothing": (
        lambda: F.interpolate(IMAGES, scale_factor=0.01),
        ["interpolate: 28 x 28 pixels would become 0 x 0", "larger scale_factor"],
    ),
    "interpolate_backward with another gradient": (
        lambda: F.interpolate_backward(IMAGES, (8, 3, 10, 10), scale_factor=2),
        ["interpolate_backward: grad_output has not the shape"],
    ),
    "linear with the wrong size": (
        lambda: F.linear(ROWS, np.ones((4, 9))),
        ["linear: the last axis of input", "(5, 10)", "(4, 9)", "weight.shape[1] equal"],
    ),
    "linear with the wrong bias": (
        lambda: F.linear(ROWS, np.ones((4, 10)), np.ones(5)),
        ["bias has shape (5,)", "4 outputs"],
    ),
    "linear_weight with another gradient": (
        lambda: F.linear_weight(ROWS, (4, 10), np.ones((5, 3))),
        ["linear_weight: grad_output", "(5, 3)", "(5, 4)"],
    ),
    "linear_bias of a number": (
        lambda: F.linear_bias(1.0),
        ["linear_bias: grad_output is one number"],
    ),
    "relu_backward of different shapes": (
        lambda: F.relu_backward(ROWS, ROWS[0]),
        ["relu_backward: grad_output and input differ in shape", "(5, 10)", "(10,)"],
    ),
    "softmax along an axis that is not there": (
        lambda: F.softmax(ROWS, 2),
        ["softmax: there is no score along dim=2", "from -2 to 1"],
    ),
    "softmax of no scores": (lambda: F.softmax(np.ones((5, 0)), 1), ["no score along dim=1"]),
    "cross_entropy of a vector": (
        lambda: F.cross_entropy(np.ones(10), 3),
        ["cross_entropy: input holds no scores", "(N, K, ...)"],
    ),
    "cross_entropy with the wrong number of answers": (
        lambda: F.cross_entropy(ROWS, CLASSES[:4]),
        ["target does not hold one class for each vector", "(4,)", "expected (5,)"],
    ),
    "nll_loss with weights for the wrong classes": (
        lambda: F.nll_loss(ROWS, CLASSES, weight=C),
        ["nll_loss: weight does not hold one number for each of 10 classes"],
    ),
    "cross_entropy_backward with another gradient": (
        lambda: F.cross_entropy_backward(np.ones(4), ROWS, CLASSES),
        ["grad_output has not the shape of the loss", 'expected () for reduction "mean"'],
    ),
    "mse_loss of different shapes": (
        lambda: F.mse_loss(ROWS, ROWS[:, :1]),
        ["mse_loss: input and target differ in shape"],
    ),
    "batch_norm of a single image in training": (
        lambda: F.batch_norm(np.ones((1, 3)), None, None, training=True),
        ["batch_norm: input holds too few numbers", "variance needs two"],
    ),
    "batch_norm with the wrong scale": (
        lambda: F.batch_norm(IMAGES, C, C, weight=np.ones(4)),
        ["weight does not hold one number for each of 3 channels"],
    ),
    "check_gradients with another shape": (
        lambda: F.check_gradients(F.relu, ROWS, ROWS.T),
        ["check_gradients: input and gradient differ in shape"],
    ),
    "numerical_gradient with another gradient": (
        lambda: F.numerical_gradient(F.relu, ROWS, C),
        ["numerical_gradient: grad_output has not the shape of the function's output"],
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_arrays_that_do_not_fit(name):
    call, sentences = SHAPES[name]
    refused(ShapeError, call, sentences)
