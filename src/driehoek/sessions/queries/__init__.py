"""What can be asked about the sessions of an engagement."""

from driehoek.sessions.queries.notes import (
    Desk,
    bank_question,
    desk_of,
    notes_of,
    private_note,
    record_of,
    reflection_on,
    written_in,
)
from driehoek.sessions.queries.series import (
    Meeting,
    Rhythm,
    agenda,
    calendar_of,
    held_count,
    occurrences,
    rhythm,
    sessions_of,
    stops_of,
)
from driehoek.sessions.queries.today import asked_of, with_signs

__all__ = [
    "Desk",
    "Meeting",
    "Rhythm",
    "agenda",
    "asked_of",
    "bank_question",
    "calendar_of",
    "desk_of",
    "held_count",
    "notes_of",
    "occurrences",
    "private_note",
    "record_of",
    "reflection_on",
    "rhythm",
    "sessions_of",
    "stops_of",
    "with_signs",
    "written_in",
]
