"""`driehoek demo` fills a new folder, which is the demo from then on; and only that."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from tests.house.server import driehoek, python, served


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A new folder after `driehoek demo`."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    answer = driehoek("demo", "--data", str(folder))
    assert answer.returncode == 0, answer.stderr
    assert str(folder) in answer.stdout
    return folder


def test_the_folder_is_served_as_the_demo(folder):
    with served(folder) as started:
        assert started.said[-1] == f"Driehoek is ready: {started.address}", "\n".join(started.said)
        assert "demo" in started.page("/demo/mail/")


def test_a_folder_that_was_used_before_is_refused(folder):
    answer = driehoek("demo", "--data", str(folder))

    assert answer.returncode == 1
    assert "was used before" in answer.stdout


@pytest.fixture
def others(folder, tmp_path):
    """The database of people who did not come with the demo."""
    file = tmp_path / "others.sqlite3"
    shutil.copy(folder / "driehoek.sqlite3", file)
    with closing(sqlite3.connect(file)) as database:
        database.execute("DELETE FROM people_demomark")
        database.commit()
    return f"sqlite:///{file}"


def test_a_demo_folder_is_not_served_over_the_database_of_others(folder, others):
    with served(folder, DRIEHOEK_DATABASE=others) as started:
        assert started.process.wait(timeout=30) == 1

    assert any("not filled with the demo" in line for line in started.said), "\n".join(started.said)


@pytest.mark.parametrize("command", [["demo"], ["serve", "--demo"]])
def test_the_database_of_others_does_not_become_a_demo(folder, others, tmp_path, command):
    keys = {
        "DRIEHOEK_SECRET_KEY": (folder / "secret.key").read_text(),
        "DRIEHOEK_MASTER_KEY": (folder / "master.key").read_text(),
    }

    answer = driehoek(*command, "--data", str(tmp_path / "new"), DRIEHOEK_DATABASE=others, **keys)

    assert answer.returncode == 1
    assert "cannot become the demo" in answer.stderr
    assert not (tmp_path / "new/kind").exists()


@pytest.mark.parametrize(
    "start", ["import driehoek.wsgi", "from driehoek.cli.management import worker; worker([])"]
)
def test_neither_pages_nor_worker_start_as_a_demo_over_it(folder, others, start):
    settings = {"DRIEHOEK_DEMO": "true", "DRIEHOEK_DATABASE": others, "DRIEHOEK_DATA": str(folder)}

    answer = python(start, **settings)

    assert "not filled with the demo" in answer.stderr


@pytest.mark.parametrize("command", ["demo", "check", "rewrap", "worker", "serve"])
def test_wrong_settings_are_all_named_and_nothing_else_is_said(tmp_path, command):
    data = tmp_path / "data"
    data.mkdir()
    wrong = {"DRIEHOEK_SESSION_HOURS": "0", "DRIEHOEK_LANGUAGE": "fr", "DRIEHOEK_DATA": str(data)}

    answer = driehoek(command, **wrong)

    said = answer.stderr.splitlines()
    assert answer.returncode == 1
    assert said[0] == "Driehoek cannot start:"
    assert [line.split(":")[0].strip() for line in said[1:3]] == sorted(wrong)[1:]
    assert "Traceback" not in answer.stderr
