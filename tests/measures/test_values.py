"""Values that are typed in."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from driehoek.access import Role, Shape
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.measures import actions
from tests.makers import make_person, person_of
from tests.measures.makers import NOW, as_, make_agreed, make_values, measure, signed_in, the_criterion

pytestmark = pytest.mark.django_db
DAY = date(2027, 1, 10)
SHARE = {"form": "share_at_least", "target": Decimal("0.8"), "baseline": None, "unit": ""}


@pytest.fixture(autouse=True)
def _now():
    clock.move_to(NOW)


def page_of(engagement, name="enter"):
    return reverse(f"measures:{name}", args=[engagement.pk, the_criterion(engagement).pk])


def typed(engagement, value, on="2027-01-10", language="nl", **more):
    client = as_(engagement, Role.COACH, language)
    return client.post(page_of(engagement), {"on": on, "value": value, **more})


def standing(engagement):
    return dict(engagement.observations.values_list("on", "value"))


@pytest.mark.parametrize(
    ("written", "kept"),
    [("3,7", "3.7"), ("3.7", "3.7"), ("1.234,5", "1234.5"), ("-0,25", "-0.25"), ("0,125", "0.125")],
)
def test_value_is_kept_as_it_was_typed(written, kept):
    engagement = make_agreed()

    typed(engagement, written)

    assert standing(engagement) == {DAY: Decimal(kept)}


@pytest.mark.parametrize("written", ["1.234", "1,234"])
def test_number_that_can_be_read_in_two_ways_is_asked_again(written):
    engagement = make_agreed()

    answer = typed(engagement, written)

    assert "op twee manieren" in answer.content.decode()
    assert f'value="{written}"' in answer.content.decode()
    assert standing(engagement) == {}


@pytest.mark.parametrize("written", ["zeven", "", "12%", "1e400", "😀", "12345678901234567890", "0,1234567"])
def test_what_is_no_number_comes_back_with_a_reason(written):
    engagement = make_agreed()

    answer = typed(engagement, written)

    assert answer.status_code == 200
    assert answer.context["form"].errors["value"]
    assert standing(engagement) == {}


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "31-02-2027", "gisteren", "1999-12-31"])
def test_day_that_cannot_be_right_comes_back_with_a_reason(day):
    engagement = make_agreed()

    answer = typed(engagement, "3,7", on=day)

    assert answer.context["form"].errors["on"]
    assert standing(engagement) == {}


def test_day_that_is_still_to_come_is_refused_with_a_reason():
    engagement = make_agreed()

    answer = typed(engagement, "3,7", on="2027-02-02", language="en")

    assert "2 February 2027 is still to come" in answer.content.decode()
    assert standing(engagement) == {}


def test_today_can_be_entered():
    engagement = make_agreed()

    typed(engagement, "3,7", on="2027-02-01")

    assert len(standing(engagement)) == 1


def test_same_value_twice_is_one_value():
    engagement = make_agreed()

    first, again = typed(engagement, "3,7"), typed(engagement, "3,7")

    assert first.status_code == again.status_code == 302
    assert standing(engagement) == {DAY: Decimal("3.7")}


def test_other_value_on_the_same_day_asks_whether_it_replaces():
    engagement = make_agreed()
    typed(engagement, "3,7")

    answer = typed(engagement, "3,8", language="en")

    assert "10 January 2027 already holds another value" in answer.content.decode()
    assert 'value="3,8"' in answer.content.decode()
    assert standing(engagement) == {DAY: Decimal("3.7")}


def test_value_is_replaced_when_somebody_says_so():
    engagement = make_agreed()
    typed(engagement, "3,7")

    typed(engagement, "3,8", replace="on")

    assert standing(engagement) == {DAY: Decimal("3.8")}


def test_share_is_typed_as_a_percentage_and_kept_as_a_share():
    engagement = make_agreed(criterion=SHARE)

    typed(engagement, "82,5")

    assert standing(engagement) == {DAY: Decimal("0.825")}


def test_percentage_above_a_hundred_is_refused():
    engagement = make_agreed(criterion=SHARE)

    answer = typed(engagement, "101", language="en")

    assert "between 0 and 100" in answer.content.decode()


def test_mistake_can_be_taken_away_and_twice_does_no_harm():
    engagement = make_agreed()
    typed(engagement, "3,7")
    client = as_(engagement, Role.COACH)

    for _again in range(2):
        client.post(page_of(engagement, "remove"), {"on": "2027-01-10"})

    assert standing(engagement) == {}


def test_who_entered_a_value_stands_beside_it():
    engagement = make_agreed()
    typed(engagement, "3,7")

    answer = as_(engagement, Role.COACHEE).get(page_of(engagement))

    assert "by Marijke Aalbers" in answer.content.decode()


def test_criterion_of_another_engagement_is_not_found():
    engagement, other = make_agreed(), make_agreed()

    url = reverse("measures:enter", args=[engagement.pk, the_criterion(other).pk])

    assert as_(engagement, Role.COACH).get(url).status_code == 404


def test_stranger_finds_nothing():
    assert signed_in(make_person()).get(page_of(make_agreed())).status_code == 404


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SPONSOR])
def test_manager_and_sponsor_enter_nothing(role):
    engagement = make_agreed()

    assert as_(engagement, role).post(page_of(engagement), {}).status_code == 403


def test_more_values_than_anybody_needs_are_refused():
    engagement = make_agreed()
    make_values(engagement, 200)
    series = [(date.fromordinal(date(2020, 1, 1).toordinal() + n), Decimal(n)) for n in range(1900)]

    with pytest.raises(Refused, match=r"2.000"):
        actions.record_series(
            engagement, the_criterion(engagement).pk, by=person_of(engagement, Role.COACH), values=series
        )


def test_consultant_enters_and_sponsor_reads_by_the_clause():
    engagement = make_agreed(shape=Shape.CONSULTANCY, criterion={"baseline": Decimal(100)})
    measure(engagement, [(DAY, "42")], by=person_of(engagement, Role.CONSULTANT))

    answer = as_(engagement, Role.SPONSOR).get(reverse("measures:index", args=[engagement.pk]))

    assert "42" in answer.content.decode()
    assert "Because of the advice?" in answer.content.decode()
