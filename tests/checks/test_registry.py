"""`check` by name: what there is, what there is not, and the caller's own function."""

import importlib
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import cnnlab.checks
from cnnlab.checks import EXERCISES, UnknownCheck, check
from cnnlab.errors import CnnlabError


def ladders():
    """(package, ladder) of the whole course."""
    for name in EXERCISES:
        for ladder in importlib.import_module(f"cnnlab.checks.{name}").LADDERS:
            yield name, ladder


def test_every_package_of_ladders_is_registered():
    folders = Path(cnnlab.checks.__file__).parent.glob("*/__init__.py")
    packages = {f.parent.name for f in folders if "LADDERS" in f.read_text(encoding="utf-8")}
    assert packages == set(EXERCISES)
    assert dir(check) == sorted(ladder.task for _, ladder in ladders())


def test_no_two_functions_share_a_name():
    names = Counter(ladder.task for _, ladder in ladders())
    assert set(names.values()) == {1}, names.most_common(3)


@pytest.mark.parametrize(("package", "ladder"), list(ladders()))
def test_each_function_has_the_module_of_its_name(package, ladder):
    module = importlib.import_module(f"cnnlab.checks.{package}.{ladder.task}")
    assert module.LADDER is ladder


ONE_FUNCTION = """
import sys
from cnnlab.checks import check
print(check.slide_pair)
print([name for name in sys.modules if name.startswith("cnnlab.checks.filters")])
"""


def test_only_the_exercise_that_is_asked_for_is_loaded():
    done = subprocess.run(
        [sys.executable, "-c", ONE_FUNCTION], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["<check of slide_pair(image, pair)>", "[]"]


def test_check_lists_its_functions():
    assert "slide_pair" in repr(check)
    assert repr(check.slide_pair) == "<check of slide_pair(image, pair)>"


@pytest.mark.parametrize(
    ("typed", "meant"), [("corelate2d", "correlate2d"), ("rgb_to_grey", "rgb_to_gray")]
)
def test_an_unknown_name_gets_the_nearest(typed, meant):
    with pytest.raises(UnknownCheck, match=f"Did you mean check.{meant}\\?"):
        getattr(check, typed)


def test_an_unknown_name_that_is_near_nothing_lists_all():
    with pytest.raises(CnnlabError) as caught:
        check.xyz  # noqa: B018
    assert "Did you mean" not in str(caught.value)
    assert ", pixels_to_array, " in str(caught.value)
    assert "scale_centered" in str(caught.value)


def test_a_module_that_is_no_ladder_is_no_check():
    with pytest.raises(UnknownCheck):
        check.common  # noqa: B018


def test_front_ends_may_ask_for_hooks():
    assert not hasattr(check, "_repr_html_")
    assert not hasattr(check, "_ipython_canary_method_should_not_exist_")


def test_a_function_that_is_not_there_is_a_rung_not_an_error(capsys):
    assert check.convolve2d() is None
    assert "There is no function named `convolve2d` yet." in capsys.readouterr().out


def convolve_2d(image, kernel):
    return image


def test_a_function_of_nearly_the_name_is_pointed_out():
    hint = check.convolve2d.result().hint
    assert "There is one named `convolve_2d`" in hint


def test_the_callers_function_is_found_by_name(capsys):
    def slide_pair(image, pair):
        return None

    assert slide_pair is not None
    check.slide_pair()
    assert "returned nothing" in capsys.readouterr().out
