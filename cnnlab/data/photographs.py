"""Photographs that come with scikit-learn."""

import difflib

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

from cnnlab.errors import ArgumentError

# Name: photographer, page. Both CC BY 2.0.
PHOTOGRAPHS = {
    "china": ("danielbuechele", "https://www.flickr.com/photos/danielbuechele/6061409035/"),
    "flower": ("vultilion", "https://www.flickr.com/photos/vultilion/6056698931/"),
}


def photograph(
    name: str = "china", *, size: int | tuple[int, int] | None = None, gray: bool = False
) -> npt.NDArray[np.uint8]:
    """A photograph: ``"china"``, a pavilion above a lake, or ``"flower"``, a dahlia.

    Shapes: (H, W, 3), or (H, W) with ``gray``; uint8 from 0 to 255. Without ``size`` H is 427 and
    W is 640.

    Parameters
    ----------
    size
        Height and width in pixels, or one number for both. The middle of the photograph is cut
        out in this proportion and scaled to it.
    gray
        Give one plane, 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601), rounded.

    Raises
    ------
    ArgumentError
        No photograph of that name, or a size below 1.

    References
    ----------
    By danielbuechele (china) and vultilion (flower) on Flickr, CC BY 2.0, as scikit-learn carries
    them.

    >>> photograph("flower", size=(48, 64)).shape
    (48, 64, 3)
    """
    if name not in PHOTOGRAPHS:
        near = difflib.get_close_matches(str(name), PHOTOGRAPHS, 1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        names = " and ".join(repr(known) for known in PHOTOGRAPHS)
        raise ArgumentError(f"photograph: no picture is named {name!r}; there are {names}.{hint}")
    shape = None if size is None else _height_and_width(size)

    from sklearn.datasets import load_sample_image

    picture = Image.fromarray(load_sample_image(f"{name}.jpg"))
    if shape is not None:
        picture = ImageOps.fit(picture, shape[::-1], Image.Resampling.LANCZOS)
    return np.array(picture.convert("L") if gray else picture)


def _height_and_width(size: int | tuple[int, int]) -> tuple[int, int]:
    height, width = (size, size) if isinstance(size, (int, np.integer)) else size
    if height < 1 or width < 1:
        raise ArgumentError(f"photograph: size must be 1 or more, got {size}.")
    return int(height), int(width)
