"""Curves of a training, predictions, sizes of gradients."""

from types import SimpleNamespace

import numpy as np
import pytest

from cnnlab import nn
from cnnlab.errors import ArgumentError, ShapeError
from cnnlab.plot import alt_text, show_gradients, show_history, show_predictions


def run(loss, accuracy, validation_loss=(), validation_accuracy=()):
    return SimpleNamespace(
        loss=list(loss),
        accuracy=list(accuracy),
        validation_loss=list(validation_loss),
        validation_accuracy=list(validation_accuracy),
    )


RUN = run([2.0, 0.9, 0.3], [0.2, 0.7, 0.9], [2.1, 0.8, 1.0], [0.1, 0.6, 0.6])


def curves(ax):
    return {line.get_label(): line.get_xydata().tolist() for line in ax.lines}


def test_loss_and_accuracy_are_drawn_epoch_by_epoch():
    loss, accuracy = show_history(RUN).axes
    assert curves(loss) == {
        "training": [[1, 2.0], [2, 0.9], [3, 0.3]],
        "validation": [[1, 2.1], [2, 0.8], [3, 1.0]],
    }
    assert curves(accuracy)["validation"] == [[1, 0.1], [2, 0.6], [3, 0.6]]
    assert loss.get_ylim()[0] == 0
    assert accuracy.get_ylim()[1] == 1


def test_curves_are_read_out_with_their_best_epoch():
    assert alt_text(show_history(RUN, title="Digits")) == (
        "Digits. Loss over 3 epochs: training from 2 to 0.3; validation from 2.1 to 1 (lowest, 0.8,"
        " in epoch 2). Accuracy: training from 0.2 to 0.9; validation from 0.1 to 0.6."
    )


