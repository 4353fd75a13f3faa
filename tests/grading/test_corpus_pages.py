"""What a student writes for whoever reads it: no script, no address, in no page and no copy."""

import json
import re

import pytest

from tests.grading import small
from tests.grading.regrading import regrade

SHOWN = """\
from IPython.display import HTML, Javascript, SVG, display
display(HTML('<script>window.MARK = 1</script><img src=x onerror=alert(1)>'))
display(Javascript('window.MARK = 2'))
display({'image/svg+xml': '<svg onload="alert(1)"><script>alert(1)</script></svg>'}, raw=True)
display({'text/html': '<iframe src="http://evil.example/">'}, raw=True)
display({'application/vnd.jupyter.widget-view+json': {'model_id': 'a'}}, raw=True)
print('\\x1b]8;;http://evil.example/\\x07press\\x1b]8;;\\x07')
"""
PROSE = """\
<script>window.MARK = 3</script><img src=x onerror=alert(1)> [press](javascript:alert(1))
![beacon](http://evil.example/beacon.png) <img src="//evil.example/b.png">
<style>@import url(http://evil.example/s.css);</style>
"""
WIDGETS = {
    "application/vnd.jupyter.widget-state+json": {
        "state": {
            "a": {"model_name": "HTMLModel", "state": {"value": "<script>MARK = 4</script>"}}
        },
        "version_major": 2,
        "version_minor": 0,
    }
}


@pytest.fixture(scope="module")
def handed_back(prepared, tmp_path_factory):
    """The pages and copies of one student whose notebook holds all of it."""
    folder = tmp_path_factory.mktemp("pages")
    small.write_course(folder)
    notebook = small.submission({**small.RIGHT, "why": PROSE})
    notebook["metadata"]["widgets"] = WIDGETS
    notebook["cells"] += [
        {"cell_type": "markdown", "id": "prose", "metadata": {}, "source": PROSE},
        {"cell_type": "raw", "id": "raw", "metadata": {"format": "text/html"}, "source": PROSE},
        {"cell_type": "code", "id": "own", "metadata": {}, "source": SHOWN, "outputs": []},
        {
            "cell_type": "code",
            "id": "bad",
            "metadata": {},
            "source": "raise ValueError('<script>')",
        },
    ]
    small.hand_in(folder / "submitted", "mallory", notebook)
    _, rows = regrade(folder)
    assert rows["mallory"].marks.points == 6
    return folder / "out"


def bodies(folder, pattern):
    found = [path.read_text("utf-8") for path in folder.glob(pattern)]
    assert found
    return found


def test_the_feedback_runs_nothing_and_calls_nobody(handed_back):
    """I01, I02, I04, I09. Text may say all of it; no tag may."""
    for page in bodies(handed_back, "feedback/*/*/*.html"):
        assert "default-src 'none'" in page
        assert not re.search(r"<(script|iframe|meta http-equiv=.refresh|link|form|object)\b", page)
        assert not re.search(r"<[^>]*\son\w+\s*=", page)
        assert not re.search(r"<[^>]*(src|href|data)\s*=\s*.?(https?:|//|javascript:)", page, re.I)
        styles = re.findall(r"<style.*?</style>", page, re.S)
        assert styles
        assert not [style for style in styles if "@import" in style or "evil" in style]


def test_the_copy_for_the_formgrader_carries_no_scripts(handed_back):
    for text in bodies(handed_back, "autograded/*/*/*.ipynb"):
        copy = json.loads(text)
        assert "widgets" not in copy["metadata"]
        kinds = {"text/plain", "text/html", "image/png", "image/svg+xml", "image/jpeg"}
        for output in (out for cell in copy["cells"] for out in cell.get("outputs", [])):
            data = output.get("data", {})
            assert set(data) <= kinds
            marked = "".join("".join(value) for kind, value in data.items() if "ml" in kind)
            assert not re.search(r"<script|<iframe|<[^>]*\son\w+\s*=|https?:", marked)
