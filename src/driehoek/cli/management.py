"""The subcommands that need Django, and the preparing of an installation."""

import os
import sys

from driehoek.cli.installation import Installation, given


def demo(arguments: list[str]) -> int:
    return manage(["load_demo", *arguments])


def seed(arguments: list[str]) -> int:
    return manage(["seed", *arguments])


def worker(arguments: list[str]) -> int:
    """Run the outbox until told to stop, giving way to the pages people wait for."""
    os.nice(5)
    _start_django()
    from driehoek.outbox.worker import run

    run()
    return 0


def manage(arguments: list[str]) -> int:
    """Run one of Django's commands on the data folder of this installation."""
    given(None).open()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["driehoek", *arguments])
    return 0


def prepare(arguments: list[str]) -> int:
    """Bring the database and the static files up to date; `serve` calls this in a process of its own."""
    wants_demo = arguments == ["--demo"]
    installation = given(None)
    _start_django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    if not installation.has_static_files:
        unused = ["htmax-4*", "htmx-4*", "ext"]  # the pages load htmx 2, and none of its extensions
        call_command("collectstatic", verbosity=0, interactive=False, clear=True, ignore_patterns=unused)
        installation.has_collected()
    if installation.kind == "new":
        _settle(installation, wants_demo=wants_demo)
    if _has_people():
        installation.was_migrated()
    else:
        _show_first_link()
    return 0


def _settle(installation: Installation, *, wants_demo: bool) -> None:
    """Decide once what this folder is. People who are already there are never mixed with a demo."""
    if not wants_demo or _has_people():
        installation.becomes("real")
        return
    from django.core.management import call_command

    installation.becomes("unfinished")
    call_command("load_demo", verbosity=0)
    installation.becomes("demo")


def _show_first_link() -> None:
    from driehoek.people.actions import first_administrator_link

    link = first_administrator_link()
    base = os.environ.get("DRIEHOEK_BASE_URL", "")
    print(f"The first administrator signs in here, once: {base if link.startswith('/') else ''}{link}")


def _has_people() -> bool:
    from django.contrib.auth import get_user_model

    return bool(get_user_model().objects.exists())


def _start_django() -> None:
    given(None).open()
    import django

    django.setup()


if __name__ == "__main__":
    sys.exit(prepare(sys.argv[1:]))
