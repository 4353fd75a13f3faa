"""A parent that has everything imported and forks a student's process for each submission.

``python -m cnnlab.grading.warm DESCRIPTOR`` runs inside an outer sandbox and never runs student
code itself. Cells of the teacher's that come before any of the student's, it runs once. For each
submission it forks a process with namespaces of its own (users, mounts, processes, network, shared
memory, host name), empty folders in memory, no capability and a filter of system calls. Two
submissions find nothing of each other. The orders come over a socket; each carries the channel of
the new process, and is answered with a descriptor of that process.
"""

import contextlib
import ctypes
import gc
import importlib
import io
import json
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from cnnlab.grading.wire import Channel

Serve = Callable[[Channel], None]
Begin = Callable[[list[str]], Serve]

OTHERS = ("numpy", "matplotlib.pyplot", "matplotlib_inline.backend_inline", "PIL.Image")
OURS = ("cnnlab.checks", "cnnlab.data", "cnnlab.plot")
ORDER_BYTES = 2**16
CLONE = {
    "mount": 0x00020000,
    "cgroup": 0x02000000,
    "uts": 0x04000000,
    "ipc": 0x08000000,
    "user": 0x10000000,
    "pid": 0x20000000,
    "net": 0x40000000,
}
MS_RDONLY, MS_NOSUID, MS_NODEV = 1, 2, 4
MS_BIND, MS_REC, MS_PRIVATE = 1 << 12, 1 << 14, 1 << 18
PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 22, 24, 38
SECCOMP_MODE_FILTER = 2
CAPABILITY_VERSION = 0x20080522
libc = ctypes.CDLL(None, use_errno=True)


class Program(ctypes.Structure):
    """A filter as the kernel takes it: how many instructions of eight bytes, and where."""

    _fields_ = (("length", ctypes.c_ushort), ("rules", ctypes.c_char_p))


def main(descriptor: int) -> None:
    """Serve until the other side of the socket is closed."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are reaped by the kernel
    control = socket.socket(fileno=descriptor)
    filter_rules, _, _, _ = socket.recv_fds(control, ORDER_BYTES, 0)
    begin = _warm(control) if json.loads(control.recv(ORDER_BYTES))["warm"] else _cold(control)
    order = control.recv(ORDER_BYTES)
    if not order:
        return
    serve = begin(json.loads(order)["opening"])
    gc.collect()
    gc.freeze()  # what is never collected is not copied into each fork either
    control.send(b"ready")
    while True:
        text, found, _, _ = socket.recv_fds(control, ORDER_BYTES, 1)
        if not text:
            return
        if os.fork() == 0:
            _start(control, found[0], json.loads(text), filter_rules, serve)
        os.close(found[0])


def _warm(control: socket.socket) -> Begin:
    """Import all now. What is returned takes the opening, and gives what each fork does."""
    from cnnlab.grading import worker

    shell = worker.ready_shell()
    _import(OTHERS)
    _draw_once()
    control.recv(ORDER_BYTES)  # the package is written meanwhile
    _import(OURS)
    return lambda sources: partial(
        worker.serve, shell=shell, opening=worker.Opening(shell, sources)
    )


def _cold(control: socket.socket) -> Begin:
    """Nothing but a greeting, which is enough to try out the rest."""

    def greet(channel: Channel) -> None:
        channel.receive()
        channel.send({"status": "ready"})

    control.recv(ORDER_BYTES)
    return lambda _: greet


def _import(names: tuple[str, ...]) -> None:
    for name in names:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


def _draw_once() -> None:
    """Load what the first figure loads: fonts, the renderer, the encoder of pictures."""
    pyplot = importlib.import_module("matplotlib.pyplot")
    figure, axes = pyplot.subplots()
    axes.set_title("0123456789 -.,")
    axes.imshow([[0.0, 1.0]])
    figure.savefig(io.BytesIO(), format="png")
    pyplot.close(figure)


def _start(
    control: socket.socket,
    channel: int,
    order: dict[str, Any],
    rules: bytes,
    serve: Serve,
) -> None:
    """In a fork: new namespaces, and in them the student's process. Never returns."""
    try:
        uid, gid = os.getuid(), os.getgid()
        flags = sum(CLONE.values())
        _checked(libc.unshare(flags), "unshare")
        for name, text in (
            ("setgroups", "deny"),
            ("uid_map", f"{uid} {uid} 1"),
            ("gid_map", f"{gid} {gid} 1"),
        ):
            _write(f"/proc/self/{name}", text)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        ours, theirs = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(theirs)
            os.read(ours, 1)  # until the parent has told who we are
            os.close(ours)
            control.close()
            _become_student(channel, order, rules, serve)
        socket.send_fds(control, [b"started"], [os.pidfd_open(child)])
    except OSError as error:
        control.send(f"failed: {error}".encode())
    finally:
        os._exit(0)


