"""What an amendment did to a criterion is said wherever the criterion is, for ever."""

from decimal import Decimal

import pytest
from django.urls import reverse

from driehoek.access import Role, Stage
from driehoek.agreements import actions
from driehoek.agreements.models import Criterion, Goal
from driehoek.agreements.queries import (
    agreed_criteria,
    dropped_lines,
    goals_of,
    later_words,
    version_in_force,
)
from driehoek.engagements.actions import pause
from driehoek.kit import clock
from driehoek.measures.actions import record_value
from driehoek.measures.models import Observation
from driehoek.people.models import Person
from tests.agreements.makers import (
    CRITERION,
    address,
    amend,
    author_of,
    change_target,
    fresh,
    make_criterion,
    make_goal,
    make_in_force,
    make_preparing,
    signed_by_all,
    signed_in,
)
from tests.makers import person_of
from tests.results.makers import composed
from tests.sessions.makers import make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def engagement():
    return make_preparing()


@pytest.fixture
def first(engagement):
    return make_in_force(engagement)


def test_a_changed_criterion_says_for_ever_what_was_agreed_at_the_start(engagement, first):
    amend(engagement)
    change_target(engagement)
    signed_by_all(engagement)
    amend(engagement)
    change_target(engagement, "0.25")
    signed_by_all(engagement)

    [criterion] = agreed_criteria(fresh(engagement))

    assert criterion.later.number == 3
    assert criterion.later.first.terms.target == Decimal("0.15")
    assert "15" in later_words(criterion)
    assert "version 3" in later_words(criterion)


def test_a_criterion_put_back_as_it_was_at_the_start_carries_no_mark(engagement, first):
    for target in ("0.20", "0.15"):
        amend(engagement)
        change_target(engagement, target)
        signed_by_all(engagement)

    [criterion] = agreed_criteria(fresh(engagement))

    assert criterion.later is None


def test_an_added_criterion_is_marked_and_the_others_are_not(engagement, first):
    amend(engagement)
    make_criterion(Goal.objects.get(engagement=engagement), measure="Aantal klachten")
    signed_by_all(engagement)

    marks = {one.measure: later_words(one) for one in agreed_criteria(fresh(engagement))}

    assert marks["Score op heldere prioriteiten"] == ""
    assert "Added after the start, in version 2" in marks["Aantal klachten"]
    paper = signed_in(engagement, Role.MANAGER).get(address("index", engagement)).content.decode()
    assert "Added after the start, in version 2" in paper


def test_what_was_measured_stays_when_its_criterion_or_goal_is_dropped(engagement, first):
    [criterion] = Criterion.objects.filter(engagement=engagement)
    coachee = person_of(engagement, Role.COACHEE)
    record_value(fresh(engagement), criterion.pk, by=coachee, on=clock.today(), value=Decimal("3.4"))
    amend(engagement)
    make_criterion(make_goal(engagement, number=2, about="iets anders"))
    actions.remove_goal(criterion.goal, by=author_of(engagement))
    signed_by_all(engagement)

    assert Observation.objects.filter(criterion=criterion).count() == 1
    assert [goal.position for goal in goals_of(engagement)] == [1]
    assert [line for line in dropped_lines(version_in_force(fresh(engagement))) if criterion.measure in line]


def test_a_criterion_added_and_changed_later_was_added_when_it_first_stood_there(engagement, first):
    amend(engagement)
    goal = Goal.objects.get(engagement=engagement)
    added = make_criterion(goal, measure="Aantal klachten")
    signed_by_all(engagement)
    amend(engagement)
    facts = CRITERION | {"measure": "Aantal klachten", "target": Decimal("0.5")}
    actions.save_criterion(goal, by=author_of(engagement), criterion_id=added.pk, **facts)
    signed_by_all(engagement)

    [later] = [one.later for one in agreed_criteria(fresh(engagement)) if one.later]

    assert (later.number, later.first) == (2, None)


def seen(engagement, role, url):
    return signed_in(engagement, role).get(url).content.decode()


