"""Meetings before an agreement in a calendar of one's own: who has them there, and who moves them there."""

from datetime import UTC, timedelta

import pytest

from driehoek.access import Role, Stage
from driehoek.booking.actions import plan_meeting
from driehoek.calendars.models import Remark, Written
from driehoek.engagements.actions import cancel_meeting
from driehoek.engagements.models import Meeting
from driehoek.kit import clock
from driehoek.outbox.models import Letter
from driehoek.people.models import Person
from tests.availability.makers import bookable
from tests.booking.makers import MONDAY, NOW
from tests.calendars.makers import connect, follow, look, moved, page
from tests.documents.reading import read
from tests.makers import person_of
from tests.sessions.makers import make_coaching

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def _on_a_saturday():
    clock.move_to(NOW)


def planned(theirs, role, kind="three_way"):
    """A meeting that is planned, while this party has connected a calendar."""
    engagement = make_coaching(stage=Stage.PREPARING, title="Nee leren zeggen")
    bookable(person_of(engagement, Role.COACH))
    Person.objects.update(language="en")
    connect(person_of(engagement, role), theirs)
    by = person_of(engagement, Role.COACH)
    meeting = plan_meeting(engagement, kind, starts_at=MONDAY, by=by, instead_of=None)
    follow()
    return meeting, person_of(engagement, role)


def there(theirs, meeting):
    """When the meeting is by their calendar."""
    found = theirs.get(meeting.pk)
    return read(found).walk("VEVENT")[0].decoded("DTSTART").astimezone(UTC) if found else None


def here(meeting):
    return Meeting.objects.get(pk=meeting.pk).starts_at


def test_a_meeting_stands_there_at_once_neutral_and_leaves_when_cancelled(theirs):
    meeting, coach = planned(theirs, Role.COACH)

    text = theirs.get(meeting.pk)

    [item] = read(text).walk("VEVENT")
    assert (str(item["SUMMARY"]), str(item["UID"]), there(theirs, meeting)) == (
        "Meeting",
        str(meeting.pk),
        MONDAY,
    )
    for word in ("METHOD", "ATTENDEE", "Nee leren", "Johan", "three"):
        assert word not in text
    cancel_meeting(meeting.engagement, meeting.kind, by=coach)
    follow()
    assert not theirs.get(meeting.pk)
    assert not Written.objects.exists()


@pytest.mark.parametrize("role", [Role.COACH, Role.COACHEE])
def test_who_plans_it_moves_it_there_and_everybody_is_told(theirs, role):
    meeting, me = planned(theirs, role)
    moved(theirs, meeting.pk, TUESDAY)

    look(me)

    assert here(meeting) == there(theirs, meeting) == TUESDAY
    told = {one.to_address for one in Letter.objects.filter(template="meeting_moved")}
    assert {person_of(meeting.engagement, one).email for one in (Role.MANAGER, Role.SPONSOR)} <= told
    assert "You moved the meeting of 30 November 2026 at 10:00 to 1 December 2026 at 10:00." in page(me)
    look(me)
    assert (Remark.objects.count(), Meeting.objects.get().moves) == (1, 1)


def test_a_coachee_moves_it_within_the_hours_of_the_coach_only(theirs):
    meeting, coachee = planned(theirs, Role.COACHEE)
    evening = MONDAY + timedelta(hours=10)
    moved(theirs, meeting.pk, evening)

    look(coachee)

    assert here(meeting) == there(theirs, meeting) == MONDAY
    assert "That is not possible, so it was put back." in page(coachee)


def test_a_manager_cannot_move_it_there(theirs):
    meeting, manager = planned(theirs, Role.MANAGER)
    moved(theirs, meeting.pk, TUESDAY)

    look(manager)

    assert here(meeting) == there(theirs, meeting) == MONDAY
    assert "You do not plan this meeting. Ask who does for another moment." in page(manager)
    [letter] = Letter.objects.filter(template="put_back")
    assert letter.to_address == manager.email
    assert "/calendar/" in letter.open()["text"]
    moved(theirs, meeting.pk, TUESDAY)
    look(manager)
    assert Letter.objects.filter(template="put_back").count() == 1  # once a day


def test_of_the_first_conversation_nothing_stands_in_the_calendar_of_a_manager(theirs):
    meeting, _manager = planned(theirs, Role.MANAGER, kind="acquaintance")

    assert not theirs.get(meeting.pk)
    assert not Written.objects.exists()


def test_what_is_removed_there_still_takes_place_and_comes_back(theirs):
    meeting, coach = planned(theirs, Role.COACH)
    theirs.remove(meeting.pk)

    look(coach)

    assert there(theirs, meeting) == MONDAY
    assert "You removed the meeting of 30 November 2026 at 10:00 from your calendar." in page(coach)


def test_who_takes_part_no_longer_is_rid_of_it(theirs):
    meeting, manager = planned(theirs, Role.MANAGER)
    assert there(theirs, meeting) == MONDAY

    meeting.engagement.parties.filter(role=Role.MANAGER).update(accepted_at=None)
    look(manager)

    assert not theirs.get(meeting.pk)
    assert Meeting.objects.get().cancelled_at is None
