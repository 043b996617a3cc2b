"""The days of the reviews in the calendar that programs read."""

from datetime import date, time

import pytest

from driehoek.access import Role, Shape, Stage
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.sessions.actions import move_session, plan_series
from tests.calendars.test_feed import told
from tests.makers import person_of
from tests.measures.makers import make_agreed as make_agreed_work
from tests.sessions.makers import NOW, make_agreed, make_coaching

pytestmark = pytest.mark.django_db


def test_a_review_with_a_day_of_its_own_stands_there_and_says_no_more_than_that_it_is_one():
    engagement = make_coaching(logistics={"session_count": 6, "first_session_on": "2026-10-08"})
    engagement.versions.update(
        first_session_on=date(2026, 10, 8), every_weeks=3, review_after_session=3, session_count=6,
        review_by_days=True, ends_on=date(2026, 12, 31),
    )  # fmt: skip

    days = [
        event for event in told(person_of(engagement, Role.COACHEE)) if "VALUE" in event["DTSTART"].params
    ]

    found = [date(2026, 11, 7), date(2026, 11, 19), date(2026, 12, 7)]  # not the question after session four
    assert [event.decoded("DTSTART") for event in days] == found
    assert {str(event["SUMMARY"]) for event in days} == {"Terugblik"}
    assert len({str(event["UID"]) for event in days}) == 3


def test_the_reviews_of_a_consultancy_stand_with_those_who_hold_them():
    engagement = make_agreed_work(shape=Shape.CONSULTANCY)

    found = {
        role: [event.decoded("DTSTART") for event in told(person_of(engagement, role))]
        for role in (Role.CONSULTANT, Role.SPONSOR, Role.COACH)
        if engagement.parties.filter(role=role).exists()
    }

    days = [date(2026, 9, 26), date(2026, 10, 26), date(2026, 11, 25)]
    assert found == {Role.CONSULTANT: days, Role.SPONSOR: days}


def test_the_day_of_the_review_is_that_of_its_session_wherever_that_was_moved():
    clock.move_to(NOW)
    engagement = make_coaching(logistics={"session_count": 3, "first_session_on": "2026-10-08"})
    engagement.versions.update(first_session_on=date(2026, 10, 8), every_weeks=3, review_after_session=2)
    coachee, coach = person_of(engagement, Role.COACHEE), person_of(engagement, Role.COACH)

    def review():
        return [event.decoded("DTSTART") for event in told(coachee) if "VALUE" in event["DTSTART"].params]

    assert review() == [date(2026, 10, 29)]
    sessions = plan_series(engagement, by=coach)
    move_session(sessions[1], on=date(2026, 11, 3), at=time(14), by=coach)
    assert review() == [date(2026, 11, 3)]
    Engagement.objects.update(stage=Stage.CLOSED)
    assert review() == []


def test_an_agreement_without_a_rhythm_has_no_review_in_it():
    engagement = make_coaching(stage=Stage.PREPARING)
    make_agreed(engagement, logistics={})

    assert told(person_of(engagement, Role.COACHEE)) == []
