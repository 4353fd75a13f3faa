"""``python -m cnnlab`` is the command ``cnnlab``."""

from cnnlab.cli import main

main(prog_name="cnnlab")
