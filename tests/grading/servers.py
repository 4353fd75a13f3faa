"""A PostgreSQL server of Debian's, in a folder of its own, gone when the tests end."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg

SUPERUSER = "teacher"
START_SECONDS = 60


@contextmanager
def throwaway_postgresql(programs):
    """The folder of a running server's socket. ``programs`` is the folder of initdb."""
    with tempfile.TemporaryDirectory(prefix="postgresql-", dir="/tmp") as folder:
        as_user = _not_root(folder)
        data = f"{folder}/data"
        words = [
            "-D",
            data,
            "-U",
            SUPERUSER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        ]
        subprocess.run(
            [programs / "initdb", *words], check=True, stdout=subprocess.DEVNULL, **as_user
        )
        settings = ["-c", "listen_addresses=", "-c", "fsync=off", "-k", folder]
        with Path(folder, "log").open("w") as log:
            server = subprocess.Popen(
                [programs / "postgres", "-D", data, *settings], stderr=log, **as_user
            )
        try:
            _wait_for(server, folder)
            yield folder
        finally:
            server.send_signal(signal.SIGINT)  # do not wait for clients
            server.wait(30)


def _not_root(folder):
    """How to start a process as an ordinary user: the server refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    shutil.chown(folder, "nobody")
    return {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid, "cwd": folder}


def _wait_for(server, folder):
    end = time.monotonic() + START_SECONDS
    while not _answers(folder):
        log = Path(folder, "log").read_text()
        assert server.poll() is None, log
        assert time.monotonic() < end, log
        time.sleep(0.1)


def _answers(folder):
    try:
        psycopg.connect(f"host={folder} user={SUPERUSER} dbname=postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def new_database(folder, name):
    """The address of a new, empty database."""
    with psycopg.connect(
        f"host={folder} user={SUPERUSER} dbname=postgres", autocommit=True
    ) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"postgresql://{SUPERUSER}@/{name}?host={folder}"
