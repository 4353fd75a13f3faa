"""Where the gradebook is: SQLite in the output folder, or a server that the teacher names."""

from contextlib import suppress
from pathlib import Path

import nbgrader
from nbgrader.api import Base
from sqlalchemy import Connection, Engine, create_engine, func, inspect, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from cnnlab.errors import EnvironmentProblem, UsageError

DRIVER = "postgresql+psycopg"
LOCK = 0x636E6E6C6162  # "cnnlab"; every grader asks for the same one


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


def without_password(url: str) -> str:
    """The address as nbgrader takes it, to be written into a file."""
    found = make_url(address(Path(), url))
    parts = (found.host, found.port, found.database, found.query)
    return URL.create(found.drivername, found.username, None, *parts).render_as_string()


def _unknown(kind: str) -> UsageError:
    return UsageError(
        f"--gradebook begins with {kind[:30]!r}; expected postgresql://USER@HOST/NAME "
        f"or sqlite:////PATH/gradebook.db"
    )


def shown(url: str) -> str:
    """The address for people to read: without a password; of SQLite, the file."""
    found = make_url(url)
    if found.get_backend_name() == "sqlite":
        return found.database or "in memory"
    return found.render_as_string()


def remedy(url: str) -> str:
    """What to do when the gradebook cannot be used."""
    if make_url(url).get_backend_name() == "sqlite":
        return "Close other programs that use it, or pass another --output"
    return "See that the server runs and lets you in, or leave --gradebook out"


def hold(engine: Engine) -> Connection | None:
    """Keep other graders out of a gradebook on a server, until `let_go` of what this returns.

    A folder has its lock file; one server may be meant from several folders and machines.
    """
    if engine.dialect.name != "postgresql":
        return None
    connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    if not connection.execute(select(func.pg_try_advisory_lock(LOCK))).scalar():
        connection.close()
        raise EnvironmentProblem(
            f"another `cnnlab grade` is writing to the gradebook "
            f"{shown(engine.url.render_as_string(hide_password=False))}; wait for it"
        )
    return connection


def let_go(held: Connection | None) -> None:
    """Let other graders in. A server that was lost has done so itself."""
    if held is not None:
        with suppress(SQLAlchemyError), held:
            held.execute(select(func.pg_advisory_unlock(LOCK)))


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
        from alembic.script import ScriptDirectory  # slow to load, and needed once

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
