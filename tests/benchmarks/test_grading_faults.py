"""The table of faults: rows of several runs stand together, and each says what it is of."""

from benchmarks import block
from benchmarks.grading_faults import FAULTS, Result, line, table


def results(*over):
    return [Result("a fault", 0, 0, seconds, []) for seconds in over]


def test_a_row_says_the_size_of_its_class_and_the_time_of_a_peaceful_run():
    row = line("disk full", 4, 4.42, [*results(1.0, 2.0), Result("a fault", 4, 0, 9.0, ["grade"])])
    assert row == "| disk full | 3 | 4 | 1 | 4.4 s | 2.0 s | 9.0 s |"


def test_a_row_measured_alone_leaves_the_others_as_they_are(tmp_path):
    (tmp_path / "page.md").write_text("<!-- faults: begin -->\n<!-- faults: end -->\nBelow.\n")
    first = {name: line(name, 24, 9.0, results(1.0)) for name in FAULTS}
    block.keep("page.md", "faults", "x", table(first), tmp_path)
    again = {"disk full": line("disk full", 4, 4.0, results(2.0))}
    before = block.kept("page.md", "faults", tmp_path)
    block.keep("page.md", "faults", "x", table(again, before), tmp_path)
    rows = block.kept("page.md", "faults", tmp_path).splitlines()[4:-2]
    assert rows == [{**first, **again}[name] for name in FAULTS]
    assert (tmp_path / "page.md").read_text().endswith("<!-- faults: end -->\nBelow.\n")
