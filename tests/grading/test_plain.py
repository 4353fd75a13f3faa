"""The plain executor: cells behave as in a notebook, and tests do not reach each other."""

import base64

import pytest

from cnnlab.grading.model import Submission, SubmittedCell
from cnnlab.grading.plain import PlainProcess
from tests.grading import small
from tests.grading.executing import FULL, PATIENT, points, run, shown


def test_right_answers_earn_everything(learnt):
    assert points(run(learnt)) == FULL


def test_cells_show_what_a_notebook_shows(bare):
    """One process for all: what is printed, shown, returned, warned of, raised, and drawn."""
    outcome = run(
        bare,
        "print('a'); import sys; print('b', file=sys.stderr); print('c')",
        "6 * 7",
        "from IPython.display import display, HTML; display(HTML('<b>x</b>'))",
        "import warnings; warnings.warn('careful')",
        "1 / 0",
        "%time pass",
        "import asyncio; await asyncio.sleep(0)",
        "!echo from the shell",
        "open('cat.txt').read()",
        "import matplotlib.pyplot as plt; plt.plot([1, 2]);",
        "syntax error",
        "'quiet';",
        answers={},
        files=(("cat.txt", b"meow"),),
    )
    assert shown(outcome, 0) == [("stdout", "a\n"), ("stderr", "b\n"), ("stdout", "c\n")]
    assert shown(outcome, 1) == [("execute_result", {"text/plain": "42"})]
    assert outcome.ran[1].value == 42.0
    assert shown(outcome, 2)[0][1]["text/html"] == "<b>x</b>"
    assert "careful" in shown(outcome, 3)[0][1]
    assert outcome.ran[3].status == "ok"
    assert shown(outcome, 4) == [("ZeroDivisionError", "division by zero")]
    assert outcome.ran[4].error == "ZeroDivisionError"
    assert shown(outcome, 5)[0][0] == "stdout"
    assert (outcome.ran[6].status, shown(outcome, 6)) == ("ok", [])
    assert "from the shell" in shown(outcome, 7)[0][1]
    assert shown(outcome, 8)[0][1]["text/plain"] == "'meow'"
    picture = shown(outcome, 9)[0]
    assert picture[0] == "display_data"
    assert picture[1]["image/png"].startswith("iVBORw0KGgo")
    assert shown(outcome, 10)[0][0] == "SyntaxError"
    assert (outcome.ran[11].status, shown(outcome, 11)) == ("ok", [])


def test_a_figure_is_kept_whole(bare):
    """One whose legend stands outside is as large as the student saw it; another is not cut."""
    draw = "import matplotlib.pyplot as plt; plt.figure(figsize=(4, 3)); plt.plot([1], label='a')\n"
    beside = "plt.legend(bbox_to_anchor=({x}, 1), loc='upper left');"
    outcome = run(
        bare,
        *(draw + more for more in ("plt.legend();", beside.format(x=1.02), beside.format(x=2))),
        answers={},
    )
    widths = [width(shown(outcome, k)[0][1]["image/png"]) for k in range(3)]
    assert widths[0] == 400
    assert widths[1] > 400
    assert widths[2] > widths[1] + 200


def width(png):
    return int.from_bytes(base64.b64decode(png)[16:20], "big")


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("3", 3.0),
        ("import numpy; numpy.float32(2.5)", 2.5),
        ("import numpy; numpy.int64(2)", 2.0),
        ("from fractions import Fraction; Fraction(1, 2)", 0.5),
        ("None", None),
        ("x = 3", None),
        ("True", "bool"),
        ("import numpy; numpy.bool(True)", "bool"),
        ("'3'", "str"),
        ("[3.0]", "list"),
    ],
)
def test_a_value_is_a_number_or_nothing_or_the_name_of_its_type(bare, expression, value):
    assert run(bare, expression, answers={}).ran[0].value == value


def test_warnings_prints_and_progress_bars_cost_nothing(learnt):
    noisy = (
        "import sys, warnings\n"
        "def total(v):\n"
        "    warnings.warn('x'); print('y', file=sys.stderr)\n"
        "    return sum(v)"
    )
    assert points(run(learnt, answers={**small.RIGHT, "total": noisy})) == FULL


@pytest.mark.parametrize(
    "leave", ["import sys; sys.exit(0)", "exit()", "quit()", "raise SystemExit"]
)
def test_leaving_politely_does_not_end_the_notebook(learnt, leave):
    assert points(run(learnt, leave)) == FULL


def test_nothing_a_test_does_reaches_the_next_one(learnt):
    """The answer counts its calls: a fork for each test sees the count of its own calls only."""
    counting = (
        "calls = []\n"
        "def mean(v):\n"
        "    calls.append(1)\n"
        "    return sum(v) / len(v) if len(calls) < 3 else 0"
    )
    assert points(run(learnt, answers={**small.RIGHT, "mean": counting})) == FULL


def test_names_of_a_test_do_not_leak_into_later_cells(learnt):
    submission = Submission(
        "ada",
        (
            SubmittedCell("code", small.RIGHT_TOTAL, "total"),
            SubmittedCell("code", "", "total-check"),
            SubmittedCell("code", "SECRET_CASES"),
        ),
        "0",
    )
    outcome = PlainProcess().execute(submission, learnt, PATIENT)
    assert [ran.error for ran in outcome.ran if ran.status == "error"][0] == "NameError"


def test_questions_get_no_answer(bare):
    outcome = run(bare, "input('name?')", answers={})
    assert outcome.ran[0].error == "EOFError"


def test_the_environment_is_short_and_holds_no_secret(bare, monkeypatch):
    monkeypatch.setenv("MY_TOKEN", "hush")
    outcome = run(bare, "import os; print(sorted(os.environ))", answers={})
    names = shown(outcome)[0][1]
    assert "MY_TOKEN" not in names
    assert "NBGRADER_EXECUTION" in names


def test_the_students_module_cannot_stand_before_a_real_one(bare):
    files = (("numpy.py", b"x = 'mine'"), ("helper.py", b"x = 'mine'"))
    outcome = run(
        bare, "import numpy; numpy.pi", "import helper; helper.x", answers={}, files=files
    )
    assert outcome.ran[0].value == pytest.approx(3.14159, abs=1e-5)
    assert shown(outcome, 1)[0][1]["text/plain"] == "'mine'"
