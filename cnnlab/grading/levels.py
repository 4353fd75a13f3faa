"""How safely student code can be run here: A in a sandbox, C in a plain process.

The letter B is kept for containers.
"""

import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from cnnlab.errors import EnvironmentProblem
from cnnlab.grading.model import ExecutionProblem
from cnnlab.grading.plain import PlainProcess
from cnnlab.grading.sandbox import Bubblewrap, command, filter_file

INSTALL = "apt install bubblewrap (Debian, Ubuntu)"
SWITCH = Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")
PROFILE = """\
abi <abi/4.0>,
include <tunables/global>
profile bwrap /usr/bin/bwrap flags=(unconfined) {
  userns,
  include if exists <local/bwrap>
}
"""
PROFILE_HINT = f"""\
This system lets only programs with an AppArmor profile make sandboxes. As root, write this to
/etc/apparmor.d/bwrap, then run: systemctl reload apparmor

{PROFILE}"""


def choose(unsafe: bool) -> PlainProcess:
    """The executor to grade with: the best that works here, or a plain process where told so.

    Raises
    ------
    EnvironmentProblem
        Where no sandbox works, with the reason and a remedy in one line.
    """
    if unsafe:
        return PlainProcess()
    reason, remedy = why_no_sandbox()
    if reason:
        raise EnvironmentProblem(
            f"student code would run without a sandbox: {reason}. {remedy}; "
            f"or pass --unsafe-no-sandbox, for work that you trust"
        )
    return Bubblewrap()


def why_no_sandbox() -> tuple[str, str]:
    """Why level A does not work here, and what to do; two empty texts where it works."""
    if sys.platform != "linux":
        return "bubblewrap exists on Linux only", "Grade on a Linux machine"
    try:
        with filter_file() as rules, tempfile.TemporaryDirectory() as empty:
            nothing = [sys.executable, "-P", "-c", "import numpy"]
            line = command(nothing, rules.fileno(), None, Path(empty))
            ran = subprocess.run(
                line, pass_fds=[rules.fileno()], env={}, capture_output=True, timeout=60
            )
    except ExecutionProblem as problem:
        missing = "bubblewrap" in str(problem)
        return str(problem), f"To mend: {INSTALL if missing else 'apt install libseccomp2'}"
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"bubblewrap does not start ({error})", f"To mend: {INSTALL}"
    if ran.returncode == 0:
        return "", ""
    told = ran.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["it says nothing"]
    if restricted():
        return told[0], "`cnnlab doctor --for teacher` prints the AppArmor profile that is needed"
    return told[0], "bubblewrap 0.8 or newer and user namespaces are needed"


def restricted() -> bool:
    """Does AppArmor keep ordinary users from making sandboxes, as on Ubuntu since 23.10?"""
    with suppress(OSError):
        return os.geteuid() != 0 and SWITCH.read_text().strip() == "1"
    return False
