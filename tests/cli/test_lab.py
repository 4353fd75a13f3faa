"""``cnnlab lab``: what a student reads, and that nothing happens where it cannot start.

JupyterLab itself is started in tests/test_wheel.py and tests/browser.
"""

import os
import shutil
import socket
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from cnnlab import cli, server, workspace
from cnnlab.errors import EnvironmentProblem

LESSON = "notebooks/01_pixels.ipynb"


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course of one lesson; returns a function that makes the next release of it."""
    root = tmp_path / "course"

    def release(text):
        (root / "notebooks").mkdir(parents=True, exist_ok=True)
        (root / LESSON).write_text(text, encoding="utf-8")

    release("one")
    monkeypatch.setattr(workspace, "course_root", lambda: root)
    return release


@pytest.fixture
def served(monkeypatch):
    """What JupyterLab would have been asked to serve."""
    calls = []

    def run(folder, lesson, **options):
        calls.append((folder, lesson, options))
        options["announce"]("http://localhost:8888/lab/tree/x?token=abc")

    monkeypatch.setattr(server, "run", run)
    return calls


def lab(*arguments):
    return CliRunner().invoke(cli.main, ["lab", *map(str, arguments)])


def test_first_start_says_where_the_work_is_and_what_to_open(course, served, tmp_path):
    folder = tmp_path / "mine"
    result = lab(folder, "--no-browser", "--port", "8899")
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        f"Your course folder: {folder}",
        f"  {LESSON}: new",
        "Open in a browser:  http://localhost:8888/lab/tree/x?token=abc",
        "Stop with Ctrl-C.",
        f"Stopped. Your work is in {folder}",
    ]
    (call,) = served
    assert call[:2] == (folder, LESSON)
    assert (call[2]["port"], call[2]["browser"]) == (8899, False)


def test_without_a_folder_it_is_cnnlab_course_here_or_the_one_around(
    course, served, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    assert lab().exit_code == 0
    monkeypatch.chdir(tmp_path / "cnnlab-course" / "notebooks")
    assert lab().exit_code == 0
    assert [call[0] for call in served] == [tmp_path / "cnnlab-course"] * 2


def test_home_is_understood_where_the_shell_does_not(course, served, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert lab("~/mine").exit_code == 0
    assert served[0][0] == tmp_path / "mine"


def test_changed_file_is_named_with_the_command_for_the_new_one(course, served, tmp_path):
    folder = tmp_path / "my course"
    lab(folder)
    (folder / LESSON).write_text("my work", encoding="utf-8")
    course("one, better")
    (line,) = [line for line in lab(folder).output.splitlines() if LESSON in line]
    assert "yours, left alone" in line
    assert line.endswith(f'cnnlab lab --fresh {LESSON} "{folder}"')
    result = lab("--fresh", LESSON, folder)
    fresh = folder / "notebooks" / "01_pixels-fresh.ipynb"
    assert result.output == f"A new copy, beside yours: {fresh}\n"
    assert fresh.read_text(encoding="utf-8") == "one, better"
    assert len(served) == 2  # --fresh starts no server
    assert LESSON not in lab(folder).output


def test_renewed_and_restored_files_are_named(course, served, tmp_path):
    folder = tmp_path / "mine"
    lab(folder)
    course("one, better")
    assert f"  {LESSON}: renewed, since you had not changed it" in lab(folder).output
    (folder / LESSON).unlink()
    assert f"  {LESSON}: was deleted, and is back" in lab(folder).output


def test_many_files_are_counted_not_listed():
    done = workspace.Update(workspace.Path("mine"), added=[f"notebooks/{n}" for n in range(6)])
    from cnnlab.cli.lab import describe

    assert describe(done) == ["Your course folder: mine", "  6 files: new"]


def test_newer_folder_and_lost_record_are_told(course, served, tmp_path):
    folder = tmp_path / "mine"
    lab(folder)
    record = folder / workspace.RECORD
    record.write_text('{"release": "99.0", "files": {}}', encoding="utf-8")
    assert "filled by cnnlab 99.0, which is newer" in lab(folder).output
    record.write_text("?", encoding="utf-8")
    assert "Its record was lost and has been made anew" in lab(folder).output


def test_port_in_use_stops_before_anything_is_written(course, tmp_path):
    folder = tmp_path / "mine"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = lab(folder, "--no-browser", "--port", port)
    assert result.exit_code == 4
    assert result.output == (
        f"cnnlab: port {port} is in use; choose another, or leave --port out to get a free one\n"
    )
    assert not folder.exists()


def test_missing_jupyterlab_stops_before_anything_is_written(course, tmp_path, monkeypatch):
    monkeypatch.setattr(server, "find_spec", lambda name: None)
    result = lab(tmp_path / "mine")
    assert result.exit_code == 4
    assert result.output.startswith("cnnlab: JupyterLab is missing")
    assert "pip install" in result.output
    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize(
    ("content", "words"), [(None, "is a file"), ("thesis.tex", "holds other things (thesis.tex)")]
)
def test_wrong_folder_is_one_line_and_status_2(course, served, tmp_path, content, words):
    folder = tmp_path / "mine"
    if content:
        folder.mkdir()
        (folder / content).touch()
    else:
        folder.touch()
    result = lab(folder)
    assert result.exit_code == 2
    assert words in result.output
    assert result.output.count("\n") == 1
    assert served == []


def test_token_and_folder_reach_jupyter_and_the_users_settings_stay(tmp_path):
    """The arguments that Jupyter gets: no setting of the user's is written or turned off."""
    arguments = server._arguments(tmp_path, "notebooks/a b.ipynb", "t0ken", None, False)
    assert "--IdentityProvider.token=t0ken" in arguments
    assert "--LabApp.default_url=/lab/tree/notebooks/a%20b.ipynb" in arguments
    assert not any("port" in argument for argument in arguments)
    assert not any("settings_dir" in argument for argument in arguments)


def test_terminals_inside_jupyterlab_find_cnnlab(tmp_path, monkeypatch):
    """Lesson 11 says to run it there, and nobody has to activate an environment for JupyterLab."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "mine")
    found = {}

    class LabApp:
        @staticmethod
        def initialize_server(arguments):
            found.update(os.environ)
            raise SystemExit(1)

    monkeypatch.setitem(sys.modules, "jupyterlab.labapp", SimpleNamespace(LabApp=LabApp))
    with pytest.raises(EnvironmentProblem):
        server.run(tmp_path, LESSON)
    program = shutil.which("cnnlab", path=found["PATH"])
    assert Path(program).parent == Path(sys.executable).parent
    assert found["PATH"].endswith(os.pathsep + str(tmp_path))
    assert found["JUPYTER_CONFIG_PATH"] == os.pathsep.join([str(server.CONFIG), "mine"])


def test_port_that_is_not_allowed_is_told(course, tmp_path, monkeypatch):
    def refuse(self, address):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    result = lab(tmp_path / "mine", "--port", "80")
    assert result.exit_code == 4
    assert result.output == "cnnlab: port 80 is not open to you; choose one from 1024 to 65535\n"
