from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register

from driehoek.method.questions import mistakes


class ToolkitConfig(AppConfig):
    name = "driehoek.toolkit"

    def ready(self) -> None:
        register(check_questions)


def check_questions(**_options: Any) -> list[CheckMessage]:
    """Nothing starts with a question that nobody could find or read."""
    return [Error(mistake, id="driehoek.E002") for mistake in mistakes()]
