"""The calendar file: days and times that other programs read right, and nothing else."""

from datetime import UTC, datetime

import pytest

from driehoek.access import Role
from driehoek.sessions.actions import plan_series, write_notes
from tests.documents.reading import read, turns_of
from tests.makers import person_of
from tests.sessions.makers import make_coaching, page, signed_in


@pytest.mark.django_db
def test_other_programs_read_the_right_moments_on_both_sides_of_the_clock_change():
    engagement = make_coaching(
        logistics={"first_session_on": "2026-10-22", "session_count": 2, "every_weeks": 1}
    )
    plan_series(engagement, by=person_of(engagement, Role.COACH))

    answer = signed_in(engagement, Role.COACHEE).get(page(engagement, "calendar"))

    events = turns_of(answer.content.decode())
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert [event.decoded("DTSTART").astimezone(UTC) for event in events] == [
        datetime(2026, 10, 22, 8, tzinfo=UTC),
        datetime(2026, 10, 29, 9, tzinfo=UTC),
    ]
    assert events[0].decoded("DTEND").astimezone(UTC) == datetime(2026, 10, 22, 9, tzinfo=UTC)


@pytest.mark.django_db
def test_the_file_holds_no_word_of_the_engagement():
    engagement = make_coaching(title="Nee leren zeggen")
    session = plan_series(engagement, by=person_of(engagement, Role.COACH))[0]
    write_notes(session, texts={"question": "Hoe zeg ik nee?"}, by=person_of(engagement, Role.COACHEE))

    client = signed_in(engagement, Role.COACH)
    dutch = client.get(page(engagement, "calendar"), headers={"accept-language": "nl"}).content.decode()
    english = client.get(page(engagement, "calendar"), headers={"accept-language": "en"}).content.decode()

    assert {str(event["SUMMARY"]) for event in read(dutch).walk("VEVENT")} == {"Gesprek"}
    assert {str(event["SUMMARY"]) for event in read(english).walk("VEVENT")} == {"Session"}
    for word in ("Nee leren", "zeg ik", "Johan", "Marijke"):
        assert word not in dutch + english
