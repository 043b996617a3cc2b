"""Writing: what coachee and coach share, what is the coach's alone, and looking back."""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import Permission, Role
from driehoek.kit import clock
from driehoek.kit.errors import Conflict, Refused
from driehoek.kit.merging import merge
from driehoek.people.models import Person
from driehoek.sessions.actions.holding import hold_session, role_of
from driehoek.sessions.actions.turns import remember_turns
from driehoek.sessions.models import Note, PrivateNote, Reflection, Session, mark_of
from driehoek.sessions.queries.notes import notes_of

Written = Note | PrivateNote | Reflection
Marks = Collection[str]
PREPARING = frozenset((Note.Part.QUESTION, Note.Part.SINCE))


@transaction.atomic
def write_notes(
    session: Session,
    *,
    texts: Mapping[str, str],
    by: Person,
    opened: Mapping[str, str] | None = None,
    bases: Mapping[str, str] | None = None,
    sent: Mapping[str, Marks] | None = None,
) -> list[Conflict]:
    """Keep what was written about these parts, and give back the parts that somebody else changed meanwhile.

    `opened` holds per part the mark of the text as the form showed it: a part that was not touched is left
    alone, and a part that changed meanwhile is not written but given back. The other parts are kept.
    `bases` holds in its place the text from which the writing went on: what two people changed at different
    lines then comes together, and only what both changed at the same place is given back.
    `sent` holds the marks of what the same page sent without hearing whether it arrived: what stands here of
    that is its own, and it went on from it.
    Refuses to change the preparation of a session that has been held.
    """
    session = hold_session(session, Permission.WRITE_SESSION_NOTES)
    if session.is_held and not PREPARING.isdisjoint(texts):
        raise Refused(None, _("This session has been held. What you want to add belongs in your reflection."))
    notes = notes_of(session)
    role = role_of(session.engagement, by)
    conflicts, written = [], []
    for part, text in texts.items():
        note = notes.get(part) or Note(engagement=session.engagement, session=session, part=part)
        mark = None if opened is None else opened.get(part, mark_of(""))
        try:
            base = _base(note, (bases or {}).get(part), (sent or {}).get(part, ()))
            if _write(note, text, opened=mark, base=base, by=role, field=part):
                written.append(part)
        except Conflict as conflict:
            conflicts.append(conflict)
    remember_turns(session, written)
    return conflicts


@transaction.atomic
def write_private_note(
    session: Session,
    *,
    text: str,
    by: Person,
    opened: str | None = None,
    base: str | None = None,
    sent: Marks = (),
) -> PrivateNote:
    """Keep what only its author will ever read. Raises Conflict when it was changed in another window."""
    session = hold_session(session, Permission.WRITE_PRIVATE_NOTES)
    found = PrivateNote.objects.filter(session=session, author=by).first()
    note = found or PrivateNote(engagement=session.engagement, session=session, author=by)
    _write(note, text, opened=opened, base=_base(note, base, sent), by="", field="private")
    return note


@transaction.atomic
def write_reflection(
    session: Session, *, text: str, opened: str | None = None, base: str | None = None, sent: Marks = ()
) -> Reflection:
    """Keep what the coachee looks back on. Refuses before the session has begun."""
    session = hold_session(session, Permission.WRITE_REFLECTION)
    if clock.now() < session.starts_at:
        raise Refused("reflection", _("This session has not begun yet. Look back on it afterwards."))
    found = Reflection.objects.filter(session=session).first()
    reflection = found or Reflection(engagement=session.engagement, session=session)
    _write(reflection, text, opened=opened, base=_base(reflection, base, sent), by="", field="reflection")
    return reflection


def _write(
    row: Written, text: str, *, opened: str | None, base: str | None = None, by: str, field: str
) -> bool:
    """One rule for every text: untouched is left alone, changed by somebody else is not overwritten.

    Says whether anything was changed.
    """
    text = _plain(text)
    together = text if base is None else merge(_plain(base), text, row.text)
    if together == row.text or (base is None and opened == mark_of(text)):
        return False
    changed = base is None and opened is not None and opened != mark_of(row.text)
    if changed or together is None:
        raise Conflict(field, _conflict_words(row, by), theirs=row.text, revision=row.revision)
    text = together
    if not text:  # nothing is kept of a text that was emptied
        row.delete()
        return True
    row.text, row.revision, row.written_at = text, row.revision + 1, clock.now()
    if isinstance(row, Note):
        row.written_by = by
    row.save()
    return True


def _base(row: Written, base: str | None, sent: Marks) -> str | None:
    """From which text the writing went on."""
    return row.text if base is not None and row.text and mark_of(row.text) in sent else base


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\x00", "").strip()


def _conflict_words(row: Written, by: str) -> str:
    """Who wrote meanwhile. What only one person writes was changed by nobody else."""
    writer = row.written_by if isinstance(row, Note) else by
    if writer == by:
        return _("You changed this in another window of yours. Both versions are here.")
    party = row.engagement.party(Role(writer))
    if party is None:
        return _("This was changed meanwhile. Both versions are here.")
    return _("%(name)s was writing too. Both versions are here.") % {"name": party.person.first_name_only}
