"""A made-up class: submissions of every kind, and the marks they must get, written by hand.

``python -m tests.sample_class --grade DIR`` makes the class in DIR, grades it, prints the table
and compares it with `students.EXPECTED`.
"""
