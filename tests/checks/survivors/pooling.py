"""Mutations of the model answers of 06_pooling that are still right functions."""

THIRD_OF_FOUR = "the third of four axes is also the second from the end"
ANY_NEGATIVE = "NumPy works out the size that is negative, whichever negative number stands there"

SURVIVORS = {
    "max_pool2d": {
        "for i in range(output.shape[2]):: 2 -> -2, place 1": THIRD_OF_FOUR,
        "output[:, :, i, j] = window.max(axis=(2, 3)): 2 -> -2, place 1": THIRD_OF_FOUR,
    },
    "avg_pool2d": {
        "for i in range(output.shape[2]):: 2 -> -2, place 1": THIRD_OF_FOUR,
        "output[:, :, i, j] = window.mean(axis=(2, 3)): 2 -> -2, place 1": THIRD_OF_FOUR,
    },
    "global_avg_pool2d": {
        "return input.mean(axis=(2, 3), keepdims=True): 2 -> -2, place 1": THIRD_OF_FOUR,
    },
    "spatial_pyramid_pool2d": {
        "return np.stack(parts, axis=2).reshape(N, -1): 1 -> 2, place 1": ANY_NEGATIVE,
        "parts.append(input[:, :, rows, columns].max(axis=(2, 3))): 2 -> -2, place 1": (
            THIRD_OF_FOUR
        ),
    },
}
