"""What holds for every explorer, in its exported page: keys, names, contrast, a clean end.

`test_sliding_window.py` asks the same inside JupyterLab and Notebook 7 of the first one.
"""

from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from cnnlab import explore
from cnnlab.explore import (
    Backward,
    Channels,
    Curves,
    Descent,
    KernelLab,
    Network,
    Pooling,
    ReceptiveField,
    SlidingWindow,
)
from tests.browser.widgets import HEARD, listeners, open_bare


@dataclass(frozen=True)
class Subject:
    """One explorer: how it is made, and the settings in which it has to hold."""

    make: object
    states: tuple[dict, ...]
    stops: int  # at least so many controls that Tab reaches

    def __call__(self, **settings):
        return self.make(**settings)


SUBJECTS = {
    "SlidingWindow": Subject(
        SlidingWindow,
        ({}, {"stride": 2, "padding": 1, "show_reads": True}, {"mode": "transposed"}),
        stops=20,
    ),
    "KernelLab": Subject(
        KernelLab,
        ({}, {"view": "magnitude"}, {"view": "direction", "kernel": "laplacian_8"}),
        stops=15,
    ),
    "Pooling": Subject(
        Pooling,
        ({"right": 1}, {"mode": "average"}, {"mode": "pyramid", "bins": 3, "edges": "sliding"}),
        stops=7,
    ),
    "Channels": Subject(
        Channels,
        ({}, {"filter": 1, "padding": 1}, {"weight": [[[[2]], [[-1]], [[0.5]]]]}),
        stops=30,
    ),
    "Backward": Subject(
        Backward,
        ({"everything": True}, {"mode": "max"}, {"mode": "average", "stride": 1}),
        stops=8,
    ),
    "ReceptiveField": Subject(
        ReceptiveField,
        ({}, {"layers": [(3, 2, 1)] * 6}, {"view": "overlap"}, {"layers": [(5, 2, 4)] * 2}),
        stops=10,
    ),
    "Descent": Subject(
        Descent, ({}, {"surface": "saddle", "learning_rate": 2.5}, {"surface": "dips"}), stops=6
    ),
    "Curves": Subject(
        Curves,
        ({"loss": [2.3, 0.9], "accuracy": [0.1, 0.7], "validation_loss": [1.2, 1.1]}, {}),
        stops=0,
    ),
    "Network": Subject(Network, ({"layer": 3, "map": 4}, {"layer": 7}), stops=11),
}
STATES = [(name, i) for name, subject in SUBJECTS.items() for i in range(len(subject.states))]
FOCUSED = """() => {
  const one = document.activeElement;
  const shown = one.matches("[type=radio]") ? one.nextElementSibling
    : one.matches("[type=file]") ? one.previousElementSibling : one;
  const style = getComputedStyle(shown);
  return {
    inside: Boolean(one.closest(".cnnlab-explorer")),
    name: one.ariaLabel ?? one.closest("label")?.innerText ?? one.innerText,
    ring: style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 3,
    keeps_keys: one.getAttribute("data-lm-suppress-shortcuts") === "true",
  };
}"""


def test_every_explorer_is_asked():
    classes = {name for name in explore.__all__ if isinstance(getattr(explore, name), type)}
    assert set(SUBJECTS) == classes


@pytest.mark.parametrize("name", SUBJECTS)
def test_tab_reaches_every_control_which_shows_a_ring_and_has_a_name(name, show, page):
    root = show(SUBJECTS[name]()).root
    stops = []
    for _ in range(90):
        page.keyboard.press("Tab")
        now = page.evaluate(FOCUSED)
        if now["inside"]:
            stops.append(now)
        elif stops:
            break
    controls = ["button:not([tabindex='-1'])", "select", "input:not([type=radio])"]
    shown = root.locator(", ".join(controls)).locator("visible=true").count()
    # Of the pixels of an output and of a row of radio buttons, one takes the focus.
    count = (
        shown + root.locator(".output[role=grid]").count() + root.get_by_role("radiogroup").count()
    )
    assert len(stops) == count >= SUBJECTS[name].stops
    assert [stop for stop in stops if not stop["name"]] == []
    assert [stop["name"] for stop in stops if not stop["ring"]] == []
    assert [stop["name"] for stop in stops if not stop["keeps_keys"]] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("name", "state"), STATES)
def test_no_barrier_that_axe_can_find(name, state, scheme, show, page, node_modules):
    page.emulate_media(color_scheme=scheme)
    show(SUBJECTS[name](**SUBJECTS[name].states[state]))
    page.add_script_tag(path=node_modules / "axe-core" / "axe.min.js")
    result = page.evaluate("() => axe.run('.cnnlab-explorer')")
    read = {rule["id"]: len(rule["nodes"]) for rule in result["passes"]}
    assert read.get("color-contrast", 0) >= 4, read
    found = [(v["id"], node["html"]) for v in result["violations"] for node in v["nodes"]]
    assert found == []


@pytest.mark.parametrize("name", SUBJECTS)
def test_it_fits_a_narrow_page(name, show, page):
    page.set_viewport_size({"width": 420, "height": 900})
    root = show(SUBJECTS[name]()).root
    expect(root).to_be_visible()
    assert not page.evaluate("() => document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize("name", SUBJECTS)
def test_closing_leaves_nothing_behind(name, page):
    root = open_bare(page, SUBJECTS[name]())
    root.wait_for()
    assert page.evaluate(HEARD) >= 4
    assert root.locator("[id]").count() == 0
    devtools = page.context.new_cdp_session(page)
    root.evaluate("root => { window.kept = root }")
    assert listeners(devtools)
    page.evaluate("close()")
    assert page.evaluate(HEARD) == 0
    assert listeners(devtools) == []
    expect(root).to_have_count(0)
