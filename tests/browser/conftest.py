"""JupyterLab in a real browser: one server and one browser for all tests, a fresh page for each.

    def test_something(lab, page):
        notebook = lab.open(page, "notebooks/01_pixels.ipynb")
        notebook.run_all()
        assert notebook.errors() == []

The server is started as a student starts it, by ``cnnlab lab``, with a home of its own. A page that
asks anything of another machine fails its test. A failed test leaves its picture in ``failures/``.
"""

import re
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.lab import FLAGS, Lab
from tests.browser.widgets import Shown

FAILURES = Path(__file__).with_name("failures")
LOOPBACK = {"127.0.0.1", "localhost", "::1", ""}  # data: and blob: addresses have no host


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """The course, served from a folder that ``cnnlab lab`` has just filled."""
    running = Lab(tmp_path_factory.mktemp("student") / "my course", tmp_path_factory.mktemp("home"))
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser(chromium):
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def page(browser, request):
    """A fresh page, with no memory of other tests, that may speak with this machine only."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, service_workers="block", reduced_motion="reduce"
    )
    foreign = []

    def guard(route):
        if urlsplit(route.request.url).hostname in (LOOPBACK | {None}):
            route.continue_()
        else:
            foreign.append(route.request.url)
            route.abort()

    context.route("**/*", guard)
    page = context.new_page()
    page.on("websocket", lambda socket: _note_foreign(socket.url, foreign))
    page.set_default_timeout(30_000)
    yield page
    if any(getattr(request.node, f"failed_{when}", False) for when in ("setup", "call")):
        FAILURES.mkdir(exist_ok=True)
        name = re.sub(r"\W+", "-", request.node.name).strip("-")
        page.screenshot(path=FAILURES / f"{name}.png")
    context.close()
    assert not foreign, f"the page asked other machines: {foreign}"


@pytest.fixture
def show(page, tmp_path):
    """Export an explorer, open its page with no network, and find it there. No script may fail."""
    failures = []
    page.on("pageerror", lambda error: failures.append(str(error)))

    def open_page(explorer):
        page.context.set_offline(True)
        page.goto(explorer.export(tmp_path / "explorer.html", overwrite=True).as_uri())
        return Shown(page.locator(".cnnlab-explorer")).settle()

    yield open_page
    assert failures == []


def _note_foreign(url, foreign):
    if urlsplit(url).hostname not in LOOPBACK:
        foreign.append(url)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    setattr(item, f"failed_{report.when}", report.failed)
    return report


@pytest.fixture
def wait_until():
    """Wait for a condition outside the page: ``wait_until(path.exists)``."""

    def wait(condition, seconds=15):
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, f"{condition} did not come true in {seconds} s"
            time.sleep(0.05)

    return wait
