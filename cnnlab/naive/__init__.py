"""The formula tier: every operation as the sum it stands for, in loops.

One function is one equation, with the letters of its formula. These functions are made to be read,
and to judge faster code. They compute in float64 and trust their arguments; `cnnlab.functional` has
the same names and arguments, checks them, and is fast. The two share no code.
"""

from cnnlab.naive.correlate import convolve2d, correlate2d

__all__ = ["convolve2d", "correlate2d"]
