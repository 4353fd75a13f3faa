"""Take the README's picture: a lesson, run, in JupyterLab.

make picture
"""

import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.lab import FLAGS, Lab

LESSON = "notebooks/02_filters.ipynb"
SIZE = {"width": 1200, "height": 860}
COLOURS = 96  # a page has few; this makes the file several times smaller
WIDGET = "application/vnd.jupyter.widget-view+json"


def take(target):
    """Write the picture of the lesson's explorer to ``target``, and return its size in bytes."""
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        lab = Lab(Path(place, "cnnlab-course"), Path(place, "home"))
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        try:
            page = browser.new_page(viewport=SIZE, reduced_motion="reduce")
            notebook = lab.open(page, LESSON).run_all()
            notebook.show(notebook.find(WIDGET))
            explorer = page.locator(".cnnlab-explorer").first
            explorer.wait_for()
            explorer.evaluate("element => element.scrollIntoView({ block: 'end' })")
            page.screenshot(path=target)
        finally:
            browser.close()
            lab.stop()
    with Image.open(target) as picture:
        small = picture.convert("RGB").quantize(COLOURS)
    small.save(target, optimize=True)
    return target.stat().st_size


if __name__ == "__main__":
    path = Path(sys.argv[1])
    print(f"{path}: {take(path) // 1024} kB")
