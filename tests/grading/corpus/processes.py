"""Attacks on the machine's time, memory and disk, and on other processes."""

from tests.grading.corpus.attack import Attack, extra


def left(id, title, cell, outcome="isolate", **more):
    """One after which the rest of the notebook keeps its marks."""
    return extra(id, title, cell, outcome, **more)


# Each takes its whole time limit.
SLOW = [
    extra(
        "C02",
        "a loop deaf to Ctrl-C",
        "import signal\nsignal.signal(2, signal.SIG_IGN)\nwhile 1: pass",
    ),
    extra(
        "C03",
        "a loop that swallows everything",
        "while 1:\n    try:\n        while 1: pass\n    except BaseException: pass",
    ),
    extra("C04", "sleeping for days", "import time\ntime.sleep(10**6)"),
    extra("C05", "stopping itself", "import os\nos.kill(os.getpid(), 19)"),
    extra(
        "C07",
        "processes without end",
        "import os, time\n"
        "for _ in range(300):\n"
        "    try:\n"
        "        if os.fork() == 0: time.sleep(99); os._exit(0)\n"
        "    except OSError: pass\n"
        "time.sleep(99)",
    ),
    extra("C13", "printing without end", "while 1: print('x' * 200)"),
]
QUICK = [
    extra(
        "C10",
        "filling shared memory",
        "with open('/dev/shm/fill', 'wb') as file:\n"
        "    for _ in range(700): file.write(bytes(10**6))\n"
        "print('LOO' + 'TED')",
    ),
    extra(
        "C11",
        "one large file",
        "with open('large', 'wb') as file:\n"
        "    for _ in range(700): file.write(bytes(10**6))\n"
        "print('LOO' + 'TED')",
    ),
    extra(
        "C12",
        "many small files",
        "import os\nos.mkdir('many')\nfor k in range(20_000): open(f'many/{k}', 'w').close()",
    ),
    extra("C14", "one line of 60 MB", "print('y' * 60_000_000)"),
    extra(
        "C17",
        "data that swells",
        "import zlib\nz = zlib.compress(bytes(10**8))\n[zlib.decompress(z) for _ in range(20)]",
    ),
    left(
        "C18",
        "more threads than were given",
        "import os\nos.environ['OMP_NUM_THREADS'] = '64'\na = np.ones((600, 600))\n(a @ a).sum()",
        "neutral",
    ),
    extra("D01", "leaving early", "import sys\nsys.exit(0)"),
    extra("D02", "leaving without a word", "import os\nos._exit(0)", flag="reaches for os._exit"),
    left("D04", "killing the parent", "import os\nos.kill(os.getppid(), 9)"),
    left("D05", "killing all that can be seen", "import os\nos.kill(-1, 9)"),
    left(
        "D06",
        "a process that outlives the run",
        "import os, time\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    if os.fork() == 0:\n"
        "        for fd in range(256):\n"
        "            try: os.close(fd)\n"
        "            except OSError: pass\n"
        "        os.execvp('sleep', ['sleep', $nap])\n"
        "    os._exit(0)",
    ),
    left(
        "D08",
        "writing marks into the gradebook",
        "import sqlite3\n"
        "try:\n"
        "    with sqlite3.connect($gradebook, timeout=1) as opened:\n"
        "        opened.execute('update grade set score = 100')\n"
        "    print('LOO' + 'TED')\n"
        "except sqlite3.Error: pass",
        loot=True,
    ),
    left(
        "D09",
        "writing into the course's configuration",
        "try:\n"
        "    with open($config, 'a') as file: file.write('# was here')\n"
        "    print('LOO' + 'TED')\n"
        "except OSError: pass",
        loot=True,
    ),
    left(
        "D11",
        "a child that holds the output open",
        "import subprocess\nsubprocess.Popen(['sleep', $nap])",
        "full",
    ),
    left(
        "D12",
        "sleeping on the way out",
        "import atexit, time\natexit.register(time.sleep, 99)",
        "full",
    ),
    left("D13", "shell commands and magics", "!echo here; id\n%env FOO=bar", "neutral"),
]
ATTACKS: list[Attack] = [*SLOW, *QUICK]
