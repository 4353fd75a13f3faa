"""The checks of assignment 07_one_by_one, one module for each function."""

from cnnlab.checks.one_by_one.block_size import LADDER as BLOCK_SIZE
from cnnlab.checks.one_by_one.conv1x1 import LADDER as CONV1X1
from cnnlab.checks.one_by_one.mix_channels import LADDER as MIX_CHANNELS
from cnnlab.checks.one_by_one.path_weights import LADDER as PATH_WEIGHTS

LADDERS = (MIX_CHANNELS, CONV1X1, PATH_WEIGHTS, BLOCK_SIZE)
