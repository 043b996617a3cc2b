"""Twenty people want one hour of one coach: one gets it, and nobody meets two people at once."""

from datetime import UTC, date, datetime, time
from functools import partial

import pytest

from driehoek.access import Role
from driehoek.kit.errors import Refused
from driehoek.outbox.models import Letter
from driehoek.sessions.actions import add_session, move_session, plan_series
from driehoek.sessions.models import Session
from tests.makers import make_person, person_of
from tests.racing import at_once
from tests.sessions.makers import make_coaching, make_session

pytestmark = pytest.mark.django_db(transaction=True)
ON, AT = date(2026, 12, 1), time(10)
MORNING = datetime(2026, 12, 1, 9, tzinfo=UTC)


def two_of_one_coach(**given):
    coach = make_person("Marijke Aalbers")
    return coach, [
        make_coaching(coach=coach, coachee=make_person(name), **given) for name in ("Johan", "Saskia")
    ]


def test_adding_moving_and_planning_at_once_give_one_hour_away_once():
    coach, (one, other) = two_of_one_coach(
        logistics={"first_session_on": "2026-12-01", "session_count": 40, "every_weeks": 52}
    )
    later = make_session(other, 1, starts_at=datetime(2027, 2, 1, 9, tzinfo=UTC))
    adds = [partial(add_session, which, on=ON, at=AT, by=coach) for which in (one, other) for _ in range(9)]
    move = partial(move_session, later, on=ON, at=AT, by=person_of(other, Role.COACH))

    brought = at_once(*adds, move, partial(plan_series, one, by=coach))

    standing = Session.objects.filter(starts_at=MORNING, cancelled_at=None)
    assert standing.count() == 1, brought
    refused = [what for what in brought if isinstance(what, Exception)]
    assert all(isinstance(what, Refused) for what in refused), refused
    assert refused
    letters = Letter.objects.filter(template__in=["session_planned", "session_moved"])
    at_other_hours = one.sessions.exclude(starts_at=MORNING)
    is_rest = standing.get().series is None and at_other_hours.exists()  # after the one added
    assert letters.count() == (4 if is_rest else 2)
