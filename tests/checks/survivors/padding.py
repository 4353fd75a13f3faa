"""Mutations of the model answers of 04_padding_and_stride that are still right functions."""

SURVIVORS = {
    "output_size": {
        "if room < 0:: 0 -> -1, place 1": "a room of -1 divided and rounded down is -1, "
        "and one more is 0 as well",
    },
    "correlate2d_padded": {
        "for j in range(output.shape[1]):: 1 -> -1, place 1": "the second of two is also the last, "
        "so -1 names the same one",
    },
}
