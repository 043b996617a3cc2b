"""One installation: its data folder, with the keys, the database and what it was started as."""

import base64
import hashlib
import os
import secrets
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
DEFAULT = "driehoek-data"


@dataclass(frozen=True)
class Installation:
    """The folder that holds everything this installation must keep."""

    data: Path

    def open(self) -> None:
        """Make the folder and its keys when they are not there, and point the settings at it."""
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if "DRIEHOEK_SECRET_KEY" not in os.environ:
            _write_once(self.data / "secret.key", secrets.token_urlsafe(50))
        # Never a new one beside what an old one sealed: that would start, and open nothing.
        if "DRIEHOEK_MASTER_KEY" not in os.environ and self.kind not in ("demo", "real"):
            _write_once(self.data / "master.key", base64.b64encode(secrets.token_bytes(32)).decode())
        os.environ["DRIEHOEK_DATA"] = str(self.data)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "driehoek.settings")

    def start_django(self) -> None:
        """Open it and read the settings; names everything that is wrong with them, and ends."""
        self.open()
        import django
        from django.apps import apps
        from django.core.exceptions import ImproperlyConfigured
        from environs import EnvValidationError

        if apps.ready:
            return
        try:
            django.setup()
        except EnvValidationError as trouble:
            said = dict(trouble.error_messages)  # type: ignore[arg-type]  # a mapping, when all are named
            wrong = [f"  {name}: {' '.join(says)}" for name, says in sorted(said.items())]
            raise SystemExit("\n".join(["Driehoek cannot start:", *wrong])) from None
        except ImproperlyConfigured as trouble:
            raise SystemExit(f"Driehoek cannot start: {trouble}") from None

    @property
    def kind(self) -> str:
        """What this folder is for: demo or real; new before the first start, unfinished if that broke off."""
        mark = self.data / "kind"
        return mark.read_text().strip() if mark.exists() else "new"

    def becomes(self, kind: str) -> None:
        (self.data / "kind").write_text(f"{kind}\n")

    # -- What was prepared, so that a second start need not look again ---------

    @property
    def is_prepared(self) -> bool:
        """Whether the static files and the database fit this version of the code."""
        if self.kind not in ("demo", "real") or not self.has_static_files:
            return False
        return self._reads("migrated", _code() + self._applied_migrations())

    def was_migrated(self) -> None:
        (self.data / "migrated").write_text(_code() + self._applied_migrations())

    @property
    def has_static_files(self) -> bool:
        """Whether the collected files are those of this version, each with the name of its contents."""
        return self._reads("collected", _static()) and (self.data / "static/staticfiles.json").exists()

    def has_collected(self) -> None:
        (self.data / "collected").write_text(_static())

    def _reads(self, mark: str, state: str) -> bool:
        file = self.data / mark
        return file.exists() and file.read_text() == state

    def _applied_migrations(self) -> str:
        """What the SQLite file itself says; another database is asked through Django at every start."""
        file = self.data / "driehoek.sqlite3"
        if os.environ.get("DRIEHOEK_DATABASE") or not file.exists():
            return secrets.token_hex()
        try:
            with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
                rows = database.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
                return hashlib.sha256(repr(rows.fetchall()).encode()).hexdigest()
        except sqlite3.Error:
            return secrets.token_hex()


def given(folder: str | None) -> Installation:
    """The installation in `folder`, else the one of the environment, else the usual one here."""
    return Installation(Path(folder or os.environ.get("DRIEHOEK_DATA") or DEFAULT).resolve())


def _write_once(path: Path, secret: str) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(secret)


def _code() -> str:
    """The migrations the code knows, ours and those of the packages we build on."""
    names = [f"{path.parts[-3]}/{path.name}" for path in sorted(PACKAGE.glob("*/migrations/*.py"))]
    return _digest([*names, *(_version(package) for package in ("django", "django-allauth"))])


def _static() -> str:
    """Name, size and time of every static file of our own."""
    files = (path for path in sorted(PACKAGE.glob("*/static/**/*")) if path.is_file())
    return _digest(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files)


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"
