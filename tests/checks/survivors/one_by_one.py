"""Mutations of the model answers of 07_one_by_one that are still right functions."""

AS_MANY = "there are as many biases, and as many outputs, as rows of weights"

SURVIVORS = {
    "mix_channels": {
        "output = np.zeros(len(weight)): weight -> bias, place 1": AS_MANY,
        "for o in range(len(weight)):: weight -> bias, place 1": AS_MANY,
        "for o in range(len(weight)):: weight -> output, place 1": AS_MANY,
    },
    "conv1x1": {
        "output = np.zeros((N, len(weight), H, W)): weight -> bias, place 1": AS_MANY,
    },
}
