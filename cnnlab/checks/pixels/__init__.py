"""The checks of assignment 01_pixels, one module for each function."""

from cnnlab.checks.pixels.pixels_to_array import LADDER as PIXELS_TO_ARRAY
from cnnlab.checks.pixels.rgb_to_gray import LADDER as RGB_TO_GRAY
from cnnlab.checks.pixels.scale_centered import LADDER as SCALE_CENTERED
from cnnlab.checks.pixels.slide_pair import LADDER as SLIDE_PAIR

LADDERS = (PIXELS_TO_ARRAY, RGB_TO_GRAY, SCALE_CENTERED, SLIDE_PAIR)
