"""The working tier: every operation vectorised and checked, in plain NumPy.

Names, arguments and results are those of `cnnlab.naive`, which states each operation as loops; the
two share no code. float32 and float64 are kept; integers become the type of the other arrays, or
float64. Arrays are (N, C, H, W), whatever their order in memory. Where the batch lies innermost,
convolution, pooling and what works number by number leave it there, forward and backward. An empty
batch gives an empty result.
"""

from cnnlab.functional.activation import (
    leaky_relu,
    leaky_relu_backward,
    relu,
    relu_backward,
    sigmoid,
    sigmoid_backward,
    tanh,
    tanh_backward,
)
from cnnlab.functional.adaptive_pooling import (
    adaptive_avg_pool2d,
    adaptive_avg_pool2d_backward,
    adaptive_max_pool2d,
    global_avg_pool2d,
    global_avg_pool2d_backward,
    global_max_pool2d,
)
from cnnlab.functional.average_pooling import (
    avg_pool1d,
    avg_pool1d_backward,
    avg_pool2d,
    avg_pool2d_backward,
)
from cnnlab.functional.convolution import conv1d, conv2d, conv3d
from cnnlab.functional.convolution_gradients import (
    conv1d_input,
    conv1d_weight,
    conv2d_input,
    conv2d_weight,
    conv3d_input,
    conv3d_weight,
    conv_bias,
)
from cnnlab.functional.correlate import convolve2d, correlate2d
from cnnlab.functional.gradient_check import check_gradients, numerical_gradient
from cnnlab.functional.linear import linear, linear_bias, linear_input, linear_weight
from cnnlab.functional.local import conv2d_local, conv2d_local_input, conv2d_local_weight
from cnnlab.functional.loss import (
    cross_entropy,
    cross_entropy_backward,
    mse_loss,
    mse_loss_backward,
    nll_loss,
    nll_loss_backward,
)
from cnnlab.functional.max_pooling import (
    max_pool1d,
    max_pool1d_backward,
    max_pool2d,
    max_pool2d_backward,
    max_unpool2d,
    max_unpool2d_backward,
)
from cnnlab.functional.normalisation import (
    batch_norm,
    batch_norm_backward,
    dropout,
    dropout_backward,
)
from cnnlab.functional.padding import pad, pad_backward
from cnnlab.functional.pyramid_pooling import (
    spatial_pyramid_pool2d,
    spatial_pyramid_pool2d_backward,
)
from cnnlab.functional.resizing import (
    interpolate,
    interpolate_backward,
    pixel_shuffle,
    pixel_unshuffle,
)
from cnnlab.functional.softmax import log_softmax, log_softmax_backward, softmax, softmax_backward
from cnnlab.functional.transposed import (
    conv_transpose1d,
    conv_transpose1d_input,
    conv_transpose1d_weight,
    conv_transpose2d,
    conv_transpose2d_input,
    conv_transpose2d_weight,
)
from cnnlab.functional.unfolding import conv2d_matrix, fold, unfold

__all__ = [
    "adaptive_avg_pool2d",
    "adaptive_avg_pool2d_backward",
    "adaptive_max_pool2d",
    "avg_pool1d",
    "avg_pool1d_backward",
    "avg_pool2d",
    "avg_pool2d_backward",
    "batch_norm",
    "batch_norm_backward",
    "check_gradients",
    "conv1d",
    "conv1d_input",
    "conv1d_weight",
    "conv2d",
    "conv2d_input",
    "conv2d_local",
    "conv2d_local_input",
    "conv2d_local_weight",
    "conv2d_matrix",
    "conv2d_weight",
    "conv3d",
    "conv3d_input",
    "conv3d_weight",
    "conv_bias",
    "conv_transpose1d",
    "conv_transpose1d_input",
    "conv_transpose1d_weight",
    "conv_transpose2d",
    "conv_transpose2d_input",
    "conv_transpose2d_weight",
    "convolve2d",
    "correlate2d",
    "cross_entropy",
    "cross_entropy_backward",
    "dropout",
    "dropout_backward",
    "fold",
    "global_avg_pool2d",
    "global_avg_pool2d_backward",
    "global_max_pool2d",
    "interpolate",
    "interpolate_backward",
    "leaky_relu",
    "leaky_relu_backward",
    "linear",
    "linear_bias",
    "linear_input",
    "linear_weight",
    "log_softmax",
    "log_softmax_backward",
    "max_pool1d",
    "max_pool1d_backward",
    "max_pool2d",
    "max_pool2d_backward",
    "max_unpool2d",
    "max_unpool2d_backward",
    "mse_loss",
    "mse_loss_backward",
    "nll_loss",
    "nll_loss_backward",
    "numerical_gradient",
    "pad",
    "pad_backward",
    "pixel_shuffle",
    "pixel_unshuffle",
    "relu",
    "relu_backward",
    "sigmoid",
    "sigmoid_backward",
    "softmax",
    "softmax_backward",
    "spatial_pyramid_pool2d",
    "spatial_pyramid_pool2d_backward",
    "tanh",
    "tanh_backward",
    "unfold",
]
