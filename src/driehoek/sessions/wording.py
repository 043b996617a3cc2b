"""What the parts of a session are called, and what each of them asks."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from driehoek.method.holidays import Holiday, dutch_holidays
from driehoek.method.questions import (
    ConversationStep,
    closing_questions,
    first_time_asks,
    grow_steps,
    opening_questions,
    reflection_steps,
)
from driehoek.method.series import ClockChange
from driehoek.method.texts import Language
from driehoek.sessions.models import Note

Part = Note.Part
OPENING = (Part.STUCK, Part.PRACTISED, Part.HAPPENED, Part.WANTED)
PREPARATION = (Part.QUESTION, Part.SINCE)
CLOSING = (Part.YIELD, Part.WAY_OF_WORKING)
CYCLE = (Part.ACT, Part.LOOK_BACK, Part.ESSENTIALS, Part.ALTERNATIVES, Part.TRY_OUT)
PHASES: dict[str, tuple[Note.Part, ...]] = {
    "opening": OPENING,
    "goal": (Part.GOAL,),
    "reality": (Part.REALITY,),
    "options": (Part.OPTIONS,),
    "will": (Part.WILL,),
    "cycle": CYCLE,
}
HOLIDAYS: Final[Mapping[Holiday, Any]] = {
    Holiday.NEW_YEAR: gettext_lazy("New Year’s Day"),
    Holiday.EASTER: gettext_lazy("Easter"),
    Holiday.KINGS_DAY: gettext_lazy("King’s Day"),
    Holiday.LIBERATION_DAY: gettext_lazy("Liberation Day"),
    Holiday.ASCENSION_DAY: gettext_lazy("Ascension Day"),
    Holiday.WHITSUN: gettext_lazy("Whitsun"),
    Holiday.CHRISTMAS: gettext_lazy("Christmas"),
}


def holiday_words(day: date) -> str:
    """What a Dutch public holiday is called; empty on any other day."""
    holiday = dutch_holidays(day.year).get(day)
    return str(HOLIDAYS[holiday]) if holiday else ""


def clock_words(change: ClockChange) -> str:
    """What the clock does at the hour of a session; empty on nearly every day."""
    if change == "hour_skipped":
        return _("the clock goes forward and skips the agreed time, so it begins later")
    if change == "hour_repeated":
        return _("the clock goes back and this time comes twice: it is the first")
    return ""


def language() -> Language:
    """The language of the reader, as the method knows it."""
    return "nl" if (get_language() or "nl").startswith("nl") else "en"


def phase_words() -> dict[str, str]:
    """The name of each phase of the conversation."""
    grow = {step.id: step.name for step in grow_steps(language())}
    return {"opening": _("Opening")} | grow | {"cycle": _("Cycle")}


def reflection_cycle() -> tuple[ConversationStep, ...]:
    """The five steps of looking back, as something to hold on to while writing."""
    return reflection_steps(language())


def asks(*, first: bool = False) -> dict[str, str]:
    """For every part the question it answers; the first session has no last time to ask about."""
    read = language()
    opening = zip(OPENING, opening_questions(), strict=True)
    closing = zip(CLOSING, closing_questions(), strict=True)
    return {
        Part.QUESTION: _("What is your question for this session?"),
        Part.SINCE: _("What has happened since last time?"),
        **{part: question.in_language(read) for part, question in (*opening, *closing)},
        **{step.id: step.text for step in (*grow_steps(read), *reflection_steps(read))},
        **(first_time_asks(read) if first else {}),
    }
