"""Images to learn from. Nothing here needs the network."""

from cnnlab.data.digits import Digits, digits
from cnnlab.data.photographs import photograph

__all__ = ["Digits", "digits", "photograph"]
