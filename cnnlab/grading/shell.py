"""An IPython shell that keeps what cells show, as notebook outputs, within bounds.

It stands in for a Jupyter kernel: magics, ``await``, rich display and inline figures work; there is
no socket and no message protocol, so a cell costs what its code costs.
"""

import base64
import io
import json
import sys
from contextlib import contextmanager
from typing import Any

from IPython.core import pylabtools
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

CUT = "\n… output cut …\n"
OVERHEAD = 200  # what an output of no size costs
IN_FULL = pylabtools.print_figure


class Outputs:
    """What the running cell shows: at most ``text`` characters of text, ``rich`` of the rest."""

    def __init__(self, text: int = 100_000, rich: int = 5_000_000) -> None:
        self.limits = (text, rich)
        self.clear()

    def clear(self) -> None:
        self.items: list[dict[str, Any]] = []
        self.text, self.rich = self.limits

    def write(self, name: str, text: str) -> None:
        if self.text < 0 or not text:
            return
        kept = text if len(text) <= self.text else text[: self.text] + CUT
        self.text = self.text - len(text) if len(text) <= self.text else -1
        last = self.items[-1] if self.items else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"] += kept
        else:
            self.items.append({"output_type": "stream", "name": name, "text": kept})

    def show(
        self, kind: str, data: dict[str, Any], metadata: dict[str, Any], display_id: Any = None
    ) -> None:
        data = {mime: _text(value) for mime, value in data.items()}
        size = OVERHEAD + sum(map(len, data.values()))
        if size > self.rich:
            self.write("stdout", CUT)
            return
        self.rich -= size
        item = {
            "output_type": kind,
            "data": data,
            "metadata": metadata or {},
            "display_id": display_id,
        }
        same = [
            k
            for k, old in enumerate(self.items)
            if display_id and old.get("display_id") == display_id
        ]
        if same:
            self.items[same[-1]] = item
        else:
            self.items.append(item)

    def shown(self) -> list[dict[str, Any]]:
        """What the cell has shown, as a notebook keeps it."""
        return [
            {key: value for key, value in item.items() if key != "display_id"}
            for item in self.items
        ]

    def fail(self, name: str, value: str, lines: list[str]) -> None:
        limit = self.limits[0]
        self.items.append(
            {
                "output_type": "error",
                "ename": name[:200],
                "evalue": value[: limit // 10],
                "traceback": "\n".join(lines)[:limit].split("\n"),
            }
        )


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return json.dumps(value) if isinstance(value, (dict, list)) else str(value)


class _Stream(io.TextIOBase):
    """What cells see as ``sys.stdout`` and ``sys.stderr``."""

    encoding = "utf-8"

    def __init__(self, name: str, outputs: Outputs) -> None:
        super().__init__()
        self._name, self._outputs = name, outputs

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() takes text, not {type(text).__name__}")
        self._outputs.write(self._name, text)
        return len(text)

    def writable(self) -> bool:
        return True


class _Publisher(DisplayPublisher):
    def publish(self, data, metadata=None, source=None, *, transient=None, update=False, **_):
        display_id = (transient or {}).get("display_id")
        self.shell.outputs.show("display_data", data, metadata, display_id)

    def clear_output(self, wait=False):
        self.shell.outputs.items.clear()


class _Hook(DisplayHook):
    def write_output_prompt(self):
        pass

    def write_format_data(self, format_dict, md_dict=None):
        self.shell.outputs.show("execute_result", format_dict, md_dict)  # type: ignore[union-attr]


class CapturingShell(InteractiveShell):
    """Runs cells; `outputs` holds what the last one has shown."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)
    outputs: Outputs

    def _showtraceback(self, etype, evalue, stb):
        try:
            text = str(evalue)
        except Exception:
            text = ""
        self.outputs.fail(getattr(etype, "__name__", str(etype)), text, list(stb))

    def enable_gui(self, gui=None):
        pass

    @contextmanager
    def _tee(self, channel):
        # IPython would keep a second copy of all that is printed, without a bound.
        yield


def print_figure(fig, fmt="png", bbox_inches="tight", base64=False, **kwargs):
    """IPython's own, but a figure is cut to its ink only where that reaches outside it.

    To find the ink beforehand, Matplotlib would lay out everything twice.
    """
    data = IN_FULL(fig, fmt, None if bbox_inches == "tight" else bbox_inches, base64, **kwargs)
    if data is None or bbox_inches != "tight":
        return data
    ink, (width, height) = fig.get_tightbbox(), fig.get_size_inches()
    inside = min(ink.x0, ink.y0) >= 0 and ink.x1 <= width and ink.y1 <= height
    return data if inside else IN_FULL(fig, fmt, bbox_inches, base64, **kwargs)


def make_shell(**settings: Any) -> CapturingShell:
    """The shell of this process; its `redirect` makes ``sys.stdout`` end in its outputs."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.cache_size = 0
    pylabtools.print_figure = print_figure
    CapturingShell.outputs = Outputs()
    return CapturingShell.instance(config=config, **settings)


def redirect(shell: CapturingShell) -> None:
    """Let ``sys.stdout`` and ``sys.stderr`` of this process end in the shell's outputs."""
    sys.stdout, sys.stderr = _Stream("stdout", shell.outputs), _Stream("stderr", shell.outputs)
