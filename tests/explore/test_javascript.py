"""The JavaScript of the explorers: its arithmetic against SciPy, its bundles against its source."""

import json
import os
import re
import subprocess
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from cnnlab import functional
from tests.explore import cases
from tests.explore.networks import networks

HERE = Path(__file__).parent
EXPLORE = "cnnlab/explore"


def run(command, root, **environment):
    return subprocess.run(
        command, cwd=root, env=os.environ | environment, capture_output=True, text=True, timeout=120
    )


NAMES = sorted(path.name.removesuffix(".test.js") for path in HERE.glob("*.test.js"))


@pytest.mark.parametrize("name", NAMES)
def test_pure_functions(name, node, root, tmp_path, rng):
    numbers = tmp_path / "cases.json"
    found = {
        "windows": cases.all_cases(rng),
        "photographs": cases.photographs(rng),
        "pools": cases.pools(rng),
        "stacks": cases.stacks(rng),
        "backflows": cases.backflows(rng),
        "fields": cases.fields(rng),
        "overlaps": cases.overlaps(),
        "descents": cases.descents(rng),
        "networks": networks(),
    }
    numbers.write_text(json.dumps(found), encoding="utf-8")
    path = root / "tests" / "explore" / f"{name}.test.js"
    declared = len(re.findall(r"^test\(", path.read_text(encoding="utf-8"), re.MULTILINE))

    done = run([node, "--test", str(path)], root, CNNLAB_CASES=str(numbers))

    assert done.returncode == 0, done.stdout + done.stderr
    passed = re.search(r"^\W*pass (\d+)$", done.stdout, re.MULTILINE)
    assert passed, done.stdout
    assert int(passed[1]) >= declared > 0


def test_the_numbers_for_javascript_are_those_of_cnnlab_functional(rng):
    for one in cases.all_cases(rng):
        settings = one["settings"]
        if one["output"] is None:
            continue
        x, w = (np.array(settings[n])[np.newaxis, np.newaxis] for n in ("image", "kernel"))
        options = {n: settings[n] for n in ("stride", "padding", "dilation")}
        if settings["mode"] == "transposed":
            y = functional.conv_transpose2d(x, w, **options)
        else:
            turned = settings["mode"] == "convolution"
            y = functional.conv2d(x, w[..., ::-1, ::-1] if turned else w, **options)
        assert_array_equal(y[0, 0], one["output"], err_msg=str(settings))


@pytest.fixture(scope="module")
def printed(node, node_modules, root, tmp_path_factory):
    """The bundles as the source makes them now."""
    folder = tmp_path_factory.mktemp("bundles")
    done = run([node, f"{EXPLORE}/build.js", str(folder)], root)
    assert done.returncode == 0, done.stderr
    return folder


def test_bundles_are_fresh(printed, root):
    committed = root / EXPLORE / "bundles"
    assert {p.name for p in printed.iterdir()} == {p.name for p in committed.iterdir()}
    for path in printed.iterdir():
        same = path.read_bytes() == (committed / path.name).read_bytes()
        assert same, f"{path.name} is older than its source. Run: make bundles"


def test_bundles_are_small_readable_and_alone(root):
    bundles = sorted((root / EXPLORE / "bundles").iterdir())
    assert bundles
    for path in bundles:
        text = path.read_text(encoding="utf-8")
        assert len(text.encode()) < 30_000, f"{path.name} travels in every explorer's state"
        assert len(text) < 60 * len(text.splitlines()), f"{path.name} is minified"
        assert not re.search(r"https?:|\bimport\b[^;]*from|@import|url\(", text), path.name


def test_source_keeps_to_the_rules_of_a_shared_page(root):
    for path in (root / EXPLORE / "src").iterdir():
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"getElementById|\.id\s*=|\bid:|#[a-z][\w-]+\s*{", text), path.name
        assert "document.querySelector" not in text, path.name
        for call in re.findall(r"addEventListener\((?:[^()]|\([^()]*\))*\)", text):
            assert "signal" in call, f"{path.name}: a listener that closing would leave: {call}"


def test_the_styles_of_one_explorer_do_not_reach_another(root):
    asked = 0
    for path in (root / EXPLORE / "src").glob("*.js"):
        own = re.search(r'export default explorer\(\s*"(\w+)', path.read_text(encoding="utf-8"))
        if own:
            style = path.with_suffix(".css").read_text(encoding="utf-8")
            rules = re.findall(r"^([^@\s/*}].*){", style, re.MULTILINE)
            assert rules == [f".cnnlab-explorer.{own[1]} "], path.name
            asked += 1
    assert asked == 9
