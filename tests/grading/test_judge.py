"""The judge outside: what a test cell sees of the student's functions, and what it never sees."""

import time

import pytest

from cnnlab.grading import judge
from cnnlab.grading.model import Limits
from tests.grading.executing import tried

SHORT = Limits(cell_seconds=2.0, total_seconds=60.0, memory_bytes=2**30)
VALUES = """\
import numpy as np
def same(x): return x
def kinds(*args, **named): return [type(v).__name__ for v in (*args, *named.values())]
"""


@pytest.mark.parametrize(
    "value",
    [
        *("None", "True", "3", "2.5", "'text'", "[1, (2.0, 'a')]", "{'a': [1], 2: None}"),
        *("np.arange(6.0).reshape(2, 3)", "np.float32(2)", "np.zeros((0, 3), int)"),
        *("[np.ones(2), np.array([True])]", "float('nan')", "np.array(3)"),
    ],
)
def test_values_cross_both_ways(executor, value):
    test = (
        "import numpy as np\n"
        f"given = {value}\n"
        "np.testing.assert_equal(same(given), given)\n"
        "float(type(same(given)) is type(given))"
    )
    assert (tried(executor, VALUES, test).value) == 1.0


def test_a_test_may_use_named_arguments_and_see_a_signature(executor):
    student = "def f(a, b=2, *rest, key, **more): return [a, b, rest, key, more]"
    test = (
        "import inspect\n"
        "assert str(inspect.signature(f)) == '(a, b=None, *rest, key, **more)'\n"
        "assert f(1, key=3, other=4) == [1, 2, (), 3, {'other': 4}]\n"
        "1.0"
    )
    assert tried(executor, student, test).value == 1.0


def test_a_test_sees_values_that_a_student_has_bound(executor):
    student = "answer = {'a': [1, 2]}\nname = 'ada'"
    assert tried(executor, student, "float(answer['a'][1] + len(name))").value == 5.0


def test_a_name_that_nobody_binds_is_an_error_of_the_test(executor):
    ran = tried(executor, "x = 1", "absent(3)")
    assert (ran.status, ran.error) == ("error", "NameError")


def test_functions_and_generators_cross_as_arguments(executor):
    student = "def use(function, rng): return [function(3.0, scale=2), rng.integers(1000)]"
    test = (
        "import numpy as np\n"
        "rng, again = np.random.default_rng(5), np.random.default_rng(5)\n"
        "made, drawn = use(lambda x, scale: x * scale, rng)\n"
        "assert made == 6.0 and drawn == again.integers(1000)\n"
        "1.0"
    )
    assert tried(executor, student, test).value == 1.0


def test_an_error_of_a_given_function_reaches_the_student(executor):
    student = "def use(function):\n    try: function()\n    except Exception as e: return str(e)"
    test = "def fails(): raise ValueError('no')\nfloat('ValueError: no' in use(fails))"
    assert tried(executor, student, test).value == 1.0


@pytest.mark.parametrize("name", ["np", "assert_allclose", "float", "sum", "SECRET", "check"])
def test_a_name_that_the_teacher_binds_is_the_teachers(executor, name):
    student = f"{name} = lambda *a, **k: 5.0\ndef f(): return 1.0"
    locked = "import numpy as np\nfrom numpy.testing import assert_allclose\ncheck = SECRET = 1"
    test = "assert_allclose(np.float64(f()), 1.0)\nfloat(sum([SECRET, check, f()])) - 2"
    assert tried(executor, student, test, locked=locked).value == 1.0


def test_arguments_are_copies_and_a_test_compares_with_its_own(executor):
    student = "def f(x):\n    x[:] = 0\n    return 0.0"
    test = "import numpy as np\nx = np.ones(3)\nanswer = f(x)\nfloat(x.sum()) + answer"
    assert tried(executor, student, test).value == 3.0


def test_what_one_test_does_to_the_student_the_next_does_not_see(executor):
    student = "seen = []\ndef f():\n    seen.append(1)\n    return float(len(seen))"
    results = tried(executor, student, "f(); f()", "f()")
    assert [ran.value for ran in results] == [2.0, 1.0]


