"""Mutations of the model answers of 01_pixels that are still right functions."""

SAME_PLACE = "the second of two is also the last, so -1 names the same one"

SURVIVORS = {
    "slide_pair": {
        "return pair[0] * left + pair[1] * right: 1 -> -1, place 1": SAME_PLACE,
    },
}