@pytest.mark.parametrize(
    ("name", "place", "role"),
    [
        ("engagement", (), Role.COACHEE),
        ("measures:index", (), Role.COACHEE),
        ("reviews:review", ("interim",), Role.COACHEE),
        ("brief", (1,), Role.COACH),
    ],
)
def test_every_page_with_a_changed_criterion_says_so(engagement, first, name, place, role):
    amend(engagement)
    change_target(engagement)
    signed_by_all(engagement)
    make_session(engagement, 1)

    said = seen(engagement, role, reverse(name, args=[engagement.pk, *place]))

    assert "Changed after the start, in version 2" in said


def test_the_page_of_measurements_names_what_was_dropped(engagement, first):
    [criterion] = Criterion.objects.filter(engagement=engagement)
    amend(engagement)
    make_criterion(criterion.goal, measure="Aantal klachten")
    actions.remove_criterion(criterion, by=author_of(engagement))
    signed_by_all(engagement)

    assert "Dropped in version 2" in seen(
        engagement, Role.COACHEE, reverse("measures:index", args=[engagement.pk])
    )


def test_what_was_not_fixed_beforehand_stands_in_the_report_and_does_not_count(engagement, first):
    amend(engagement)
    goal = Goal.objects.get(engagement=engagement)
    dropped = Criterion.objects.get(engagement=engagement)
    kept = make_criterion(goal, measure="Aantal klachten", form="level", target=Decimal("1"), unit="stuks")
    actions.remove_criterion(dropped, by=author_of(engagement))
    signed_by_all(engagement)
    clock.move_to(clock.now().replace(year=2027, month=3))
    coachee = person_of(engagement, Role.COACHEE)
    record_value(
        fresh(engagement), kept.pk, by=coachee, on=kept.deadline, value=Decimal("5"), reason="Nu pas bekend"
    )

    Person.objects.filter(pk=person_of(engagement, Role.SPONSOR).pk).update(language="en")
    said = str(composed(engagement, Role.SPONSOR, ["measurements"]))

    assert "One criterion was added or changed after the start and is not counted here." in said
    assert "One criterion was dropped." in said
    assert "The criterion was reached" not in said
    assert "Aantal klachten. Added after the start, in version 2" in said
    assert "Dropped in version 2" in said


def test_differences_are_told_from_what_is_in_force_and_not_from_what_was_taken_back(engagement, first):
    amend(engagement)
    change_target(engagement, "0.20")
    withdrawn = actions.offer(fresh(engagement), by=author_of(engagement))
    actions.withdraw(withdrawn, by=author_of(engagement))
    change_target(engagement, "0.25")
    actions.offer(fresh(engagement), by=author_of(engagement))

    page = seen(engagement, Role.MANAGER, address("sign", engagement))

    assert "What is different from version 1" in page
    assert "<del>15" in page


@pytest.mark.parametrize(("stage", "leads"), [(Stage.ACTIVE, True), (Stage.PAUSED, False)])
def test_a_change_that_rests_leads_nobody_to_sign(engagement, first, stage, leads):
    amend(engagement)
    change_target(engagement)
    actions.offer(fresh(engagement), by=author_of(engagement))
    if stage is Stage.PAUSED:
        pause(fresh(engagement), by=person_of(engagement, Role.COACHEE))

    pages = [
        seen(engagement, Role.MANAGER, f"/engagements/{engagement.pk}/{page}") for page in ("", "agreement/")
    ]

    assert (address("sign", engagement) in pages[1]) is leads
    assert ("version 2" in pages[0].casefold()) is leads


def test_a_criterion_of_a_dropped_goal_has_no_page_of_the_draft_any_more(engagement, first):
    [criterion] = Criterion.objects.filter(engagement=engagement)
    amend(engagement)
    actions.remove_goal(criterion.goal, by=author_of(engagement))

    ahead = signed_in(engagement, Role.COACH).get(address("ahead", engagement, criterion.pk))

    assert ahead.status_code == 404
