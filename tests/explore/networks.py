"""Networks with random numbers, and what `cnnlab.nn` makes of an image in each of their layers."""

import base64

import numpy as np

from cnnlab import nn
from cnnlab.explore import Network


def networks():
    """As the page gets them; `cnnlab.nn` is proven against SciPy and ONNX elsewhere."""
    return [_case(seed) for seed in range(24)]


def _case(seed):
    rng = np.random.default_rng(seed)
    network = _random(rng)
    for _, layer in network.named_layers():
        for name in layer.parameter_names:
            shape = getattr(layer, name).shape
            setattr(layer, name, rng.normal(size=shape) / np.sqrt(np.prod(shape[1:]) or 1))
        if isinstance(layer, nn.BatchNorm2d):
            layer.running_mean = rng.normal(size=layer.num_features)
            layer.running_var = rng.uniform(0.5, 2, layer.num_features)
    network.eval()
    image = rng.uniform(size=(9, 8)).astype(np.float32)
    explorer = Network(network, image)
    maps = network.feature_maps(image[np.newaxis, np.newaxis])
    return {
        "image": image.tolist(),
        "layers": explorer._layers,
        "weights": base64.b64encode(explorer._weights).decode(),
        "maps": [np.atleast_1d(m[0]).tolist() for m in maps.values()],
    }


def _random(rng):
    """Every kind of layer, with settings drawn at random."""
    activation = [nn.ReLU, nn.Sigmoid, nn.Tanh][rng.integers(3)]
    pooling = [nn.MaxPool2d, nn.AvgPool2d][rng.integers(2)]
    filters = 2 * int(rng.integers(1, 4))
    first = nn.Conv2d(
        1,
        filters,
        (int(rng.integers(1, 4)), 3),
        padding=[0, 1, "same"][rng.integers(3)],
        dilation=int(rng.integers(1, 3)),
    )
    second = nn.Conv2d(
        filters, 4, 2, stride=(1, 2), padding=1, groups=2, bias=bool(rng.integers(2))
    )
    body = [first, nn.BatchNorm2d(filters), activation(), pooling(2, 1, 1), second]
    body += [nn.Sequential(nn.Dropout(0.5), pooling((2, 1)))]
    shape = nn.Sequential(*body).summary((1, 9, 8)).output_shape
    return nn.Sequential(*body, nn.Flatten(), nn.Linear(int(np.prod(shape)), 5))
