"""Mutations of the model answers of 08_features_to_classes that are still right functions."""

LAST_AXIS = "the second of two axes is also the last, so -1 names the same one"
AS_MANY = "there are as many images as targets"

SURVIVORS = {
    "flatten": {
        "return input.reshape(len(input), -1): 1 -> 2, place 1": (
            "NumPy takes any length below zero for the one to be worked out"
        ),
    },
    "softmax": {
        "safe = input - input.max(axis=1, keepdims=True): 1 -> -1, place 1": LAST_AXIS,
        "return powers / powers.sum(axis=1, keepdims=True): 1 -> -1, place 1": LAST_AXIS,
    },
    "one_hot": {
        "for n in range(len(target)):: target -> rows, place 1": AS_MANY,
    },
    "cross_entropy": {
        "return total / len(input): input -> target, place 1": AS_MANY,
    },
}
