"""HTML from the templates of this package: everything that is put into one is escaped."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

FOLDER = Path(__file__).with_name("templates")


def render(name: str, fields: dict[str, Any]) -> str:
    """The template of that name, with its own style sheet and these fields."""
    fields = {"style": Markup(style(name)), **fields}
    return _environment().get_template(f"{name}.html").render(fields)


@lru_cache
def style(name: str) -> str:
    """The style sheet beside the template of that name."""
    return (FOLDER / f"{name}.css").read_text("utf-8").rstrip()


@lru_cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
