"""Say in plain sentences whether this installation is sound."""

import argparse
import stat
import sys
from collections.abc import Iterator

from driehoek.cli.installation import Installation, given


def main(arguments: list[str]) -> int:
    """driehoek check [--data DIR]"""
    parser = argparse.ArgumentParser("driehoek check", description=__doc__)
    parser.add_argument("--data", help="the folder of the installation")
    installation = given(parser.parse_args(arguments).data)
    if not installation.data.is_dir():
        print(f"There is no installation in {installation.data}. Start one with: driehoek serve --data DIR")
        return 1
    installation.open()
    found = [*_files(installation), *_django(), *_surroundings(), *(_database() or _contents())]
    print("\n".join(found) or f"All is well in {installation.data}.")
    return 1 if found else 0


def _files(installation: Installation) -> Iterator[str]:
    for name in ("secret.key", "master.key"):
        file = installation.data / name
        if file.exists() and stat.S_IMODE(file.stat().st_mode) & 0o077:
            yield f"{file} can be read by others on this machine. Run: chmod 600 {file}"
    if installation.kind == "unfinished":
        yield "The demo was not loaded to the end. Remove the folder and start again."


def _django() -> Iterator[str]:
    import django
    from django.core import checks

    django.setup()
    for message in checks.run_checks(include_deployment_checks=False, databases=["default"]):
        if message.level >= checks.WARNING:
            yield f"{message.msg}{f' {message.hint}' if message.hint else ''}"


def _surroundings() -> Iterator[str]:
    from urllib.parse import urlsplit

    from django.conf import settings

    if settings.DEBUG:
        yield "DRIEHOEK_DEBUG is on: errors show the inside of the program. Switch it off where others come."
    host = urlsplit(settings.BASE_URL).hostname
    if host not in ("127.0.0.1", "localhost") and not settings.HTTPS:
        yield f"People reach {settings.BASE_URL} without https. Put a web server with https in front."
    if host not in settings.ALLOWED_HOSTS and "*" not in settings.ALLOWED_HOSTS:
        yield f"DRIEHOEK_HOSTS does not name {host}, so nobody gets in by DRIEHOEK_BASE_URL."


def _database() -> list[str]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from django.db.utils import OperationalError

    try:
        executor = MigrationExecutor(connection)
    except OperationalError as trouble:
        return [f"The database does not answer: {trouble}"]
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return ["The database is older than the program. Start `driehoek serve` once to bring it up to date."]
    return []


def _contents() -> list[str]:
    """Whether the keys open what is stored, and what was signed is still what was signed."""
    from driehoek.agreements.queries.proof import check_fingerprints
    from driehoek.vault import keys
    from driehoek.vault.models import DataKey
    from driehoek.vault.sealing import Unreadable

    try:
        keys.warm(DataKey.objects.all())
    except Unreadable:
        return ["The master key does not open what is stored here. Put back the key that belongs to it."]
    return check_fingerprints()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
