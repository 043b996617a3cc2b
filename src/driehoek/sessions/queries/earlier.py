"""What came before a session, for whoever reads in."""

from dataclasses import dataclass

from django.db.models import Q

from driehoek.engagements.models import Engagement
from driehoek.people.models import Person
from driehoek.sessions.models import Note, PrivateNote, Reflection, Session
from driehoek.sessions.queries.notes import notes_of, private_note


@dataclass(frozen=True, slots=True)
class Before:
    """A session with the question for it, and what the last one that was held left behind."""

    session: Session
    question: Note | None
    since: Note | None
    last: Session | None
    reflection: Reflection | None
    own: PrivateNote | None


def before(engagement: Engagement, number: int, coach: Person) -> Before | None:
    """What `coach` reads beforehand, with own notes of last time; None without such a session: 3 queries."""
    found = engagement.sessions.filter(Q(number=number) | Q(held_at__isnull=False))
    sessions = {one.number: one for one in found.select_related("reflection").order_by("starts_at")}
    if (session := sessions.get(number)) is None:
        return None
    session.engagement = engagement
    held = [one for one in sessions.values() if one.is_held and one.starts_at < session.starts_at]
    last, asked = held[-1] if held else None, notes_of(session)
    return Before(
        session=session,
        question=asked.get(Note.Part.QUESTION),
        since=asked.get(Note.Part.SINCE),
        last=last,
        reflection=getattr(last, "reflection", None),
        own=private_note(last, coach) if last else None,
    )
