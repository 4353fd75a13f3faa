"""A wrong answer in a real front end: the report is seen, is read aloud, and suits a dark page."""

import os
import re
import socket
import subprocess
import sys
import time

import pytest

from tests.browser.notebook import Notebook

EXERCISE = "exercises/02_filters/02_filters.ipynb"
FLIPPED = """def correlate2d(image, kernel):
    H, W = image.shape
    KH, KW = kernel.shape
    output = np.zeros((H - KH + 1, W - KW + 1))
    for i in range(output.shape[0]):
        for j in range(output.shape[1]):
            output[i, j] = (image[i : i + KH, j : j + KW] * kernel[::-1, ::-1]).sum()
    return output
"""

WRITE = """([index, source]) => {
  const panel = window.jupyterapp.shell.currentWidget;
  panel.content.model.cells.get(index).sharedModel.setSource(source);
}"""
DARK = (
    "() => window.jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})"
)
LIGHT = DARK.replace("Dark", "Light")


def answer_wrongly(notebook):
    """Type a function with a turned kernel, run it and its check; return the check's cell."""
    cells = ["".join(cell["source"]) for cell in notebook.cells]
    setup = next(n for n, source in enumerate(cells) if source.startswith("import numpy"))
    written = next(n for n, source in enumerate(cells) if source.startswith("def correlate2d("))
    checked = next(n for n, source in enumerate(cells) if source.startswith("check.correlate2d("))
    notebook.page.evaluate(WRITE, [written, FLIPPED])
    for index in (setup, written, checked):
        notebook.run(index)
    assert notebook.errors() == []
    return notebook.show(checked)


def assert_reads_well(cell):
    """A landmark, a heading, words for the picture, and the hint of that mistake."""
    report = cell.get_by_role("region", name="Check of correlate2d")
    report.wait_for()
    assert report.get_by_role("heading", name="correlate2d: not yet").is_visible()
    words = report.inner_text()
    assert "upside-down and mirrored: that is convolution" in words
    assert "More is tested when you hand it in." in words
    picture = cell.locator("img")
    picture.wait_for()
    assert "1 is wrong" in picture.get_attribute("alt")


def contrast(locator):
    """The ratio of luminance between an element's text and the page behind it, by WCAG."""
    colours = locator.evaluate(
        """element => {
          const own = getComputedStyle(element).color;
          let behind = element;
          const under = () => getComputedStyle(behind).backgroundColor;
          while (/rgba\\(.*, 0\\)/.test(under())) behind = behind.parentElement;
          return [own, under()];
        }"""
    )
    light, dark = sorted((luminance(c) for c in colours), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    red, green, blue = (int(n) / 255 for n in re.findall(r"\d+", colour)[:3])
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_report_in_jupyterlab(lab, page):
    assert_reads_well(answer_wrongly(lab.open(page, EXERCISE)))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_report_can_be_read_on_every_page(lab, page, theme):
    notebook = lab.open(page, EXERCISE)
    page.evaluate(theme)
    try:
        cell = answer_wrongly(notebook)
        report = cell.get_by_role("region", name="Check of correlate2d")
        for part in (report.get_by_role("heading"), report.locator("p").last):
            assert contrast(part) > 4.5
    finally:
        page.evaluate(LIGHT)


@pytest.fixture
def notebook7(lab, tmp_path):
    """The same folder, served by Jupyter Notebook 7."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("JUPYTER")}
    environment |= {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}
    command = [sys.executable, "-m", "notebook", "--no-browser", "--allow-root"]
    command += [
        f"--port={port}",
        "--IdentityProvider.token=secret",
        "--JupyterNotebookApp.expose_app_in_browser=True",
    ]
    process = subprocess.Popen(
        command,
        cwd=lab.folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(port, process):
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert process.poll() is None, "Jupyter Notebook ended"
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError("Jupyter Notebook did not answer")


def test_the_report_in_notebook_7(notebook7, page):
    page.goto(f"{notebook7}/notebooks/{EXERCISE}?token=secret")
    notebook = Notebook(page).wait_ready(EXERCISE)
    assert_reads_well(answer_wrongly(notebook))
