"""`pip install cnnlab`, `cnnlab lab`: the wheel carries the course, and not the answers."""

import json
import os
import re
import signal
import site
import subprocess
import sys
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import pytest

from cnnlab import workspace


@pytest.fixture(scope="module")
def wheel(root, tmp_path_factory):
    """The wheel, built without the network from this tree."""
    out = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out)]
    subprocess.run([*build, str(root)], check=True, capture_output=True, text=True)
    (path,) = out.glob("cnnlab-*.whl")
    return path


@pytest.fixture(scope="module")
def content(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def tracked(root, folder):
    """The files below ``folder`` that are not ignored, as git sees them."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", folder],
        cwd=root, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return [name for name in listed.stdout.splitlines() if (root / name).is_file()]


def test_carries_every_lesson_and_exercise(root, content):
    carried = {
        name.removeprefix("cnnlab/_course/"): data
        for name, data in content.items()
        if name.startswith(("cnnlab/_course/notebooks/", "cnnlab/_course/exercises/"))
    }
    course = workspace.course_files(root)
    assert {name: path.read_bytes() for name, path in course.items()} == carried
    assert any(name.startswith("notebooks/") for name in carried)
    assert any(name.startswith("exercises/") for name in carried)


def test_carries_no_solution(root, content):
    for name, data in content.items():
        assert "solutions/" not in name
        if name.endswith(".ipynb"):
            assert b"BEGIN SOLUTION" not in data, name
            assert b"BEGIN HIDDEN TESTS" not in data, name
    shipped = {hash(data) for data in content.values()}
    for name in tracked(root, "solutions"):
        assert hash((root / name).read_bytes()) not in shipped, name


def test_carries_every_file_of_the_package(root, content):
    """Style sheets, explorer bundles, JupyterLab's settings: not Python files alone."""
    names = tracked(root, "cnnlab")
    assert "cnnlab/server/config/labconfig/page_config.json" in names
    missing = [name for name in names if name not in content]
    assert missing == []


def test_carries_nothing_of_the_workshop(content):
    tops = {name.split("/")[0] for name in content}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"cnnlab"}
    assert any(name.endswith("licenses/LICENSE") for name in content)
    assert any(name.endswith("licenses/LICENSE-course") for name in content)


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A fresh environment that has the wheel; its dependencies are borrowed from this one."""
    place = tmp_path_factory.mktemp("venv")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True)
    folder = "Scripts" if os.name == "nt" else "bin"
    python = place / folder / ("python.exe" if os.name == "nt" else "python")
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet"]
    subprocess.run([*pip, "--no-index", "--no-deps", wheel], check=True)
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    library = subprocess.run([python, "-c", where], check=True, capture_output=True, text=True)
    borrowed = Path(library.stdout.strip()) / "borrowed.pth"
    borrowed.write_text("\n".join(site.getsitepackages()), encoding="utf-8")
    return place / folder


# What a user may have set, and what must not open the course to everyone.
NO_TOKEN = {"ServerApp": {"token": "", "password": ""}, "IdentityProvider": {"token": ""}}


@pytest.fixture
def home(tmp_path):
    """The user's home, with settings that turn Jupyter's token off."""
    settings = tmp_path / "home" / ".jupyter" / "jupyter_server_config.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps(NO_TOKEN), encoding="utf-8")
    return tmp_path / "home"


def environment(home):
    """JupyterLab's own files are borrowed as well."""
    share = Path(sys.prefix) / "share" / "jupyter"
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "PYTHON"))}
    return clean | {
        "HOME": str(home),
        "JUPYTERLAB_DIR": str(share / "lab"),
        "JUPYTER_PATH": str(share),
        "PYTHONUNBUFFERED": "1",
    }


def test_installed_command_serves_the_course_without_a_clone(installed, tmp_path, home):
    """It fills a folder, serves a lesson, starts a kernel, and Ctrl-C ends all of it."""
    lab = subprocess.Popen(
        [installed / "cnnlab", "lab", "--no-browser"],
        cwd=tmp_path, env=environment(home),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        said = []
        for line in lab.stdout:
            said.append(line)
            found = re.search(r"(http://[^/]+)/lab/tree/(\S+)\?token=(\w+)", line)
            if found:
                break
        else:
            pytest.fail("no address was printed:\n" + "".join(said))
        address, lesson, token = found.groups()
        url = f"{address}/api/contents/{lesson}?token={token}"
        with urllib.request.urlopen(url, timeout=30) as answer:
            served = json.load(answer)["content"]
        with pytest.raises(urllib.error.HTTPError, match="403") as refused:
            urllib.request.urlopen(url.partition("?")[0], timeout=30)
        refused.value.close()
        kernels = urllib.request.Request(f"{address}/api/kernels?token={token}", method="POST")
        with urllib.request.urlopen(kernels, timeout=30) as answer:
            assert answer.status == 201
    finally:
        lab.send_signal(signal.SIGINT)
        rest, _ = lab.communicate(timeout=30)
    folder = tmp_path / "cnnlab-course"
    assert f"Your course folder: {folder}" in said[0]
    assert served["metadata"]["kernelspec"]["name"] == "python3"
    assert rest.endswith(f"Stopped. Your work is in {folder}\n")
    assert lab.returncode == 0
    assert sorted(p.name for p in folder.iterdir()) == [".cnnlab", "exercises", "notebooks"]
    # The user's own settings are as they were, and there are no new ones.
    settings = [p for p in (home / ".jupyter").rglob("*") if p.is_file()]
    assert [json.loads(p.read_text(encoding="utf-8")) for p in settings] == [NO_TOKEN]


def test_installed_doctor_knows_the_course_and_the_tested_versions(installed, tmp_path):
    code = (
        "from cnnlab import doctor, workspace;"
        "print(workspace.course_root(), len(doctor.tested_versions()))"
    )
    told = subprocess.run(
        [installed / "python", "-c", code], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    root, count = told.stdout.split()
    assert Path(root).parts[-2:] == ("cnnlab", "_course")
    assert Path(root).is_relative_to(installed.parent)
    assert int(count) > 100
