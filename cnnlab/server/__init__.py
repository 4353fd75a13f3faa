"""JupyterLab for a course folder: on this machine only, behind a token, without pop-ups.

``config/`` beside this file is read by Jupyter in front of the user's own settings, for this server
only. It turns off the news pop-up, the look for updates, and nbgrader's extensions for teachers.
"""

import errno
import os
import secrets
import signal
import socket
import sys
import sysconfig
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from cnnlab.errors import EnvironmentProblem

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp

CONFIG = Path(__file__).with_name("config")


def check(port: int | None = None) -> None:
    """Find out before anything is touched whether JupyterLab can start.

    Raises: EnvironmentProblem if JupyterLab is missing, or the port is in use or not allowed.
    """
    if find_spec("jupyterlab") is None:
        raise EnvironmentProblem(
            f"JupyterLab is missing; install it: {sys.executable} -m pip install jupyterlab"
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
    # Terminals inside JupyterLab find `cnnlab`, also where its environment was not activated.
    for name, place in (
        ("JUPYTER_CONFIG_PATH", str(CONFIG)),
        ("PATH", sysconfig.get_path("scripts")),
    ):
        os.environ[name] = os.pathsep.join([place, *filter(None, [os.environ.get(name)])])
    from jupyterlab.labapp import LabApp

    token = secrets.token_hex(24)
    try:
        app = LabApp.initialize_server(_arguments(folder, lesson, token, port, browser))
        url = f"{app.connection_url}lab/tree/{quote(lesson)}?token={token}"
        # Jupyter binds its port in the first callback of the loop; ours comes after it.
        app.io_loop.add_callback(announce, url)
        signal.signal(signal.SIGINT, lambda *_: _stop(app))
        app.start()
    except SystemExit as stop:
        raise EnvironmentProblem(
            "JupyterLab did not start; the lines above say why. Another --port may help"
        ) from stop


def _arguments(folder: Path, lesson: str, token: str, port: int | None, browser: bool) -> list[str]:
    """What Jupyter is told. It never reaches the process table: the token stays private."""
    arguments = [
        f"--ServerApp.root_dir={folder}",
        f"--LabApp.default_url=/lab/tree/{quote(lesson)}",
        # Open tabs are remembered with the folder, not mixed with the user's other projects.
        f"--LabApp.workspaces_dir={folder / '.cnnlab' / 'workspaces'}",
        f"--IdentityProvider.token={token}",
        f"--ServerApp.open_browser={browser}",
        "--Application.log_level=ERROR",
    ]
    if port is not None:
        arguments += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # In a container the student is root; the server listens on this machine only.
        arguments.append("--ServerApp.allow_root=True")
    return arguments


def _stop(app: "ServerApp") -> None:
    """Ctrl-C ends the kernels, then the server.

    Jupyter itself asks a question that times out; without a terminal it leaves kernels and threads
    behind. A second Ctrl-C, while this goes on, stops at once.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    app.stop(from_signal=True)


def _check_port(port: int) -> None:
    places = socket.getaddrinfo("localhost", port, type=socket.SOCK_STREAM)
    for family, kind, protocol, _, address in places:
        try:
            with socket.socket(family, kind, protocol) as probe:
                if os.name != "nt":  # where this would steal a port that is in use
                    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
        except PermissionError as error:
            raise EnvironmentProblem(
                f"port {port} is not open to you; choose one from 1024 to 65535"
            ) from error
        except OSError as error:
            # Any other trouble, such as a machine without IPv6, is left to Jupyter.
            if error.errno == errno.EADDRINUSE:
                raise EnvironmentProblem(
                    f"port {port} is in use; choose another, or leave --port out to get a free one"
                ) from error