def _become_student(channel: int, order: dict[str, Any], rules: bytes, serve: Serve) -> None:
    """The first process of the new namespaces: lock the doors, then serve. Never returns."""
    try:
        os.setsid()
        _checked(libc.mount(b"none", b"/", None, MS_REC | MS_PRIVATE, None), "/")
        for name, megabytes in order["folders"].items():
            with _seen_through(name, order["seen"]):
                size = f"size={megabytes}m,nr_inodes={order['files']},mode=755"
                _mount("tmpfs", name, size)
        _mount("tmpfs", "/proc", "size=4k,nr_inodes=2", MS_RDONLY)
        os.chdir(order["work"])
        _close_all_but(channel)
        _drop_rights(rules)
    except OSError as error:
        os.write(2, f"{error}\n".encode())
        os._exit(1)
    with contextlib.suppress(BaseException):
        serve(Channel(channel, channel))
    os._exit(0)


@contextlib.contextmanager
def _seen_through(folder: str, paths: list[str]) -> Iterator[None]:
    """Keep paths in ``folder``, as of an environment in /tmp, in sight when it is covered."""
    inner = [path for path in paths if path.startswith(f"{folder}/")]
    held = [os.open(path, os.O_PATH) for path in inner]
    yield
    for path, descriptor in zip(inner, held, strict=True):
        source = f"/proc/self/fd/{descriptor}"
        if not os.path.exists(path):  # it may lie in one that is back already
            os.makedirs(path if os.path.isdir(source) else os.path.dirname(path), exist_ok=True)
            if not os.path.exists(path):
                os.close(os.open(path, os.O_CREAT))
            done = libc.mount(source.encode(), path.encode(), None, MS_BIND | MS_REC, None)
            _checked(done, path)
        os.close(descriptor)


def _mount(kind: str, where: str, options: str, flags: int = 0) -> None:
    flags |= MS_NOSUID | MS_NODEV
    done = libc.mount(kind.encode(), where.encode(), kind.encode(), flags, options.encode())
    _checked(done, where)


def _close_all_but(kept: int) -> None:
    os.closerange(3, kept)
    os.closerange(kept + 1, os.sysconf("SC_OPEN_MAX"))


def _drop_rights(rules: bytes) -> None:
    """No capability now or ever again, and only the system calls that the filter lets through."""
    for number in range(64):
        libc.prctl(PR_CAPBSET_DROP, number, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    _checked(libc.capset(header, (ctypes.c_uint32 * 6)()), "capset")
    _checked(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no new privileges")
    program = Program(len(rules) // 8, rules)
    done = libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0)
    _checked(done, "the filter of system calls")


def _checked(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def _write(path: str, text: str) -> None:
    # Unbuffered: a buffered file would hide that the kernel refused.
    with open(path, "wb", buffering=0) as file:
        file.write(text.encode())


if __name__ == "__main__":
    main(int(sys.argv[1]))
