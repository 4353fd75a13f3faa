"""The eight-filter net in the loop style of tutorials: one image and one window at a time."""

import numpy as np


class LoopNetwork:
    """Convolution, pooling and softmax by loops over places; backward, over filters as well.

    The style is that of Zhou (2019), "CNNs, part 1". Gradients are summed over the images, so that
    a step does the same as a step of `cnnlab.nn` on the batch.
    """

    def __init__(self, kernels: np.ndarray, matrix: np.ndarray, learning_rate: float):
        self.kernels, self.matrix = kernels.copy(), matrix.copy()  # (O, 3, 3), (K, features)
        self.shifts, self.biases = np.zeros(len(kernels)), np.zeros(len(matrix))
        self.learning_rate = learning_rate

    def step(self, images: np.ndarray, labels: np.ndarray) -> float:
        """One step on images (N, H, W); returns the mean loss."""
        sums = [np.zeros_like(a) for a in (self.kernels, self.shifts, self.matrix, self.biases)]
        total = 0.0
        for image, label in zip(images, labels, strict=True):
            loss, gradients = self._image(image, label)
            total += loss
            for summed, gradient in zip(sums, gradients, strict=True):
                summed += gradient / len(images)
        for value, gradient in zip(
            (self.kernels, self.shifts, self.matrix, self.biases), sums, strict=True
        ):
            value -= self.learning_rate * gradient
        return total / len(images)

    def _image(self, image, label):
        maps = self._convolve(image)
        pooled = self._pool(maps)
        features = pooled.transpose(2, 0, 1).ravel()
        scores = self.matrix @ features + self.biases
        p = np.exp(scores - scores.max())
        p /= p.sum()
        error = p.copy()
        error[label] -= 1
        back = (self.matrix.T @ error).reshape(-1, *pooled.shape[:2]).transpose(1, 2, 0)
        maps_error = self._unpool(maps, pooled, back)
        kernels = np.zeros_like(self.kernels)
        for i in range(maps.shape[0]):
            for j in range(maps.shape[1]):
                for o in range(len(kernels)):
                    kernels[o] += maps_error[i, j, o] * image[i : i + 3, j : j + 3]
        gradients = kernels, maps_error.sum(axis=(0, 1)), np.outer(error, features), error
        return -np.log(p[label]), gradients

    def _convolve(self, image):
        height, width = image.shape[0] - 2, image.shape[1] - 2
        maps = np.zeros((height, width, len(self.kernels)))
        for i in range(height):
            for j in range(width):
                window = image[i : i + 3, j : j + 3]
                maps[i, j] = np.sum(window * self.kernels, axis=(1, 2)) + self.shifts
        return maps

    def _pool(self, maps):
        pooled = np.zeros((maps.shape[0] // 2, maps.shape[1] // 2, maps.shape[2]))
        for i in range(pooled.shape[0]):
            for j in range(pooled.shape[1]):
                pooled[i, j] = np.amax(maps[2 * i : 2 * i + 2, 2 * j : 2 * j + 2], axis=(0, 1))
        return pooled

    def _unpool(self, maps, pooled, back):
        error = np.zeros_like(maps)
        for i in range(pooled.shape[0]):
            for j in range(pooled.shape[1]):
                for u in range(2):
                    for v in range(2):
                        for o in range(pooled.shape[2]):
                            if maps[2 * i + u, 2 * j + v, o] == pooled[i, j, o]:
                                error[2 * i + u, 2 * j + v, o] = back[i, j, o]
        return error
