"""All the programs by the mistake in them; `pictures` and `filters` add theirs."""

import textwrap

PROGRAMS = {}


def program(mistake, source):
    assert mistake not in PROGRAMS
    PROGRAMS[mistake] = textwrap.dedent(source)
