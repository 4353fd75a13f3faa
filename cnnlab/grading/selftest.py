"""Attack the sandbox of this machine: a few probes whose value counts what they could reach."""

import os
from pathlib import Path

from cnnlab.grading.model import Limits, Manifest, Submission, SubmittedCell
from cnnlab.grading.sandbox import Bubblewrap, inside

LIMITS = Limits(cell_seconds=10.0, total_seconds=60.0, memory_bytes=2**30)
REACHES = {
    "your variables": "import os; len({names!r} & set(os.environ))",
    "variables of the first process": (
        "def read(path):\n"
        "    try: return open(path).read()\n"
        "    except OSError: return ''\n"
        "words = read('/proc/1/environ').split(chr(0))\n"
        "len({names!r} & {{word.partition('=')[0] for word in words}})"
    ),
    "the network": (
        "import socket\n"
        "def opens():\n"
        "    try: socket.socket().close()\n"
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
    "your home folder": (
        "import os\nlen(set(os.listdir({home!r})) - {shown!r} if os.path.isdir({home!r}) else ())"
    ),
}
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


def attack() -> list[str]:
    """The names of the probes that the sandbox did not hold; none when all is well.

    Raises
    ------
    ExecutionProblem
        When the sandbox does not start.
    """
    home = Path.home()
    shown = {p.relative_to(home).parts[0] for p in inside() if p.is_relative_to(home)}
    facts = {"names": _private_names(), "home": str(home), "shown": shown}
    sources = [source.format(**facts) for source in REACHES.values()] + list(ENDS.values())
    cells = tuple(SubmittedCell("code", source) for source in sources)
    nothing = Manifest("selftest", "selftest", (), "")
    ran = Bubblewrap().execute(Submission("selftest", cells, ""), nothing, LIMITS).ran
    held = [result.status == "ok" and result.value == 0 for result in ran[: len(REACHES)]]
    held += [result.status != "ok" for result in ran[len(REACHES) :]]
    return [name for name, good in zip([*REACHES, *ENDS], held, strict=True) if not good]


def _private_names() -> set[str]:
    """Names of variables that only the caller has; a sandbox sets some of the usual ones anew."""
    usual = {"PATH", "HOME", "USER", "LANG", "PWD", "TZ", "TMPDIR", "PYTHONPATH"}
    own = {name for name in os.environ if not name.startswith(("OMP_", "OPENBLAS_", "MPL"))}
    return own - usual - {"IPYTHONDIR", "NBGRADER_EXECUTION", "PYTHONDONTWRITEBYTECODE"}
