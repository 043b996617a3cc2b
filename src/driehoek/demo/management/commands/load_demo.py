from typing import Any

from django.core.management.base import BaseCommand, CommandError

from driehoek.demo.case import CASES, read_case
from driehoek.demo.story import play
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.people.actions import mark_as_demo


class Command(BaseCommand):
    help = "Play the worked cases into an empty installation."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            mark_as_demo()
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        today = clock.today()
        for name in CASES:
            engagement = play(read_case(name, today=today))
            if options["verbosity"]:
                self.stdout.write(f"{engagement.stage:<10} {engagement.title}")
