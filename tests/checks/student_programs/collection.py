"""All the programs by the mistake in them; every module of this folder adds its own."""

import textwrap

PROGRAMS = {}


def program(mistake, source):
    assert mistake not in PROGRAMS
    PROGRAMS[mistake] = textwrap.dedent(source)
