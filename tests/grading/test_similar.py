"""Near-identical code: copies are found in their disguises, honest work is left alone."""

import time

import pytest

from cnnlab.grading.similar import find, fingerprints, tokens
from tests.sample_class.answers import FILTERS
from tests.sample_class.notebooks import grade_id, handed_out

RELEASED = {
    grade_id(cell): cell["source"]
    for cell in handed_out()["cells"]
    if grade_id(cell) in FILTERS and cell["cell_type"] == "code"
}
FUNCTIONS = [name for name in FILTERS if name in RELEASED]


SIDES = (
    "    H, W = {x}.shape\n    KH, KW = {k}.shape\n",
    "    (H, W), (KH, KW) = {x}.shape, {k}.shape\n",
    "    H = {x}.shape[0]\n    W = {x}.shape[1]\n    KH, KW = {k}.shape\n",
    "    KH, KW = len({k}), len({k}[0])\n    H, W = np.shape({x})\n",
)
WINDOWS = (
    "{x}[i:i + KH, j:j + KW]",
    "{x}[i : KH + i][:, j : KW + j]",
    "np.asarray({x})[i:KH + i, j:KW + j]",
)
PRODUCTS = (
    "np.sum({window} * {k})",
    "({window} * {k}).sum()",
    "np.vdot({window}, {k})",
    "np.einsum('ab,ab->', {window}, {k})",
    "float(({k} * {window}).sum(axis=1).sum())",
)
MADE = (
    "np.zeros((H - KH + 1, W - KW + 1))",
    "np.empty([H - KH + 1, W - KW + 1], dtype=float)",
    "np.zeros(shape=(1 + H - KH, 1 + W - KW))",
)
LOOPS = (
    "    for i in range(out.shape[0]):\n        for j in range(out.shape[1]):\n",
    "    for i in range(H - KH + 1):\n        for j in range(W - KW + 1):\n",
    "    for i, j in np.ndindex(out.shape):\n        if True:\n",
)
ROWS = (
    "    rows = [[{product} for j in range(0, W - KW + 1, stride)]\n"
    "            for i in range(0, H - KH + 1, stride)]\n    return np.array(rows)",
    "    rows = []\n    for i in np.arange(0, H - KH + 1, stride):\n        rows.append([])\n"
    "        for j in np.arange(0, W - KW + 1, stride):\n            rows[-1].append({product})\n"
    "    return np.stack(rows)",
    "    found = correlate2d({x}, {k})\n    return found[::stride, ::stride].copy()",
)
PADDED = (
    "    padded = np.pad({x}, ((KH // 2, KH // 2), (KW // 2, KW // 2)))\n",
    "    H, W = {x}.shape\n    padded = np.zeros((H + KH - 1, W + KW - 1))\n"
    "    padded[KH // 2 : KH // 2 + H, KW // 2 : KW // 2 + W] = {x}\n",
    "    padded = np.pad({x}, [(n // 2, n // 2) for n in {k}.shape])\n",
)
TURNED = (
    "    return correlate2d(padded, {k}[::-1, ::-1])",
    "    turned = np.rot90({k}, 2)\n    return correlate2d(padded, turned)",
    "    return correlate2d(padded, np.flip({k}))",
    "    turned = np.flipud(np.fliplr({k}))\n    return correlate2d(padded, turned)",
)


def honest(rng):
    """One student's work: every choice that people make differently is made by chance."""

    def written(name, *parts):
        names = dict(
            zip("xk", [("image", "kernel"), ("a", "b"), ("x", "k")][rng.integers(3)], strict=True)
        )
        window = WINDOWS[rng.integers(len(WINDOWS))].format(**names)
        product = PRODUCTS[rng.integers(len(PRODUCTS))].format(window=window, **names)
        body = "".join(ways[rng.integers(len(ways))] for ways in parts)
        arguments = "{x}, {k}" + {"window_sum": ", i, j", "correlate2d_strided": ", stride"}.get(
            name, ""
        )
        return f"def {name}({arguments}):\n{body}".format(product=product, **names)

    ends = ("    return {product}", "    total = {product}\n    return total")
    inner = ("            out[i, j] = {product}\n    return out",)
    made = tuple(f"    out = {way}\n" for way in MADE)
    return {
        "window_sum": written("window_sum", SIDES, ends),
        "correlate2d": written("correlate2d", SIDES, made, LOOPS, inner),
        "correlate2d_strided": written("correlate2d_strided", SIDES, ROWS),
        "convolve2d": written("convolve2d", SIDES, PADDED, TURNED),
    }


def a_class(rng, size):
    return {f"student{number:04}": honest(rng) for number in range(size)}


