"""Dense layers, and those that work number by number."""

import numpy as np

from cnnlab import shapes
from cnnlab.errors import ArgumentError, ShapeError
from cnnlab.nn import _engine as engine
from cnnlab.nn.initial import Initial, Rng, draw
from cnnlab.nn.layer import Layer, as_float, check_maps


class Linear(Layer):
    r"""Every output is a weighted sum of all inputs.

    .. math:: y[n, o] = b[o] + \sum_i x[n, i]\; w[o, i]

    Shapes: input (N, I) -> output (N, O); ``weight`` (O, I), ``bias`` (O,).

    Parameters: ``in_features`` I and ``out_features`` O, at least 1; ``bias``, ``init`` and
    ``rng`` as in `Conv2d`.

    Raises: `ArgumentError` for numbers out of their range; `ShapeError` if the input does not fit.

    >>> layer = Linear(2, 1, rng=0)
    >>> layer.weight[:] = [[3, 4]]
    >>> layer(np.array([[10, 1]]))
    array([[34.]], dtype=float32)

    References: ``torch.nn.Linear``.
    """

    weight: np.ndarray
    bias: np.ndarray | None

    def __init__(
        self,
        in_features: int,
        out_features: int,
        bias: bool = True,
        *,
        init: Initial = "he",
        rng: Rng = None,
    ):
        super().__init__()
        self.in_features, self.out_features = in_features, out_features
        if min(in_features, out_features) < 1:
            raise ArgumentError(f"{self!r}: in_features and out_features must be at least 1.")
        self.weight = draw(init, rng, (out_features, in_features))
        self.bias = np.zeros(out_features, np.float32) if bias else None
        self.parameter_names = ("weight", "bias") if bias else ("weight",)

    def forward(self, input: np.ndarray) -> np.ndarray:
        array = np.asarray(input)
        if array.ndim != 2 or array.shape[1] != self.in_features:
            raise ShapeError(
                f"{self!r}: expects an input (N, {self.in_features}), got shape {array.shape}. "
                "nn.Flatten turns maps into rows."
            )
        if not len(array):
            raise ShapeError(f"{self!r}: the input of shape {array.shape} is empty.")
        x = array.astype(self.weight.dtype, copy=False).T  # (I, N): the batch is last, as in maps
        y = self.weight @ x
        if self.bias is not None:
            y += self.bias[:, None]
        self._keep(x)
        return y.T

    def backward(self, grad_output: np.ndarray, input_gradient: bool = True) -> np.ndarray | None:
        (x,) = self._recall()
        self._check_grad(grad_output, (x.shape[1], self.out_features))
        grad = np.asarray(grad_output, self.weight.dtype).T
        self.gradients["weight"] = grad @ x.T
        if self.bias is not None:
            self.gradients["bias"] = grad.sum(axis=1)
        return (self.weight.T @ grad).T if input_gradient else None

    def describe(self) -> shapes.Linear:
        return shapes.Linear(self.out_features, self.bias is not None)

    def __repr__(self) -> str:
        return f"Linear({self.in_features}, {self.out_features})"


class Flatten(Layer):
    r"""All maps of an image in one row, channel by channel, row by row.

    .. math:: y[n, (c H + i) W + j] = x[n, c, i, j]

    Shapes: (N, C, H, W) -> (N, C * H * W)
    Raises: `ShapeError` for an input without four axes.

    >>> Flatten()(np.zeros((3, 2, 5, 5))).shape
    (3, 50)

    References: ``torch.nn.Flatten``.
    """

    def forward(self, input: np.ndarray) -> np.ndarray:
        array = check_maps(self, input)
        self._keep(array.shape)
        return engine.memory(array).reshape(-1, len(array)).T

    def backward(self, grad_output: np.ndarray, input_gradient: bool = True) -> np.ndarray | None:
        (shape,) = self._recall()
        N, C, H, W = shape
        self._check_grad(grad_output, (N, C * H * W))
        return engine.images(np.asarray(grad_output).T.reshape(C, H, W, N))

    def describe(self) -> shapes.Flatten:
        return shapes.Flatten()


