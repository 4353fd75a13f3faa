"""Drawing leaves no trace outside the drawing."""

from functools import partial

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text

from cnnlab import nn, plot, shapes

NETWORK = shapes.table([shapes.Conv(2, 3)], (1, 5, 5))
CALLS = {
    "image": lambda ax: plot.show_image(np.eye(3), ax=ax),
    "matrix": lambda ax: plot.show_matrix(np.eye(3), ax=ax),
    "kernel": lambda ax: plot.show_kernel(np.eye(3), ax=ax),
    "bars": lambda ax: plot.show_bars([1, 2], ax=ax),
    "connections": lambda ax: plot.show_connections(4, ax=ax),
    "wraparound": lambda ax: plot.show_wraparound(1, 2, ax=ax),
    "gradients": lambda ax: plot.show_gradients({"a": [1.0, 2.0], "b": [0.0]}, ax=ax),
    "architecture": lambda ax: plot.show_architecture(NETWORK, ax=ax),
    "graph": lambda ax: plot.show_graph({"x": (), "2x": ("x",)}, {"x": 1}, {"x": 2}, ax=ax),
}
FIGURES = {
    "images": lambda: plot.show_images([np.eye(3)]),
    "kernels": lambda: plot.show_kernels([np.eye(3)]),
    "equation": lambda: plot.show_equation(np.eye(3), "=", np.eye(3)),
    "maps": lambda: plot.show_feature_maps(np.eye(3)),
    "history": lambda: plot.show_history(nn.History(loss=[1.0], accuracy=[0.5])),
    "predictions": lambda: plot.show_predictions([np.eye(3)], [1], [2]),
    "windows": lambda: plot.show_windows(np.eye(3), 2),
    "paths": lambda: plot.show_paths(
        np.hypot, {"down": [[2, 2], [1, 1]]}, x_range=(-3, 3), y_range=(-3, 3)
    ),
}


@pytest.mark.parametrize("draw", CALLS.values(), ids=CALLS)
def test_a_given_axes_is_drawn_into_and_returned(draw):
    figure, axes = plt.subplots(1, 2)
    assert draw(axes[1]) is axes[1]
    assert plt.get_fignums() == [figure.number]
    assert plot.alt_text(axes[1])
    assert not plot.alt_text(axes[0])
    assert plot.alt_text(figure) == plot.alt_text(axes[1])


@pytest.mark.parametrize(
    "draw",
    [*(partial(call, None) for call in CALLS.values()), *FIGURES.values()],
    ids=[*CALLS, *FIGURES],
)
def test_a_dark_style_stays_as_it_was_and_the_paper_is_white(draw, monkeypatch):
    monkeypatch.setattr(plt, "show", lambda *_: pytest.fail("show was called"))
    with plt.style.context("dark_background"):
        before = dict(plt.rcParams)
        drawn = draw()
        assert dict(plt.rcParams) == before
        figure = drawn if isinstance(drawn, Figure) else drawn.get_figure()
        figure.canvas.draw()
    assert figure.get_facecolor() == (1, 1, 1, 1)
    for ax in figure.axes:
        for text in ax.findobj(Text):
            on_paper = not ax.images or text not in ax.texts
            assert not text.get_text() or not on_paper or max(to_rgb(text.get_color())) < 0.75


def test_the_data_is_left_alone():
    image = np.arange(12, dtype=np.uint8).reshape(3, 4)
    image.setflags(write=False)
    plot.show_image(image)
    plot.show_matrix(image)
    plot.show_windows(image, 2)
    assert image.dtype == np.uint8
