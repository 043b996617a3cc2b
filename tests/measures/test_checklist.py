"""A list of behaviours that is ticked off, and feeds a series."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.urls import reverse

from driehoek.access import Role
from driehoek.kit import clock
from driehoek.measures import actions, queries
from tests.makers import person_of
from tests.measures.makers import NOW, WHY, as_, make_agreed, the_criterion
from tests.measures.test_files import SHARE

pytestmark = pytest.mark.django_db
ITEMS = ["Begint de week met wat eerst komt", "Stelt eerst een vraag", "Geeft werk uit handen"]
DAY = "2027-01-11"
SEEN = [True, False, True]


@pytest.fixture(autouse=True)
def _now():
    clock.move_to(NOW)


def page_of(engagement, name="checklist"):
    return reverse(f"measures:{name}", args=[engagement.pk, the_criterion(engagement).pk])


def listed(engagement, items=ITEMS):
    by = person_of(engagement, Role.COACH)
    actions.make_checklist(engagement, the_criterion(engagement).pk, by=by, items=items)


def ticked(engagement, *answers, on=DAY, language="en", **more):
    given = {f"item-{place}": answer for place, answer in enumerate(answers)}
    return as_(engagement, Role.COACH, language).post(
        page_of(engagement), {"on": on, "reason": WHY} | given | more
    )


@pytest.fixture
def engagement():
    return make_agreed(criterion=SHARE)


def test_a_list_is_written_first_and_begins_with_what_was_agreed(engagement):
    coach = as_(engagement, Role.COACH)
    page = coach.get(page_of(engagement), follow=True)
    goal = queries.verdict_on(engagement, the_criterion(engagement).pk).criterion.goal
    assert page.context["form"]["items"].value() == "\n".join(goal.learning_goals)

    assert "(mag leeg blijven)" not in page.content.decode(), "an empty list is refused"
    coach.post(page_of(engagement, "write_checklist"), {"items": "\n".join(ITEMS)})

    shown = coach.get(page_of(engagement)).content.decode()
    assert all(item in shown for item in ITEMS)


def test_the_share_that_was_seen_is_the_value_of_that_day_unrounded(engagement):
    listed(engagement)

    ticked(engagement, "yes", "yes", "no")

    row = engagement.observations.get()
    assert (row.value, row.out_of, row.source) == (2, 3, "seen")
    state = queries.verdict_on(engagement, the_criterion(engagement).pk)
    assert (state.verdict.value, state.verdict.status) == (Fraction(2, 3), "not_reached")
    assert state.certainty.reason == "ticked_off"


def test_what_was_seen_stands_beside_the_list_and_the_value_says_that_it_was_ticked_off(engagement):
    listed(engagement)
    ticked(engagement, "yes", "yes", "no")

    page = as_(engagement, Role.COACHEE, "en").get(page_of(engagement))
    assert [[cell.seen for cell in row.cells] for row in page.context["rows"]] == [[True], [True], [False]]
    shown = as_(engagement, Role.COACH, "en").get(page_of(engagement, "enter")).content.decode()
    assert "ticked off, by Marijke Aalbers" in shown
    assert "(2 of 3)" in shown


def test_every_item_is_answered_and_what_was_chosen_stays(engagement):
    listed(engagement)

    page = ticked(engagement, "yes", "yes")

    assert page.context["form"].errors["item-2"]
    assert page.context["form"]["item-0"].value() == "yes"
    assert not engagement.observations.exists()


def test_another_answer_on_the_same_day_asks_whether_it_replaces_and_the_old_one_stays(engagement):
    listed(engagement)
    ticked(engagement, "yes", "yes", "no")

    assert "already holds another value" in ticked(engagement, "yes", "no", "no").content.decode()
    ticked(engagement, "yes", "no", "no", replace="on", reason="Verkeerde week")

    page = as_(engagement, Role.COACH).get(page_of(engagement))
    assert [[cell.seen for cell in row.cells] for row in page.context["rows"]] == [[True], [False], [False]]
    assert engagement.observations.count() == 2


@pytest.mark.parametrize(
    ("items", "words"),
    [(["Een"], "two to twelve"), ([str(n) for n in range(13)], "two to twelve"), (["Een", "een "], "twice")],
)
def test_a_list_that_cannot_be_ticked_off_is_refused_and_stays_where_it_was_typed(engagement, items, words):
    page = as_(engagement, Role.COACH, "en").post(
        page_of(engagement, "write_checklist"), {"items": "\n".join(items)}
    )

    assert words in page.content.decode()
    assert page.context["form"]["items"].value() == "\n".join(items)


def test_a_list_that_was_used_stays_as_it_is(engagement):
    listed(engagement)
    ticked(engagement, "yes", "yes", "no")

    page = as_(engagement, Role.COACH, "en").post(
        page_of(engagement, "write_checklist"), {"items": "Een\nTwee"}
    )

    assert "This list was used" in page.content.decode()


def test_a_day_to_come_is_refused(engagement):
    listed(engagement)
    assert "still to come" in ticked(engagement, "yes", "yes", "no", on="2027-02-02").content.decode()


def test_where_no_share_was_agreed_there_is_no_list():
    engagement = make_agreed()
    assert as_(engagement, Role.COACH).get(page_of(engagement)).status_code == 404


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SPONSOR])
def test_manager_and_sponsor_tick_nothing_off(engagement, role):
    listed(engagement)
    assert as_(engagement, role).get(page_of(engagement)).status_code == 403


def test_the_page_asks_as_often_for_one_day_as_for_twenty(engagement, django_assert_max_num_queries):
    listed(engagement)
    by = person_of(engagement, Role.COACH)
    for day in range(1, 21):
        kept = engagement.checklists.get()
        actions.tick_off(engagement, kept, by=by, on=date(2027, 1, day), seen=SEEN, reason=WHY)
    client = as_(engagement, Role.COACH)
    with django_assert_max_num_queries(10):
        page = client.get(page_of(engagement))
    assert len(page.context["moments"]) == 6
    assert engagement.observations.filter(value=Decimal(2)).count() == 20
