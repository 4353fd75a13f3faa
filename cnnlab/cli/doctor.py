"""``cnnlab doctor``: what is here, what is missing, how to get it."""

from contextlib import closing
from pathlib import Path

import click

import cnnlab
from cnnlab.cli.grading import not_on_windows
from cnnlab.doctor import ROLES, Finding, examine, needed_by
from cnnlab.errors import EnvironmentProblem


@click.command()
@click.option(
    "--for",
    "role",
    type=click.Choice(ROLES),
    default="student",
    help="Whose needs decide the exit status. Default: student.",
)
def doctor(role: str) -> None:
    """Show versions, what is missing, and how to get it.

    The exit status is 0 if you can work, and 4 if something you need is missing.
    """
    click.echo(f"cnnlab {cnnlab.__version__} in {Path(cnnlab.__file__).parent}\n")
    findings = examine()
    shown = [finding for finding in findings if role == "maintainer" or not _only_dev(finding)]
    names = max(len(finding.name) for finding in shown)
    states = max(len(_state(finding)) for finding in shown)
    for finding in shown:
        line = f"  {finding.name:<{names}}  {_state(finding):<{states}}  {_remark(finding)}"
        click.echo(line.rstrip())
    wrong = [finding.name for finding in needed_by(role, findings)]
    if role != "student":
        if _sandbox_holds():  # containers will do where bubblewrap is missing
            wrong = [name for name in wrong if name != "bubblewrap"]
        elif "bubblewrap" not in wrong:
            wrong.append("sandbox")
    if wrong:
        raise EnvironmentProblem(
            f"a {role} cannot work yet; the lines above say how to mend: {', '.join(wrong)}"
        )
    click.echo(f"\nAll that a {role} needs is here.")


def _sandbox_holds() -> bool:
    """Say which level of grading this machine has, after attacking it."""
    click.echo()
    try:
        not_on_windows()
    except EnvironmentProblem as problem:
        click.echo(f"{str(problem).replace('grading', 'Grading')}.")
        return False
    from cnnlab.grading import levels, selftest

    executor, reasons = levels.best()
    for reason in reasons:
        click.echo(f"Grading: {reason}.")
    if levels.restricted():
        click.echo(f"\n{levels.PROFILE_HINT}")
    if executor is None:
        click.echo("Grading: only level C, a plain process.")
        return False
    with closing(executor):
        broken = selftest.attack(executor)
    if broken:
        click.echo(f"Grading: level {executor.level[0]} does not hold: {'; '.join(broken)}.")
        return False
    click.echo(f"Grading: level {executor.level}; it held {selftest.tried()} attacks.")
    return True


def _only_dev(finding: Finding) -> bool:
    """A package that maintainers alone need; programs say who needs them, packages do not."""
    return finding.role == "maintainer" and not finding.use


def _state(finding: Finding) -> str:
    return f"{finding.found} {finding.problem}".strip()


def _remark(finding: Finding) -> str:
    remarks = [f"for {finding.role}s: {finding.use}"] if finding.use else []
    if finding.problem:
        remarks.append(f"to mend: {finding.remedy}")
    elif finding.tested and not f"{finding.found}.".startswith(f"{finding.tested}."):
        remarks.append(f"tested with {finding.tested}")
    return "; ".join(remarks)