def test_an_exception_keeps_its_name_family_message_and_line(executor):
    student = "class Odd(KeyError): pass\ndef f():\n    raise Odd('why not')"
    test = "try:\n    f()\nexcept KeyError as e:\n    found = type(e).__name__ + str(e)\nlen(found)"
    assert tried(executor, student, test).value == len("Odd'why not'")
    ran = tried(executor, student, "f()")
    assert (ran.error, ran.place) == ("Odd", "one of your cells, line 3")


def test_a_place_that_is_none_is_not_believed(executor):
    student = (
        "def f():\n"
        "    from cnnlab.grading import answers\n"
        "    answers.Answers._failure = lambda self, e: {\n"
        "        'family': 'ValueError', 'place': 'SECRET 4711, line 3', 'line': [7, 'x']}\n"
        "    raise ValueError\n"
    )
    ran = tried(executor, student, "f()")
    assert ran.status == "error"
    assert "SECRET" not in ran.place


def test_a_call_that_hangs_leaves_the_next_its_answer(executor):
    student = "def f(x):\n    while x == 2: pass\n    return float(x)\n"
    test = (
        "found = []\n"
        "for x in (1, 2, 3):\n"
        "    try: found.append(f(x))\n"
        "    except Exception: pass\n"
        "sum(found)"
    )
    results = tried(executor, student, test, "f(5)", limits=SHORT)
    assert results[0].missed == "timeout"
    assert results[1].value == 5.0


def test_a_call_that_ends_its_process_leaves_the_next_its_answer(executor):
    student = "import os\ndef f(x):\n    if x == 2: os._exit(0)\n    return float(x)"
    test = (
        "found = []\n"
        "for x in (1, 2, 3):\n"
        "    try: found.append(f(x))\n"
        "    except Exception: pass\n"
        "sum(found)"
    )
    results = tried(executor, student, test, "f(5)")
    assert (results[0].value, results[0].missed) == (4.0, "died")
    assert results[1].value == 5.0


def test_the_students_process_never_holds_a_test(executor):
    student = (
        "import gc, sys\n"
        "def f(x):\n"
        "    frame, texts = sys._getframe(), []\n"
        "    while frame:\n"
        "        texts += [repr(v) for v in frame.f_locals.values()]\n"
        "        frame = frame.f_back\n"
        "    texts += [o for o in gc.get_objects() if isinstance(o, str)]\n"
        "    texts += list(get_ipython().user_ns.get('In', []))\n"
        "    return sum('HID' + 'DEN' in t or '47' + '11' in t for t in texts)\n"
    )
    test = "HIDDEN = 4711\nfloat(f(1))"
    assert tried(executor, student, test, shown="").value == 0.0


def test_a_traceback_names_the_line_of_the_test_and_no_file(executor):
    ran = tried(executor, "def f(): return 2", "x = 1\nassert f() == 1, 'f is one'")
    (error,) = [out for out in ran.outputs if out["output_type"] == "error"]
    assert error["traceback"] == [
        "line 2 of this test: assert f() == 1, 'f is one'",
        "AssertionError: f is one",
    ]


def test_a_returned_object_is_worth_its_name_alone(executor):
    student = (
        "class Yes:\n"
        "    def __eq__(self, other): return True\n"
        "    def __float__(self): return 1.0\n"
        "def f(): return Yes()"
    )
    ran = tried(executor, student, "assert f() == 3\n1.0")
    assert (ran.status, ran.error) == ("error", "AssertionError")


def test_hidden_parts_within_and_at_the_end_show_their_open_part_alone(executor):
    student = "def f(x): return x"
    end = tried(
        executor, student, "print('open', f(1))\nprint('hidden')\n2.0", shown="print('open', f(1))"
    )
    assert (end.value, end.outputs[0]["text"]) == (2.0, "open 1\n")
    within = "print('hidden')\nprint('open')\n3.0"
    ran = tried(executor, student, within, shown="print('open')\n3.0")
    assert (ran.value, ran.outputs[0]["text"]) == (3.0, "open\n")


