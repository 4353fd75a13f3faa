"""The folder of a course: which prints its manuscripts should give, and which it has."""

import difflib
import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cnnlab.errors import NotebookError, UsageError
from cnnlab.files import write_text
from cnnlab.printing.manuscript import KINDS, LESSON, Manuscript, read_manuscript
from cnnlab.printing.notebook import content, dumps, is_whole, load, loads, print_notebook, unrun
from cnnlab.printing.release import release

PRINTS = ("notebooks/*.ipynb", "solutions/*/*.ipynb", "exercises/*/*.ipynb")


class State(enum.Enum):
    """How a print on disk stands to its manuscript."""

    FRESH = "fresh"
    MISSING = "missing"
    OLD = "older than its manuscript"
    EDITED = "edited by hand"
    LEFT_OVER = "left over from a manuscript that is gone"
    FOREIGN = "not a print of any manuscript"


@dataclass(frozen=True)
class Finding:
    """One print: where it stands, what is there, what should be there (None: nothing)."""

    path: Path
    state: State
    found: str | None
    expected: str | None

    @property
    def name(self) -> str:
        return self.path.stem

    def diff(self) -> list[str]:
        """The way from what is on disk to what should be."""
        return list(
            difflib.unified_diff(
                (self.found or "").splitlines(),
                (self.expected or "").splitlines(),
                f"{self.path} (on disk)",
                f"{self.path} (its manuscript, printed)",
                n=1,
                lineterm="",
            )
        )


class Course:
    """The course in the folder ``root``, which holds course/lessons and course/exercises."""

    def __init__(self, root: Path) -> None:
        if not (root / "course").is_dir():
            raise UsageError(
                f"{root}: there is no course/ folder here. Run this in a clone of the course, "
                "or name the folder with --root."
            )
        self.root = root

    @classmethod
    def around(cls, place: Path) -> "Course":
        """The course whose folder is ``place`` or one of its parents."""
        for folder in (place, *place.parents):
            if (folder / "course" / "lessons").is_dir():
                return cls(folder)
        return cls(place)

    def manuscripts(self, names: Sequence[str] = ()) -> Iterator[Manuscript]:
        """The manuscripts called ``names`` (all of them for none), lessons first."""
        for folder in KINDS:
            for path in sorted((self.root / "course" / folder).glob("*.md")):
                if path.name != "README.md" and (not names or path.stem in names):
                    yield read_manuscript(path)

    def compare(self, names: Sequence[str] = ()) -> list[Finding]:
        """Every print of the manuscripts called ``names``, and prints that have none any more."""
        self._check_names(names)
        findings = [
            self._compare(path, text)
            for manuscript in self.manuscripts(names)
            for path, text in self._expected(manuscript)
        ]
        known = {finding.path for finding in findings}
        orphans = [path for path in self._on_disk() if path not in known]
        return findings + [self._orphan(p) for p in orphans if not names or p.stem in names]

    def build(self, names: Sequence[str] = (), *, discard: bool = False) -> list[Finding]:
        """Write the prints that are missing or old, remove those left over.

        A print that somebody has edited is left as it is, unless ``discard`` is true.
        Returns what was found before.
        """
        findings = self.compare(names)
        for finding in findings:
            path = self.root / finding.path
            edited = finding.state is State.EDITED and discard
            if finding.state in (State.MISSING, State.OLD) or edited:
                write_text(path, finding.expected or "")
            elif finding.state is State.LEFT_OVER:
                path.unlink()
                if path.parent.name == path.stem and not any(path.parent.iterdir()):
                    path.parent.rmdir()
        return findings

    def _check_names(self, names: Sequence[str]) -> None:
        known = {path.stem for f in KINDS for path in (self.root / "course" / f).glob("*.md")}
        known |= {path.stem for path in self._on_disk()}
        for name in names:
            if name not in known:
                near = difflib.get_close_matches(name, known, 1)
                hint = f" Did you mean {near[0]}?" if near else ""
                raise UsageError(f"no lesson or exercise is called {name!r}.{hint}")

    def _expected(self, manuscript: Manuscript) -> Iterator[tuple[Path, str]]:
        name = manuscript.name
        notebook = print_notebook(manuscript)
        if manuscript.kind == LESSON:
            yield Path("notebooks", f"{name}.ipynb"), dumps(notebook)
        else:
            yield Path("solutions", name, f"{name}.ipynb"), dumps(notebook)
            yield Path("exercises", name, f"{name}.ipynb"), dumps(release(notebook, name))

    def _on_disk(self) -> list[Path]:
        found = [p.relative_to(self.root) for pattern in PRINTS for p in self.root.glob(pattern)]
        return sorted(p for p in found if not any(part.startswith(".") for part in p.parts))

    def _compare(self, path: Path, expected: str) -> Finding:
        file = self.root / path
        if not file.exists():
            return Finding(path, State.MISSING, None, expected)
        found = file.read_text(encoding="utf-8", errors="replace")
        if found == expected:
            return Finding(path, State.FRESH, found, expected)
        try:
            notebook = load(file)
            as_expected = content(notebook) == content(loads(expected, path))
            state = State.OLD if is_whole(notebook) or as_expected else State.EDITED
        except NotebookError:
            state = State.EDITED
        return Finding(path, state, found, expected)

    def _orphan(self, path: Path) -> Finding:
        found = (self.root / path).read_text(encoding="utf-8", errors="replace")
        try:
            notebook = load(self.root / path)
            ours = is_whole(notebook) and dumps(unrun(notebook)) == found
        except NotebookError:
            ours = False
        return Finding(path, State.LEFT_OVER if ours else State.FOREIGN, found, None)
