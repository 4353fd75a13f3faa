"""The doctor attacks its own sandbox, as root and as an ordinary user, and sees one that leaks."""

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from cnnlab import cli
from cnnlab.grading import levels, sandbox, selftest
from cnnlab.grading.plain import PlainProcess

ORDINARY = """
import os
from cnnlab.grading import selftest
from cnnlab.grading.model import Manifest, Submission, SubmittedCell
from tests.grading.attacks import ENDED
assert os.getuid() != 0
assert selftest.attack() == []
for name, words in [("many processes", "64 processes"), ("memory by many processes", "1024 MB")]:
    (attack,) = [attack for attack in ENDED if attack.name == name]
    submission = Submission("mallory", (SubmittedCell("code", attack.source),), "0")
    bare = Manifest("b", "b", (), "0")
    outcome = selftest.Bubblewrap().execute(submission, bare, selftest.LIMITS)
    assert outcome.ran[0].status != "ok", outcome
    assert words in outcome.notes[0], outcome
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
    result = CliRunner().invoke(cli.main, ["doctor", "--for", "teacher"])
    assert f"Grading: level {sandbox.LEVEL}; it held 7 of 7 attacks." in result.output


def test_a_sandbox_that_leaks_is_seen(monkeypatch, tmp_path):
    (tmp_path / "thesis.txt").write_text("private")
    monkeypatch.setattr(selftest.Path, "home", lambda: tmp_path)
    monkeypatch.setattr(selftest, "Bubblewrap", PlainProcess)
    monkeypatch.setattr(selftest, "ENDS", {})  # nothing here would end them
    found = selftest.attack()
    assert {"the network", "writing outside", "your home folder"} <= set(found)


def test_where_apparmor_forbids_sandboxes_the_profile_is_printed(monkeypatch):
    monkeypatch.setattr(levels, "why_no_sandbox", lambda: ("bwrap: No permissions", "See below"))
    monkeypatch.setattr(levels, "restricted", lambda: True)
    result = CliRunner().invoke(cli.main, ["doctor", "--for", "teacher"])
    assert result.exit_code == 4
    assert "only level C, a plain process (bwrap: No permissions)" in result.output
    assert "/etc/apparmor.d/bwrap" in result.output
    assert "userns," in result.output
    assert result.output.splitlines()[-1].endswith("sandbox")


def test_the_switch_of_apparmor_counts_for_ordinary_users_only(monkeypatch, tmp_path):
    switch = tmp_path / "switch"
    switch.write_text("1\n")
    monkeypatch.setattr(levels, "SWITCH", switch)
    for user, wanted in [(1000, True), (0, False)]:
        monkeypatch.setattr(levels.os, "geteuid", lambda user=user: user)
        assert levels.restricted() is wanted
