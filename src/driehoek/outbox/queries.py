from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import CharField, Count, Min, OuterRef, Q, QuerySet, Subquery, UUIDField

from driehoek.kit import clock
from driehoek.kit.prepared import Given, Prepared
from driehoek.outbox.letters import KINDS, NO_OWN_WORDS, OwnWords
from driehoek.outbox.models import EVERY_LETTER, Letter, OwnWording, Unwanted
from driehoek.outbox.stopping import address_hash


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
    """Letters of the last month that could not be delivered, latest first: 1 query.

    In the demo none: nothing is sent there, and most of its letters are older than their use.
    """
    found = Letter.objects.filter(failed=True, let_go=False, forget_after__isnull=False)
    return found.none() if settings.DEMO else found.order_by("-queued_at")


@dataclass(frozen=True)
class Trouble:
    """How many letters wait because they could not be handed over, and since when."""

    waiting: int
    since: datetime


def trouble() -> Trouble | None:
    """Whether the mail server takes nothing from us at the moment: 1 query.

    A letter that was tried and waits for its next try says so.
    """
    tried = (
        Letter.objects.waiting().filter(attempts__gt=0, next_try_at__gt=clock.now()).exclude(last_error="")
    )
    found = tried.aggregate(waiting=Count("pk"), since=Min("queued_at"))
    return Trouble(**found) if found["waiting"] else None


def wanted(address: str, template: str) -> bool:
    """Whether whoever reads mail there wants letters of this kind: 1 query, none for what is essential."""
    if KINDS[template].essential:
        return True
    return not _UNWANTED.ask(whose=address_hash(address), template=template)


def unwanted_by(address: str) -> set[str]:
    """The kinds of letters that this reader wants no more: 1 query."""
    found = Unwanted.objects.filter(address_hash=address_hash(address))
    return set(found.values_list("template", flat=True))


def own_words(house: UUID | None, template: str, language: str) -> OwnWords:
    """What an organisation says around this letter: its words for this one, else for every one. 1 query."""
    if house is None:
        return NO_OWN_WORDS
    found = {row.template: row for row in _OWN.ask(house=house, language=language, template=template)}
    rows = [found[name] for name in (template, EVERY_LETTER) if name in found]
    said = {part: [getattr(row, part) for row in rows] for part in ("opening", "closing", "sender")}
    return OwnWords(**{part: next(filter(None, words), "") for part, words in said.items()})


def own_words_as_stored(house: UUID, template: str, language: str) -> OwnWords:
    """What stands in the fields for this letter alone: 1 query."""
    row = OwnWording.objects.filter(house=house, template=template, language=language).first()
    return OwnWords(row.opening, row.closing, row.sender) if row else NO_OWN_WORDS


def worded_by(house: UUID) -> set[tuple[str, str]]:
    """Which letters have own words of this organisation, in which language: 1 query."""
    return set(OwnWording.objects.filter(house=house).values_list("template", "language"))


def came_back(subjects: Iterable[UUID]) -> set[UUID]:
    """The subjects whose latest letter was given up: 1 query."""
    found = Letter.objects.filter(about__in=list(subjects)).order_by("queued_at")
    latest = dict(found.values_list("about", "failed"))
    return {about for about, failed in latest.items() if about and failed}


def latest_failed() -> Subquery:
    """Whether the latest letter about a row was given up, to annotate that row with: no query of its own."""
    return Subquery(Letter.objects.filter(about=OuterRef("pk")).order_by("-queued_at").values("failed")[:1])


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


def _unwanted() -> QuerySet[Unwanted]:
    return Unwanted.objects.filter(
        address_hash=Given("whose", CharField()), template=Given("template", CharField())
    )


def _own() -> QuerySet[OwnWording]:
    mine = OwnWording.objects.filter(
        house=Given("house", UUIDField()), language=Given("language", CharField())
    )
    return mine.filter(Q(template=Given("template", CharField())) | Q(template=EVERY_LETTER))


_UNWANTED: Final = Prepared(_unwanted)
_OWN: Final = Prepared(_own)
