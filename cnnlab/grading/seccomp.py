"""The system calls that student code is refused: a compiled filter, and a profile for containers.

Namespaces hide files, networks and processes; these calls reach past them, or widen what the kernel
offers to attack. Everything else is allowed: NumPy and Matplotlib must run as they are.
"""

import errno
import json
import signal
import socket
import tempfile
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from cnnlab.grading.model import ExecutionProblem

PR_SET_PDEATHSIG = 1
NAMESPACES = 0x7E020080  # every CLONE_NEW... flag: time, mount, cgroup, uts, ipc, user, pid, net

REFUSED = (
    # other processes
    *("ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "kcmp"),
    *("pidfd_getfd",),
    # namespaces and mounts
    *("unshare", "setns", "mount", "umount2", "pivot_root", "chroot", "open_tree", "move_mount"),
    *("fsopen", "fsconfig", "fsmount", "fspick", "mount_setattr"),
    # kernel interfaces that hold state across sandboxes, or that were often broken
    *("keyctl", "add_key", "request_key", "bpf", "perf_event_open", "userfaultfd"),
    *("io_uring_setup", "io_uring_enter", "io_uring_register", "fanotify_init"),
    # the machine itself
    *("init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load", "reboot"),
    *("swapon", "swapoff", "settimeofday", "clock_settime", "acct", "quotactl", "syslog"),
    *("open_by_handle_at", "name_to_handle_at", "personality"),
    # memory that no process has to map, and nobody counts
    *("memfd_create", "memfd_secret", "shmget"),
)


class Where(NamedTuple):
    """A condition on an argument: its number, a comparison of libseccomp's, one or two values."""

    argument: int
    comparison: str
    values: tuple[int, ...]


class Rule(NamedTuple):
    """Calls that fail with this error where all conditions hold."""

    error: int
    calls: tuple[str, ...]
    where: tuple[Where, ...] = ()


def rules() -> Iterator[Rule]:
    """What is refused."""
    yield Rule(errno.EPERM, REFUSED)
    # No internet, netlink, vsock, packet or kernel crypto.
    local = Where(0, "NE", (socket.AF_UNIX,))
    yield Rule(errno.EAFNOSUPPORT, ("socket", "socketpair"), (local,))
    # clone3 hides its flags behind a pointer; told that it does not exist, libc takes clone.
    yield Rule(errno.ENOSYS, ("clone3",))
    for bit in (1 << k for k in range(32) if NAMESPACES >> k & 1):
        yield Rule(errno.EPERM, ("clone",), (Where(0, "MASKED_EQ", (bit, bit)),))
    # Nobody in the sandbox outlives the grader by calling off the signal that ends it.
    calling_off = Where(0, "EQ", (PR_SET_PDEATHSIG,)), Where(1, "NE", (signal.SIGKILL,))
    yield Rule(errno.EPERM, ("prctl",), calling_off)


@cache
def compiled() -> bytes:
    """The filter as a BPF program for this machine's architecture.

    Raises
    ------
    ExecutionProblem
        Where libseccomp is missing.
    """
    try:
        import pyseccomp
    except (ImportError, OSError, RuntimeError) as error:
        raise ExecutionProblem("libseccomp is missing") from error
    made = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    for rule in rules():
        where = [
            pyseccomp.Arg(w.argument, getattr(pyseccomp, w.comparison), *w.values)
            for w in rule.where
        ]
        for call in rule.calls:
            made.add_rule(pyseccomp.ERRNO(rule.error), call, *where)
    with tempfile.TemporaryFile() as file:
        made.export_bpf(file)
        file.seek(0)
        return file.read()


def profile() -> str:
    """The same as JSON for podman and docker."""
    calls = []
    for rule in rules():
        where = [
            {"index": w.argument, "op": f"SCMP_CMP_{w.comparison}"}
            | dict(zip(("value", "valueTwo"), map(int, w.values), strict=False))
            for w in rule.where
        ]
        calls.append(
            {"names": rule.calls, "action": "SCMP_ACT_ERRNO", "errnoRet": rule.error, "args": where}
        )
    return json.dumps({"defaultAction": "SCMP_ACT_ALLOW", "syscalls": calls})
