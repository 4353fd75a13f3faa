"""Attack what student code runs in on this machine, and forge marks: nothing may come of it."""

import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cnnlab.grading.model import Cell, Executor, Limits, Manifest, Submission, SubmittedCell

LIMITS = Limits(cell_seconds=10.0, total_seconds=60.0, memory_bytes=2**30)
REACHES = {
    "your variables": "import os; len({names!r} & set(os.environ))",
    "variables of the first process": (
        "def words():\n"
        "    try: return open('/proc/1/environ').read().split(chr(0))\n"
        "    except OSError: return []\n"
        "len({names!r} & {{word.partition('=')[0] for word in words()}})"
    ),
    "the network": (
        "import socket\n"
        "def opens():\n"
        "    try: socket.create_connection(('127.0.0.1', {port}), 2).close()\n"
        "    except OSError: return 0\n"
        "    return 1\n"
        "opens()"
    ),
    "writing outside": (
        "import os\n"
        "def writes(path):\n"
        "    try: open(os.path.join(path, '.cnnlab-probe'), 'x').close()\n"
        "    except OSError: return 0\n"
        "    os.unlink(os.path.join(path, '.cnnlab-probe'))\n"
        "    return 1\n"
        "sum(map(writes, ['/', '/usr', {home!r}]))"
    ),
    "your home folder": "import os; os.path.exists({bait!r}) + 0",
    "the right answers": (
        "import importlib.util as u; 0 if u.find_spec('cnnlab.checks.filters') is None else 1"
    ),
}
"""What a cell can reach: it ends in a number above 0 if there is anything."""

ENDS = {
    "processes without end": (
        "import os, time\n"
        "while True:\n"
        "    try:\n"
        "        if os.fork() == 0: time.sleep(60); os._exit(0)\n"
        "    except OSError: time.sleep(0.01)"
    ),
    "memory without end": "bytearray(2**40)",
}
"""What must not end well."""

FORGES = {
    "an answer that equals everything": (
        "class Yes(float):\n"
        "    def __eq__(self, other): return True\n"
        "    __ne__ = __lt__ = __gt__ = lambda self, other: False\n"
        "def forged(number): return Yes()"
    ),
    "other built-in functions": (
        "import builtins\n"
        "def forged(number):\n"
        "    builtins.float = builtins.sum = lambda *a, **k: 1\n"
        "    builtins.range = lambda *a: iter(())\n"
        "    return -1"
    ),
    "a look at the caller": (
        "import sys\n"
        "def forged(number):\n"
        "    frame = sys._getframe()\n"
        "    while frame:\n"
        "        if 'right' in frame.f_globals: return frame.f_globals['right'](number)\n"
        "        frame = frame.f_back\n"
        "    return -1"
    ),
    "a verdict of its own": (
        "import os\n"
        "def forged(number):\n"
        '    text = b\'{"status": "ok", "value": 1.0, "points": 1.0, "b": []}\'\n'
        "    for k in range(1, 64):\n"
        "        try: os.write(k, len(text).to_bytes(4, 'big') + text)\n"
        "        except OSError: pass\n"
        "    return -1"
    ),
    "an end before the test's": "import os\ndef forged(number): os._exit(0)",
}
"""Wrong answers that claim points; each is a submission of its own."""

HONEST = "def forged(number): return 3 * number + 1"
TEST = """\
import random
def right(number): return 3 * number + 1
numbers = [random.randrange(10**6) for _ in range(5)]
float(sum(forged(number) == right(number) for number in numbers) / 5)"""


def attack(executor: Executor) -> list[str]:
    """What the executor did not hold, by name; nothing when all is well.

    Raises
    ------
    ExecutionProblem
        When it does not start.
    """
    broken = [name for name, held in _probed(executor).items() if not held]
    broken += [name for name, source in FORGES.items() if _earned(executor, source) != 0]
    return broken + ([] if _earned(executor, HONEST) == 1 else ["honest work earning its points"])


def tried() -> int:
    """How many attacks there are."""
    return len(REACHES) + len(ENDS) + len(FORGES)


def _probed(executor: Executor) -> dict[str, bool]:
    home = str(Path.home())
    with socket.create_server(("127.0.0.1", 0)) as server, _file_in(home) as bait:
        port = server.getsockname()[1]
        facts = {"names": _private_names(), "home": home, "bait": bait, "port": port}
        sources = [source.format(**facts) for source in REACHES.values()] + list(ENDS.values())
        cells = tuple(SubmittedCell("code", source) for source in sources)
        nothing = Manifest("selftest", "selftest", (), "")
        ran = executor.execute(Submission("selftest", cells, ""), nothing, LIMITS).ran
    held = [result.status == "ok" and result.value == 0 for result in ran[: len(REACHES)]]
    held += [result.status != "ok" for result in ran[len(REACHES) :]]
    return dict(zip([*REACHES, *ENDS], held, strict=True))


@contextmanager
def _file_in(home: str) -> Iterator[str]:
    """A file in the home folder, or where nothing can be written there, in that for such files."""
    place = home if os.access(home, os.W_OK) else None
    with tempfile.NamedTemporaryFile(dir=place) as file:
        yield file.name


def _earned(executor: Executor, source: str) -> float | None:
    """What an answer earns in a test of one point; None where it could not be scored."""
    answer = Cell("forged", "solution", "code", "", "")
    test = Cell("forged-check", "test", "code", TEST, "", points=1.0, partial=True)
    manifest = Manifest("selftest", "selftest", (answer, test), "forging")
    work = Submission("selftest", (SubmittedCell("code", source, "forged"),), "")
    (item,) = executor.execute(work, manifest, LIMITS).items
    return item.points


def _private_names() -> set[str]:
    """Names of variables that only the caller has; a sandbox sets some of the usual ones anew."""
    usual = {"PATH", "HOME", "USER", "LANG", "PWD", "TZ", "TMPDIR", "TERM", "HOSTNAME"}
    usual |= {"IPYTHONDIR", "NBGRADER_EXECUTION", "PYTHONDONTWRITEBYTECODE", "PYTHONPATH"}
    prefixes = ("OMP_", "OPENBLAS_", "MKL_", "MPL", "PYTHONHASH")
    own = {name for name in os.environ if not name.startswith(prefixes)}
    return {name for name in own - usual if not name.lower().endswith("_proxy")}
