"""A share that is typed as so many of so many, so that it can be said how sure it is."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from driehoek.access import Role
from driehoek.kit import clock
from driehoek.measures import queries
from driehoek.measures.actions import record_series
from driehoek.measures.models import Observation
from driehoek.measures.wording.charts import margin_chart
from tests.makers import person_of
from tests.measures.makers import NOW, WHY, as_, make_agreed, the_criterion

pytestmark = pytest.mark.django_db
SHARE = {"form": "share_at_least", "direction": "up", "target": Decimal("0.8"), "baseline": None, "unit": "%"}


@pytest.fixture(autouse=True)
def _now():
    clock.move_to(NOW)


def typed(engagement, value, language="en", **given):
    words = {"on": "2027-01-10", "value": value, "reason": WHY} | given
    place = reverse("measures:enter", args=[engagement.pk, the_criterion(engagement).pk])
    return as_(engagement, Role.COACH, language).post(place, words)


def after_the_deadline(engagement):
    state = queries.verdict_on(engagement, the_criterion(engagement).pk)
    clock.move_to(NOW + (state.criterion.terms.deadline - NOW.date()) + timedelta(days=1))
    return queries.verdict_on(engagement, the_criterion(engagement).pk)


@pytest.mark.parametrize("value", ["41 of 50", "41 out of 50", "41 van de 50", "41/50", " 41 van 50 "])
def test_so_many_of_so_many_is_kept_as_it_was_typed_and_tells_how_sure_the_share_is(value):
    engagement = make_agreed(criterion=SHARE)
    assert typed(engagement, value).status_code == 302

    row = engagement.observations.get()
    assert (row.value, row.out_of, row.source) == (41, 50, "typed")
    state = after_the_deadline(engagement)
    assert state.verdict.status == "reached"
    assert (state.certainty.status, state.certainty.n) == ("not_demonstrated", {"yes": 41, "of": 50})
    page = as_(engagement, Role.COACH, "en").get(reverse("measures:index", args=[engagement.pk]))
    shown = " ".join(page.content.decode().split())
    assert "anywhere between 69.2% and 90.3%" in shown
    assert "41 of 50" in shown


def test_margin_of_a_share_is_drawn_in_percent_on_the_whole_scale():
    engagement = make_agreed(criterion=SHARE)
    typed(engagement, "41 of 50")

    chart = margin_chart(after_the_deadline(engagement), "It may lie anywhere.")
    assert (chart.unit, chart.scale, chart.lines[0].at) == ("%", (0, 100), 80)
    assert (float(chart.rows[0].low), float(chart.rows[0].value)) == (pytest.approx(69.2, abs=0.05), 82)


def test_a_percentage_alone_does_not_tell_how_many_answered():
    engagement = make_agreed(criterion=SHARE)
    typed(engagement, "82%")

    assert after_the_deadline(engagement).certainty.reason == "answers_not_known"


@pytest.mark.parametrize("value", ["51 of 50", "0 of 0"])
def test_more_than_there_are_is_refused_beside_the_field(value):
    engagement = make_agreed(criterion=SHARE)

    answer = typed(engagement, value)
    assert answer.context["form"].errors["value"]
    assert value in answer.content.decode()
    assert not engagement.observations.exists()


def test_what_is_no_share_takes_no_so_many_of_so_many():
    engagement = make_agreed(criterion=SHARE | {"form": "level", "target": Decimal(8), "unit": "points"})

    assert typed(engagement, "41 of 50").context["form"].errors["value"]


def test_last_value_in_the_period_tells_how_sure():
    engagement = make_agreed(criterion=SHARE)
    typed(engagement, "50 of 50")
    typed(engagement, "9 of 10", on=str(date(2027, 1, 11)))

    assert after_the_deadline(engagement).certainty.n == {"yes": 9, "of": 10}


def test_what_a_survey_wrote_down_is_no_list_that_somebody_ticked_off():
    engagement = make_agreed(criterion=SHARE)
    record_series(
        engagement,
        the_criterion(engagement).pk,
        by=person_of(engagement, Role.COACH),
        values=[(date(2027, 1, 10), Decimal(21), Decimal(24))],
        source=Observation.Source.ASKED,
    )

    found = after_the_deadline(engagement).certainty
    assert (found.method, found.n) == ("wilson", {"yes": 21, "of": 24})
