"""Batch normalisation as a layer."""

import numpy as np

from cnnlab import shapes
from cnnlab.errors import ArgumentError, ShapeError
from cnnlab.nn import _engine as engine
from cnnlab.nn.layer import Layer, check_maps


class BatchNorm2d(Layer):
    r"""Give every channel mean 0 and variance 1 over the batch, then a learnt scale and shift.

    .. math:: y[n, c, i, j] = \gamma[c] \frac{x[n, c, i, j] - \mu[c]}{\sqrt{\sigma^2[c] + \epsilon}}
        + \beta[c]

    In training the mean and the variance are those of the batch, and running averages of both are
    kept; in evaluation the running averages take their place.

    Shapes: (N, C, H, W), kept; ``weight`` (the scale), ``bias`` (the shift), ``running_mean`` and
    ``running_var`` (C,).

    Parameters: ``num_features`` C; ``eps``, added to the variance; ``momentum``, the weight of the
    newest batch in the running averages, as in ``torch.nn.BatchNorm2d``.

    Raises: `ArgumentError` for numbers out of their range; `ShapeError` if the input does not fit,
    or has one number a channel in training, which has no variance.

    >>> y = BatchNorm2d(1)(np.array([1.0, 3.0]).reshape(2, 1, 1, 1))
    >>> y.ravel().round(3)
    array([-1.,  1.], dtype=float32)

    References: Ioffe and Szegedy (2015), arXiv:1502.03167, algorithms 1 and 2.
    """

    parameter_names = ("weight", "bias")
    buffer_names = ("running_mean", "running_var")

    def __init__(self, num_features: int, eps: float = 1e-5, momentum: float = 0.1):
        super().__init__()
        self.num_features, self.eps, self.momentum = num_features, eps, momentum
        if num_features < 1 or eps <= 0 or not 0 <= momentum <= 1:
            raise ArgumentError(
                f"{self!r}: num_features must be at least 1, eps above 0, momentum from 0 to 1; "
                f"got {num_features}, {eps}, {momentum}."
            )
        self.weight = np.ones(num_features, np.float32)
        self.bias = np.zeros(num_features, np.float32)
        self.running_mean = np.zeros(num_features, np.float32)
        self.running_var = np.ones(num_features, np.float32)

    def forward(self, input: np.ndarray) -> np.ndarray:
        array = check_maps(self, input, self.num_features)
        maps = engine.memory(array, self.weight.dtype)
        x = maps.reshape(self.num_features, -1)
        mean, var = self._moments(x) if self.training else (self.running_mean, self.running_var)
        scale = 1 / np.sqrt(var + self.eps)
        normal = (x - mean[:, None]) * scale[:, None]
        self._keep(normal, scale, array.shape, self.training)
        y = self.weight[:, None] * normal + self.bias[:, None]
        return engine.images(y.reshape(maps.shape))

    def backward(self, grad_output: np.ndarray, input_gradient: bool = True) -> np.ndarray | None:
        normal, scale, shape, training = self._recall()
        self._check_grad(grad_output, shape)
        maps = engine.memory(grad_output, self.weight.dtype)
        grad = maps.reshape(self.num_features, -1)
        self.gradients["bias"] = grad.sum(axis=1)
        self.gradients["weight"] = (grad * normal).sum(axis=1)
        if not input_gradient:
            return None
        dx = grad * (self.weight * scale)[:, None]
        if training:  # mean and variance depend on the input too
            through_mean = self.gradients["bias"] / grad.shape[1]
            through_var = self.gradients["weight"] / grad.shape[1]
            spread = through_mean[:, None] + normal * through_var[:, None]
            dx -= (self.weight * scale)[:, None] * spread
        return engine.images(dx.reshape(maps.shape))

    def describe(self) -> shapes.BatchNorm:
        return shapes.BatchNorm()

    def _moments(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Mean and variance of the batch; the running averages move towards them."""
        count = x.shape[1]
        if count == 1:
            raise ShapeError(
                f"{self!r}: one number a channel has no variance. Train with more images, "
                "or call eval()."
            )
        mean, var = x.mean(axis=1), x.var(axis=1)
        for name, new in ("running_mean", mean), ("running_var", var * (count / (count - 1))):
            old = getattr(self, name)
            setattr(self, name, ((1 - self.momentum) * old + self.momentum * new).astype(x.dtype))
        return mean, var

    def __repr__(self) -> str:
        return f"BatchNorm2d({self.num_features})"
