"""What can be asked about the sessions of an engagement."""

from driehoek.sessions.queries.calendar import (
    calendar_of,
    changed_event,
    event_of,
    events_of,
    planned_events,
)
from driehoek.sessions.queries.cancelling import Cancelling, cancelling, counts_when_cancelled
from driehoek.sessions.queries.days import days_for, own_days
from driehoek.sessions.queries.earlier import Before, before
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
    Tally,
    agenda,
    held_count,
    occurrences,
    rhythm,
    sessions_of,
    still_planned,
    still_to_plan,
    stops_of,
    tally_of,
)
from driehoek.sessions.queries.standing import Standing, standing_with
from driehoek.sessions.queries.today import asked_of, with_signs
from driehoek.sessions.queries.turns import Way, draw_way, way_of

__all__ = [
    "Before",
    "Cancelling",
    "Desk",
    "Meeting",
    "Rhythm",
    "Standing",
    "Tally",
    "Way",
    "agenda",
    "asked_of",
    "bank_question",
    "before",
    "calendar_of",
    "cancelling",
    "changed_event",
    "counts_when_cancelled",
    "days_for",
    "desk_of",
    "draw_way",
    "event_of",
    "events_of",
    "held_count",
    "notes_of",
    "occurrences",
    "own_days",
    "planned_events",
    "private_note",
    "record_of",
    "reflection_on",
    "rhythm",
    "sessions_of",
    "standing_with",
    "still_planned",
    "still_to_plan",
    "stops_of",
    "tally_of",
    "way_of",
    "with_signs",
    "written_in",
]
