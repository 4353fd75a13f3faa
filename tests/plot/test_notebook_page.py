"""On the page of a real notebook: one picture for each figure, with its words, and no noise."""

import base64
import re

import nbclient
import nbformat
import pytest
from bs4 import BeautifulSoup
from nbconvert import HTMLExporter

CELLS = {
    "import": "import numpy as np\nfrom matplotlib import pyplot as plt\nfrom cnnlab import plot",
    "axes": "plot.show_matrix([[1, 2]], title='a < b & \"c\"')",
    "two": "plot.show_kernel([[1]], title='first')\nplot.show_kernel([[2]], title='second')",
    "figure": "plot.show_kernels([[[1, 2]], [[3, 4]]])",
    "mixed": "plot.show_kernel([[1]], title='first')\nplot.show_kernels([[[2]]], title='second')",
    "given": (
        "fig, axes = plt.subplots(1, 2)\n"
        "plot.show_kernel([[1]], ax=axes[0])\n"
        "plot.show_kernel([[2]], ax=axes[1])"
    ),
    "plain": "plt.plot([1, 2])\nplt.gca()",
    "described": "plt.plot([2, 1])\nplot.describe(plt.gca(), 'A falling line.');",
    "kept": "ax = plot.show_kernel([[7]], title='kept')",
    "again": "ax",
    "retina": "%config InlineBackend.figure_formats = ['retina']\nplot.show_kernel([[5]])",
    "open": "plt.get_fignums()",
}


@pytest.fixture(scope="module")
def notebook():
    cells = [nbformat.v4.new_code_cell(source) for source in CELLS.values()]
    made = nbformat.v4.new_notebook(cells=cells)
    nbclient.NotebookClient(made, kernel_name="python3", timeout=120).execute()
    return made


@pytest.fixture(scope="module")
def outputs(notebook):
    return {name: cell.outputs for name, cell in zip(CELLS, notebook.cells, strict=True)}


def alts(cell_outputs):
    pages = [output["data"].get("text/html", "") for output in cell_outputs]
    return [re.findall(r'<img alt="([^"]*)"', page) for page in pages]


def test_an_axes_as_the_last_line_is_one_picture_and_no_noise(outputs):
    (output,) = outputs["axes"]
    assert output.output_type == "display_data"
    assert set(output.data) == {"text/plain", "text/html", "image/png"}
    assert alts([output]) == [
        ["a &lt; b &amp; &quot;c&quot;. Matrix, 1 row by 2 columns. The numbers: 1, 2."]
    ]


def test_both_copies_are_the_same_png(outputs):
    (output,) = outputs["axes"]
    embedded = re.search(r'src="data:image/png;base64,([^"]+)"', output.data["text/html"])[1]
    assert base64.b64decode(embedded) == base64.b64decode(output.data["image/png"])
    assert base64.b64decode(embedded).startswith(b"\x89PNG")


def test_exports_find_the_words_beside_the_png(notebook, outputs):
    (output,) = outputs["axes"]
    words = 'a < b & "c". Matrix, 1 row by 2 columns. The numbers: 1, 2.'
    assert output.metadata["image/png"]["alt"] == words
    assert output.data["text/plain"] == words
    page, _ = HTMLExporter(embed_images=True).from_notebook_node(notebook)
    assert words in [image["alt"] for image in BeautifulSoup(page, "html.parser").find_all("img")]


def test_two_drawings_in_one_cell_are_two_pictures(outputs):
    assert [words[0].split(".")[0] for words in alts(outputs["two"])] == ["first", "second"]


def test_a_figure_as_the_last_line_does_not_overtake_the_drawing_before_it(outputs):
    assert [words[0].split(".")[0] for words in alts(outputs["mixed"])] == ["first", "second"]


def test_a_figure_as_the_last_line_is_drawn_once(outputs):
    ((words,),) = alts(outputs["figure"])
    assert words.startswith("Panel 1 of 2: Kernel")


def test_panels_of_the_students_own_figure_are_described_together(outputs):
    assert alts(outputs["given"]) == [
        [
            "Panel 1 of 2: Kernel, 1 row by 1 column. The numbers: 1."
            " Panel 2 of 2: Kernel, 1 row by 1 column. The numbers: 2."
        ]
    ]


def test_a_plain_matplotlib_figure_is_left_to_ipython(outputs):
    result, picture = outputs["plain"]
    assert result.output_type == "execute_result"
    assert "text/html" not in picture.data
    assert "image/png" in picture.data


def test_a_described_matplotlib_figure_reaches_the_page_with_its_words(outputs):
    assert alts(outputs["described"]) == [["A falling line."]]


def test_an_axes_of_an_earlier_cell_is_shown_again(outputs):
    assert len(outputs["kept"]) == 1
    ((words,),) = alts(outputs["again"])
    assert words.startswith("kept.")


def test_a_picture_for_fine_screens_keeps_its_size(outputs):
    (output,) = outputs["retina"]
    width = output.metadata["image/png"]["width"]
    assert f'width="{width}"' in output.data["text/html"]


def test_every_figure_is_closed_afterwards(outputs):
    assert outputs["open"][0].data["text/plain"] == "[]"
