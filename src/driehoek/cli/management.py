"""The subcommands that need Django, and the preparing of an installation."""

import argparse
import gc
import os
import sys
from collections.abc import Callable

from driehoek.cli.installation import Installation, given

FOLLOWERS = 3  # calendars that are asked at the same moment


def demo(arguments: list[str]) -> int:
    """driehoek demo [--data DIR]"""
    parser = argparse.ArgumentParser("driehoek demo", description="Fill a new data folder with the demo.")
    parser.add_argument("--data", help="the folder that holds everything (DRIEHOEK_DATA, or ./driehoek-data)")
    installation = given(parser.parse_args(arguments).data)
    if installation.kind != "new":
        print(f"{installation.data} was used before. The demo wants a new folder: driehoek demo --data DIR")
        return 1
    os.environ["DRIEHOEK_DEMO"] = "true"
    _never_look_for_circles()
    installation.start_django()
    _migrate()
    if not _fill_with_demo(installation):
        return 1
    print(f"The demo is loaded. Start it with: driehoek serve --data {installation.data}")
    return 0


def seed(arguments: list[str]) -> int:
    """driehoek seed [--data DIR] [--engagements N] [--seed N]"""
    parser = argparse.ArgumentParser("driehoek seed", add_help=False)
    parser.add_argument("--data")
    options, others = parser.parse_known_args(arguments)
    given(options.data).start_django()
    _migrate()
    _never_look_for_circles()
    return manage(["seed", *others])


def worker(arguments: list[str]) -> int:
    """driehoek worker [--again] [--once]: send the mail and tidy up, giving way to pages people wait for."""
    parser = argparse.ArgumentParser("driehoek worker", description="Send the mail, and tidy up.")
    parser.add_argument("--again", action="store_true", help="first take up what was given up")
    parser.add_argument("--once", action="store_true", help="send what is due now, then stop")
    options = parser.parse_args(arguments)
    os.nice(5)
    given(None).start_django()
    if _complains_of_demo():
        return 1
    from driehoek.outbox.actions import try_again
    from driehoek.outbox.worker import run

    if options.again:
        print(f"Letters that are tried once more: {try_again()}")
    if not options.once:
        _follow_calendars()
    run(once=options.once, chores=chores())
    return 0


def _follow_calendars() -> None:
    """Beside the mail, in threads that end with the process: whatever breaks off is done again."""
    from threading import Event, Thread

    from driehoek.booking.actions import move_as_on_the_page
    from driehoek.calendars.actions import keep_following

    for _number in range(FOLLOWERS):
        told = {"stop": Event(), "move": move_as_on_the_page}
        Thread(target=keep_following, kwargs=told, daemon=True, name="following calendars").start()


def chores() -> tuple[Callable[[], object], ...]:
    """What the worker does each minute beside the mail."""
    from driehoek.experiments.actions import remind_of_experiments
    from driehoek.feedback.actions import close_rounds, forget_answers, remind_raters
    from driehoek.people.actions import tidy_kept
    from driehoek.plans.actions import remind_of_plan
    from driehoek.sessions.actions import ask_back, remind_before
    from driehoek.surveys.actions import close_surveys, remind_of_surveys
    from driehoek.vault.sessions import SessionStore

    of_rounds = (close_rounds, remind_raters, forget_answers, close_surveys, remind_of_surveys)
    return (
        tidy_kept,
        SessionStore.clear_expired,
        remind_before,
        ask_back,
        remind_of_plan,
        *of_rounds,
        remind_of_experiments,
    )


def rewrap(arguments: list[str]) -> int:
    """driehoek rewrap [--data DIR]"""
    meaning = "Wrap every data key with the first of the master keys. Running it twice does no harm."
    parser = argparse.ArgumentParser("driehoek rewrap", description=meaning)
    parser.add_argument("--data", help="the folder of the installation")
    given(parser.parse_args(arguments).data).start_django()
    from driehoek.vault import keys
    from driehoek.vault.sealing import Unreadable

    try:
        changed = keys.rewrap()
    except Unreadable:
        print("Nothing was changed: a data key opens with none of the master keys.", file=sys.stderr)
        return 1
    print(f"Data keys wrapped anew: {changed}. All of them now open with the first master key.")
    return 0


def manage(arguments: list[str]) -> int:
    """Run one of Django's commands on the data folder of this installation."""
    given(None).open()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["driehoek", *arguments])
    return 0


def prepare(arguments: list[str]) -> int:
    """Bring the database and the static files up to date; `serve` calls this in a process of its own."""
    _never_look_for_circles()
    installation = given(None)
    installation.start_django()
    _migrate()
    _collect(installation)
    _make_seal()
    if installation.kind == "new" and arguments == ["--demo"]:
        if not _fill_with_demo(installation):
            return 1
    elif installation.kind == "new":
        installation.becomes("real")
    if _complains_of_demo():
        return 1
    if _has_people():
        installation.was_migrated()
    else:
        _show_first_link()
    return 0


def _never_look_for_circles() -> None:
    """For a process that does one thing and ends: looking for them takes a tenth of its time."""
    gc.disable()


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def _collect(installation: Installation) -> None:
    from django.core.management import call_command

    if not installation.has_static_files:
        unused = ["htmax-4*", "htmx-4*", "ext"]  # the pages load htmx 2, and none of its extensions
        call_command("collectstatic", verbosity=0, interactive=False, clear=True, ignore_patterns=unused)
        installation.has_collected()


def _fill_with_demo(installation: Installation) -> bool:
    """Make this a demo, once and for all. People who are already there are never mixed with it."""
    from django.core.management import CommandError, call_command

    if _has_people():
        print("There are people in this database already, so it cannot become the demo.", file=sys.stderr)
        return False
    installation.becomes("unfinished")
    try:
        call_command("load_demo", verbosity=0)
    except CommandError as trouble:
        print(trouble, file=sys.stderr)
        return False
    installation.becomes("demo")
    return True


def _complains_of_demo() -> bool:
    from driehoek.people.queries import trouble_with_demo

    if trouble := trouble_with_demo():
        print(trouble, file=sys.stderr)
    return bool(trouble)


def _show_first_link() -> None:
    from driehoek.people.actions import first_administrator_link

    link = first_administrator_link()
    base = os.environ.get("DRIEHOEK_BASE_URL", "")
    print(f"The first administrator signs in here, once: {base if link.startswith('/') else ''}{link}")


def _make_seal() -> None:
    from driehoek.documents.seal import sealer

    sealer()


def _has_people() -> bool:
    from django.contrib.auth import get_user_model

    return bool(get_user_model().objects.exists())


if __name__ == "__main__":
    sys.exit(prepare(sys.argv[1:]))
