"""The scripts and the command: what they refuse, and in which sentence."""

import importlib
import json
import os
import socket
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from driehoek import cli
from driehoek.agreements.queries import proof
from driehoek.cli import check, management, serve
from driehoek.cli.installation import Installation
from driehoek.outbox.actions import post
from driehoek.vault import keys
from driehoek.vault.models import DataKey

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = [ROOT / "script" / name for name in ("server", "test", "fix", "translate")] + [ROOT / ".ci/run"]
sys.path.insert(0, str(ROOT / "script/lib"))
assets = importlib.import_module("assets")
checks = importlib.import_module("checks")


def driehoek(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "driehoek.cli", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda p: p.name)
def test_script_is_plain_shell_and_can_be_run(script):
    assert os.access(script, os.X_OK)
    assert script.read_text().startswith("#!/bin/sh\n")
    assert subprocess.run(["sh", "-n", script]).returncode == 0


def test_every_command_leads_somewhere():
    for module, function, meaning in cli.COMMANDS.values():
        assert callable(getattr(importlib.import_module(module), function)), meaning


def test_unknown_command_shows_what_there_is():
    answer = driehoek("sevre")

    assert answer.returncode == 2
    assert "There is no command 'sevre'." in answer.stderr
    assert "serve" in answer.stderr


def test_taken_port_is_one_clear_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        answer = driehoek("serve", "--port", str(port), "--data", str(tmp_path / "new"))

    assert answer.returncode == 1
    assert answer.stderr == f"Port {port} on 127.0.0.1 is taken. Choose another with --port.\n"
    assert not (tmp_path / "new").exists()


