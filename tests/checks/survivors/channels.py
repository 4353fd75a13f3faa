"""Mutations of the model answers of 05_channels that are still right functions."""

SAME_PLACE = "the second of two is also the last, so -1 names the same one"
THIRD_OF_FOUR = "the third of four is also the second from the end"

SURVIVORS = {
    "filter_response": {
        "for j in range(output.shape[1]):: 1 -> -1, place 1": SAME_PLACE,
    },
    "conv2d": {
        "for i in range(output.shape[2]):: 2 -> -2, place 1": THIRD_OF_FOUR,
    },
}
