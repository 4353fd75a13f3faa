"""Each explorer leaves a picture with words where no page shows it."""

import base64
import re

import nbclient
import nbformat
import numpy as np
import pytest

from cnnlab import explore
from cnnlab.explore import Backward, Channels, Curves, KernelLab, Pooling, SlidingWindow

CLASSES = [getattr(explore, n) for n in explore.__all__ if isinstance(getattr(explore, n), type)]
TRAINED = {"loss": [2.0, 1.0], "accuracy": [0.1, 0.5]}


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_there_is_a_picture_with_words(kind):
    explorer = kind(**TRAINED) if kind is Curves else kind()
    data, metadata = explorer._repr_mimebundle_()
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert len(data["image/png"]) < 300_000
    words = metadata["image/png"]["alt"]
    assert len(words.split()) > 5
    assert re.search(r'<img alt="([^"]+)" src="data:image/png', data["text/html"])
    assert data["text/plain"] == repr(explorer)
    assert "application/vnd.jupyter.widget-view+json" in data


@pytest.mark.parametrize(
    ("explorer", "words"),
    [
        (SlidingWindow(), "Row 1: 429, 505, 686, 856."),
        (SlidingWindow(mode="transposed", stride=2, kernel=[[1, 2]]), "11 rows by 12 columns"),
        (Pooling(mode="average"), "Row 1: 3.75, 1.25."),
        (Pooling(np.eye(6), mode="pyramid", bins=3, right=1), "3 rows by 3 columns"),
        (Channels(filter=1), "output 1"),
        (Backward(mode="max", selected=(0, 1)), "Row 1: 0, 0, 10, 0."),
        (Backward(everything=True), "gradient of the input"),
        (KernelLab(np.eye(8) * 99, view="magnitude"), "magnitude"),
    ],
)
def test_the_picture_shows_the_settings(explorer, words):
    assert words in explorer._repr_mimebundle_()[1]["image/png"]["alt"]


def test_a_subclass_has_the_picture_of_its_class():
    class Mine(Pooling):
        pass

    assert "Row 1: 3.75, 1.25." in Mine(mode="average")._repr_mimebundle_()[1]["image/png"]["alt"]


def test_nothing_is_drawn_where_nothing_fits_or_nothing_is_learned():
    sliding = SlidingWindow()
    sliding.dilation = 8
    for explorer in (sliding, Curves()):
        assert explorer.picture() is None
        assert "image/png" not in explorer._repr_mimebundle_()[0]


def test_the_picture_is_shown_once_in_a_notebook(tmp_path):
    source = "from cnnlab.explore import Pooling\nPooling()"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    nbclient.execute(notebook, kernel_name="python3", cwd=tmp_path)
    (output,) = notebook.cells[0].outputs
    assert "image/png" in output.data
