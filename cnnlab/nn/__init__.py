"""Layers that learn, forward and backward, in plain NumPy.

Nothing is hidden: `Layer.forward` keeps what `Layer.backward` needs, and `backward` sets the
gradients that an optimiser reads. One training step is five lines::

    scores = network(images)
    loss(scores, labels)
    network.backward(loss.backward(), input_gradient=False)
    optimizer.step()

and `fit` repeats them. Arrays are (N, C, H, W); inside, the batch lies last in memory, which makes
a step along the picture a step over whole rows of numbers.
"""

import cnnlab.nn.experiments as experiments
import cnnlab.nn.initial as initial
import cnnlab.nn.zoo as zoo
from cnnlab.nn.conv import Conv2d, ConvTranspose2d
from cnnlab.nn.dense import Dropout, Flatten, Linear, ReLU, Sigmoid, Tanh
from cnnlab.nn.layer import Handle, Layer
from cnnlab.nn.loss import CrossEntropyLoss
from cnnlab.nn.norm import BatchNorm2d
from cnnlab.nn.optim import SGD, Adam
from cnnlab.nn.pooling import AvgPool2d, MaxPool2d
from cnnlab.nn.sequential import Sequential
from cnnlab.nn.training import History, accuracy, fit, predict

__all__ = [
    "SGD",
    "Adam",
    "AvgPool2d",
    "BatchNorm2d",
    "Conv2d",
    "ConvTranspose2d",
    "CrossEntropyLoss",
    "Dropout",
    "Flatten",
    "Handle",
    "History",
    "Layer",
    "Linear",
    "MaxPool2d",
    "ReLU",
    "Sequential",
    "Sigmoid",
    "Tanh",
    "accuracy",
    "experiments",
    "fit",
    "initial",
    "predict",
    "zoo",
]
