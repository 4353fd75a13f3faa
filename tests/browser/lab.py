"""A course served by ``cnnlab lab``, in a process and with a home of its own."""

import json
import os
import re
import signal
import subprocess
import sys

from tests.browser.notebook import Notebook

# What Chromium gets in a container, and what keeps it from calling other machines.
FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


class Lab:
    """A running ``cnnlab lab``: its folder, its process, and the address it printed."""

    def __init__(self, folder, home):
        self.folder = folder
        environment = {k: v for k, v in os.environ.items() if not k.startswith("JUPYTER")}
        environment |= {"HOME": str(home), "USERPROFILE": str(home), "PYTHONUNBUFFERED": "1"}
        config = home / ".jupyter"
        config.mkdir(parents=True)
        # Tests drive the page through window.jupyterapp.
        settings = {"LabApp": {"expose_app_in_browser": True}}
        (config / "jupyter_lab_config.json").write_text(json.dumps(settings), encoding="utf-8")
        command = [sys.executable, "-m", "cnnlab", "lab", str(folder), "--no-browser"]
        self.process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.said = []
        self.url = self._wait_for_address()

    def _wait_for_address(self):
        while line := self.process.stdout.readline():
            self.said.append(line)
            found = re.search(r"http://\S+\?token=\w+", line)
            if found:
                self.said.append(self.process.stdout.readline())  # how to stop
                return found.group()
        raise AssertionError("cnnlab lab printed no address:\n" + "".join(self.said))

    @property
    def token(self):
        return self.url.partition("token=")[2]

    @property
    def address(self):
        """The server's address, without a path: http://localhost:8888."""
        return self.url.partition("/lab/tree/")[0]

    def open(self, page, name):
        """Open a notebook of the folder in JupyterLab and wait until its kernel answers.

        ``reset`` forgets the tabs that an earlier test left open.
        """
        page.goto(f"{self.address}/lab/tree/{name}?reset&token={self.token}")
        return Notebook(page).wait_ready(name)

    def stop(self):
        """End it as a student does, with Ctrl-C; return what it said and its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        rest, _ = self.process.communicate(timeout=30)
        return "".join(self.said) + rest, self.process.returncode
