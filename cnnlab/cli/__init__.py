"""The command ``cnnlab``. Each command parses, calls the library and prints.

A command's module is imported when the command is used, so that ``cnnlab --help`` stays quick.
"""

import importlib
import sys

import click

from cnnlab import __version__
from cnnlab.errors import CnnlabError

# name: (module in cnnlab.cli, the line shown by --help)
COMMANDS: dict[str, tuple[str, str]] = {
    "lab": ("lab", "Open the course in JupyterLab, in a folder of your own."),
    "fetch": ("fetch", "Download MNIST or Fashion-MNIST, to work without a network."),
    "check": ("check", "Run an exercise and show what its checks say."),
    "progress": ("progress", "Show which functions pass, over all exercises."),
    "doctor": ("doctor", "Show versions, what is missing, and how to get it."),
    "grade": ("grade", "Grade a class: marks, feedback pages, a table."),
    "regrade": ("regrade", "Grade again after a test was mended; see the change first."),
    "report": ("report", "Write a page about a class: marks, items, mistakes, who needs help."),
    "export": ("export", "Write marks for Canvas, Moodle or a spreadsheet."),
    "course": ("course", "Print the notebooks from the manuscripts; adopt edits of a print."),
}


class _LazyGroup(click.Group):
    """A group that knows its commands by name and imports one when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"cnnlab.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except CnnlabError as error:
            click.echo(f"cnnlab: {error}", err=True)
            sys.exit(error.exit_code)
        except click.UsageError as error:
            asked = error.ctx.command_path if error.ctx else "cnnlab"
            click.echo(f"cnnlab: {error.format_message()} (see {asked} --help)", err=True)
            sys.exit(error.exit_code)


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="cnnlab")
def main() -> None:
    """The course on convolutional neural networks: open it, check your answers, grade a class."""
