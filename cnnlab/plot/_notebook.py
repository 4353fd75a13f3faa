"""How a figure reaches a notebook page: once, with its text alternative, and closed afterwards.

Neither JupyterLab nor VS Code gives an ``image/png`` output an ``alt`` attribute, but both prefer
``text/html``. So a described figure is published as an ``<img alt="...">``, beside the plain
picture for exports that know no HTML. The hook hangs on ``ipython_display_formatter``, the one
formatter that matplotlib-inline leaves alone when it sets its picture formats.
"""

import base64
import html
import io
import sys
from typing import Any

from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cnnlab.plot._alt import alt_text

FORMATS = ("image/png", "image/jpeg")


def install() -> None:
    """Teach the running IPython, if there is one, to show described figures."""
    shell = _shell()
    if shell is not None:
        display = shell.display_formatter.ipython_display_formatter
        display.for_type(Figure, publish)
        display.for_type(Axes, publish_axes)


def publish(figure: Figure) -> None:
    """Display a described figure and close it, so that pyplot does not draw it again."""
    alt = alt_text(figure)
    mime, data, metadata = _picture(figure) if alt else ("", "", {})
    if not data:
        raise NotImplementedError("not described, or no picture format: IPython's own way")
    from IPython.display import display

    for earlier in _drawn_before(figure):
        display(earlier)
        plt.close(earlier)
    plt.close(figure)
    size = "".join(f' {key}="{value}"' for key, value in metadata.items())
    tag = f'<img alt="{html.escape(alt)}" src="data:{mime};base64,{data}"{size}>'
    bundle = {"text/plain": alt, "text/html": tag, mime: data}
    display(bundle, metadata={mime: {**metadata, "alt": alt}}, raw=True)


def still(drawing: Figure | Axes, dpi: int = 80) -> tuple[dict[str, str], dict[str, Any]]:
    """A described drawing as a MIME bundle and its metadata, for what shows itself; closes it."""
    figure = drawing if isinstance(drawing, Figure) else drawing.get_figure(root=True)
    assert isinstance(figure, Figure)
    alt, file = alt_text(figure), io.BytesIO()
    figure.savefig(file, format="png", dpi=dpi, bbox_inches="tight")
    plt.close(figure)
    data = base64.b64encode(file.getvalue()).decode("ascii")
    tag = f'<img alt="{html.escape(alt)}" src="data:image/png;base64,{data}">'
    return {"text/plain": alt, "text/html": tag, "image/png": data}, {"image/png": {"alt": alt}}


def publish_axes(ax: Axes) -> None:
    """Say nothing where pyplot is about to show the figure; else show it."""
    figure = ax.get_figure(root=True)
    if figure is None or not alt_text(figure):
        raise NotImplementedError("not drawn by us: IPython's own way")
    if figure.canvas.manager is None or not plt.fignum_exists(figure.canvas.manager.num):
        publish(figure)


def _drawn_before(figure: Figure) -> list[Figure]:
    """The open figures that pyplot would show only at the end of the cell, after this one."""
    manager = figure.canvas.manager
    if manager is None or not plt.fignum_exists(manager.num):
        return []
    return [plt.figure(n) for n in plt.get_fignums() if n < int(manager.num)]


def _shell() -> Any:
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython is not None else None


def _picture(figure: Figure) -> tuple[str, str, dict[str, int]]:
    """The first picture IPython's formatters make of it: MIME type, base64 data, its size."""
    formatters = _shell().display_formatter.formatters
    for mime in FORMATS:
        made = formatters[mime](figure)
        data, metadata = made if isinstance(made, tuple) else (made, None)
        if data:
            return mime, data, metadata or {}
    return "", "", {}
