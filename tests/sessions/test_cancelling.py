"""A session that does not take place: it stays in sight, counts for nothing, and nobody is left waiting."""

from datetime import UTC, date, datetime, time

import icalendar
import pytest

from driehoek.access import Role, Stage
from driehoek.engagements.models import Engagement
from driehoek.kit.errors import Refused
from driehoek.outbox.models import Letter
from driehoek.sessions.actions import (
    add_session,
    cancel_session,
    move_session,
    round_off,
    write_notes,
    write_private_note,
    write_reflection,
)
from driehoek.sessions.queries import held_count, stops_of
from tests.makers import person_of
from tests.sessions.makers import held, make_coaching, make_session, page, signed_in

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 12, 1, 9, tzinfo=UTC)
EN = {"accept-language": "en"}


def planned(**given):
    engagement = make_coaching(**given)
    return engagement, make_session(engagement, 1, starts_at=MORNING)


@pytest.mark.parametrize("role", [Role.COACHEE, Role.COACH])
def test_coachee_or_coach_cancels_and_both_read_why(role):
    engagement, _session = planned()

    signed_in(engagement, role).post(page(engagement, "cancel", 1), {"reason": "Ik ben ziek 🤒"})

    for reader in (Role.COACHEE, Role.COACH):
        for name, place in (("index", []), ("show", [1])):
            answer = signed_in(engagement, reader).get(page(engagement, name, *place), headers=EN)
            assert "Ik ben ziek 🤒" in answer.content.decode()
            assert "Cancelled" in answer.content.decode()


def test_no_reason_needs_to_be_given():
    engagement, session = planned()

    signed_in(engagement, Role.COACHEE).post(page(engagement, "cancel", 1), {})

    session.refresh_from_db()
    assert (session.is_cancelled, session.cancelled_by, session.cancel_reason) == (True, "coachee", "")


def test_both_get_one_letter_for_their_calendars_and_nothing_of_the_reason_is_in_it():
    engagement, _session = planned(title="Nee leren zeggen")

    for _press in range(2):
        signed_in(engagement, Role.COACHEE).post(page(engagement, "cancel", 1), {"reason": "Ik ben ziek"})

    letters = list(Letter.objects.filter(template="session_cancelled"))
    both = {person_of(engagement, role).email for role in (Role.COACHEE, Role.COACH)}
    assert ({letter.to_address for letter in letters}, len(letters)) == (both, 2)
    for letter in letters:
        assert "1 december 2026 om 10.00 uur" in letter.open()["text"]
        assert "ziek" not in str(letter.open())
        assert "Nee leren zeggen" not in str(letter.open())


def test_a_cancelled_session_is_not_held_and_makes_room_for_another():
    engagement, session = planned(logistics={"session_count": 1})
    coach = person_of(engagement, Role.COACH)
    cancel_session(session, by=coach)

    again = add_session(engagement, on=date(2026, 12, 1), at=time(10), by=coach)

    assert (again.number, again.starts_at) == (2, MORNING)
    assert held_count(engagement) == 0
    assert [stop.number for stop in stops_of(engagement, coach)] == [1]


def test_the_calendar_file_marks_it_cancelled_as_a_later_version():
    engagement, session = planned()
    cancel_session(session, by=person_of(engagement, Role.COACH), reason="Ziek")

    text = signed_in(engagement, Role.COACHEE).get(page(engagement, "calendar")).content.decode()

    event = icalendar.Calendar.from_ical(text).walk("VEVENT")[0]
    assert (str(event["STATUS"]), event["SEQUENCE"]) == ("CANCELLED", 1)
    assert "Ziek" not in text


def test_a_held_session_is_not_cancelled():
    engagement, session = planned()
    held(session)

    answer = signed_in(engagement, Role.COACH).post(page(engagement, "cancel", 1), {}, headers=EN)

    assert "This session has been held" in answer.content.decode()


@pytest.mark.parametrize(
    "deed",
    [
        lambda session, who: write_notes(session, texts={"question": "Hoe?"}, by=who),
        lambda session, who: write_private_note(session, text="Voor mij", by=who),
        lambda session, who: write_reflection(session, text="Achteraf"),
        lambda session, who: round_off(session, texts={}, by=who, minutes=60),
        lambda session, who: move_session(session, on=date(2026, 12, 3), at=time(9), by=who),
    ],
)
def test_nothing_is_added_to_a_cancelled_session(deed):
    engagement, session = planned()
    coach = person_of(engagement, Role.COACH)
    cancel_session(session, by=coach)

    with pytest.raises(Refused, match="cancelled"):
        deed(session, coach)


@pytest.mark.parametrize(
    "deed",
    [
        lambda session, who: write_notes(session, texts={"question": "Hoe?"}, by=who),
        lambda session, who: write_private_note(session, text="Voor mij", by=who),
        lambda session, who: write_reflection(session, text="Achteraf"),
        lambda session, who: round_off(session, texts={}, by=who, minutes=60),
        lambda session, who: cancel_session(session, by=who),
        lambda session, who: add_session(session.engagement, on=date(2026, 12, 3), at=time(9), by=who),
    ],
)
def test_what_a_page_opened_before_the_closing_sends_is_refused_with_the_stage(deed):
    engagement, session = planned()
    Engagement.objects.update(stage=Stage.CLOSED)

    with pytest.raises(Refused, match="This engagement is closed"):
        deed(session, person_of(engagement, Role.COACH))


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SPONSOR])
def test_the_organisation_cancels_nothing(role):
    engagement, _session = planned()

    assert signed_in(engagement, role).post(page(engagement, "cancel", 1), {}).status_code == 403
