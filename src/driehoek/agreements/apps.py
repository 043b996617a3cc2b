from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register

from driehoek.method.situations import mistakes


class AgreementsConfig(AppConfig):
    name = "driehoek.agreements"

    def ready(self) -> None:
        register(check_situations)


def check_situations(**_options: Any) -> list[CheckMessage]:
    """Nothing starts with a starting point that nobody could begin from."""
    return [Error(mistake, id="driehoek.E001") for mistake in mistakes()]
