"""The doctor attacks its own sandbox, as root and as an ordinary user, and sees one that leaks."""

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from cnnlab import cli
from cnnlab.grading import container, levels, sandbox, selftest
from cnnlab.grading.plain import PlainProcess

ORDINARY = """
import os
from cnnlab.grading import selftest
from cnnlab.grading.model import Manifest, Submission, SubmittedCell
from tests.grading.attacks import ENDED
assert os.getuid() != 0
from cnnlab.grading.sandbox import Bubblewrap
sandbox = Bubblewrap()
assert selftest.attack(sandbox) == []
for name, words in [("many processes", "64 processes"), ("memory by many processes", "1024 MB")]:
    (attack,) = [attack for attack in ENDED if attack.name == name]
    submission = Submission("mallory", (SubmittedCell("code", attack.source),), "0")
    bare = Manifest("b", "b", (), "0")
    outcome = sandbox.execute(submission, bare, selftest.LIMITS)
    assert outcome.ran[0].status != "ok", outcome
    assert words in outcome.notes[0], outcome
sandbox.close()
"""

# In a mount namespace of its own, root's folder gives way to one that others may enter; the
# interpreter and the repository stay where they were.
AS_NOBODY = """
set -e
hold=$3
for path in "$1" "$2"; do
  case $path in /root/*) mkdir -p "$hold$path"; mount --bind "$path" "$hold$path";; esac
done
if [ -d "$hold/root" ]; then mount --rbind "$hold/root" /root; fi
shift 3
exec setpriv --reuid 65534 --regid 65534 --clear-groups --no-new-privs env HOME=/nonexistent "$@"
"""


@pytest.mark.usefixtures("bubblewrap")
def test_the_sandbox_holds_for_an_ordinary_user(root, tmp_path):
    call = [sys.executable, "-c", ORDINARY]
    if os.getuid() == 0:
        places = [sys.base_prefix, str(root), str(tmp_path)]
        call = ["unshare", "-m", "sh", "-c", AS_NOBODY, "sh", *places, *call]
    ran = subprocess.run(call, cwd=root, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.usefixtures("bubblewrap")
def test_the_doctor_names_the_level():
    result = doctor()
    assert f"Grading: level {sandbox.LEVEL}; it held 13 attacks." in result.output
    assert len(selftest.REACHES) + len(selftest.ENDS) + len(selftest.FORGES) == 13


def test_where_bubblewrap_is_missing_a_container_is_attacked(monkeypatch, podman):
    monkeypatch.setattr(levels, "why_no_sandbox", lambda: ("bubblewrap is missing", "Get it"))
    monkeypatch.setattr(selftest, "ENDS", {})  # each costs seconds; test_container has them
    result = doctor()
    assert "Grading: Level A does not work: bubblewrap is missing. Get it." in result.output
    assert f"Grading: level {container.LEVEL}; it held 11 attacks." in result.output
    assert type(levels.choose(unsafe=False)) is container.Containers


def test_what_leaks_is_seen(monkeypatch, tmp_path):
    (tmp_path / "thesis.txt").write_text("private")
    monkeypatch.setattr(selftest.Path, "home", lambda: tmp_path)
    monkeypatch.setattr(selftest, "ENDS", {})  # nothing here would end them
    found = selftest.attack(PlainProcess())
    assert set(found) == {"the network", "writing outside", "your home folder"}
    monkeypatch.setattr(levels, "best", lambda: (PlainProcess(), []))
    result = doctor()
    assert result.exit_code == 4
    assert "Grading: level C does not hold: the network; writing outside;" in result.output


def test_points_for_a_wrong_answer_are_seen(monkeypatch):
    monkeypatch.setattr(selftest, "REACHES", {})
    monkeypatch.setattr(selftest, "ENDS", {})
    monkeypatch.setattr(selftest, "FORGES", {"a right answer": selftest.HONEST})
    assert selftest.attack(PlainProcess()) == ["a right answer"]
    monkeypatch.setattr(selftest, "FORGES", {})
    monkeypatch.setattr(selftest, "HONEST", "def forged(number): return 0")
    assert selftest.attack(PlainProcess()) == ["honest work earning its points"]


def test_where_apparmor_forbids_sandboxes_the_profile_is_printed(monkeypatch):
    monkeypatch.setattr(levels, "why_no_sandbox", lambda: ("bwrap: No permissions", "See below"))
    monkeypatch.setattr(levels, "why_no_containers", lambda: "podman does not answer")
    monkeypatch.setattr(levels, "restricted", lambda: True)
    result = doctor()
    assert result.exit_code == 4
    assert "Level A does not work: bwrap: No permissions. See below." in result.output
    assert "Level B does not work: podman does not answer." in result.output
    assert "/etc/apparmor.d/bwrap" in result.output
    assert "userns," in result.output
    assert result.output.splitlines()[-1].endswith("sandbox")


def doctor():
    return CliRunner().invoke(cli.main, ["doctor", "--for", "teacher"])


def test_the_switch_of_apparmor_counts_for_ordinary_users_only(monkeypatch, tmp_path):
    switch = tmp_path / "switch"
    switch.write_text("1\n")
    monkeypatch.setattr(levels, "SWITCH", switch)
    for user, wanted in [(1000, True), (0, False)]:
        monkeypatch.setattr(levels.os, "geteuid", lambda user=user: user)
        assert levels.restricted() is wanted
