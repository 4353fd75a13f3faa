"""Mutations of the model answers of 10_training that are still right functions."""

FROM_THE_END = "counted from the end it is the same axis or the same of four"
ANY_NEGATIVE = "NumPy takes any negative length for the one it should work out"
AS_LONG = "images, labels and their order are of one length"
SAME_SHAPE = "a gradient has the shape of what it belongs to"

SCORES = "scores = pooled.reshape(N, -1) @ dense_weight.T + dense_bias"
WINDOW = "window = images[:, i:i + KH, j:j + KW].reshape(N, -1)"
MAPS = "maps[:, :, i, j] = window @ weight.reshape(F, -1).T + bias"
POOLED = "pooled[:, :, i, j] = maps[:, :, 2 * i:2 * i + 2, 2 * j:2 * j + 2].max(axis=(2, 3))"
ZEROS = "pooled = np.zeros((N, F, maps.shape[2] // 2, maps.shape[3] // 2))"
EACH_PLACE = "for i, j in np.ndindex(maps.shape[2:]):"
EACH_BLOCK = "for i, j in np.ndindex(pooled.shape[2:]):"
EACH_WEIGHT = "for u, v in np.ndindex(weight.shape[1:]):"
SHARES = "grad_maps[block] = (winner * grad_pooled[:, :, i, j, None]).reshape(N, F, 2, 2)"
POWERS = "powers = np.exp(scores - scores.max(axis=1, keepdims=True))"
GRAD_SCORES = "grad_scores = powers / powers.sum(axis=1, keepdims=True)"
GRAD_WEIGHT = "grad_weight[:, u, v] = (pixels * grad_maps).sum(axis=(0, 2, 3))"
GRAD_BIAS = "grad_bias = grad_maps.sum(axis=(0, 2, 3))"
RETURNED = (
    "return (grad_weight, grad_bias, grad_scores.T @ pooled.reshape(N, -1), "
    "grad_scores.sum(axis=0))"
)
EACH_BATCH = "for start in range(0, len(order), size):"

SURVIVORS = {
    "accuracy": {
        "return (scores.argmax(axis=1) == labels).mean(): 1 -> -1, place 1": FROM_THE_END,
    },
    "network_forward": {
        f"{EACH_PLACE}: 2 -> -2, place 1": FROM_THE_END,
        f"{EACH_BLOCK}: 2 -> -2, place 1": FROM_THE_END,
        f"{ZEROS}: 2 -> -2, place 3": FROM_THE_END,
        f"{POOLED}: 2 -> -2, place 1": FROM_THE_END,
        f"{WINDOW}: 1 -> 2, place 1": ANY_NEGATIVE,
        f"{MAPS}: 1 -> 2, place 1": ANY_NEGATIVE,
        f"{SCORES}: 1 -> 2, place 1": ANY_NEGATIVE,
    },
    "network_backward": {
        "weight, dense_weight = (parameters[0], parameters[2]): 2 -> -2, place 1": FROM_THE_END,
        f"{SHARES}: 2 -> -2, place 1": ANY_NEGATIVE,
        f"{SHARES}: 2 -> -2, place 2": ANY_NEGATIVE,
        "winner = np.eye(4)[maps[block].reshape(N, F, 4).argmax(axis=2)]: 4 -> -4, place 2": (
            ANY_NEGATIVE
        ),
        f"{GRAD_BIAS}: grad_maps -> grad_pooled, place 1": "pooling hands the whole gradient on",
        f"{GRAD_BIAS}: 2 -> -2, place 1": FROM_THE_END,
        f"{POWERS}: 1 -> -1, place 1": FROM_THE_END,
        f"{GRAD_SCORES}: 1 -> -1, place 1": FROM_THE_END,
        f"{GRAD_WEIGHT}: 2 -> -2, place 1": FROM_THE_END,
        f"{EACH_BLOCK}: pooled -> grad_pooled, place 1": SAME_SHAPE,
        f"{EACH_BLOCK}: 2 -> -2, place 1": FROM_THE_END,
        f"{EACH_WEIGHT}: weight -> grad_weight, place 1": SAME_SHAPE,
        f"{RETURNED}: 1 -> 2, place 1": ANY_NEGATIVE,
    },
    "train": {
        "order = rng.permutation(len(images)): images -> labels, place 1": AS_LONG,
        f"{EACH_BATCH}: order -> images, place 1": AS_LONG,
        f"{EACH_BATCH}: order -> labels, place 1": AS_LONG,
    },
}

JUDGED_BY_OUTCOME = {
    "read_digits": "another number of filters, epochs or images a batch is right as well; "
    "test_capstone.py holds its wrong versions",
}
TOLERATED = {"read_digits": {"one value off": "95 of 100 digits are enough"}}
