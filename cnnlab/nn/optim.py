"""How gradients become steps."""

import numpy as np

from cnnlab.errors import ArgumentError
from cnnlab.nn.sequential import Sequential


class SGD:
    r"""Stochastic gradient descent with momentum and weight decay.

    .. math:: g \leftarrow g + \lambda w, \qquad v \leftarrow \mu v + g, \qquad
        w \leftarrow w - \eta v

    Shapes: a velocity v of the shape of each parameter.
    Parameters: ``network``; ``lr`` :math:`\eta`, above 0; ``momentum`` :math:`\mu`, from 0 to
    below 1; ``weight_decay`` :math:`\lambda`, at least 0. Each may be changed between two steps.

    Raises: `ArgumentError` for numbers out of their range; `StateError` from `step` if the
    network has not run backward.

    >>> from cnnlab import nn
    >>> layer = nn.Linear(1, 1, rng=0)
    >>> layer.weight[:], layer.gradients = 1.0, {"weight": np.ones((1, 1)), "bias": np.zeros(1)}
    >>> SGD(Sequential(layer), lr=0.25).step()
    >>> layer.weight                                          # 1 - 0.25 * 1
    array([[0.75]], dtype=float32)

    References: Rumelhart, Hinton and Williams (1986), Nature 323; ``torch.optim.SGD``.
    """

    def __init__(
        self, network: Sequential, lr: float, momentum: float = 0.0, weight_decay: float = 0.0
    ):
        _check("SGD", lr, weight_decay)
        if not 0 <= momentum < 1:
            raise ArgumentError(f"SGD: momentum must be at least 0 and below 1, got {momentum!r}.")
        self.network, self.lr = network, lr
        self.momentum, self.weight_decay = momentum, weight_decay
        self._velocity: dict[str, np.ndarray] = {}

    def step(self) -> None:
        """Move every parameter against its gradient."""
        for name, value, gradient in self.network.learnt():
            if self.weight_decay:
                gradient = gradient + self.weight_decay * value
            if self.momentum:
                velocity = self._velocity.setdefault(name, np.zeros_like(value))
                velocity *= self.momentum
                velocity += gradient
                gradient = velocity
            value -= self.lr * gradient


class Adam:
    r"""Steps scaled by running averages of the gradient and of its square.

    .. math:: m \leftarrow \beta_1 m + (1 - \beta_1) g, \quad v \leftarrow \beta_2 v +
        (1 - \beta_2) g^2, \quad w \leftarrow w - \eta \frac{m / (1 - \beta_1^t)}{\sqrt{v / (1 -
        \beta_2^t)} + \epsilon}

    Shapes: averages m and v of the shape of each parameter.
    Parameters: ``network``; ``lr`` :math:`\eta`, above 0; ``betas``, both from 0 to below 1;
    ``eps``, above 0; ``weight_decay``, added to the gradient as in `SGD`, at least 0.

    Raises: as `SGD`.

    >>> from cnnlab import nn
    >>> layer = nn.Linear(1, 1, rng=0)
    >>> layer.weight[:], layer.gradients = 1.0, {"weight": np.full((1, 1), 7), "bias": np.zeros(1)}
    >>> Adam(Sequential(layer), lr=0.25).step()               # the first step is lr, whatever g is
    >>> layer.weight.round(3)
    array([[0.75]], dtype=float32)

    References: Kingma and Ba (2015), arXiv:1412.6980, algorithm 1; ``torch.optim.Adam``.
    """

    def __init__(
        self,
        network: Sequential,
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.0,
    ):
        _check("Adam", lr, weight_decay)
        if not all(0 <= beta < 1 for beta in betas) or eps <= 0:
            raise ArgumentError(
                f"Adam: betas must be at least 0 and below 1, eps above 0; got {betas} and {eps!r}."
            )
        self.network, self.lr, self.betas = network, lr, betas
        self.eps, self.weight_decay = eps, weight_decay
        self._steps = 0
        self._averages: dict[str, tuple[np.ndarray, np.ndarray]] = {}

    def step(self) -> None:
        """Move every parameter against its averaged gradient."""
        self._steps += 1
        one, two = self.betas
        unbias_one, unbias_two = 1 - one**self._steps, 1 - two**self._steps
        for name, value, gradient in self.network.learnt():
            if self.weight_decay:
                gradient = gradient + self.weight_decay * value
            zeros = np.zeros_like(value), np.zeros_like(value)
            mean, square = self._averages.setdefault(name, zeros)
            mean += (1 - one) * (gradient - mean)
            square += (1 - two) * (gradient * gradient - square)
            value -= self.lr / unbias_one * mean / (np.sqrt(square / unbias_two) + self.eps)


Optimizer = SGD | Adam


def _check(name: str, lr: float, weight_decay: float) -> None:
    if not lr > 0:
        raise ArgumentError(f"{name}: lr must be above 0, got {lr!r}.")
    if not weight_decay >= 0:
        raise ArgumentError(f"{name}: weight_decay must be at least 0, got {weight_decay!r}.")