def test_sides_differ_by_line_and_runs_by_colour_and_marker():
    figure = show_history({"one": RUN, "two": run([1.0], [0.5], [1.0], [0.4])})
    one, one_validation, two, _ = figure.axes[0].lines
    assert one.get_linestyle() != one_validation.get_linestyle()
    assert one.get_color() == one_validation.get_color() != two.get_color()
    assert one.get_marker() != two.get_marker()
    names = [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
    assert names == ["one training", "one validation", "two training", "two validation"]


def test_without_validation_there_is_one_curve():
    figure = show_history(run([1.0, 0.5], [0.5, 0.6]))
    assert [list(curves(ax)) for ax in figure.axes] == [["training"], ["training"]]


def test_the_history_of_a_real_training_is_drawn():
    images = np.zeros((8, 1, 2, 2), np.float32)
    images[4:] = 1
    labels = np.repeat([0, 1], 4)
    network = nn.Sequential(nn.Flatten(), nn.Linear(4, 2, rng=0))
    history = nn.fit(network, images, labels, epochs=3, progress=False)
    (line,) = show_history(history).axes[1].lines
    assert line.get_ydata().tolist() == history.accuracy


@pytest.mark.parametrize("nothing", [{}, run([], [])])
def test_no_finished_epoch_is_refused(nothing):
    with pytest.raises(ArgumentError, match="no finished epoch to draw"):
        show_history(nothing)


IMAGES = np.arange(12.0).reshape(3, 2, 2) / 12


def test_a_wrong_guess_is_told_apart_by_words_and_frame_not_only_by_colour():
    right, wrong, _ = show_predictions(IMAGES, [3, 5, 0], [3, 8, 0]).axes
    assert right.get_title() == "3"
    assert wrong.get_title() == "✗ 5, is 8"
    assert wrong.spines["left"].get_linewidth() > 2 * right.spines["left"].get_linewidth()
    assert wrong.title.get_fontweight() != right.title.get_fontweight()
    assert wrong.spines["left"].get_edgecolor() != right.spines["left"].get_edgecolor()


def test_predictions_are_read_out():
    figure = show_predictions(IMAGES, np.array([1, 1, 0]), [1, 0, 1], classes=["cat", "dog"])
    assert alt_text(figure) == (
        "3 images, 1 recognised. Wrong: number 2 is cat, taken for dog; number 3 is dog, taken for"
        " cat."
    )
    figure = show_predictions(IMAGES, [1, 1, 0], [1, 1, 0], title="All")
    assert alt_text(figure) == "All. 3 images, 3 recognised. The classes: 1, 1, 0."


def test_long_names_stand_in_two_lines():
    figure = show_predictions(IMAGES[:1], [0], [1], classes=["T-shirt/top", "ankle boot"])
    assert figure.axes[0].get_title() == "✗ T-shirt/top\nis ankle boot"


def test_empty_places_of_the_grid_are_removed():
    assert len(show_predictions(IMAGES, [0, 0, 0], [0, 0, 0], columns=2).axes) == 3


@pytest.mark.parametrize(
    ("predicted", "labels", "error", "words"),
    [
        ([1, 2], [1, 2, 3], ShapeError, "expected 3 predicted, got 2"),
        ([0, 1, 0], [1, 2], ShapeError, "expected 3 labels, got 2"),
        ([0.1, 0.2, 0.7], [1, 2, 3], ArgumentError, "predicted must be whole numbers.*argmax"),
        (np.eye(3), [0, 1, 2], ShapeError, "one class number an image"),
        ([0, 1, 2], [0, 1, 2], ArgumentError, "predicted run from 0 to 2, but there are 2 classes"),
    ],
)
def test_predictions_that_do_not_fit_are_refused(predicted, labels, error, words):
    with pytest.raises(error, match=words):
        show_predictions(IMAGES, predicted, labels, classes=["a", "b"])


def test_the_size_of_a_gradient_is_its_root_mean_square():
    ax = show_gradients({"deep": [[6e-6, 8e-6]], "top": np.full((2, 2), -0.5)}, title="Fading")
    lengths = [bar.get_x() + bar.get_width() for bar in ax.patches]
    np.testing.assert_allclose(lengths, [np.sqrt(50) * 1e-6, 0.5])
    assert [text.get_text() for text in ax.texts] == ["7.1e-06", "0.5"]
    assert alt_text(ax) == "Fading. Sizes, root mean square: deep 7.1e-06, top 0.5."
    assert ax.get_xscale() == "log"
    assert [label.get_text() for label in ax.get_yticklabels()] == ["deep", "top"]
    assert ax.get_ylim()[0] > ax.get_ylim()[1]  # the first on top


def test_sizes_that_are_close_can_begin_at_zero():
    ax = show_gradients({"free": [0.3, 0.3], "decayed": [0.2]}, log=False)
    np.testing.assert_allclose([bar.get_width() for bar in ax.patches], [0.3, 0.2])
    assert {bar.get_x() for bar in ax.patches} == {0}
    assert ax.get_xlim()[0] == 0
    assert ax.get_xscale() == "linear"


def test_a_dead_layer_has_no_bar():
    dead, alive = show_gradients({"dead": np.zeros(3), "alive": [0.1]}).patches
    assert dead.get_width() == 0 < alive.get_width()
    assert [bar.get_width() for bar in show_gradients({"dead": [0.0]}).patches] == [0]


def test_gradients_of_a_network_are_drawn_as_they_come():
    network = nn.Sequential(nn.Flatten(), nn.Linear(4, 2, rng=0))
    loss = nn.CrossEntropyLoss()
    loss(network(np.ones((3, 1, 2, 2))), np.array([0, 1, 1]))
    network.backward(loss.backward())
    gradients = {name: gradient for name, _, gradient in network.learnt()}
    assert len(show_gradients(gradients).patches) == 2
    assert len(show_gradients(network.parameters()).patches) == 2


def test_gradients_that_are_no_numbers_are_refused():
    with pytest.raises(ArgumentError, match="no array to draw"):
        show_gradients({})
    with pytest.raises(ArgumentError, match="1.weight: 1 of 2 values are NaN"):
        show_gradients({"1.weight": [1.0, np.nan]})
