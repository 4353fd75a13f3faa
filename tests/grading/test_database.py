"""Which gradebook is meant, what is said of one that cannot be used, and who may write to it."""

import subprocess
import sys
from uuid import uuid4

import pytest
from nbgrader.dbutil import _temp_alembic_ini

from cnnlab.errors import EnvironmentProblem, UsageError
from cnnlab.grading import database
from cnnlab.grading.gradebook import Book
from cnnlab.grading.output import CONFIG_FILE, opened
from tests.grading import small
from tests.grading.servers import new_database


@pytest.fixture
def url(server):
    return new_database(server, uuid4().hex)


def test_without_an_address_the_gradebook_lies_in_the_output_folder(tmp_path):
    assert database.address(tmp_path) == f"sqlite:///{tmp_path}/gradebook.db"
    assert database.shown(database.address(tmp_path)) == f"{tmp_path}/gradebook.db"


def test_a_password_is_used_and_never_shown(tmp_path):
    url = database.address(tmp_path, "postgresql://ann:secret@marks.example:5433/course")
    assert url == "postgresql+psycopg://ann:secret@marks.example:5433/course"
    assert database.shown(url) == "postgresql+psycopg://ann:***@marks.example:5433/course"


def test_the_config_names_the_server_and_no_password(tmp_path):
    out = tmp_path / "out"
    url = "postgresql://ann:secret@marks.example/course"
    with opened(out, tmp_path / "submitted", tmp_path / "solutions" / "sums", gradebook=url):
        text = (out / CONFIG_FILE).read_text()
    assert "c.CourseDirectory.db_url = 'postgresql+psycopg://ann@marks.example/course'" in text
    assert "secret" not in text


@pytest.mark.parametrize("wrong", ["mysql://ann@host/course", "marks.db", "://", "postgres"])
def test_other_addresses_are_refused_with_the_form_that_is_expected(tmp_path, wrong):
    with pytest.raises(UsageError, match="expected postgresql://USER@HOST/NAME or sqlite:////"):
        Book(tmp_path, wrong)


def test_a_server_that_is_not_there_is_told_in_one_sentence(tmp_path):
    with pytest.raises(EnvironmentProblem) as told:
        Book(tmp_path, f"postgresql://ann:secret@/course?host={tmp_path}")
    said = str(told.value)
    assert said.startswith("the gradebook postgresql+psycopg://ann:***@/course?host=")
    assert said.endswith("See that the server runs and lets you in, or leave --gradebook out")
    assert "secret" not in said
    assert "\n" not in said


def test_what_a_new_gradebook_alone_needs_is_not_loaded_for_an_old_one(tmp_path):
    """Alembic takes a tenth of a second, in every run."""
    Book(tmp_path).close()
    script = (
        "import sys; from pathlib import Path; from cnnlab.grading.clerk import Book\n"
        "Book(Path()).close(); print('alembic' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True)
    assert told.stdout == b"False\n", told.stderr


def test_a_missing_driver_is_named_with_its_remedy(tmp_path):
    """In a process of its own, in which the driver cannot be imported."""
    program = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from pathlib import Path\n"
        "from cnnlab.errors import EnvironmentProblem\n"
        "from cnnlab.grading.gradebook import Book\n"
        "try:\n"
        "    Book(Path(sys.argv[1]), 'postgresql://ann@/course')\n"
        "except EnvironmentProblem as error:\n"
        "    print(error)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert ran.stdout == (
        "a gradebook in PostgreSQL needs its driver; run: pip install 'cnnlab[postgresql]'\n"
    )


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_nbgraders_upgrade_finds_a_new_gradebook_up_to_date(tmp_path, kind, request):
    url = request.getfixturevalue("url") if kind == "postgresql" else ""
    ours = Book(tmp_path, url)
    ours.close()
    with _temp_alembic_ini(ours.url.replace("%", "%%")) as ini:
        command = [sys.executable, "-m", "alembic", "-c", ini, "current"]
        said = subprocess.run(command, capture_output=True, text=True, check=True)
    assert said.stdout.endswith(" (head)\n")


def test_two_graders_never_write_to_one_server(tmp_path, url, prepared):
    source = prepared / "solutions" / small.NAME
    first, second = Book(tmp_path, url), Book(tmp_path, url)
    first.register(small.NAME, source)
    with pytest.raises(EnvironmentProblem, match="another `cnnlab grade` is writing to the grade"):
        second.register(small.NAME, source)
    first.close()
    second.register(small.NAME, source)
    second.close()
