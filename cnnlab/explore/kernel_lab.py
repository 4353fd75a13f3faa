"""The kernel lab: change the weights, and see at once what they make of a photograph."""

from typing import Any

import numpy as np
import numpy.typing as npt
import traitlets

from cnnlab import data, kernels
from cnnlab.errors import ArgumentError, ShapeError
from cnnlab.explore.base import BUNDLES, Explorer
from cnnlab.explore.traits import Choice, Matrix, Pixel

LARGEST = 512  # pixels a side
SIDES = (1, 3, 5)


class KernelLab(Explorer):
    r"""Filter a photograph with a kernel that the reader changes weight by weight.

    .. math:: y[i, j] = \sum_{u, v} x[i + u - \lfloor K_H / 2 \rfloor,\;
        j + v - \lfloor K_W / 2 \rfloor]\; k[u, v]

    a correlation that keeps the size; beyond its edge the picture is continued by its edge pixels.
    Everything is computed in the page. There the reader can also open a picture of their own, or
    take one; it never leaves the page.

    Shapes: image (H, W), kernel (KH, KW) -> (H, W)

    Parameters
    ----------
    image
        Gray values from 0 to 255, at most 512 x 512. The default is a photograph.
    kernel
        Weights, sides of 1, 3 or 5, or the name of one of `cnnlab.kernels.KERNELS`.
    view
        "response" shows y. "magnitude" shows :math:`\sqrt{g_x^2 + g_y^2}`, where :math:`g_y` is the
        answer of the kernel turned by 90 degrees; "direction" shows arrows along both.
    selected
        Row and column, counted from 0, of the pixel whose arithmetic is shown.
    layout
        ipywidgets' Layout of the box around the explorer.

    Raises
    ------
    ShapeError
        ``image`` or ``kernel`` is no matrix, is too large, or the kernel has an even side.
    ArgumentError
        A gray value outside 0 to 255, a word that is not known, or a setting that does not exist.

    References
    ----------
    Gonzalez & Woods, Digital Image Processing, 4th edition (2018), sections 3.4 to 3.6.

    >>> KernelLab(kernel="laplacian_4")
    KernelLab: 192 x 256 image, 3 x 3 kernel laplacian_4, response
    """

    _esm = BUNDLES / "kernel_lab.js"
    _css = BUNDLES / "kernel_lab.css"

    kernel = Matrix(kernels.SOBEL_X, largest=5, shrink="choose a smaller kernel")
    view = Choice("response", "magnitude", "direction", hints={"edges": "try 'magnitude'."})
    selected = Pixel()
    _pixels = traitlets.Bytes().tag(sync=True)
    _size = traitlets.List(traitlets.Int()).tag(sync=True)
    _kernels = traitlets.Dict(
        {name: kernel.tolist() for name, kernel in kernels.KERNELS.items()}
    ).tag(sync=True)

    def __init__(
        self,
        image: npt.ArrayLike | None = None,
        kernel: npt.ArrayLike | str = "sobel_x",
        *,
        view: str = "response",
        selected: tuple[int, int] = (0, 0),
        **settings: Any,
    ) -> None:
        super().__init__(
            kernel=kernels.get(kernel) if isinstance(kernel, str) else kernel,
            view=view,
            **settings,
        )
        self.image = _gray(data.photograph(size=(192, 256), gray=True) if image is None else image)
        self.selected = selected

    @property
    def image(self) -> npt.NDArray[np.uint8]:
        """The photograph that the page shows unless the reader opened another: (H, W), uint8."""
        return np.frombuffer(self._pixels, np.uint8).reshape(self._size)

    @image.setter
    def image(self, image: npt.ArrayLike) -> None:
        gray = _gray(image)
        with self.hold_trait_notifications():
            self._size, self._pixels = list(gray.shape), gray.tobytes()

    @traitlets.validate("kernel")
    def _odd(self, proposal: Any) -> Any:
        if not set(np.shape(proposal["value"])) <= set(SIDES):
            raise ShapeError(
                f"kernel: its sides must be 1, 3 or 5, got {np.shape(proposal['value'])}. Fix: an "
                "odd side has a middle, which comes to lie on the pixel; add a row of zeros."
            )
        return proposal["value"]

    def describe(self) -> str:
        h, w = self._size
        kh, kw = np.shape(self.kernel)
        names = (n for n, k in kernels.KERNELS.items() if np.array_equal(k, self.kernel))
        return f"KernelLab: {h} x {w} image, {kh} x {kw} kernel {next(names, '')}, {self.view}"


def _gray(image: npt.ArrayLike) -> npt.NDArray[np.uint8]:
    array = np.asarray(image)
    if array.ndim != 2 or not array.size:
        raise ShapeError(
            f"image: expected gray values (rows, columns), got the shape {array.shape}. "
            "Fix: choose one channel, or data.photograph(..., gray=True)."
        )
    if max(array.shape) > LARGEST:
        raise ShapeError(
            f"image: at most {LARGEST} x {LARGEST} pixels can be filtered while one looks, got "
            f"{array.shape[0]} x {array.shape[1]}. Fix: image[::2, ::2] takes every other pixel."
        )
    low, high = array.min(), array.max()
    scaled = array.dtype.kind == "f" and 0 < high <= 1
    if array.dtype.kind not in "iuf" or not (low >= 0 and high <= 255) or scaled:
        raise ArgumentError(
            f"image: expected gray values from 0 to 255, got {array.dtype} from {low:g} to "
            f"{high:g}. Fix: scale them, for example 255 * image."
        )
    return array.astype(np.uint8)
