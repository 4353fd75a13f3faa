"""Public names of the layers, the kernels and the shapes explain themselves as the two tiers do.

`tests/naive/test_form.py` and `tests/functional/test_tiers.py` hold `naive` and `functional`.
"""

import inspect
import re

import pytest

from cnnlab import kernels, nn, shapes

NETWORKS = [
    value
    for value in vars(nn.zoo).values()
    if inspect.isfunction(value)
    and value.__module__ == "cnnlab.nn.zoo"
    and "rng" in inspect.signature(value).parameters
    and not value.__name__.startswith(("_", "small"))
]
RULES = [nn.initial.he_normal, nn.initial.glorot_uniform]

# Not computations: records of results, a handle, the class that all layers share.
PLAIN = {
    nn.Handle,
    nn.History,
    nn.Layer,
    shapes.Architecture,
    shapes.Layer,
    shapes.Published,
    shapes.Row,
    shapes.Table,
    shapes.table,
}
SECTIONS = {
    "its formula": r"math:|``.* = .*``|= ",
    "Shapes": r"Shapes?\b.*:",
    "Raises": r"Raises\b.*:",
    "References": r"References\b.*:",
}


def public():
    for module in (kernels, nn, shapes):
        for name in module.__all__:
            value = getattr(module, name)
            if callable(value):
                yield value


def name(value):
    return f"{value.__module__}.{value.__name__}"


@pytest.mark.parametrize("value", [*public(), *RULES], ids=name)
def test_an_example_and_every_section(value):
    text = inspect.getdoc(value)
    assert ">>> " in text
    if value not in PLAIN:
        assert [title for title, found in SECTIONS.items() if not re.search(found, text)] == []


@pytest.mark.parametrize("network", NETWORKS, ids=name)
def test_a_network_names_its_shapes_and_its_source(network):
    text = inspect.getdoc(network)
    for word in ("Shapes", "Parameters", "Raises", "References", ">>> "):
        assert word in text, word


def test_there_are_networks_to_read():
    assert len(NETWORKS) >= 6
