"""The checks of assignment 08_features_to_classes, one module for each function."""

from cnnlab.checks.classes import cross_entropy, flatten, one_hot, relu, softmax

LADDERS = tuple(m.LADDER for m in (relu, flatten, softmax, one_hot, cross_entropy))
