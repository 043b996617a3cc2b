from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from driehoek.outbox.models import Letter


@dataclass(frozen=True)
class DemoLetter:
    """A letter as a visitor of the demo may read it."""

    to_address: str
    language: str
    template: str
    subject: str
    text: str
    queued_at: datetime


def demo_letters(*, limit: int = 50) -> list[DemoLetter]:
    """The latest letters with their words, in the demo only, where nothing is sent: 1 query."""
    if not settings.DEMO:
        return []
    found = Letter.objects.exclude(sealed=b"").order_by("-queued_at")[:limit]
    return [_readable(letter) for letter in found]


def given_up() -> QuerySet[Letter]:
    """Letters of the last month that could not be delivered, latest first: 1 query."""
    return Letter.objects.filter(failed=True, forget_after__isnull=False).order_by("-queued_at")


def came_back(subjects: Iterable[UUID]) -> set[UUID]:
    """The subjects whose latest letter was given up: 1 query."""
    found = Letter.objects.filter(about__in=list(subjects)).order_by("queued_at")
    latest = dict(found.values_list("about", "failed"))
    return {about for about, failed in latest.items() if about and failed}


def _readable(letter: Letter) -> DemoLetter:
    words = letter.open()
    return DemoLetter(
        to_address=letter.to_address,
        language=letter.language,
        template=letter.template,
        subject=words["subject"],
        text=words["text"],
        queued_at=letter.queued_at,
    )
