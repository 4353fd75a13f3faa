"""The checks of assignment 10_training, one module for each function."""

from cnnlab.checks.training.accuracy import LADDER as ACCURACY
from cnnlab.checks.training.network_backward import LADDER as NETWORK_BACKWARD
from cnnlab.checks.training.network_forward import LADDER as NETWORK_FORWARD
from cnnlab.checks.training.read_digits import LADDER as READ_DIGITS
from cnnlab.checks.training.train import LADDER as TRAIN

LADDERS = (ACCURACY, NETWORK_FORWARD, NETWORK_BACKWARD, TRAIN, READ_DIGITS)
