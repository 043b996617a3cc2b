"""Counting everything in the period together, each value by its volume."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from driehoek.access import Role
from driehoek.agreements.models import Criterion
from driehoek.agreements.queries import agreed_criteria
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.measures import actions, queries
from tests.agreements.makers import make_criterion, make_goal, make_preparing
from tests.makers import person_of
from tests.measures.makers import NOW, WHY, as_, make_agreed, the_criterion
from tests.measures.series import taken

pytestmark = pytest.mark.django_db
ERRORS = {
    "direction": "down",
    "target": Decimal("0.5"),
    "baseline": Decimal("0.084"),
    "unit": "fouten per order",
}
WEIGHTED = ERRORS | {"counted": "weighted"}


@pytest.fixture(autouse=True)
def _now():
    clock.move_to(NOW)


@pytest.fixture
def engagement():
    return make_agreed(criterion=WEIGHTED)


def page_of(engagement, name):
    return reverse(f"measures:{name}", args=[engagement.pk, the_criterion(engagement).pk])


def typed(engagement, **given):
    words = {"on": "2027-01-10", "value": "24", "out_of": "300", "reason": WHY} | given
    return as_(engagement, Role.COACH, "en").post(page_of(engagement, "enter"), words)


def sent(engagement, content):
    return taken(engagement, content.encode())


def test_how_it_is_counted_is_agreed_and_frozen(engagement):
    assert [one.terms.counted for one in agreed_criteria(engagement)] == ["weighted"]
    assert [one.terms.counted for one in agreed_criteria(make_agreed())] == ["last"]
    shown = as_(engagement, Role.COACH, "en").get(reverse("agreements:index", args=[engagement.pk]))
    assert "over everything in the period together" in shown.content.decode()


def test_more_than_there_were_is_so_many_in_so_many_and_no_part_of_them(engagement):
    typed(engagement, value="30", out_of="10")

    shown = as_(engagement, Role.COACH, "en").get(page_of(engagement, "enter")).content.decode()

    assert "(30 in 10)" in shown
    assert "30 of 10" not in shown


def test_a_running_total_cannot_be_weighted():
    with pytest.raises(Refused) as refusal:
        make_criterion(
            make_goal(make_preparing()), form=Criterion.Form.COUNT, counted="weighted", target=Decimal(6)
        )
    assert refusal.value.field == "counted"


def test_what_was_counted_is_typed_with_what_it_is_out_of(engagement):
    typed(engagement)
    typed(engagement, on="2027-01-11", value="12", out_of="900")

    [state] = queries.verdicts(engagement)
    assert (state.verdict.status, state.verdict.value) == ("reached", Decimal("0.03"))
    shown = as_(engagement, Role.COACH, "en").get(page_of(engagement, "enter")).content.decode()
    assert "0.08 fouten per order (24 of 300)" in shown
    index = as_(engagement, Role.COACH, "en").get(reverse("measures:index", args=[engagement.pk]))
    assert "2 values, each weighed by its volume, give 0.03" in index.content.decode()


@pytest.mark.parametrize("given", [{"out_of": ""}, {"out_of": "0"}, {"out_of": "-3"}, {"value": "-1"}])
def test_a_value_that_cannot_weigh_is_refused_beside_its_field(engagement, given):
    answer = typed(engagement, **given)

    assert set(answer.context["form"].errors) == set(given)
    assert not engagement.observations.exists()


def test_a_file_with_three_columns_is_taken_over_twice_without_harm(engagement):
    content = "datum;fouten;orders\n10-01-2027;24;300\n11-01-2027;12;900\n"

    assert [sent(engagement, content).status_code for _press in range(2)] == [302, 302]

    assert set(engagement.observations.values_list("on", "value", "out_of")) == {
        (date(2027, 1, 10), 24, 300),
        (date(2027, 1, 11), 12, 900),
    }


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("datum;waarde\n10-01-2027;24\n", "Three columns are needed here"),
        ("datum;fouten;orders\n10-01-2027;24;0\n", "what it is out of above zero"),
    ],
)
def test_a_file_that_does_not_weigh_says_so(engagement, content, says):
    assert says in sent(engagement, content).content.decode()
    assert not engagement.observations.exists()


def test_another_volume_on_the_same_day_is_another_value(engagement):
    typed(engagement)

    answer = typed(engagement, out_of="400")

    assert "already holds another value" in answer.content.decode()


def test_a_volume_is_refused_where_the_last_value_counts():
    engagement = make_agreed()
    by = person_of(engagement, Role.COACH)

    with pytest.raises(Refused, match="last value"):
        actions.record_value(
            engagement,
            the_criterion(engagement).pk,
            by=by,
            on=date(2027, 1, 10),
            value=Decimal(3),
            out_of=Decimal(9),
        )


@pytest.mark.parametrize("row", ["2027-01-10;-4;300", "2027-01-10;4;0"])
def test_numbers_that_cannot_be_counted_are_refused_with_their_line(engagement, row):
    answer = sent(engagement, f"datum;waarde;van\n{row}\n")

    assert answer.status_code == 200
    assert "Line 2: What was counted is zero or more" in answer.content.decode()
    assert not engagement.observations.exists()
