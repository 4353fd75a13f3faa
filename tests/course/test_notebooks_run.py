"""Every printed lesson and every solution runs from top to bottom, and no warning passes."""

import html
import re
import shutil
from pathlib import Path

import nbclient
import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted([*ROOT.glob("notebooks/*.ipynb"), *ROOT.glob("solutions/*/*.ipynb")])
CELL_SECONDS = 120

# Runs in the kernel before the first cell. An exception needs its reason and its end.
WARNINGS_ARE_ERRORS = """
import warnings
warnings.simplefilter("error")
"""


def name(path):
    return f"{path.relative_to(ROOT).parts[0]}/{path.stem}"


@pytest.fixture
def strict_kernel(tmp_path, monkeypatch):
    """Kernels started in this test turn warnings into errors and leave no trace in the home."""
    startup = tmp_path / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00-warnings.py").write_text(WARNINGS_ARE_ERRORS, encoding="utf-8")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.delenv("PYTHONWARNINGS", raising=False)
    monkeypatch.setenv("CNNLAB_QUICK", "1")  # lesson 11 climbs its ladder in short


def execute(notebook, folder):
    """Run a notebook in ``folder``; an error names its cell."""
    client = nbclient.NotebookClient(
        notebook, timeout=CELL_SECONDS, resources={"metadata": {"path": str(folder)}}
    )
    try:
        client.execute()
    except nbclient.exceptions.CellExecutionError as error:
        number, cell = next(
            (n, cell)
            for n, cell in enumerate(notebook.cells, 1)
            if any(output.output_type == "error" for output in cell.get("outputs", []))
        )
        pytest.fail(
            f"cell {number} ({cell.id}): {error.ename}: {error.evalue}\n\n{cell.source}",
            pytrace=False,
        )
    return notebook


@pytest.fixture
def ran(request, tmp_path, strict_kernel):
    """The notebook, executed in a copy of its folder."""
    folder = tmp_path / "work"
    shutil.copytree(request.param.parent, folder)
    notebook = nbformat.read(request.param, as_version=4)
    return execute(notebook, folder)


def outputs(notebook):
    for number, cell in enumerate(notebook.cells, 1):
        for output in cell.get("outputs", []):
            yield number, output


@pytest.mark.parametrize("ran", NOTEBOOKS, ids=name, indirect=True)
def test_it_runs_and_every_picture_has_words(ran):
    assert any(cell.get("execution_count") for cell in ran.cells)
    noise = [(n, o.text) for n, o in outputs(ran) if o.get("name") == "stderr"]
    assert noise == []
    for number, output in outputs(ran):
        data = output.get("data", {})
        if "image/png" in data:
            alt = re.search(r'<img alt="([^"]*)"', data.get("text/html", ""))
            assert alt, f"cell {number}: a picture without alternative text"
            assert len(html.unescape(alt[1]).split()) >= 3, f"cell {number}: {alt[1]!r}"


class TestTheRunnerItself:
    """What the test above relies on."""

    def notebook(self, *sources):
        cells = [nbformat.v4.new_code_cell(source) for source in sources]
        return nbformat.v4.new_notebook(cells=cells)

    def test_a_warning_fails_and_names_its_cell(self, strict_kernel, tmp_path):
        notebook = self.notebook("1", "import warnings\nwarnings.warn('careful')")
        with pytest.raises(pytest.fail.Exception, match="cell 2 .*UserWarning: careful"):
            execute(notebook, tmp_path)

    def test_an_overflow_in_numpy_fails(self, strict_kernel, tmp_path):
        notebook = self.notebook("import numpy as np\nnp.float64(1) / np.float64(0)")
        with pytest.raises(pytest.fail.Exception, match="RuntimeWarning: divide by zero"):
            execute(notebook, tmp_path)
