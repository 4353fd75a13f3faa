"""Level B: the same work in a container earns the same, and attacks find nothing there."""

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from cnnlab.grading import container
from cnnlab.grading.container import Containers, Engine, command
from cnnlab.grading.model import (
    ExecutionProblem,
    Limits,
    Submission,
    SubmittedCell,
)
from tests.grading import small
from tests.grading.attacks import ENDED, HELD
from tests.grading.executing import FULL, points, run

LIMITS = Limits(cell_seconds=30.0, memory_bytes=2**30)
SHORT = Limits(cell_seconds=4.0, total_seconds=90.0, memory_bytes=2**30)
ENGINES_OWN = {
    # The first process is the clock that ends a container without its grader.
    "other processes",
    # The channel is two pipes here, not a socket.
    "open files",
}


@pytest.fixture
def containers(podman):
    with closing(Containers()) as executor:
        yield executor


def submitted(*sources, student="mallory"):
    return Submission(student, tuple(SubmittedCell("code", source) for source in sources), "0")


def test_marks_are_those_of_a_plain_process(learnt, podman):
    wrong = {**small.RIGHT, "total": "def total(values):\n    return 1 / 0"}
    for answers in (small.RIGHT, wrong):
        inside = run(learnt, answers=answers, limits=LIMITS, executor=Containers)
        assert inside.items == run(learnt, answers=answers).items
        assert inside.level == container.LEVEL


def test_attacks_find_nothing(containers, bare, tmp_path, monkeypatch):
    (tmp_path / "solutions.ipynb").write_text("secret")
    monkeypatch.setenv("CNNLAB_CANARY", "1")
    bait = {
        "secret": str(tmp_path / "solutions.ipynb"),
        "home": str(tmp_path),
        "root": str(Path(container.__file__).parents[2]),
        "shared": "cnnlab-nothing",
        "port": 1,
        "abstract": "\\0cnnlab",
        "course": str(tmp_path),
        "package": str(Path(container.__file__).parents[1]),
    }
    attacks = [attack for attack in HELD if attack.name not in ENGINES_OWN]
    ran = containers.execute(
        submitted(*(attack.source.format(**bait) for attack in attacks)), bare, LIMITS
    ).ran
    for attack, result in zip(attacks, ran, strict=True):
        assert (result.status, result.value) == ("ok", 0.0), (attack.name, result)


# What ends a container whose grader is gone is no signal that could be called off.
RESOURCES = [attack for attack in ENDED if attack.name != "calling off its end"]


@pytest.mark.parametrize("attack", RESOURCES, ids=lambda attack: attack.name)
def test_an_attack_on_resources_costs_its_own_cell(learnt, podman, attack):
    outcome = run(learnt, attack.source, limits=SHORT, executor=Containers)
    if "memory by many" not in attack.name:  # what it leaves running may starve its own tests
        assert points(outcome) == FULL
    own = [r for s, r in zip(outcome.steps, outcome.ran, strict=True) if s.source == attack.source]
    assert own[0].status != "ok"