def test_checking_where_nothing_is_says_how_to_start(tmp_path):
    answer = driehoek("check", "--data", str(tmp_path / "nothing"))

    assert answer.returncode == 1
    assert answer.stdout.startswith("There is no installation in")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The data folder of a new installation, with an environment that may be written on."""
    for name in ("SECRET_KEY", "MASTER_KEY", "DATABASE", "DEMO", "BASE_URL", "DATA"):
        monkeypatch.setenv(f"DRIEHOEK_{name}", "x")
        monkeypatch.delenv(f"DRIEHOEK_{name}")
    return Installation(tmp_path / "data")


def test_keys_are_made_once_and_only_the_owner_may_read_them(folder):
    folder.open()
    first = {name: (folder.data / name).read_text() for name in ("secret.key", "master.key")}
    folder.open()

    for name, key in first.items():
        assert (folder.data / name).read_text() == key
        assert stat.S_IMODE((folder.data / name).stat().st_mode) == 0o600
    assert first["secret.key"] != first["master.key"]


def test_keys_of_the_environment_are_not_written_down(folder, monkeypatch):
    monkeypatch.setenv("DRIEHOEK_SECRET_KEY", "from outside")
    monkeypatch.setenv("DRIEHOEK_MASTER_KEY", "from outside")

    folder.open()

    assert list(folder.data.iterdir()) == []


def database(folder: Installation, migration: str) -> None:
    """A database that says which migration it has had."""
    file = folder.data / "driehoek.sqlite3"
    file.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE django_migrations (app, name)")
        connection.execute("INSERT INTO django_migrations VALUES ('people', ?)", [migration])
        connection.commit()


@pytest.mark.parametrize(
    ("kind", "asked", "answer"),
    [
        ("new", "--demo", "true"),
        ("new", "--empty", "false"),
        ("demo", "--demo", "true"),
        ("real", "--demo", "false"),
        ("real", "--empty", "false"),
    ],
)
def test_demo_mode_stays_off_where_real_people_work(folder, kind, asked, answer):
    folder.open()
    if kind != "new":
        folder.becomes(kind)

    serve._open(serve._parser().parse_args([asked, "--port", "0", "--data", str(folder.data)]))

    assert os.environ["DRIEHOEK_DEMO"] == answer


@pytest.mark.parametrize(("kind", "asked"), [("demo", "--empty"), ("unfinished", "--demo")])
def test_folder_that_does_not_fit_is_refused(folder, kind, asked):
    folder.open()
    folder.becomes(kind)

    with pytest.raises(serve.CannotStart, match=str(folder.data)):
        serve._open(serve._parser().parse_args([asked, "--port", "0", "--data", str(folder.data)]))


def test_second_start_looks_again_when_the_database_is_another(folder):
    folder.open()
    folder.becomes("real")
    (folder.data / "static").mkdir()
    (folder.data / "static/staticfiles.json").touch()
    folder.has_collected()
    database(folder, "0001_initial")
    folder.was_migrated()

    assert folder.is_prepared
    database(folder, "0000_older")
    assert not folder.is_prepared


def test_sprite_draws_each_icon_once_and_names_the_one_that_does_not_exist():
    names = assets.icon_names()
    drawn = assets.sprite(names)

    assert drawn.count("<symbol ") == len(set(names)) > 0
    with pytest.raises(assets.CannotBuild, match="no-such-icon"):
        assets.sprite(["no-such-icon"])


def test_fonts_and_icons_are_there_with_their_licences():
    assert assets.missing() == []
    assert len(list(assets.STATIC.rglob("LICENCE-*"))) == 3


def test_a_step_that_fails_is_shown_and_counted(capsys):
    good = checks.Outcome("good", True, 1.0, "")
    bad = checks.Outcome("bad", False, 1.0, "This is what was wrong.")
    run = checks.Outcome("run", True, 1.0, "", {"passed": 40, "failed": 0, "skipped": 2})

    bad.show()
    checks.close([good, bad, run], 3)

    said = capsys.readouterr().out
    assert "FAIL  bad" in said
    assert "This is what was wrong." in said
    assert "1 failed, 41 passed, 2 skipped in 3.00s" in said


def test_a_run_of_tests_that_finds_none_has_failed(tmp_path):
    (tmp_path / "test_nothing.py").write_text("")

    assert not checks.tests("nothing", ["-p", "no:cacheprovider", str(tmp_path)]).is_good


def test_npm_may_run_no_scripts_and_write_no_server():
    settings = (ROOT / ".npmrc").read_text().splitlines()
    manifest = json.loads((ROOT / "package.json").read_text())

    assert {"omit-lockfile-registry-resolved=true", "ignore-scripts=true"} <= set(settings)
    assert "scripts" not in manifest
    assert all(v[0].isdigit() for v in (manifest["dependencies"] | manifest["devDependencies"]).values())


SHUT = "The master key does not open what is stored here. Put back the key that belongs to it."


@pytest.mark.django_db
def test_checking_with_a_key_that_does_not_fit_says_so(settings):
    keys.make_key()
    assert check._contents() == []

    settings.MASTER_KEYS = (b"another master key of 32 bytes!!",)
    keys.forget()

    assert check._contents() == [SHUT]


@pytest.mark.django_db
def test_checking_counts_the_data_keys_that_do_not_open():
    spoilt, _good = keys.make_key(), keys.make_key()
    DataKey.objects.filter(pk=spoilt.pk).update(wrapped=b"rubbish")

    (said,) = check._contents()

    assert said.startswith("1 of 2 data keys do not open")


@pytest.mark.django_db
def test_a_check_that_breaks_off_hides_none_of_the_others(monkeypatch):
    def broken():
        yield "The first agreement was changed."
        raise UnicodeDecodeError("utf-8", b"", 0, 1, "bytes that were changed")

    monkeypatch.setattr(proof, "check_fingerprints", broken)
    post("a" * 300, template="sign_in_code", facts={"code": "1234", "minutes": 5}, language="nl", key="1")

    said = check._contents()

    assert said[0] == "The first agreement was changed."
    assert said[1].startswith("The check of the signed agreements broke off (UnicodeDecodeError)")
    assert said[2].startswith("Letters of the last month that could not be delivered: 1.")


@pytest.mark.django_db
def test_rewrapping_says_how_many_and_can_be_done_twice(settings, capsys, monkeypatch):
    monkeypatch.setenv("DRIEHOEK_DATA", os.environ["DRIEHOEK_DATA"])
    keys.make_key()
    settings.MASTER_KEYS = (b"n" * 32, *settings.MASTER_KEYS)

    assert (management.rewrap([]), management.rewrap([])) == (0, 0)

    said = capsys.readouterr().out.splitlines()
    assert [line.split(".")[0] for line in said] == ["Data keys wrapped anew: 1", "Data keys wrapped anew: 0"]


@pytest.mark.django_db
def test_rewrapping_without_the_older_key_changes_nothing(settings, capsys, monkeypatch):
    monkeypatch.setenv("DRIEHOEK_DATA", os.environ["DRIEHOEK_DATA"])
    keys.make_key()
    settings.MASTER_KEYS = (b"n" * 32,)

    assert management.rewrap([]) == 1
    assert capsys.readouterr().err.startswith("Nothing was changed:")
