"""`import cnnlab` is light: a student's kernel and the shell's completion pay for it every time."""

import subprocess
import sys

import pytest

import cnnlab

COUNT = """
import sys
before = set(sys.modules)
import cnnlab
new = {name.partition('.')[0] for name in set(sys.modules) - before}
print(sorted(new - set(sys.stdlib_module_names)))
"""

TIME = """
import time
start = time.perf_counter()
import cnnlab
print(time.perf_counter() - start)
"""


def python(code):
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()


def test_import_loads_no_third_party_module():
    assert python(COUNT) == "['cnnlab']"


def test_import_takes_under_30_ms():
    assert min(float(python(TIME)) for _ in range(5)) < 0.030


def test_unknown_attribute_names_what_exists():
    with pytest.raises(AttributeError, match="it has"):
        cnnlab.does_not_exist  # noqa: B018


@pytest.mark.parametrize("name", cnnlab.SUBPACKAGES)
def test_every_listed_subpackage_loads_on_use_and_without_scipy(name):
    code = f"import sys, cnnlab; print(cnnlab.{name}.__name__, 'scipy' in sys.modules)"
    assert python(code) == f"cnnlab.{name} False"
