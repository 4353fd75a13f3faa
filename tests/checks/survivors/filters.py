"""Mutations of the model answers of 02_filters that are still right functions."""

SAME_PLACE = "the second of two is also the last, so -1 names the same one"
NEVER_READ = "more zeros below or to the right than the last window reaches are never read"
PAD = "padded = np.pad(image, ((KH // 2, KH // 2), (KW // 2, KW // 2)))"

SURVIVORS = {
    "correlate2d": {
        "for j in range(output.shape[1]):: 1 -> -1, place 1": SAME_PLACE,
    },
    "correlate2d_strided": {
        "for j in range(output.shape[1]):: 1 -> -1, place 1": SAME_PLACE,
    },
    "convolve2d": {
        f"{PAD}: KH // 2 with Mult, place 2": NEVER_READ,
        f"{PAD}: KW // 2 with Mult, place 2": NEVER_READ,
        f"{PAD}: 2 -> 1, place 2": NEVER_READ,
        f"{PAD}: 2 -> 1, place 4": NEVER_READ,
    },
}
