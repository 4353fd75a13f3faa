"""The errors a user of cnnlab can meet.

Every message says what was expected, what came, and what to do.

::

    CnnlabError                 exit code 1
    ├── ShapeError              also a ValueError: arrays that do not fit
    ├── ArgumentError           also a ValueError: a number or name out of its range
    ├── StateError              also a RuntimeError: a step before the step that it needs
    ├── Unavailable             also a RuntimeError: a part of cnnlab that graded work goes without
    ├── UsageError              exit code 2: a command called with the wrong words
    ├── NotebookError           exit code 3: a notebook or manuscript that cannot be read
    └── EnvironmentProblem      exit code 4: something missing or broken on this machine
"""


class CnnlabError(Exception):
    """Base of all errors that cnnlab raises on purpose. The command line prints it as one line."""

    exit_code = 1


class ShapeError(CnnlabError, ValueError):
    """Arrays whose shapes do not fit together."""


class ArgumentError(CnnlabError, ValueError):
    """A number or a name outside its allowed range."""


class StateError(CnnlabError, RuntimeError):
    """A step was taken before the step that it needs."""


class Unavailable(CnnlabError, RuntimeError):
    """Student code used a part of cnnlab that is not there while it is graded."""


class UsageError(CnnlabError):
    """A command called with words that name nothing."""

    exit_code = 2


class NotebookError(CnnlabError):
    """A notebook or a manuscript that cannot be read."""

    exit_code = 3


class EnvironmentProblem(CnnlabError):
    """Something on this machine is missing, busy or not writable."""

    exit_code = 4


class TooLate(Exception):
    """A stand-in for a function that runs elsewhere has waited as long as it was told to."""
