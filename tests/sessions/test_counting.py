"""What cancelling means is said beforehand, by the agreement, and the count follows it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from driehoek.access import Role
from driehoek.agreements import actions as agreements
from driehoek.agreements.queries import cancel_rule, terms, version_in_force
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.sessions.actions import add_session, cancel_session, let_go, move_session, plan_series
from driehoek.sessions.models import Session
from tests.agreements.makers import amend, author_of, fresh, make_in_force, make_preparing
from tests.makers import person_of
from tests.sessions.makers import make_coaching, make_session, page, signed_in

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 12, 1, 9, tzinfo=UTC)
LATE, IN_TIME = MORNING - timedelta(hours=23), MORNING - timedelta(hours=25)
EN = {"accept-language": "en"}
RULE = {"cancel_hours": 24, "late_cancel_counts": True, "session_count": 2}


def planned(**logistics):
    engagement = make_coaching(logistics=RULE | logistics)
    return engagement, make_session(engagement, 1, starts_at=MORNING)


@pytest.mark.parametrize(
    ("logistics", "at", "role", "says", "counts"),
    [
        ({}, LATE, Role.COACHEE, "it counts as used", True),
        ({}, IN_TIME, Role.COACHEE, "cancel freely until Monday 30 November at 10:00", False),
        ({"late_cancel_counts": False}, LATE, Role.COACHEE, "later than agreed", False),
        ({"cancel_hours": None}, LATE, Role.COACHEE, "names no rule about cancelling", False),
        ({}, LATE, Role.COACH, "When the coach cancels", False),
    ],
)
def test_the_rule_is_said_before_confirming_and_then_kept(logistics, at, role, says, counts):
    engagement, session = planned(**logistics)
    clock.move_to(at)
    client = signed_in(engagement, role)

    asked = client.get(page(engagement, "cancel", 1), headers=EN).content.decode()
    client.post(page(engagement, "cancel", 1), {"counts": "yes" if counts else "no"})

    session.refresh_from_db()
    assert says in " ".join(asked.split())
    assert (session.is_cancelled, session.counts_as_used) == (True, counts)


def test_what_became_late_while_the_page_was_open_is_asked_again_with_the_reason_kept():
    engagement, session = planned()
    clock.move_to(LATE)
    client = signed_in(engagement, Role.COACHEE)
    told = {"counts": "no", "reason": "Ik ben ziek"}

    answer = client.post(page(engagement, "cancel", 1), told, headers=EN)

    session.refresh_from_db()
    assert not session.is_cancelled
    shown = answer.content.decode()
    assert "What cancelling means has changed" in shown
    assert "Ik ben ziek" in shown
    client.post(page(engagement, "cancel", 1), answer.context["form"].data.dict())
    session.refresh_from_db()
    assert session.counts_as_used


def test_a_session_that_was_used_takes_a_turn_until_the_coach_lets_it_go():
    engagement, session = planned()
    coach = person_of(engagement, Role.COACH)
    clock.move_to(LATE)
    cancel_session(session, by=person_of(engagement, Role.COACHEE))
    add_session(engagement, on=MORNING.date() + timedelta(days=7), at=MORNING.time(), by=coach)
    more = {"on": MORNING.date() + timedelta(days=14), "at": MORNING.time(), "by": coach}
    with pytest.raises(Refused, match="all are planned"):
        add_session(engagement, **more)

    seen = signed_in(engagement, Role.COACHEE).get(page(engagement, "index"), headers=EN).content.decode()
    assert "0 of 2 held, 1 planned, 1 cancelled late and used, none left to plan." in seen
    assert page(engagement, "waive", 1) not in seen
    assert signed_in(engagement, Role.COACHEE).post(page(engagement, "waive", 1)).status_code == 403
    signed_in(engagement, Role.COACH).post(page(engagement, "waive", 1))

    assert not Session.objects.get(pk=session.pk).counts_as_used
    add_session(engagement, **more)


def test_a_cancelled_session_gives_its_number_back_and_one_that_counts_keeps_it():
    engagement = make_coaching(logistics=RULE | {"session_count": 4, "first_session_on": "2026-12-01"})
    coach, coachee = (person_of(engagement, role) for role in (Role.COACH, Role.COACHEE))
    clock.move_to(MORNING - timedelta(days=9))
    one, two, three, _four = plan_series(engagement, by=coach)
    late = two.starts_at - timedelta(hours=2)
    cancel_session(one, by=coachee)
    add_session(engagement, on=date(2027, 3, 2), at=time(10), by=coach)

    assert called(engagement) == [(1, True), (1, False), (2, False), (3, False), (4, False)]
    clock.move_to(late)
    cancel_session(two, by=coachee)
    assert called(engagement) == [(1, True), (1, True), (2, False), (3, False), (4, False)]
    let_go(engagement.sessions.get(pk=two.pk), by=coach)
    assert called(engagement) == [(1, True), (1, True), (1, False), (2, False), (3, False)]
    move_session(three, on=date(2027, 3, 9), at=time(10), by=coach)
    assert engagement.sessions.get(pk=three.pk).nth == 3

    shown = signed_in(engagement, Role.COACHEE).get(page(engagement, "index"), headers=EN).content.decode()
    assert "Session 5" not in shown
    assert "0 of 4 held, 3 planned, 1 still to plan." in shown
    assert (
        "session 1, "
        in signed_in(engagement, Role.COACH).get(page(engagement, "talk", 4), headers=EN).content.decode()
    )


def test_sessions_that_are_cancelled_one_after_the_other_keep_the_names_they_had():
    engagement = make_coaching(logistics=RULE | {"session_count": 4, "first_session_on": "2026-12-01"})
    coach = person_of(engagement, Role.COACH)
    clock.move_to(MORNING - timedelta(days=9))
    _one, two, three, four = plan_series(engagement, by=coach)

    for session in (four, three, two):
        cancel_session(session, by=coach)

    assert called(engagement) == [(1, False), (2, True), (3, True), (4, True)]
    add_session(engagement, on=date(2027, 3, 2), at=time(10), by=coach)
    assert called(engagement)[-1] == (2, False)


def called(engagement):
    """What each session is called, by day, and whether it was cancelled."""
    return [(one.nth, one.is_cancelled) for one in engagement.sessions.order_by("starts_at")]


def test_the_rule_is_frozen_with_the_agreement_and_a_dropped_change_takes_its_own_back():
    engagement = make_preparing()
    make_in_force(engagement)
    agreed = cancel_rule(terms(version_in_force(engagement)))
    assert (agreed.hours, agreed.late_counts) == (24, True)

    amend(engagement)
    logistics = {"cancel_hours": 48, "late_cancel_counts": False}
    author = author_of(engagement)
    agreements.save_draft(fresh(engagement), by=author, part="agreements:practical", logistics=logistics)
    agreements.drop_amendment(fresh(engagement), by=author)

    assert fresh(engagement).draft.cancel_hours == 24
    assert fresh(engagement).draft.late_cancel_counts
