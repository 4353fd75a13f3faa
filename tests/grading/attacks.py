"""Classes of attack on the machine that grades, each as one cell whose value counts what it found.

A cell that finds nothing, or that the limits end, leaves the rest of the notebook its marks.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Attack:
    """``source`` ends in a number: what it could reach. ``open`` says whether the same cell, run
    without a sandbox, reaches something; that proves the cell.
    """

    name: str
    source: str
    open: bool = True


HELD = [
    # confidentiality
    Attack("the course's files", "import os; os.path.exists({secret!r}) + 0"),
    Attack("the home folder", "import glob; len(glob.glob({home!r} + '/*'))"),
    Attack(
        "the package's neighbours",
        "import os; len(set(os.listdir({root!r})) - {{'.venv', 'cnnlab'}})",
    ),
    Attack("variables", "import os; ('CNNLAB_CANARY' in os.environ) + 0", open=False),
    Attack(
        "the first process's variables",
        "import os, glob\n"
        "def read(path):\n"
        "    try: return open(path, 'rb').read()\n"
        "    except OSError: return b''\n"
        "sum(b'CNNLAB_' + b'CANARY' in read(p) for p in glob.glob('/proc/[0-9]*/environ'))",
    ),
    Attack("other processes", "import glob; max(0, len(glob.glob('/proc/[0-9]*')) - 1)"),
    Attack(
        "open files",
        "import os\n"
        "def target(fd):\n"
        "    try: return os.readlink(f'/proc/self/fd/{{fd}}')\n"
        "    except OSError: return ''\n"
        "found = [target(fd) for fd in range(3, 256)]\n"
        "len([f for f in found if f and not f.startswith('socket:')])",
        open=False,
    ),
    Attack("leftovers in memory", "import os; os.path.exists('/dev/shm/' + {shared!r}) + 0"),
    # network
    Attack(
        "a service on this machine",
        "import socket\n"
        "def reach():\n"
        "    try: socket.create_connection(('127.0.0.1', {port}), 2).close()\n"
        "    except OSError: return 0\n"
        "    return 1\n"
        "reach()",
    ),
    Attack(
        "a socket without a file",
        "import socket\n"
        "def reach():\n"
        "    try: socket.socket(socket.AF_UNIX).connect({abstract!r})\n"
        "    except OSError: return 0\n"
        "    return 1\n"
        "reach()",
    ),
    Attack(
        "families of sockets",
        "import socket\n"
        "def made(family):\n"
        "    try: socket.socket(family, socket.SOCK_RAW if family == 16 else 1).close()\n"
        "    except OSError: return 0\n"
        "    return 1\n"
        "sum(made(family) for family in range(2, 46))",
    ),
    # kernel interfaces: io_uring_setup, keyctl, ptrace, unshare, bpf, perf_event_open, mount
    Attack(
        "refused system calls",
        "import ctypes, errno, platform\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        "numbers = {{'x86_64': (425, 250, 101, 272, 321, 298, 165, 310, 311),\n"
        "           'aarch64': (425, 219, 117, 97, 280, 241, 40, 270, 271)}}\n"
        "def refused(number):\n"
        "    return libc.syscall(number, 0x7fffffff, 0, 0, 0, 0, 0) == -1 and "
        "ctypes.get_errno() == errno.EPERM\n"
        "sum(not refused(n) for n in numbers[platform.machine()])",
    ),
    Attack(
        "memory that nobody counts",
        "import os\n"
        "def made():\n"
        "    try: os.close(os.memfd_create('x'))\n"
        "    except OSError: return 0\n"
        "    return 1\n"
        "made()",
    ),
    Attack(
        "a namespace of its own",
        "import ctypes, os\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        "NEWUSER = 0x10000000\n"
        "(libc.unshare(NEWUSER) == 0) + 0",
        open=False,
    ),
    # files
    Attack(
        "writing outside",
        "import os\n"
        "def write(folder):\n"
        "    try: open(folder + '/cnnlab-was-here', 'w').close()\n"
        "    except OSError: return 0\n"
        "    os.unlink(folder + '/cnnlab-was-here')\n"
        "    return 1\n"
        "sum(map(write, ['/', '/usr', '/dev', '/proc', {course!r}, {package!r}]))",
    ),
    # size
    Attack(
        "filling folders in memory",
        "import os\n"
        "def fill(path, most=700):\n"
        "    n = 0\n"
        "    try:\n"
        "        for k in range(most // 50):\n"
        "            with open(f'{{path}}/{{k}}', 'wb') as file:\n"
        "                n += file.write(bytes(50 * 2**20)) > 0\n"
        "    except OSError: pass\n"
        "    for k in range(most // 50):\n"
        "        try: os.unlink(f'{{path}}/{{k}}')\n"
        "        except OSError: pass\n"
        "    return n * 50 >= most\n"
        "sum(map(fill, ['/tmp', '/dev/shm', '.']))",
        open=False,  # not tried: it would fill the disk
    ),
]

ENDED = [
    Attack("deaf loop", "import signal\nsignal.signal(2, signal.SIG_IGN)\nwhile True: pass"),
    Attack(
        "swallowing loop",
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    ),
    Attack("sleep", "import time; time.sleep(10**6)"),
    Attack("one huge array", "bytearray(2**40)"),
    Attack(
        "many processes",
        "import os, time\n"
        "while True:\n"
        "    try:\n"
        "        if os.fork() == 0: time.sleep(99); os._exit(0)\n"
        "    except OSError: pass",
    ),
    Attack(
        "memory by many processes",
        "import os, time\n"
        "for _ in range(6):\n"
        "    if os.fork() == 0:\n"
        "        x = os.urandom(2**20) * 300; time.sleep(99); os._exit(0)\n"
        "time.sleep(99)",
    ),
    Attack("killing all it can see", "import os, time\nos.kill(-1, 9); time.sleep(99)"),
    Attack("killing its parent", "import os, time\nos.kill(os.getppid(), 9); time.sleep(99)"),
    Attack("leaving", "import os; os._exit(0)"),
    Attack(
        "calling off its end",
        ("import ctypes, time\nlibc = ctypes.CDLL(None)\nlibc.prctl(1, 0) == 0 or time.sleep(99)"),
    ),
]
