"""JupyterLab for a course folder: on this machine only, behind a token, without pop-ups.

``config/`` beside this file is read by Jupyter in front of the user's own settings, for this server
only. It turns off the news pop-up, the look for updates, and nbgrader's extensions for teachers.
"""

import os
import secrets
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from cnnlab.errors import EnvironmentProblem

CONFIG = Path(__file__).with_name("config")


def check(port: int | None = None) -> None:
    """Find out before anything is touched whether JupyterLab can start.

    Raises: EnvironmentProblem if JupyterLab is missing, or the port is in use or not allowed.
    """
    if find_spec("jupyterlab") is None:
        raise EnvironmentProblem(
            "JupyterLab is missing beside this cnnlab; install both again: pip install cnnlab"
        )
    if port is not None:
        _check_port(port)


def run(
    folder: Path,
    lesson: str,
    *,
    port: int | None = None,
    browser: bool = True,
    announce: Callable[[str], None] = print,
) -> None:
    """Serve ``folder`` until Ctrl-C, and open ``lesson``.

    ``port`` None takes 8888, or the next free one. ``announce`` gets the address, with its token,
    once the server listens.

    Raises: EnvironmentProblem if the server cannot start.
    """
    ours = [str(CONFIG), *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(ours)
    from jupyterlab.labapp import LabApp

    token = secrets.token_hex(24)
    try:
        app = LabApp.initialize_server(_arguments(folder, lesson, token, port, browser))
    except SystemExit as stop:
        raise EnvironmentProblem(
            "JupyterLab did not start; the lines above say why. Another --port may help"
        ) from stop
    announce(f"{app.connection_url}lab/tree/{quote(lesson)}?token={token}")
    app.start()


def _arguments(folder: Path, lesson: str, token: str, port: int | None, browser: bool) -> list[str]:
    """What Jupyter is told. It never reaches the process table: the token stays private."""
    arguments = [
        f"--ServerApp.root_dir={folder}",
        f"--LabApp.default_url=/lab/tree/{quote(lesson)}",
        # Open tabs are remembered with the folder, not mixed with the user's other projects.
        f"--LabApp.workspaces_dir={folder / '.cnnlab' / 'workspaces'}",
        f"--IdentityProvider.token={token}",
        f"--ServerApp.open_browser={browser}",
        # Ctrl-C stops at once; the default asks a question that times out.
        "--ServerApp.answer_yes=True",
        "--Application.log_level=ERROR",
    ]
    if port is not None:
        arguments += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # In a container the student is root; the server listens on this machine only.
        arguments.append("--ServerApp.allow_root=True")
    return arguments


def _check_port(port: int) -> None:
    from tornado.netutil import bind_sockets

    try:
        # The very test that Jupyter makes.
        for socket in bind_sockets(port, "localhost"):
            socket.close()
    except PermissionError as error:
        raise EnvironmentProblem(
            f"port {port} is not open to you; choose one from 1024 to 65535"
        ) from error
    except OSError as error:
        raise EnvironmentProblem(
            f"port {port} is in use; choose another, or leave --port out to get a free one"
        ) from error
