"""Settings: every problem of a start is named at once, and public keys never go with real use."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def start(folder: Path, **given: str) -> subprocess.CompletedProcess[str]:
    """Read the settings in a process of its own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DRIEHOEK_")}
    said = {f"DRIEHOEK_{name}": value for name, value in given.items()}
    environment = clean | said | {"DRIEHOEK_DATA": str(folder), "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(
        [sys.executable, "-c", "import driehoek.settings as s; print(s.SECRET_KEY)"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_for_building_on_a_laptop_no_key_is_needed(tmp_path):
    assert start(tmp_path, DEBUG="true").stdout == "insecure-laptop-key\n"


@pytest.mark.parametrize(
    "sign",
    [
        {"HTTPS": "true"},
        {"BASE_URL": "https://coach.example.org"},
        {"DATABASE": "postgres://name:password@localhost/driehoek"},
        {"DATABASE": "sqlite:////srv/driehoek.sqlite3"},
    ],
)
def test_public_keys_do_not_go_with_https_or_a_database_of_ones_own(tmp_path, sign):
    started = start(tmp_path, DEBUG="true", SESSION_HOURS="0", **sign)

    assert started.returncode != 0
    for name in ("SECRET_KEY", "MASTER_KEY", "SESSION_HOURS"):
        assert f"DRIEHOEK_{name}" in started.stderr


def test_public_keys_do_not_go_with_a_folder_of_real_people(tmp_path):
    (tmp_path / "kind").write_text("real\n")

    assert "DRIEHOEK_SECRET_KEY" in start(tmp_path, DEBUG="true").stderr


@pytest.mark.parametrize(
    "slip", ["smpt://mail.example.org", "smtp+tls://mail.example.org", "mail.example.org:25"]
)
def test_a_mail_server_that_begins_with_something_unknown_is_refused(tmp_path, slip):
    done = start(tmp_path, DEBUG="true", EMAIL=slip)

    assert done.returncode != 0
    assert "must begin with smtp://, smtps://, submission://, console://, file://" in done.stderr


def test_mail_on_the_terminal_needs_no_server(tmp_path):
    assert start(tmp_path, DEBUG="true", EMAIL="console://").returncode == 0
