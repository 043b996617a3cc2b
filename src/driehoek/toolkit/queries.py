"""Which hat a leader wore how often, and which questions the bank holds."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Final
from urllib.parse import urlencode

from django.db.models import Count

from driehoek.kit import clock
from driehoek.method.bank_words import axes, source_names
from driehoek.method.questions import AXES, BankQuestion, find_questions, surprising
from driehoek.method.style import STYLES, Style, style_texts
from driehoek.method.texts import Language
from driehoek.people.models import Person
from driehoek.toolkit.models import HatChoice

DAYS_BACK: Final = 90


@dataclass(frozen=True, slots=True)
class Worn:
    """How often one style was chosen."""

    style: Style
    name: str
    times: int


@dataclass(frozen=True, slots=True)
class Mirror:
    """The choices of the last three months; `most` only when one style stands out."""

    worn: tuple[Worn, ...]
    times: int
    most: Worn | None


def mirror_of(person: Person, language: Language) -> Mirror:
    """How often this leader chose each style, for their own eyes: 1 query."""
    since = clock.today() - timedelta(days=DAYS_BACK)
    rows = HatChoice.objects.filter(person=person, on__gte=since).values_list("style").annotate(n=Count("pk"))
    counted = dict(rows)
    worn = tuple(
        Worn(style, style_texts(style, language).name, counted[style]) for style in STYLES if style in counted
    )
    ranked = sorted(worn, key=lambda one: one.times, reverse=True)
    stands_out = bool(ranked) and (len(ranked) == 1 or ranked[0].times > ranked[1].times)
    return Mirror(worn, sum(counted.values()), ranked[0] if stands_out else None)


@dataclass(frozen=True, slots=True)
class Shown:
    """A question as it is read: its words, for which moment it is, and where it comes from."""

    text: str
    phase: str
    source: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the bank holds for a choice: all of it by moment, one of it by number, and the way to the next."""

    asked: dict[str, str]
    amount: int
    groups: tuple[tuple[str, tuple[Shown, ...]], ...]
    surprise: Shown | None
    next_one: str


def look_up(asked: dict[str, str], language: Language, *, number: int | None) -> Found:
    """The questions with these tags, and one of them by its number or else that of today: no queries."""
    questions = find_questions(**asked)
    number = clock.today().toordinal() if number is None else number
    chosen = surprising(questions, number)
    shown = [_shown(question, language) for question in questions]
    return Found(
        asked,
        len(questions),
        tuple((phase, tuple(group)) for phase, group in groupby(shown, lambda one: one.phase)),
        _shown(chosen, language) if chosen else None,
        f"?{urlencode(asked | {'n': str((number + 1) % (len(questions) or 1))})}",
    )


def _shown(question: BankQuestion, language: Language) -> Shown:
    phases = axes(language)[tuple(AXES).index("phase")].values
    return Shown(
        question.in_language(language), phases[question.phase], source_names(language)[question.source]
    )
