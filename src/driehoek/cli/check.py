"""Say in plain sentences whether this installation is sound."""

import argparse
import stat
import sys
from collections.abc import Callable, Iterable, Iterator

from driehoek.cli.installation import Installation, given


def main(arguments: list[str]) -> int:
    """driehoek check [--data DIR]"""
    parser = argparse.ArgumentParser("driehoek check", description=__doc__)
    parser.add_argument("--data", help="the folder of the installation")
    installation = given(parser.parse_args(arguments).data)
    if not installation.data.is_dir():
        print(f"There is no installation in {installation.data}. Start one with: driehoek serve --data DIR")
        return 1
    installation.start_django()
    found = [*_made("the files", lambda: _files(installation)), *_made("the program", _django)]
    found += [*_made("the settings", _surroundings), *(list(_made("the database", _database)) or _contents())]
    print("\n".join(found) or f"All is well in {installation.data}.")
    return 1 if found else 0


def _made(what: str, check: Callable[[], Iterable[str]]) -> Iterator[str]:
    """What a check says. One that breaks off is said to have done so, and hides none of the others."""
    try:
        yield from check()
    except Exception as trouble:
        yield f"The check of {what} broke off ({type(trouble).__name__}), so about that nothing is known."


def _files(installation: Installation) -> Iterator[str]:
    for name in ("secret.key", "master.key", "seal.p12", "driehoek.sqlite3"):
        file = installation.data / name
        if file.exists() and stat.S_IMODE(file.stat().st_mode) & 0o077:
            yield f"{file} can be read by others on this machine. Run: chmod 600 {file}"
    if installation.kind == "unfinished":
        yield "The demo was not loaded to the end. Remove the folder and start again."


def _django() -> Iterator[str]:
    from django.core import checks

    for message in checks.run_checks(include_deployment_checks=False, databases=["default"]):
        if message.level >= checks.WARNING:
            yield f"{message.msg}{f' {message.hint}' if message.hint else ''}"


def _surroundings() -> Iterator[str]:
    from urllib.parse import urlsplit

    from django.conf import settings

    if settings.DEBUG:
        yield "DRIEHOEK_DEBUG is on: errors show the inside of the program. Switch it off where others come."
    yield from _seal()
    host = urlsplit(settings.BASE_URL).hostname
    if host not in ("127.0.0.1", "localhost") and not settings.HTTPS:
        yield f"People reach {settings.BASE_URL} without https. Put a web server with https in front."
    if host not in settings.ALLOWED_HOSTS and "*" not in settings.ALLOWED_HOSTS:
        yield f"DRIEHOEK_HOSTS does not name {host}, so nobody gets in by DRIEHOEK_BASE_URL."


def _seal() -> Iterator[str]:
    from driehoek.documents.certificate import UnusableCertificate
    from driehoek.documents.seal import sealer
    from driehoek.kit import clock

    try:
        certificate = sealer().certificate
    except UnusableCertificate as sentence:
        yield str(sentence)
    else:
        if certificate.not_valid_after_utc < clock.now():
            yield "The certificate that seals agreements has expired. Put another one in its place."


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
    """Whether the keys open what is stored, what was signed is still so, and the mail arrives."""
    from driehoek.agreements.queries.proof import check_fingerprints

    shut, keys = _keys()
    agreements = [] if shut else list(_made("the signed agreements", check_fingerprints))
    return [*keys, *agreements, *_made("the mail", _mail)]


def _keys() -> tuple[bool, list[str]]:
    """Whether no key opens at all, and what is to be said about them."""
    from driehoek.vault.keys import unreadable

    missing, of_all = unreadable()
    if missing and missing == of_all:
        sentence = "The master key does not open what is stored here. Put back the key that belongs to it."
        return True, [sentence]
    if missing:
        sentence = f"{missing} of {of_all} data keys do not open, and nor does what they sealed. "
        return False, [f"{sentence}Put back the older master key, or these rows from a backup."]
    return False, []


def _mail() -> Iterator[str]:
    from driehoek.outbox.queries import given_up, trouble

    if now := trouble():
        wait = "1 letter waits," if now.waiting == 1 else f"{now.waiting} letters wait, the first"
        yield (
            f"The mail server takes nothing from us: {wait} since {now.since:%Y-%m-%d %H:%M} UTC. "
            "Look at DRIEHOEK_EMAIL; they go by themselves when it answers again."
        )
    if count := given_up().count():
        yield (
            f"Letters of the last month that could not be delivered: {count}. Look at DRIEHOEK_EMAIL, "
            "then try them once more with: driehoek worker --again --once"
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
