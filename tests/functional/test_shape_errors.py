"""Arrays that do not fit: every sentence says what was expected, what came, what to do."""

import numpy as np
import pytest

from cnnlab import functional as F
from cnnlab.errors import ShapeError
from tests.functional.messages import (
    CLASSES,
    FILTERS,
    IMAGES,
    INDICES,
    LINES,
    LOCAL,
    MAPS,
    PLANE,
    POOLED,
    ROWS,
    VOLUMES,
    WEIGHT,
    C,
    read,
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
    with pytest.raises(ShapeError) as caught:
        call()
    read(str(caught.value), sentences)


@pytest.mark.parametrize("padding", ["valid", "same", 1])
def test_a_wrong_call_leaves_the_arrays_alone(padding):
    x, w = np.ones((1, 2, 3, 3)), np.ones((1, 3, 2, 2))
    with pytest.raises(ShapeError):
        F.conv2d(x, w, padding=padding)
    assert (x == 1).all()
    assert (w == 1).all()
