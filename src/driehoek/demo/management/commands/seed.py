from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from driehoek.demo.crowd import crowd
from driehoek.demo.story import play
from driehoek.kit import clock
from driehoek.people.models import Person

SAID_EVERY = 50


class Command(BaseCommand):
    help = "Fill an empty installation with many engagements in every stage."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--engagements", type=int, default=100, help="how many")
        parser.add_argument("--seed", type=int, default=1, help="the same number gives the same engagements")

    def handle(self, *args: Any, **options: Any) -> None:
        if Person.objects.exists():
            raise CommandError("There are people here already. Seeding wants an empty installation.")
        count, began = options["engagements"], clock.now()
        for number, case in enumerate(crowd(count, today=clock.today(), seed=options["seed"]), start=1):
            play(case)
            if number % SAID_EVERY == 0 or number == count:
                seconds = (clock.now() - began).total_seconds()
                self.stdout.write(f"{number} of {count} engagements in {seconds:.0f} seconds")
                self.stdout.flush()
