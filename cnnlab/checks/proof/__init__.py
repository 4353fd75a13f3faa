"""The graders are graded: what must hold of every ladder, as functions that list what does not.

The tests of the course assert that nothing is listed; ``cnnlab course check`` shows the list to a
teacher who writes an exercise.
"""
