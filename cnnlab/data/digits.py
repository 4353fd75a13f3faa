"""Small handwritten digits that come with scikit-learn."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt


class Digits(NamedTuple):
    """Images and the digit that each of them shows."""

    images: npt.NDArray[np.uint8]
    labels: npt.NDArray[np.int64]


def digits() -> Digits:
    """1797 handwritten digits of 8 x 8 pixels.

    A pixel counts the inked dots of a 4 x 4 block of the scan: 0 is paper, 16 is full ink.

    Shapes: images (1797, 8, 8), uint8 from 0 to 16; labels (1797,), int64 from 0 to 9.

    References
    ----------
    E. Alpaydin and C. Kaynak (1998), Optical Recognition of Handwritten Digits, UCI Machine
    Learning Repository, doi:10.24432/C50P49, CC BY 4.0. The test set, as scikit-learn carries it.

    >>> images, labels = digits()
    >>> labels[100], images[100, 0]
    (np.int64(4), array([ 0,  0,  0,  2, 13,  0,  0,  0], dtype=uint8))
    """
    from sklearn.datasets import load_digits

    loaded: Any = load_digits()
    return Digits(loaded.images.astype(np.uint8), loaded.target.astype(np.int64))
