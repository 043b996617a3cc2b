"""Pausing, stopping and closing at the same moment: one outcome, and nobody is told otherwise."""

from datetime import UTC, date, datetime

import pytest

from driehoek.access import Role, Stage
from driehoek.engagements.actions import pause, put_in_force, resume, take_back_notice
from driehoek.engagements.models import Engagement, Notice, Pause
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.outbox.models import Letter
from driehoek.results.actions import begin_closing, close_engagement, end_after_notice, stop
from tests.makers import person_of
from tests.measures.makers import make_agreed
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)
LAST_DAY = date(2026, 12, 24)


@pytest.fixture
def engagement():
    clock.move_to(datetime(2026, 12, 10, 9, tzinfo=UTC))
    return make_agreed()


def fresh(engagement):
    return Engagement.objects.get(pk=engagement.pk)


def letters():
    return Letter.objects.filter(template="engagement_news").count()


def test_pressing_pause_twice_at_once_is_one_pause(engagement):
    coachee = person_of(engagement, Role.COACHEE)
    brought = at_once(*[lambda: pause(fresh(engagement), by=coachee, reason="Druk")] * 2)
    assert not [what for what in brought if isinstance(what, Exception)], brought
    assert (Pause.objects.count(), letters(), fresh(engagement).stage) == (1, 3, Stage.PAUSED)


def test_two_people_pausing_at_once_make_one_pause_and_one_of_them_is_told(engagement):
    people = [person_of(engagement, role) for role in (Role.COACHEE, Role.COACH)]
    brought = at_once(*[lambda by=by: pause(fresh(engagement), by=by) for by in people])
    assert sorted(type(what).__name__ for what in brought) == ["Pause", "Refused"]
    assert (Pause.objects.count(), letters()) == (1, 3)


def test_going_on_twice_at_once_is_going_on_once(engagement):
    coachee = person_of(engagement, Role.COACHEE)
    pause(engagement, by=coachee)
    brought = at_once(*[lambda: resume(fresh(engagement), by=coachee)] * 2)
    assert brought == [None, None]
    assert (fresh(engagement).stage, letters()) == (Stage.ACTIVE, 6)


def test_stopping_twice_at_once_is_one_notice(engagement):
    coach = person_of(engagement, Role.COACH)
    brought = at_once(*[lambda: stop(fresh(engagement), by=coach, seen=LAST_DAY)] * 2)
    assert not [what for what in brought if isinstance(what, Exception)], brought
    assert (Notice.objects.count(), letters(), fresh(engagement).stops_on) == (1, 3, LAST_DAY)


def test_two_parties_stopping_at_once_make_one_notice_and_one_of_them_is_told(engagement):
    people = [person_of(engagement, role) for role in (Role.COACHEE, Role.SPONSOR)]
    brought = at_once(*[lambda by=by: stop(fresh(engagement), by=by, seen=LAST_DAY) for by in people])
    assert sorted(type(what).__name__ for what in brought) == ["Notice", "Refused"]
    assert (Notice.objects.count(), letters()) == (1, 3)


def test_stopping_while_the_closing_begins_has_one_outcome(engagement):
    coachee, coach = person_of(engagement, Role.COACHEE), person_of(engagement, Role.COACH)
    brought = at_once(
        lambda: stop(fresh(engagement), by=coachee, seen=LAST_DAY),
        lambda: begin_closing(fresh(engagement), by=coach),
    )
    now = fresh(engagement)
    assert now.stage == Stage.CLOSING
    assert (now.stops_on is None) == isinstance(brought[0], Refused) == engagement.closing_talks.exists()


def test_stopping_while_it_is_paused_at_once_never_leaves_a_paused_stop(engagement):
    coachee, coach = person_of(engagement, Role.COACHEE), person_of(engagement, Role.COACH)
    at_once(
        lambda: stop(fresh(engagement), by=coachee, seen=LAST_DAY), lambda: pause(fresh(engagement), by=coach)
    )
    now = fresh(engagement)
    assert (now.stage, now.stops_on, now.paused_on) == (Stage.CLOSING, LAST_DAY, None)


def test_stopping_while_a_new_agreement_comes_into_force_has_one_outcome(engagement):
    coachee, table = person_of(engagement, Role.COACHEE), engagement.table
    brought = at_once(
        lambda: stop(fresh(engagement), by=coachee, seen=LAST_DAY),
        lambda: put_in_force(fresh(engagement), table=table, fingerprint="e" * 64, on=date(2026, 12, 10)),
    )
    assert isinstance(brought[0], Notice)
    now = fresh(engagement)
    assert now.stage == Stage.CLOSING
    assert (now.fingerprint_in_force == "e" * 64) == (not isinstance(brought[1], Refused))


def test_taking_back_and_closing_at_once_on_the_day_after_closes_it_once(engagement):
    coachee = person_of(engagement, Role.COACHEE)
    stop(engagement, by=coachee, seen=LAST_DAY)
    clock.move_to(datetime(2026, 12, 25, 9, tzinfo=UTC))
    brought = at_once(
        lambda: take_back_notice(fresh(engagement), by=coachee),
        lambda: close_engagement(fresh(engagement)),
        lambda: end_after_notice(fresh(engagement)),
    )
    assert isinstance(brought[0], Refused)
    assert fresh(engagement).stage == Stage.CLOSED
