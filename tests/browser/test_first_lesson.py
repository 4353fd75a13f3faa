"""What a student meets first: the course opens, runs, and shows its first picture."""

import json

import pytest

from cnnlab import workspace


@pytest.fixture
def lesson(lab, page):
    return lab.open(page, workspace.first_lesson(lab.folder))


def test_address_opens_the_first_lesson(lab, page):
    """The very address that was printed, as a student pastes it."""
    page.goto(lab.url)
    page.get_by_role("tab", name="01_pixels.ipynb").wait_for()


def test_first_lesson_runs_and_shows_its_first_figure(lesson):
    lesson.run_all()
    assert lesson.errors() == []
    assert lesson.unrun() == []
    figure = lesson.show(lesson.find("image/png")).locator(".jp-OutputArea-output img").first
    figure.wait_for()
    width = figure.evaluate("async image => { await image.decode(); return image.naturalWidth }")
    assert width > 0
    assert figure.get_attribute("alt").strip()


def test_no_pop_up_and_no_teachers_menu(lab, lesson):
    page = lesson.page
    page.get_by_role("menuitem", name="Kernel").wait_for()
    assert page.get_by_role("menuitem", name="Nbgrader").count() == 0
    assert page.locator(".Toastify__toast, .jp-Dialog").count() == 0
    # A toast may come late; the setting behind it tells for certain.
    settings = "/lab/api/settings/@jupyterlab/apputils-extension:notification"
    answer = page.request.get(f"{lab.address}{settings}?token={lab.token}").json()
    defaults = {name: one["default"] for name, one in answer["schema"]["properties"].items()}
    assert defaults["fetchNews"] == "false"
    assert defaults["checkForUpdates"] is False


def test_terminal_shows_the_students_lines_only(lab):
    first, *files, address, stop = [line.rstrip("\n") for line in lab.said]
    assert first == f"Your course folder: {lab.folder}"
    assert all(line.endswith("new") for line in files)
    assert address == f"Open in a browser:  {lab.url}"
    assert stop == "Stop with Ctrl-C."


def test_token_is_asked_for(lab, page):
    response = page.goto(lab.url.partition("?")[0])
    assert "/login" in page.url or response.status == 403
    api = page.request.get(f"{lab.address}/api/contents")
    assert api.status == 403


def test_work_is_saved_in_the_students_folder(lab, lesson, wait_until):
    path = lab.folder / workspace.first_lesson(lab.folder)
    first = next(i for i, cell in enumerate(lesson.cells) if cell["cell_type"] == "code")
    lesson.run(first).save()

    def saved():
        try:
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        except ValueError:
            return False  # Jupyter is writing
        return cells[first]["execution_count"] and cells[first]["outputs"]

    wait_until(saved)
    assert workspace.update(lab.folder).renewed == []
