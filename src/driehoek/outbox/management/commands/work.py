from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from driehoek.outbox.worker import run


class Command(BaseCommand):
    help = "Send what is in the outbox, until told to stop."
    requires_system_checks: list[str] = []  # the web process checks; the worker starts at once

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="send what is due now, then stop")

    def handle(self, *args: Any, **options: Any) -> None:
        run(once=options["once"])
