"""From the manuscript to the notebooks, and back.

::

    course/lessons/NN_name.md    --print-->  notebooks/NN_name.ipynb
    course/exercises/NN_name.md  --print-->  solutions/NN_name/NN_name.ipynb
                                 --nbgrader-->  exercises/NN_name/NN_name.ipynb

A print is deterministic: the same manuscript gives the same bytes. `Course.build` writes the
prints, `Course.check` compares them, `adopt` carries the edits of a print back to its manuscript.
"""

from cnnlab.printing.adopt import adopt
from cnnlab.printing.course import Course
from cnnlab.printing.manuscript import Cell, Manuscript, read_manuscript
from cnnlab.printing.notebook import print_notebook

__all__ = ["Cell", "Course", "Manuscript", "adopt", "print_notebook", "read_manuscript"]
