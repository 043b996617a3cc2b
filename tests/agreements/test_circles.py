"""What is delivered is not judged by a criterion that only begins once it has been accepted."""

import pytest

from driehoek.access import Role, Shape
from driehoek.agreements import actions
from driehoek.evidence.deadlines import Anchor
from driehoek.kit.errors import Refused
from tests.agreements.makers import (
    DELIVERABLE,
    address,
    author_of,
    make_criterion,
    make_deliverable,
    make_goal,
    make_preparing,
    signed_in,
)

pytestmark = pytest.mark.django_db
NO_DAYS = {"window_starts": None, "deadline": None}


@pytest.fixture
def engagement():
    return make_preparing(shape=Shape.CONSULTANCY)


@pytest.fixture
def goal(engagement):
    return make_goal(engagement)


def counted_from(goal, deliverable, **given):
    after = Anchor("milestone", 90, "days", str(deliverable.pk))
    return make_criterion(goal, anchor=after, **NO_DAYS, **given)


def judge(deliverable, *criteria, language="en"):
    """Type by which criteria it is judged."""
    client = signed_in(deliverable.engagement, Role.CONSULTANT, language)
    page = address("deliverable", deliverable.engagement, deliverable.pk)
    typed = DELIVERABLE | {"judged_by": [str(one.pk) for one in criteria], "revision": deliverable.revision}
    return client.post(page, typed)


def wait_for(criterion, deliverable, language="en"):
    """Type after what it is counted."""
    client = signed_in(criterion.engagement, Role.CONSULTANT, language)
    page = address("criterion", criterion.engagement, criterion.goal_id, criterion.pk)
    typed = {"measure": criterion.measure, "form": "level", "direction": "up", "target": "7"}
    typed |= {"anchor": "milestone", "milestone": str(deliverable.pk), "within": "90", "span": "days"}
    return client.post(page, typed | {"revision": criterion.revision})


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", 'The period of "Score op heldere prioriteiten" only begins once this has been accepted'),
        ("nl", "De periode van “Score op heldere prioriteiten” begint pas als dit is aanvaard"),
    ],
)
def test_what_is_counted_from_something_does_not_judge_it(engagement, goal, language, says):
    promised = make_deliverable(engagement)
    criterion = counted_from(goal, promised)

    answer = judge(promised, criterion, language=language)

    assert answer.context["form"].errors["judged_by"][0].startswith(says)
    promised.refresh_from_db()
    assert promised.judged_by == []


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", 'Whether "Ontwerp van de schermen" is accepted depends on this criterion'),
        ("nl", "Of “Ontwerp van de schermen” wordt aanvaard, hangt af van dit criterium"),
    ],
)
def test_what_judges_something_does_not_wait_for_it(engagement, goal, language, says):
    criterion = make_criterion(goal)
    promised = make_deliverable(engagement, judged_by=[criterion.pk])

    answer = wait_for(criterion, promised, language)

    assert answer.context["form"].errors["milestone"][0].startswith(says)
    criterion.refresh_from_db()
    assert criterion.anchor == "fixed"


def test_a_circle_by_way_of_another_is_seen_as_well(engagement, goal):
    first, second = make_deliverable(engagement), make_deliverable(engagement, name="Livegang", week=9)
    after_first, after_second = counted_from(goal, first), counted_from(goal, second, measure="Fouten")
    judge(second, after_first)

    assert "judged_by" in judge(first, after_second).context["form"].errors
    facts = DELIVERABLE | {"judged_by": [after_second.pk], "deliverable_id": first.pk}
    with pytest.raises(Refused):
        actions.save_deliverable(engagement, by=author_of(engagement), **facts)


def test_what_waits_for_one_thing_may_judge_another(engagement, goal):
    first, second = make_deliverable(engagement), make_deliverable(engagement, name="Livegang", week=9)
    criterion = counted_from(goal, first)

    assert judge(second, criterion).status_code == 302
    assert wait_for(make_criterion(goal, measure="Fouten"), second).status_code == 302
