"""What every explorer is: a widget that refuses misspelt settings and can leave the notebook."""

import base64
import html
import json
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import anywidget

from cnnlab import files
from cnnlab.errors import ArgumentError, UsageError

HERE = Path(__file__).parent
BUNDLES = HERE / "bundles"


class Explorer(anywidget.AnyWidget):
    """The base of all explorers. A subclass names its bundle, its traits and its one-line text."""

    def __init__(self, **settings: Any) -> None:
        names = [name for name in self.trait_names(sync=True) if not name.startswith("_")]
        for name in settings:
            if name not in names:  # traitlets would keep quiet about it
                near = get_close_matches(name, names, n=1)
                remedy = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(names)}."
                raise ArgumentError(f"{type(self).__name__} has no setting {name!r}; {remedy}")
        super().__init__(**settings)

    def describe(self) -> str:
        """One line that stands for the explorer where it cannot be shown, as in a terminal."""
        raise NotImplementedError

    def picture(self) -> Any:
        """The explorer as it is now, drawn by `cnnlab.plot`; None where nothing can be drawn."""
        from cnnlab.explore.pictures import picture  # matplotlib only where it is asked for

        return picture(self)

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """The widget, and for pages that cannot show one its still picture and its line."""
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
        drawn = self.picture()
        if drawn is None:
            return data, metadata
        from cnnlab.plot import still

        picture, about = still(drawn)
        return {**picture, **data}, {**metadata, **about}

    def __repr__(self) -> str:
        # Also the text/plain of the output, which nbconvert, nbgrader and terminals fall back to.
        return self.describe()

    def export(self, path: str | Path, *, overwrite: bool = False) -> Path:
        """Write the explorer, as it is now, to one HTML page that needs no kernel and no network.

        Raises: UsageError where the file exists, unless ``overwrite`` is true; OSError where it
        cannot be written.
        """
        path = Path(path)
        if path.exists() and not overwrite:
            raise UsageError(f"{path} exists. Choose another name, or pass overwrite=True.")
        files.write_text(path, self._page())
        return path

    def _page(self) -> str:
        state = {k: v for k, v in self.get_state().items() if k not in ("_esm", "_css", "layout")}
        parts = {
            "TITLE": html.escape(self.describe()),
            "CSS": str(self._css),
            # "<" could end the script element that holds the text.
            "STATE": json.dumps(state, default=_as_text).replace("<", "\\u003c"),
            "BUNDLE": json.dumps(str(self._esm)).replace("<", "\\u003c"),
        }
        page = (HERE / "page.html").read_text(encoding="utf-8")
        for name, text in parts.items():
            page = page.replace(f"{{{{{name}}}}}", text)
        return page


def _as_text(value: bytes) -> dict[str, str]:
    """Bytes, which a page cannot hold, as base64 under a name that the page knows."""
    return {"bytes": base64.b64encode(value).decode("ascii")}
