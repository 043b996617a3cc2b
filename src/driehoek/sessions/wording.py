"""What the parts of a session are called, and what each of them asks."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from driehoek.method.questions import (
    ConversationStep,
    closing_questions,
    grow_steps,
    opening_questions,
    reflection_steps,
)
from driehoek.method.texts import Language
from driehoek.sessions.models import Note

Part = Note.Part
OPENING = (Part.STUCK, Part.PRACTISED, Part.HAPPENED, Part.WANTED)
PREPARATION = (Part.QUESTION, Part.SINCE)
CLOSING = (Part.YIELD, Part.WAY_OF_WORKING)
PHASES: dict[str, tuple[Note.Part, ...]] = {
    "opening": OPENING,
    "goal": (Part.GOAL,),
    "reality": (Part.REALITY,),
    "options": (Part.OPTIONS,),
    "will": (Part.WILL,),
}


def language() -> Language:
    """The language of the reader, as the method knows it."""
    return "nl" if (get_language() or "nl").startswith("nl") else "en"


def phase_words() -> dict[str, str]:
    """The name of each phase of the conversation."""
    return {"opening": _("Opening")} | {step.id: step.name for step in grow_steps(language())}


def reflection_cycle() -> tuple[ConversationStep, ...]:
    """The five steps of looking back, as something to hold on to while writing."""
    return reflection_steps(language())


def asks() -> dict[str, str]:
    """For every part the question it answers."""
    read = language()
    opening = zip(OPENING, opening_questions(), strict=True)
    closing = zip(CLOSING, closing_questions(), strict=True)
    return {
        Part.QUESTION: _("What is your question for this session?"),
        Part.SINCE: _("What has happened since last time?"),
        **{part: question.in_language(read) for part, question in (*opening, *closing)},
        **{step.id: step.text for step in grow_steps(read)},
    }
