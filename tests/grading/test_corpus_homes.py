"""Every numbered case of the corpus is tested, each in one place."""

import ast
from pathlib import Path

from tests.grading.corpus import forging, marks, processes, protocol, secrets, values
from tests.grading.corpus.homes import CASES, ELSEWHERE
from tests.grading.corpus.malformed import BAD, ODD
from tests.grading.corpus.places import PLACES

HERE = Path(__file__).parent
LISTS = {
    **{m.__name__: m.ATTACKS for m in (secrets, processes, forging, values, marks, protocol)},
    "malformed": [*BAD, *ODD],
    "places": PLACES,
}


def test_every_case_has_exactly_one_home():
    listed = [{case.id for case in cases} - {""} for cases in LISTS.values()]
    homes = [number for numbers in (*listed, ELSEWHERE) for number in numbers]
    assert len(CASES) == 134
    assert sorted(homes) == sorted(CASES)


def test_every_home_elsewhere_is_a_test_that_exists():
    for home in ELSEWHERE.values():
        file, _, name = home.partition("::")
        tree = ast.parse((HERE / file).read_text("utf-8"))
        assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, home


def test_cases_of_one_list_can_be_told_apart():
    for name, cases in LISTS.items():
        titles = [(case.id, getattr(case, "title", getattr(case, "name", ""))) for case in cases]
        assert len(set(titles)) == len(titles), name
