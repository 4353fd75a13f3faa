"""The checks of assignment 01_pixels, one module for each function."""

from cnnlab.checks.pixels import pixels_to_array, rgb_to_gray, scale_centered, slide_pair

LADDERS = tuple(m.LADDER for m in (pixels_to_array, rgb_to_gray, scale_centered, slide_pair))
