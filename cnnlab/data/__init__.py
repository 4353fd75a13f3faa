"""Images to learn from. The network is needed for MNIST and Fashion-MNIST alone, and once."""

from cnnlab.data.datasets import Dataset, Part, load
from cnnlab.data.digits import Digits, digits
from cnnlab.data.downloads import fetch
from cnnlab.data.photographs import photograph

__all__ = ["Dataset", "Digits", "Part", "digits", "fetch", "load", "photograph"]