def test_student_code_has_no_rights_and_no_disk(containers, bare, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://name:word@proxy.example")
    ran = containers.execute(
        submitted(
            "import os; os.getuid() == 65534 and 1",
            "int(open('/proc/self/status').read().split('CapBnd:')[1].split()[0], 16)",
            "sum(os.access(p, os.W_OK) for p in ('/', '/usr', '/opt', '/run', '/var/tmp', '/etc'))",
            "len([n for n in os.environ if 'proxy' in n.lower() and os.environ[n]])",
            "open('mine.txt', 'w').write('x')",
            "import glob; len(glob.glob('/proc/[0-9]*'))",  # a clock and this
            "links = [os.readlink(f'/proc/self/fd/{k}') for k in range(3, 9) if os.path.islink("
            "f'/proc/self/fd/{k}')]; len([link for link in links if link.startswith('pipe:')])",
        ),
        bare,
        LIMITS,
    ).ran
    assert [result.value for result in ran] == [1.0, 0.0, 0.0, 0.0, 1.0, 2.0, 2.0]


def test_the_package_inside_is_the_students(containers, bare):
    source = "from cnnlab import naive\nnaive.conv2d(1)"
    ran = containers.execute(submitted(source, "import scipy.signal"), bare, LIMITS).ran
    assert [result.error for result in ran] == ["Unavailable", "ImportError"]


def test_one_student_finds_nothing_of_another(containers, bare):
    left = "[open(f'{p}/left', 'w').close() for p in ('/tmp', '/dev/shm', '.')]; 1"
    look = "import os; sum(os.path.exists(f'{p}/left') for p in ('/tmp', '/dev/shm', '.'))"
    assert containers.execute(submitted(left), bare, LIMITS).ran[0].value == 1.0
    assert containers.execute(submitted(look), bare, LIMITS).ran[0].value == 0.0


def test_no_container_is_left(containers, bare, podman):
    source = "import subprocess; subprocess.Popen(['sleep', '988'], start_new_session=True); 1"
    assert containers.execute(submitted(source), bare, SHORT).ran[0].value == 1.0
    assert podman("ps", "--all", "--quiet") == ""
    assert not sleeps(988)


def sleeps(seconds):
    """Does a program sleep so long, anywhere on this machine?"""
    command = f"sleep\0{seconds}\0".encode()
    return any(read(path) == command for path in Path("/proc").glob("[0-9]*/cmdline"))


def read(path):
    try:
        return path.read_bytes()
    except OSError:
        return b""


GRADER = """
from cnnlab.grading.container import Containers
from cnnlab.grading.model import Limits, Manifest, Submission, SubmittedCell
limits = Limits(cell_seconds=300, total_seconds=2, start_seconds=8)
cells = (SubmittedCell("code", "import subprocess; subprocess.run(['sleep', '989'])"),)
Containers().execute(Submission("ada", cells, "0"), Manifest("b", "b", (), "0"), limits)
"""


def test_a_container_ends_without_its_grader(podman):
    grader = subprocess.Popen([sys.executable, "-c", GRADER], cwd=container.PACKAGE.parent)
    try:
        wait_until(lambda: sleeps(989))
    finally:
        grader.send_signal(signal.SIGKILL)
        grader.wait()
    assert sleeps(989)
    wait_until(lambda: podman("ps", "--quiet") == "")
    assert not sleeps(989)


def wait_until(true, seconds=40):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.2)


def test_a_container_that_does_not_start_is_nobodys_zero(containers, bare, monkeypatch):
    monkeypatch.setattr(container, "RIGHTS", (*container.RIGHTS, "--ulimit", "nonsense=1"))
    with pytest.raises(ExecutionProblem, match="did not start: .*nonsense"):
        containers.execute(submitted("1"), bare, LIMITS)


def test_where_no_engine_answers_the_reason_is_said(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ExecutionProblem, match="neither podman nor docker is installed"):
        container.engine()
    (tmp_path / "docker").write_text("#!/bin/sh\necho 'Cannot connect to the daemon' >&2; exit 1\n")
    (tmp_path / "docker").chmod(0o755)
    with pytest.raises(ExecutionProblem, match="docker does not answer: Cannot connect"):
        container.engine()


FAKE = """#!/bin/sh
# Remembers what it was asked; knows one image, whose packages its own script tells.
echo "$@" >> {log}
case "$*" in
  *closed.py) echo '{{"/packages/torch": "package", "/packages/cv2.so": "module.py"}}';;
esac
"""


def test_an_image_with_its_own_packages_has_them_closed(monkeypatch, tmp_path):
    """What docker would be asked on a machine whose own interpreter cannot be used."""
    (tmp_path / "docker").write_text(FAKE.format(log=tmp_path / "log"))
    (tmp_path / "docker").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    monkeypatch.setattr(container, "ENGINES", ("docker",))
    found = container.engine()
    assert found == Engine(str(tmp_path / "docker"), container.IMAGE)
    (tmp_path / "cnnlab").mkdir()
    mounted = container.mounts(found, tmp_path)
    assert [str(path) for _, path in mounted] == [
        "/opt/cnnlab/cnnlab",
        "/packages/torch",
        "/packages/cv2.so",
    ]
    assert all(source.is_relative_to(tmp_path) for source, _ in mounted)
    line = " ".join(command(found, "name", mounted, tmp_path / "rules", LIMITS))
    asked = (tmp_path / "log").read_text().splitlines()
    assert f"closed.py:ro {container.IMAGE} python3 /opt/closed.py" in asked[-1]
    for words in (
        "--network none --read-only --cap-drop ALL --security-opt no-new-privileges",
        "--pids-limit 64",
        "--volume " + str(tmp_path / "cnnlab") + ":/opt/cnnlab/cnnlab:ro",
        "--env PYTHONPATH=/opt/cnnlab",
        f"{container.IMAGE} /usr/bin/timeout --signal=KILL 361 python3 -P -m",
    ):
        assert words in line
    assert "--http-proxy" not in line  # an option of podman alone


def test_files_that_only_their_owner_may_read_are_opened(learnt, podman):
    before = os.umask(0o077)
    try:
        assert points(run(learnt, limits=LIMITS, executor=Containers)) == FULL
    finally:
        os.umask(before)
