"""How safely student code can be run here: A in bubblewrap, B in a container, C in a plain process.

The best level that works is taken. C is never taken unless told.
"""

import os
import sys
from contextlib import closing, suppress
from pathlib import Path

from cnnlab.errors import EnvironmentProblem
from cnnlab.grading.container import Containers
from cnnlab.grading.model import ExecutionProblem
from cnnlab.grading.plain import PlainProcess
from cnnlab.grading.sandbox import Bubblewrap

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
        Where neither a sandbox nor containers work, with reasons and a remedy in one line.
    """
    if unsafe:
        return PlainProcess()
    executor, reasons = best()
    if executor is None:
        raise EnvironmentProblem(
            f"student code would run without a sandbox. {'. '.join(reasons)}. "
            f"Or pass --unsafe-no-sandbox, for work that you trust"
        )
    return executor


def best() -> tuple[PlainProcess | None, list[str]]:
    """The executor of level A or else B, and what is said of those that do not work."""
    reason, remedy = why_no_sandbox()
    if not reason:
        return Bubblewrap(), []
    said = [f"Level A does not work: {reason}. {remedy}"]
    if other := why_no_containers():
        return None, [*said, f"Level B does not work: {other}"]
    return Containers(), said


def why_no_sandbox() -> tuple[str, str]:
    """Why level A does not work here, and what to do; two empty texts where it works."""
    if sys.platform != "linux":
        return "bubblewrap exists on Linux only", "Grade on a Linux machine"
    try:
        with closing(Bubblewrap()) as sandbox:
            sandbox.try_out()
    except ExecutionProblem as problem:
        return str(problem), _remedy(str(problem))
    except OSError as error:
        return f"bubblewrap does not start ({error})", f"To mend: {INSTALL}"
    return "", ""


def why_no_containers() -> str:
    """Why level B does not work here; empty where it does."""
    try:
        with closing(Containers()) as containers:
            containers.try_out()
    except (ExecutionProblem, OSError) as problem:
        return str(problem)
    return ""


def _remedy(problem: str) -> str:
    if "missing" in problem:
        what = INSTALL if "bubblewrap" in problem else "apt install libseccomp2"
        return f"To mend: {what}"
    if restricted():
        return "`cnnlab doctor --for teacher` prints the AppArmor profile that is needed"
    return "bubblewrap 0.8 or newer and user namespaces are needed"


def restricted() -> bool:
    """Does AppArmor keep ordinary users from making sandboxes, as on Ubuntu since 23.10?"""
    with suppress(OSError):
        return os.geteuid() != 0 and SWITCH.read_text().strip() == "1"
    return False
