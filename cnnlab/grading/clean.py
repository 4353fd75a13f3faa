"""Student outputs made safe to look at: text, tables and pictures; no script, no address."""

from collections.abc import Iterable
from typing import Any

import bleach
from bleach.css_sanitizer import CSSSanitizer

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
_cleaner = bleach.Cleaner(TAGS, ATTRIBUTES, protocols=["data"], strip=True, css_sanitizer=CSS)


def clean_html(text: str) -> str:
    """HTML with harmless tags only; pictures must carry their data, links lose their address.

    >>> clean_html('<b onclick="x()">bold</b><script>x()</script>')
    '<b>bold</b>x()'
    """
    return _cleaner.clean(text)


def clean_outputs(outputs: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The outputs of a cell with what is safe of each; without those of which nothing is."""
    cleaned = [_clean(output) for output in outputs]
    return [output for output in cleaned if output.get("data") != {}]


def _clean(output: dict[str, Any]) -> dict[str, Any]:
    if "data" not in output:
        return dict(output)
    data = {mime: text for mime, text in output["data"].items() if mime in PLAIN}
    if "text/html" in output["data"]:
        data["text/html"] = clean_html(output["data"]["text/html"])
    return {**output, "data": data}
