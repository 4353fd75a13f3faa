"""Grading: notebooks of a class in, marks and feedback pages out.

The way of one submission::

    intake     reads the file, runs nothing              -> Submission, or Refused with a reason
    plan       lays the teacher's tests over it          -> steps in the order of running
    executor   runs the steps (a pure function)          -> Outcome
    gradebook  one writer into nbgrader's own database   -> marks, autograded copy
    feedback   nbgrader's page, without hidden tests     -> HTML

`cnnlab.grading.run.grade_class` drives it. `docs/grading.md` is the guide for teachers.
"""
