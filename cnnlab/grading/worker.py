"""The process that runs one submission: ``python -m cnnlab.grading.worker FD [FILES]``.

FILES is a folder whose content is copied to where the work is done.

It serves one parent over an inherited connection: ``{"do": "cell" | "test", ...}`` in, one reply
out. A cell changes the state of this process. A test runs in a fork of it, so that nothing a test
does, not even an endless loop, touches the next one.
"""

import json
import os
import resource
import shutil
import signal
import sys
import traceback
from multiprocessing.connection import Connection
from numbers import Real
from typing import Any

from cnnlab.grading.shell import CapturingShell, make_shell

PR_SET_PDEATHSIG = 1
REPLY_BYTES = 50 * 2**20


def main(descriptor: int, files: str | None = None) -> None:
    """Serve until the parent closes the connection."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with_parent()
    if files is not None:
        shutil.copytree(files, os.getcwd(), dirs_exist_ok=True)
    channel = Connection(descriptor)
    _limit(json.loads(channel.recv_bytes()))
    shell = make_shell(SETTINGS["text_chars"], SETTINGS["rich_chars"])
    sys.path.append(os.getcwd())
    names: dict[str, str] = {}
    _let_go_of_errors()
    channel.send_bytes(b'{"status": "ready"}')
    while True:
        try:
            order = json.loads(channel.recv_bytes())
        except EOFError:
            return
        run = _run_forked if order["do"] == "test" else _run
        channel.send_bytes(json.dumps(run(shell, order, names)).encode())


SETTINGS: dict[str, Any] = {}


def _limit(settings: dict[str, Any]) -> None:
    """Set the limits that the kernel holds. Each counts for a single process."""
    SETTINGS.update(settings)
    seconds = int(settings["total_seconds"]) + 1
    for what, value in (
        (resource.RLIMIT_AS, settings["memory_bytes"]),
        (resource.RLIMIT_FSIZE, settings["file_bytes"]),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(what, (value, value))


def _die_with_parent() -> None:
    """On Linux, ask to be killed when the grader is gone. Elsewhere the CPU limit ends us."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _let_go_of_errors() -> None:
    """The file for errors of the start lies outside; what student code writes there is not kept."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _run(shell: CapturingShell, order: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """Run a cell here. SIGINT, the parent's word that time is up, counts only while it runs."""
    shell.outputs.clear()
    names[f"In[{shell.execution_count}]"] = order["name"]
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        result = shell.run_cell(order["source"], store_history=True)
    except KeyboardInterrupt:
        return {
            "status": "error",
            "error": "KeyboardInterrupt",
            "place": "",
            "outputs": _shown(shell),
        }
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    error = result.error_before_exec or result.error_in_exec
    return {
        "status": "error" if error is not None else "ok",
        "error": type(error).__name__ if error is not None else "",
        "place": _place(error, shell, names) if error is not None else "",
        "value": _plain(result.result),
        "outputs": _shown(shell),
    }


def _run_forked(
    shell: CapturingShell, order: dict[str, Any], names: dict[str, str]
) -> dict[str, Any]:
    """Run a test in a fork and wait for it, at most ``order["seconds"]``."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        _die_with_parent()
        os.close(ours)
        reply = json.dumps(_run(shell, order, names)).encode()
        Connection(theirs, readable=False).send_bytes(reply)
        os._exit(0)
    os.close(theirs)
    with Connection(ours, writable=False) as answer:
        try:
            if not answer.poll(order["seconds"]):
                return {"status": "timeout"}
            return json.loads(answer.recv_bytes(REPLY_BYTES))
        except (EOFError, OSError):
            return {"status": "died"}
        finally:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _shown(shell: CapturingShell) -> list[dict[str, Any]]:
    return [
        {key: value for key, value in item.items() if key != "display_id"}
        for item in shell.outputs.items
    ]


def _plain(value: Any) -> float | str | None:
    """A number as a float, nothing as None, anything else as the name of its type."""
    if value is None:
        return None
    if isinstance(value, Real) and not isinstance(value, bool):
        return float(value)
    return type(value).__name__


def _place(error: BaseException, shell: CapturingShell, names: dict[str, str]) -> str:
    """The innermost line of a student's named cell that the exception passed through."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        label = shell.compile.format_code_name(frame.filename)
        name = names.get(label[1], "") if label else ""
        if name:
            return f"{name}, line {frame.lineno}"
    return ""


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
