"""Pictures as pictures: grey and colour images."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cnnlab.errors import ArgumentError, ShapeError
from cnnlab.plot import _alt
from cnnlab.plot._style import bare, grid_shape, headline, new_axes, number_text, numbers, panels

WANTED = "a grey image (H, W) or a colour image (H, W, 3)"
Range = tuple[float, float]


def show_image(
    image: npt.ArrayLike,
    *,
    ax: Axes | None = None,
    title: str = "",
    value_range: Range | None = None,
    alt: str | None = None,
) -> Axes:
    """Draw a grey or colour image. Black and white are fixed numbers, never stretched in silence.

    Shapes: image (H, W) or (H, W, 3).

    Parameters
    ----------
    image
        Numbers or bools. Of an integer image 0 is black and 255 is white. Of a float image they
        are 0 and 1, or -0.5 and 0.5 if it has negative values, as long as its values lie there;
        else 0 and 255; else the smallest and the largest value, and a line under the image says so.
    value_range
        The numbers to draw black and white, where these rules do not fit: ``(0, 16)``.
    alt
        A text alternative instead of the one made from the data.

    Raises
    ------
    ShapeError
        The array is not one image.
    ArgumentError
        NaN or infinite values, no numbers, or an empty ``value_range``.

    >>> ax = show_image([[0, 255], [255, 0]])
    >>> ax.images[0].get_clim()
    (0.0, 255.0)
    """
    pixels = as_image("show_image", image)
    low, high, stretched = scale(pixels, value_range)
    ax = ax or new_axes(*_inches(pixels))
    shown = pixels.astype(float) if pixels.ndim == 2 else _colours(pixels, low, high)
    few = max(pixels.shape[:2]) <= 100
    ax.imshow(shown, cmap="gray", vmin=low, vmax=high, interpolation="nearest" if few else "auto")
    bare(ax, title)
    limits = f"black is {number_text(low)}, white is {number_text(high)}"
    if stretched:
        ax.set_xlabel(limits)
    return _alt.describe(ax, alt or _alt.sentence(title, _words(pixels), limits.capitalize()))


def show_images(
    images: Sequence[npt.ArrayLike] | npt.NDArray[Any],
    *,
    titles: Sequence[str] | None = None,
    title: str = "",
    columns: int | None = None,
    value_range: Range | None = None,
    alt: str | None = None,
) -> Figure:
    """Draw several images side by side. Returns the Figure.

    Shapes: images, a list of (H, W) or (H, W, 3).

    >>> len(show_images([[[0, 255]], [[255, 0]]], titles=["a", "b"]).axes)
    2
    """
    pictures = [as_image("show_images", image) for image in images]
    names = as_titles("show_images", titles, len(pictures))
    rows, across = grid_shape(len(pictures), columns)
    tallest = max(picture.shape[0] / picture.shape[1] for picture in pictures)
    width = min(3.2 if tallest > 0.25 else 9, 10 / across)
    figure, axes = panels(rows, across, width, max(0.2, width * tallest) + 0.4 * bool(titles))
    spell = sum(picture.size for picture in pictures) <= _alt.SPELL_OUT
    for ax, picture, name in zip(axes, pictures, names, strict=False):
        words = None if spell else _alt.sentence(name, _summary(picture))
        show_image(picture, ax=ax, title=name, value_range=value_range, alt=words)
    for ax in axes[len(pictures) :]:
        ax.remove()
    return titled(figure, title, alt)


def as_image(name: str, image: npt.ArrayLike) -> npt.NDArray[Any]:
    """The image as an array (H, W) or (H, W, 3), or a ShapeError."""
    pixels = numbers(name, image, (2, 3), WANTED)
    if pixels.ndim == 3 and pixels.shape[2] != 3:
        first = pixels.shape[0] == 3
        fix = " Fix: move the colours last, np.moveaxis(image, 0, -1)." if first else ""
        raise ShapeError(f"{name}: expected {WANTED}, got shape {pixels.shape}.{fix}")
    return pixels


def as_titles(name: str, titles: Sequence[str] | None, count: int) -> Sequence[str]:
    """One title for each panel."""
    if count == 0:
        raise ShapeError(f"{name}: expected at least one array, got an empty list.")
    if titles is not None and len(titles) != count:
        raise ArgumentError(f"{name}: expected {count} titles, got {len(titles)}.")
    return titles or [""] * count


def titled(figure: Figure, title: str, alt: str | None) -> Figure:
    """Put a title over all panels, and into the text alternative."""
    headline(figure, title)
    panels_say = _alt.alt_text(figure)
    return _alt.describe(figure, alt or _alt.sentence(title, panels_say))


def scale(pixels: npt.NDArray[Any], value_range: Range | None) -> tuple[float, float, bool]:
    """The numbers drawn black and white, and whether they were stretched to fit the data."""
    if value_range is not None:
        black, white = value_range
        if not black < white:
            raise ArgumentError(f"value_range: expected (black, white), got {value_range}.")
        return black, white, False
    low, high = float(pixels.min()), float(pixels.max())
    known: list[Range] = [(0, 255)]
    if pixels.dtype.kind in "fb":
        known = [(0, 1), (-0.5, 0.5), (0, 255)]
    for black, white in known:
        if black <= low and high <= white:
            return black, white, False
    return low, high if high > low else low + 1, True


def _colours(pixels: npt.NDArray[Any], low: float, high: float) -> npt.NDArray[np.float64]:
    return np.clip((pixels.astype(float) - low) / (high - low), 0, 1)


def _inches(pixels: npt.NDArray[Any]) -> tuple[float, float]:
    """Large images pixel for pixel up to 5 inches; a flat strip stays wide."""
    height, width = pixels.shape[:2]
    longest = 4.8 if max(height, width) > 64 else 3.2
    if max(height, width) > 4 * min(height, width):
        longest = 9.0
    scale = longest / max(height, width)
    return width * scale, max(height * scale, 0.5) + 0.3


def _words(pixels: npt.NDArray[Any]) -> str:
    if pixels.ndim == 2 and pixels.size <= _alt.SPELL_OUT:
        return _alt.sentence(_kind(pixels), _alt.spelled(pixels))
    return _summary(pixels)


def _summary(pixels: npt.NDArray[Any]) -> str:
    grey = pixels if pixels.ndim == 2 else pixels.mean(axis=2)
    return _alt.sentence(
        _kind(pixels), f"Average {number_text(pixels.mean())}", _alt.where(grey.astype(float))
    )


def _kind(pixels: npt.NDArray[Any]) -> str:
    kind = "Grey" if pixels.ndim == 2 else "Colour"
    return f"{kind} image, {_alt.size(pixels)}, {_alt.span(pixels)}"
