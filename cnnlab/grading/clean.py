"""Student outputs made safe to look at: text, tables and pictures; no script, no address."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import bleach
from bleach.css_sanitizer import CSSSanitizer
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

PLAIN = ("text/plain", "text/latex", "image/png", "image/jpeg")
TAGS = bleach.ALLOWED_TAGS | {
    *("br", "caption", "dd", "del", "details", "div", "dl", "dt", "figcaption", "figure"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "hr", "img", "mark", "p", "pre", "s", "small", "span"),
    *("sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u"),
}
ATTRIBUTES = {
    "*": ["class", "title", "style", "role", "aria-label", "aria-hidden"],
    "img": ["src", "alt", "width", "height"],
    "td": ["colspan", "rowspan"],
    "th": ["colspan", "rowspan", "scope"],
    "ol": ["start"],
}
CSS = CSSSanitizer(
    allowed_css_properties=[
        *(
            "background-color",
            "border",
            "border-left",
            "border-collapse",
            "color",
            "display",
            "font-family",
        ),
        *(
            "font-size",
            "font-style",
            "font-weight",
            "gap",
            "height",
            "margin",
            "margin-left",
            "max-width",
        ),
        *("overflow", "padding", "text-align", "vertical-align", "white-space", "width"),
    ]
)
REMEMBERED_CHARS = 10_000  # larger ones are not kept in memory
_cleaner = bleach.Cleaner(TAGS, ATTRIBUTES, protocols=["data"], strip=True, css_sanitizer=CSS)


def clean_html(text: str) -> str:
    """HTML with harmless tags only; pictures must carry their data, links lose their address.

    >>> clean_html('<b onclick="x()">bold</b><script>x()</script>')
    '<b>bold</b>x()'
    """
    return _remembered(text) if len(text) < REMEMBERED_CHARS else _cleaner.clean(text)


@lru_cache(maxsize=512)
def _remembered(text: str) -> str:
    """Much of what a class shows is the same in every notebook."""
    return _cleaner.clean(text)


def clean_markdown(source: str) -> str:
    """Markdown as harmless HTML, formulas as they were typed.

    >>> clean_markdown("a *word* <img src=x onerror=y()>")
    '<p>a <em>word</em> <img></p>\\n'
    """
    return _rendered(source) if len(source) < REMEMBERED_CHARS else clean_html(_render(source))


@lru_cache(maxsize=512)
def _rendered(source: str) -> str:
    return clean_html(_render(source))


def _render(source: str) -> str:
    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True)
    return MarkdownWithMath(renderer=renderer).render(source)


def clean_outputs(outputs: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The outputs of a cell with what is safe of each; without those of which nothing is.

    Each is made anew from the fields that nbformat knows, so that it is valid whatever came.
    """
    made = [_clean(output) for output in outputs]
    return [output for output in made if output]


def _clean(output: dict[str, Any]) -> dict[str, Any]:
    """One output; empty where there is nothing to show."""
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return {"name": name, "output_type": kind, "text": _text(output.get("text"))}
    if kind == "error":
        return {
            "ename": _text(output.get("ename")),
            "evalue": _text(output.get("evalue")),
            "output_type": kind,
            "traceback": [_text(line) for line in output.get("traceback") or ()],
        }
    data = output.get("data")
    if kind not in ("display_data", "execute_result") or not isinstance(data, dict):
        return {}
    kept = {mime: _text(data[mime]) for mime in PLAIN if mime in data}
    if "text/html" in data:
        kept["text/html"] = clean_html(_text(data["text/html"]))
    if not kept:
        return {}
    made = {"data": kept, "metadata": _sizes(output.get("metadata"), kept), "output_type": kind}
    return made if kind == "display_data" else {**made, "execution_count": None}


def _sizes(metadata: Any, kept: dict[str, str]) -> dict[str, dict[str, float]]:
    """Width and height of pictures, which is all that metadata may say."""
    told = metadata if isinstance(metadata, dict) else {}
    sizes = {mime: _size(told[mime]) for mime in kept if isinstance(told.get(mime), dict)}
    return {mime: size for mime, size in sizes.items() if size}


def _size(about: dict[str, Any]) -> dict[str, float]:
    sides = ((side, about.get(side)) for side in ("width", "height"))
    return {side: long for side, long in sides if isinstance(long, int | float) and long > 0}


def _text(value: Any) -> str:
    """Text that can be written as UTF-8."""
    return str(value).encode("utf-8", "replace").decode()
