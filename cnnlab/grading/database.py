"""Where the gradebook is: SQLite in the output folder, or a server that the teacher names."""

from pathlib import Path

import nbgrader
from alembic.script import ScriptDirectory
from nbgrader.api import Base
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from cnnlab.errors import EnvironmentProblem, UsageError

DRIVER = "postgresql+psycopg"


def address(output: Path, url: str = "") -> str:
    """The gradebook's address as nbgrader takes it (``db_url``).

    Raises
    ------
    UsageError
        When ``url`` is neither SQLite's nor PostgreSQL's.
    """
    if not url:
        return f"sqlite:///{output / 'gradebook.db'}"
    try:
        found = make_url(url)
    except ArgumentError:
        raise _unknown(url.partition(":")[0]) from None
    kind = found.get_backend_name()
    if kind == "postgresql":
        return found.set(drivername=DRIVER).render_as_string(hide_password=False)
    if kind != "sqlite":
        raise _unknown(kind)
    return url


def _unknown(kind: str) -> UsageError:
    return UsageError(
        f"--gradebook begins with {kind[:30]!r}; expected postgresql://USER@HOST/NAME, "
        f"or sqlite:////PATH/gradebook.db"
    )


def shown(url: str) -> str:
    """The address for people to read: without a password; of SQLite, the file."""
    found = make_url(url)
    if found.get_backend_name() == "sqlite":
        return found.database or "in memory"
    return found.render_as_string()


def prepare(url: str) -> None:
    """Give a new database the mark that ``nbgrader db upgrade`` looks for.

    nbgrader would ask the command ``alembic`` for it: a process that takes seconds, and that has
    to be on the path.
    """
    try:
        engine = create_engine(url)
    except ModuleNotFoundError as error:
        raise EnvironmentProblem(
            "a gradebook in PostgreSQL needs its driver; run: pip install 'cnnlab[postgresql]'"
        ) from error
    try:
        if inspect(engine).get_table_names():
            return
        scripts = ScriptDirectory(str(Path(nbgrader.__file__).with_name("alembic")))
        with engine.begin() as connection:
            connection.execute(
                text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
            )
            connection.execute(
                text("INSERT INTO alembic_version (version_num) VALUES (:head)"),
                {"head": scripts.get_current_head()},
            )
            Base.metadata.create_all(connection)
    finally:
        engine.dispose()
