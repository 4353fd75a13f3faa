"""Lay the teacher's cells over a student's notebook: which cell runs, in which order.

The student's own cells keep their order. A test runs where the student's copy of it stands, but
never above the solution it tests; a test that was deleted runs as late as it can without passing
the next cell of the assignment. Its text is always the teacher's.
"""

from collections.abc import Iterator

from cnnlab.grading.folder import one_line
from cnnlab.grading.model import Cell, Manifest, Step, StepKind, Submission, SubmittedCell


def assemble(
    submission: Submission, manifest: Manifest
) -> tuple[tuple[Step, ...], tuple[str, ...]]:
    """The steps in the order of running, and notes on what the student had changed."""
    home = _homes(submission.cells, manifest)
    places = _places(home, manifest, len(submission.cells))
    steps: list[Step] = []
    for index in range(len(submission.cells) + 1):
        steps.extend(_step(cell) for cell in manifest.cells if places.get(cell.grade_id) == index)
        if index < len(submission.cells):
            steps.extend(_own(submission.cells[index], index, home, manifest))
    return tuple(steps), tuple(_notes(submission, manifest))


def untouched(submission: Submission, cell: Cell) -> bool:
    """Is the student's answer in this cell still what was handed out, or gone?"""
    texts = _texts(submission, cell)
    return not texts or texts[-1].strip() in ("", cell.visible.strip())


def _homes(cells: tuple[SubmittedCell, ...], manifest: Manifest) -> dict[str, int]:
    """Where each named cell stands. Of copies the last counts; of a cell of ours, an intact one."""
    home: dict[str, int] = {}
    for index, own in enumerate(cells):
        cell = manifest.cell(own.grade_id)
        if cell is None:
            continue
        known = home.get(cell.grade_id)
        intact = known is not None and cell.ours and _same(cells[known].source, cell.visible)
        if not intact or _same(own.source, cell.visible):
            home[cell.grade_id] = index
    return home


def _places(home: dict[str, int], manifest: Manifest, end: int) -> dict[str, int]:
    """The index before which each of the teacher's cells comes."""
    places: dict[str, int] = {}
    for position, cell in enumerate(manifest.cells):
        if cell.grade_id in home and not cell.ours:
            continue
        before = [home[c.grade_id] for c in manifest.cells[:position] if c.grade_id in home]
        after = [home[c.grade_id] for c in manifest.cells[position + 1 :] if c.grade_id in home]
        if cell.role == "test":
            solutions = [c for c in manifest.cells[:position] if c.role == "solution"]
            floor = home.get(solutions[-1].grade_id, -1) + 1 if solutions else 0
            wish = home[cell.grade_id] if cell.grade_id in home else min(after, default=end)
            places[cell.grade_id] = max(floor, wish)
        else:
            places[cell.grade_id] = home.get(cell.grade_id, before[-1] + 1 if before else 0)
    return places


def _step(cell: Cell) -> Step:
    """The teacher's cell as a step; a lost solution or answer comes back as it was handed out."""
    if cell.role == "test":
        return Step("test", "code", cell.source, cell.visible, cell.grade_id)
    if cell.cell_type != "code":
        return Step("text", cell.cell_type, cell.source, cell.visible, cell.grade_id)
    kind: StepKind = "locked" if cell.role == "locked" else "text"
    return Step(kind, "code", cell.source, cell.visible, cell.grade_id)


def _own(
    own: SubmittedCell, index: int, home: dict[str, int], manifest: Manifest
) -> Iterator[Step]:
    """The student's cell as a step; a copy of a cell of ours gives way to the original."""
    cell = manifest.cell(own.grade_id)
    if cell is not None and cell.ours:
        if home[cell.grade_id] == index or _same(own.source, cell.visible):
            return
        cell = None
    named = cell is not None and home[cell.grade_id] == index
    cell_type = cell.cell_type if cell is not None and named else own.cell_type
    kind: StepKind = "student" if cell_type == "code" else "text"
    yield Step(kind, cell_type, own.source, own.source, own.grade_id if named else None)


def changed(submission: Submission, manifest: Manifest) -> tuple[str, ...]:
    """What became of the teacher's cells in the student's copy: a person should look at it."""
    ours = [(cell, _texts(submission, cell)) for cell in manifest.cells if cell.ours]
    deleted = [cell.grade_id for cell, texts in ours if not texts]
    edited = [
        cell.grade_id
        for cell, texts in ours
        if texts and not any(_same(text, cell.visible) for text in texts)
    ]
    lines = (("deleted, and put back", deleted), ("edited, and the original used", edited))
    return tuple(one_line(f"{what}: {', '.join(names)}") for what, names in lines if names)


def _notes(submission: Submission, manifest: Manifest) -> Iterator[str]:
    """What the student did to named cells, one note for each kind of change."""
    yield from changed(submission, manifest)
    counts = [(cell, len(_texts(submission, cell))) for cell in manifest.cells]
    answers = [cell.grade_id for cell, count in counts if count == 0 and not cell.ours]
    if answers:
        yield f"deleted, and put back as handed out: {', '.join(answers)}"
    if copied := [cell.grade_id for cell, count in counts if count > 1]:
        yield f"copied: {', '.join(copied)}"


def _texts(submission: Submission, cell: Cell) -> list[str]:
    """Each text that the student's copy has under this name."""
    return [own.source for own in submission.cells if own.grade_id == cell.grade_id]


def _same(text: str, original: str) -> bool:
    """Equal but for white space at line ends and at the end, which editors change on their own."""
    return [line.rstrip() for line in text.rstrip().splitlines()] == [
        line.rstrip() for line in original.rstrip().splitlines()
    ]
