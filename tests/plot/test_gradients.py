"""Graphs of calculations and paths down a loss surface."""

import numpy as np
import pytest

from cnnlab.errors import ArgumentError, ShapeError
from cnnlab.plot import alt_text, show_graph, show_paths

GRAPH = {"x": (), "w": (), "b": (), "x·w": ("x", "w"), "s": ("x·w", "b")}


def places(ax):
    return {text.get_text().split("\n")[0]: text.get_position() for text in ax.texts}


def test_a_node_stands_right_of_its_parts_at_the_mean_of_their_heights():
    found = places(show_graph(GRAPH))
    assert [found[name] for name in ("x", "w", "b")] == [(0, 0), (0, 1), (0, 2)]
    assert found["x·w"] == (1, 0.5)
    assert found["s"] == (2, 1.25)


def test_every_part_is_wired_to_its_node():
    ax = show_graph(GRAPH)
    wires = {tuple(map(tuple, line.get_xydata())) for line in ax.lines}
    assert wires == {
        ((0, 0), (1, 0.5)),
        ((0, 1), (1, 0.5)),
        ((1, 0.5), (2, 1.25)),
        ((0, 2), (2, 1.25)),
    }


def test_values_stand_in_the_nodes_and_gradients_below_them():
    ax = show_graph(GRAPH, {"x": 2, "w": -3}, {"w": 0.5, "s": 1})
    assert [text.get_text() for text in ax.texts] == [
        "x\n2",
        "w\n\u22123",
        "◀ 0.5",
        "b",
        "x·w",
        "s",
        "◀ 1",
    ]
    node, gradient = ax.texts[1], ax.texts[2]
    assert gradient.get_position()[0] == node.get_position()[0]
    assert gradient.get_position()[1] > node.get_position()[1]  # y grows downwards here
    assert ax.get_ylim()[0] > ax.get_ylim()[1]


def test_a_graph_is_read_out_node_by_node():
    ax = show_graph(GRAPH, {"x": 2}, {"x": -4}, title="Backwards")
    assert alt_text(ax) == (
        "Backwards. Graph, left to right: x, value 2, gradient -4; w; b; x·w from x and w; "
        "s from x·w and b."
    )


@pytest.mark.parametrize(
    ("graph", "values", "words"),
    [
        ({"s": ("x",), "x": ()}, {}, r"'s' is made of \['x'\], which come later"),
        ({"x": ()}, {"y": 1}, r"\['y'\] are no nodes; there are \['x'\]"),
    ],
)
def test_a_graph_that_cannot_be_drawn_is_refused(graph, values, words):
    with pytest.raises(ArgumentError, match=words):
        show_graph(graph, values)


def bowl(a, b):
    return (a - 1) ** 2 + b**2


AREA = {"x_range": (-3, 3), "y_range": (-2, 2)}


def test_a_path_is_drawn_from_its_square_and_the_cross_marks_the_lowest_place():
    path = [[-2, 1], [0, 0.5], [0.5, 0]]
    figure = show_paths(bowl, {"down": path}, **AREA)
    (ax,) = figure.axes
    cross, steps, start = ax.lines
    assert steps.get_xydata().tolist() == path
    assert start.get_xydata().tolist() == [path[0]]
    np.testing.assert_allclose(cross.get_xydata(), [[1, 0]])
    assert (ax.get_xlim(), ax.get_ylim()) == ((-3, 3), (-2, 2))


def test_paths_are_read_out_with_their_losses():
    figure = show_paths(bowl, {"a": [[0, 0], [1, 0]], "b": [[1, 1], [9, 1], [1, 1]]}, **AREA)
    assert alt_text(figure) == (
        "a: 1 step from (0, 0) to (1, 0), loss from 1 to 0. "
        "b: 2 steps from (1, 1) to (1, 1), leaving the map, loss from 1 to 1."
    )


def test_the_lines_join_places_of_equal_loss():
    (ax,) = show_paths(bowl, {"stay": [[0, 0], [0, 0]]}, **AREA).axes
    (lines,) = ax.collections
    for line in lines.get_paths():
        if len(line.vertices):
            # To a straight piece between two points of the grid, not to the curve itself.
            np.testing.assert_allclose(np.ptp(bowl(*line.vertices.T)), 0, atol=2e-3)


def test_a_path_has_two_columns():
    with pytest.raises(ShapeError, match=r"expected a path \(T, 2\), got shape \(2, 3\)"):
        show_paths(bowl, {"wide": np.zeros((2, 3))}, **AREA)