def test_what_a_call_prints_is_told_and_cut(executor):
    student = "def f():\n    print('y' * 10_000_000)\n    return 1.0"
    ran = tried(executor, student, "f()")
    assert ran.value == 1.0
    assert 1000 < sum(len(out.get("text", "")) for out in ran.outputs) < 5000


# The alarm may ring in the end of an object, where Python only tells of it.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_test_that_catches_everything_still_ends(executor, monkeypatch):
    monkeypatch.setattr(judge, "OWN_SECONDS", 0.0)
    limits = Limits(cell_seconds=1.0, memory_bytes=2**30)
    stubborn = "try:\n    while f(): pass\nexcept BaseException: pass\nwhile f(): pass"
    open_part = "while f(): pass"
    within = f"{open_part}\nassert f()\n1.0"  # the hidden part is not the end of it
    for test, shown in ((stubborn, None), (within, f"{open_part}\n1.0")):
        began = time.monotonic()
        ran = tried(executor, "def f(): return 1", test, limits=limits, shown=shown)
        assert ran.status == "timeout"
        assert time.monotonic() - began < 20


def test_what_is_too_large_to_hand_over_costs_no_other_test(executor):
    student = (
        "import numpy as np\n"
        "images = np.zeros((9000, 1000))\n"
        "def large(): return np.zeros((9000, 1000))\n"
        "def many(): return [np.float64(1)] * 10_001\n"
        "memo = dict.fromkeys(range(5_001))\n"
        "def entries(): return memo\n"
        "def items(): return [0] * 500_001\n"
        "def grown(given): given.extend(range(500_001))"
    )
    calls = ("large()", "entries()", "items()", "grown([])")
    fails = [
        f"try: {call}; found = 0.0\nexcept ValueError as e: found = float('too large' in str(e))\n"
        "found"
        for call in calls
    ]
    bound = ("images = [1.0]\nimages[0]", "type(memo).__name__ == 'TooLarge' and 1.0")
    found = tried(executor, student, *bound, *fails, "float(len(many()))")
    assert [(ran.status, ran.value) for ran in found] == [
        *[("ok", 1.0)] * (len(bound) + len(fails)),
        ("ok", 10_001.0),
    ]


def test_no_number_of_other_functions_hides_the_one_that_is_tested(executor):
    student = "def f(): return 2.0\nfor k in range(600): globals()[f'g{k}'] = lambda: 0"
    assert tried(executor, student, "f()").value == 2.0


def test_random_numbers_are_those_after_the_locked_cells_for_everybody(executor):
    locked = "import numpy as np\nnp.random.seed(42)\nstart = 1"
    test = "f(np.random.rand()) * start"
    found = [tried(executor, "def f(x): return x", test, locked=locked).value for _ in range(2)]
    assert found == [pytest.approx(0.3745401188)] * 2  # NumPy's first after seed(42)


def test_a_call_that_a_test_breaks_off_leaves_the_next_its_answer(executor):
    test = (
        "import ctypes, threading, time\n"
        "def quietly():\n"
        "    try: f(True)\n"
        "    except BaseException: pass\n"
        "thread = threading.Thread(target=quietly, daemon=True)\n"
        "thread.start()\n"
        "time.sleep(0.3)\n"
        "kind = ctypes.py_object(SystemExit)\n"
        "ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), kind)\n"
        "thread.join()\n"
        "f(False)"
    )
    student = "def f(hang):\n    while hang: pass\n    return 3.0"
    assert tried(executor, student, test).value == 3.0


def test_a_students_function_may_be_given_to_another(executor):
    student = "def double(x): return 2 * x\ndef twice(f, x): return f(f(x))"
    assert tried(executor, student, "twice(double, 1.0)").value == 4.0
    nested = "try: twice(lambda x: double(x), 1.0)\nexcept RuntimeError as error: found = error\n"
    nested += "float('may not call your functions' in str(found) and double(1) == 2)"
    assert tried(executor, student, nested).value == 1.0
