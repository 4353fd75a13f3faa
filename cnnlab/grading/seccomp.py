"""The system calls that student code is refused, as a compiled filter for bubblewrap.

Namespaces hide files, networks and processes; these calls reach past them, or widen what the kernel
offers to attack. Everything else is allowed: NumPy and Matplotlib must run as they are.
"""

import errno
import signal
import socket
import tempfile
from functools import cache

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
)


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
    rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    no = pyseccomp.ERRNO(errno.EPERM)
    for name in REFUSED:
        rules.add_rule(no, name)
    where = pyseccomp.Arg  # (argument, comparison, value, ...)
    for call in ("socket", "socketpair"):  # no internet, netlink, vsock, packet or kernel crypto
        rules.add_rule(
            pyseccomp.ERRNO(errno.EAFNOSUPPORT), call, where(0, pyseccomp.NE, socket.AF_UNIX)
        )
    # clone3 hides its flags behind a pointer; told that it does not exist, libc takes clone.
    rules.add_rule(pyseccomp.ERRNO(errno.ENOSYS), "clone3")
    for bit in (1 << k for k in range(32) if NAMESPACES >> k & 1):
        rules.add_rule(no, "clone", where(0, pyseccomp.MASKED_EQ, bit, bit))
    # Nobody in the sandbox outlives the grader by calling off the signal that ends it.
    rules.add_rule(
        no,
        "prctl",
        where(0, pyseccomp.EQ, PR_SET_PDEATHSIG),
        where(1, pyseccomp.NE, signal.SIGKILL),
    )
    with tempfile.TemporaryFile() as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()
