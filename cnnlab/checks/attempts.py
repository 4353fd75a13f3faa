"""One attempt: the student's function and the reference on the same case."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from cnnlab.checks.calls import Call, call
from cnnlab.checks.ladder import Case, Ladder
from cnnlab.checks.values import close, read

SECONDS = 5.0  # for one call; a slow and right answer to any of our cases takes milliseconds


@dataclass(frozen=True)
class Attempt:
    """A case, what the student's function did with it, and what is right."""

    case: Case
    call: Call
    want: np.ndarray

    @property
    def got(self) -> np.ndarray | None:
        return self.call.reading.array if self.call.reading else None

    @property
    def right(self) -> np.ndarray | None:
        """For each value: is it right? None where the shapes do not even agree."""
        if self.got is None or self.got.shape != self.want.shape:
            return None
        return close(self.got, self.want)

    @property
    def is_right(self) -> bool:
        return self.right is not None and bool(self.right.all())


def attempt(ladder: Ladder, function: Any, case: Case, seconds: float) -> Attempt:
    """Call ``function`` on a case, and the reference too."""
    arguments = dict(zip(ladder.arguments, case.arguments, strict=True))
    reader = partial(read, asked=ladder.returns)
    wanted = call(ladder.reference, arguments, reader, seconds)
    assert wanted.reading is not None, wanted
    assert wanted.reading.array is not None, wanted
    return Attempt(case, call(function, arguments, reader, seconds), wanted.reading.array)