def disguised(code):
    """Other names, other layout, comments, a docstring: what a hurried copyist changes."""
    code = code.replace("total", "result").replace("windows", "patches").replace("output", "map_")
    head, _, body = code.partition(":\n")
    body = body.replace(" = ", "=").replace(", ", ",").replace("\n", "  # as in lesson 2\n")
    return f'{head}:\n    """Written all by myself."""\n\n{body}'


def pairs(found):
    return [set(one.students) for one in found]


@pytest.mark.parametrize("size", [12, 30, 200])
def test_students_who_never_met_are_not_accused(rng, size):
    for _ in range(5):
        assert find(a_class(rng, size), RELEASED) == []


@pytest.mark.parametrize("size", [12, 30, 200])
def test_a_disguised_copy_is_found_and_nobody_else(rng, size):
    works = a_class(rng, size)
    works["ada"] = {name: FILTERS[name] for name in FUNCTIONS}
    works["bob"] = {name: disguised(FILTERS[name]) for name in FUNCTIONS}
    (found,) = find(works, RELEASED)
    assert (found.students, found.score) == (("ada", "bob"), 1.0)
    assert set(found.cells) <= set(FUNCTIONS)
    assert "window_sum" in found.cells


def test_half_a_copy_is_found_with_the_cells_it_was_taken_to(rng):
    works = a_class(rng, 40)
    works["ada"] = {name: FILTERS[name] for name in FUNCTIONS}
    works["bob"] = {**honest(rng), "window_sum": disguised(FILTERS["window_sum"])}
    works["bob"]["convolve2d"] = disguised(FILTERS["convolve2d"])
    (found,) = find(works, RELEASED)
    assert found.students == ("ada", "bob")
    assert set(found.cells) == {"window_sum", "convolve2d"}
    assert 0.5 <= found.score < 1


def test_a_ring_is_one_find_and_a_near_copy_of_it_another(rng):
    works = a_class(rng, 60)
    ring = {f"ring{number}" for number in range(11)}
    works |= {who: {name: FILTERS[name] for name in FUNCTIONS} for who in ring}
    near = FILTERS["convolve2d"].replace("np.zeros", "np.empty")
    works["zoe"] = {**works["ring0"], "convolve2d": near}
    assert pairs(find(works, RELEASED)) == [ring, {"ring0", "zoe"}]


def test_what_was_handed_out_and_what_everybody_writes_is_no_find():
    untouched = {f"idle{number}": RELEASED for number in range(5)}
    assert find(untouched, RELEASED) == []
    same = {f"student{number}": {n: FILTERS[n] for n in FUNCTIONS} for number in range(30)}
    assert find(same, RELEASED) == []


def test_what_was_handed_out_is_no_find_in_a_class_of_two_either():
    """There nothing is common: only the text that was handed out can tell what is nobody's own."""
    given = FILTERS["convolve2d"] + "\n" + FILTERS["window_sum"]
    works = {who: {"f": f"{given}\n{end}"} for who, end in [("ada", "a = 1"), ("bob", "b()[0]")]}
    assert pairs(find(works, {})) == [{"ada", "bob"}]
    assert find(works, {"f": given}) == []


def test_three_thousand_students_take_seconds(rng):
    """The work grows with students and not with their pairs: ten times as many, not a hundred."""
    seconds = {}
    for size in (300, 3000):
        works = a_class(rng, size)
        tokens.cache_clear()
        begin = time.process_time()
        find(works, RELEASED)
        seconds[size] = time.process_time() - begin
    assert seconds[3000] < 30 * seconds[300]


def test_names_comments_layout_and_strings_do_not_count():
    one = 'def f(a, b):\n    """doc"""\n    return a.sum() + b[0]  # why\n'
    two = "def g(first,\n      second):\n    return first.sum()+second[ 0 ]"
    assert tokens(one) == tokens(two)
    assert tokens("a.sum()") != tokens("a.max()")
    assert tokens("x = 'one'") == tokens('x = """two\n"""')


def test_broken_code_and_no_code_have_tokens_too():
    assert tokens("def f(:\n  'open") != ()
    assert fingerprints(tokens("")) == frozenset()
    assert find({}, {}) == []
    assert find({"ada": {"f": ""}, "bob": {"f": ""}}, {"f": ""}) == []


def test_a_long_enough_shared_passage_always_leaves_a_shared_fingerprint(rng):
    """The guarantee of winnowing: a run of window + run - 1 tokens is enough."""
    words = [str(number) for number in rng.integers(0, 50, 20)]
    for _ in range(50):
        left, right = ([str(n) for n in rng.integers(50, 99, 30)] for _ in range(2))
        at = rng.integers(0, 30, 2)
        one = [*left[: at[0]], *words, *left[at[0] :]]
        two = [*right[: at[1]], *words, *right[at[1] :]]
        assert fingerprints(one) & fingerprints(two)
