"""Hold a graded class against the marks written by hand."""

import csv

from tests.sample_class.students import EXPECTED, MOST


def differences(path):
    """One line for whatever is not in the CSV file as it must be."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    found = [f"{student}: not in {path.name}" for student in sorted(set(EXPECTED) - set(rows))]
    found += [f"{student}: nobody expects" for student in sorted(set(rows) - set(EXPECTED))]
    for student in sorted(set(rows) & set(EXPECTED)):
        found += [f"{student}: {line}" for line in _wrong(EXPECTED[student], rows[student])]
    return found


def _wrong(wanted, row):
    if row["status"] != wanted.status:
        yield f"is {row['status']!r}, must be {wanted.status!r} ({row['note']})"
    if wanted.note not in row["note"]:
        yield f"says {row['note']!r}, must hold {wanted.note!r}"
    items = [name for name in row if name.endswith("-check")]
    points = tuple(float(row[name]) for name in items if row[name]) or None
    if points != wanted.points:
        yield f"has {points}, must have {wanted.points} for {items}"
    total = "" if wanted.points is None else f"{sum(wanted.points):g}"
    most = "" if wanted.points is None else f"{MOST:g}"
    if (row["points"], row["max_points"]) != (total, most):
        yield f"has {row['points']}/{row['max_points']} in all, must have {total}/{most}"
