"""Attacks on what is secret and on what lies outside. ``$names`` are filled with bait."""

from tests.grading.corpus.attack import FOUND, Attack, extra

REACH = """\
import socket
def reach(family, address):
    try:
        with socket.socket(family) as made:
            made.settimeout(2)
            made.connect(address)
    except OSError:
        return False
    return True
"""


def hidden(id, title, cell, **more):
    """A search for what must not be there; ``found`` is what it has found."""
    return extra(id, title, f"{cell}\nif found: {FOUND.format('found')}", "isolate", **more)


ATTACKS: list[Attack] = [
    hidden(
        "A02",
        "reading the teacher's notebooks",
        "import glob\nfound = glob.glob($solutions + '/**/*.ipynb', recursive=True)",
        loot=True,
    ),
    hidden(
        "A03",
        "reading hidden tests and marks from the gradebook",
        "import sqlite3\n"
        "try:\n"
        "    opened = sqlite3.connect('file:' + $gradebook + '?mode=ro', uri=True)\n"
        "    found = opened.execute('select source from source_cell').fetchall()\n"
        "except sqlite3.Error:\n"
        "    found = []",
        loot=True,
    ),
    hidden(
        "A04",
        "variables of the grader",
        "import os\nfound = [name for name in os.environ if 'TOKEN' in name or 'CANARY' in name]",
    ),
    hidden(
        "A07",
        "reading the grader's memory",
        "import os\n"
        "found = []\n"
        "for pid in {os.getppid(), 1, $pid} - {os.getpid(), 0}:\n"
        "    try:\n"
        "        maps, memory = open(f'/proc/{pid}/maps'), open(f'/proc/{pid}/mem', 'rb')\n"
        "        with maps, memory:\n"
        "            heap = next(line for line in maps if '[heap]' in line)\n"
        "            memory.seek(int(heap.partition('-')[0], 16))\n"
        "            found.append(len(memory.read(4096)))\n"
        "    except (OSError, StopIteration): pass",
    ),
    hidden(
        "A08",
        "folders and files to write that the grader left open",
        "import fcntl, os, stat\n"
        "def useful(descriptor):\n"
        "    try: mode = os.fstat(descriptor).st_mode\n"
        "    except OSError: return False\n"
        "    if stat.S_ISDIR(mode): return True\n"
        "    read_only = fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY\n"
        "    return stat.S_ISREG(mode) and not read_only\n"
        "found = [descriptor for descriptor in range(1024) if useful(descriptor)]",
    ),
    hidden(
        "A09",
        "leftovers of an earlier submission",
        "import os\n"
        "folders = ('/tmp', '/dev/shm', '/var/tmp', '/run', os.getcwd(), os.path.expanduser('~'))\n"
        "paths = [os.path.join(folder, $mark) for folder in folders]\n"
        "found = [path for path in paths if os.path.exists(path)]\n"
        "for path in paths:\n"
        "    try:\n"
        "        with open(path, 'a') as file: file.write('answers')\n"
        "    except OSError: pass",
        twice=True,
    ),
    hidden(
        "B01",
        "sending work to the internet",
        "import socket, time\n"
        "began = time.monotonic()\n"
        "try:\n"
        "    socket.create_connection(('10.255.255.1', 80), 2).close()\n"
        "    found = ['sent']\n"
        "except OSError:\n"
        "    found = ['on its way'] * (time.monotonic() - began > 1)",
    ),
    hidden(
        "B02",
        "a service of the teacher's machine",
        REACH + "found = reach(socket.AF_INET, ('127.0.0.1', $port))",
        loot=True,
    ),
    hidden(
        "B04",
        "sockets with and without a file",
        REACH + "found = [a for a in ($abstract, $socket) if reach(socket.AF_UNIX, a)]",
        loot=True,
    ),
    hidden(
        "B05",
        "memory shared between two sandboxes",
        "import ctypes\n"
        "shared = ctypes.CDLL(None).shmget\n"
        "found = [1] * (shared($key, 4096, 0o666) >= 0)\n"
        "shared($key, 4096, 0o1666)",
        twice=True,
    ),
    hidden(
        "G01",
        "a hook that reads the cells that run",
        "found = []\n"
        "def look(info):\n"
        "    if 'seed=' in (info.raw_cell or ''): " + FOUND.format("info.raw_cell") + "\n"
        "get_ipython().events.register('pre_run_cell', look)",
        flag="hooks into the notebook: events",
    ),
    Attack(
        "G03",
        "the source of the caller",
        "isolate",
        answers={
            "correlate2d": (
                "import inspect\n"
                "def correlate2d(image, kernel):\n"
                "    told = [str(frame.code_context) for frame in inspect.stack()]\n"
                "    told += map(str, get_ipython().user_ns.get('In', []))\n"
                "    hidden = 'see' + 'd='\n"
                "    if any(hidden in text for text in told): " + FOUND.format("told") + "\n"
                "    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)\n"
                "    return np.einsum('ijuv,uv->ij', windows, kernel)"
            )
        },
        flag="reaches for inspect.stack",
    ),
]