class _Pointwise(Layer):
    """A function of each number alone; ``_slope`` is its derivative, from input and output."""

    kind: str

    def forward(self, input: np.ndarray) -> np.ndarray:
        x = as_float(input)
        y = self._value(x)
        self._keep(x, y)
        return y

    def backward(self, grad_output: np.ndarray, input_gradient: bool = True) -> np.ndarray | None:
        x, y = self._recall()
        self._check_grad(grad_output, y.shape)
        return grad_output * self._slope(x, y) if input_gradient else None

    def describe(self) -> shapes.Pointwise:
        return shapes.Pointwise(self.kind)

    def _value(self, x: np.ndarray) -> np.ndarray:
        raise NotImplementedError

    def _slope(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        raise NotImplementedError


class ReLU(_Pointwise):
    r"""Negative numbers become zero: :math:`y = \max(x, 0)`. The slope at zero counts as zero.

    Shapes: any, kept.
    Raises: `ShapeError` from `backward` if the gradient has another shape than the output.

    >>> ReLU()(np.array([-1.0, 2.24]))
    array([0.  , 2.24])

    References: Nair and Hinton (2010), ICML 27.
    """

    kind = "relu"

    def _value(self, x: np.ndarray) -> np.ndarray:
        return np.maximum(x, 0)

    def _slope(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return y > 0


class Sigmoid(_Pointwise):
    r"""Squeeze every number between 0 and 1: :math:`y = 1 / (1 + e^{-x})`, :math:`y' = y(1 - y)`.

    Shapes: any, kept.
    Raises: `ShapeError` from `backward` if the gradient has another shape than the output.

    >>> Sigmoid()(np.array([-1000.0, 0.0, 1000.0]))
    array([0. , 0.5, 1. ])

    References: Rumelhart, Hinton and Williams (1986), Nature 323.
    """

    kind = "sigmoid"

    def _value(self, x: np.ndarray) -> np.ndarray:
        return (np.tanh(x / 2) + 1) / 2  # the same function, and it cannot overflow

    def _slope(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return y * (1 - y)


class Tanh(_Pointwise):
    r"""Squeeze every number between -1 and 1: :math:`y = \tanh x`, :math:`y' = 1 - y^2`.

    Shapes: any, kept.
    Raises: `ShapeError` from `backward` if the gradient has another shape than the output.

    >>> Tanh()(np.array([-1000.0, 0.0, 1000.0]))
    array([-1.,  0.,  1.])

    References: LeCun, Bottou, Orr and Müller (1998), "Efficient BackProp", section 4.4.
    """

    kind = "tanh"

    def _value(self, x: np.ndarray) -> np.ndarray:
        return np.tanh(x)

    def _slope(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return 1 - y * y


class Dropout(Layer):
    r"""In training, set each number to zero with probability p and divide the others by 1 - p.

    .. math:: y = \frac{m\, x}{1 - p}, \quad m = 0 \text{ with probability } p, \text{ else } 1

    In evaluation the input passes unchanged, and so does the gradient.

    Shapes: any, kept.

    Parameters: ``p``, at least 0 and below 1; ``rng``, a Generator or a seed.
    Raises: `ArgumentError` for a p out of its range.

    >>> Dropout(0.5, rng=0)(np.ones((1, 6)))
    array([[2., 2., 2., 0., 0., 0.]])

    References: Srivastava et al. (2014), JMLR 15(56).
    """

    def __init__(self, p: float = 0.5, *, rng: Rng = None):
        super().__init__()
        if not 0 <= p < 1:
            raise ArgumentError(f"Dropout: p must be at least 0 and below 1, got {p!r}.")
        self.p = p
        self.rng = np.random.default_rng(rng)

    def forward(self, input: np.ndarray) -> np.ndarray:
        x = as_float(input)
        if not self.training or self.p == 0:
            self._keep(x.shape, 1)
            return x
        kept = self.rng.random(x.shape, np.float32) >= self.p
        scale = kept / x.dtype.type(1 - self.p)
        self._keep(x.shape, scale)
        return x * scale

    def backward(self, grad_output: np.ndarray, input_gradient: bool = True) -> np.ndarray | None:
        shape, scale = self._recall()
        self._check_grad(grad_output, shape)
        return grad_output * scale if input_gradient else None

    def describe(self) -> shapes.Pointwise:
        return shapes.Pointwise("dropout")

    def __repr__(self) -> str:
        return f"Dropout({self.p:g})"
