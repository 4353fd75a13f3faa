"""`check` by name: what there is, what there is not, and the caller's own function."""

import pytest

from cnnlab.checks import UnknownCheck, check
from cnnlab.errors import CnnlabError


def test_all_tasks_of_the_course():
    assert dir(check) == [
        "convolve2d",
        "correlate2d",
        "correlate2d_strided",
        "pixels_to_array",
        "rgb_to_gray",
        "scale_centered",
        "slide_pair",
        "window_sum",
    ]
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
    assert "There are: pixels_to_array" in str(caught.value)


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
