"""Judging against a starting value that is a mean, and showing where the target then lies."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from driehoek.access import Role
from driehoek.evidence.baseline import BaselineWindow, Before
from driehoek.kit import clock
from driehoek.measures import queries
from tests.measures.makers import NOW, as_, make_agreed, measure

pytestmark = pytest.mark.django_db
DAYS = (date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1))
THIRD = BaselineWindow(
    DAYS[0], DAYS[2], tuple(Before(on, Decimal(value)) for on, value in zip(DAYS, "334", strict=True))
)


@pytest.fixture
def engagement():
    clock.move_to(NOW)
    return make_agreed(criterion={"baseline": None, "measured_before": THIRD})


def test_the_change_is_taken_from_the_exact_mean(engagement):
    measure(engagement, [(date(2027, 1, 10), "3.84")])

    [state] = queries.verdicts(engagement)
    assert (state.verdict.status, float(state.verdict.change)) == ("reached", pytest.approx(0.152))


def test_page_and_form_say_from_how_many_values_it_started(engagement):
    measure(engagement, [(date(2027, 1, 10), "3.84")])
    page = as_(engagement, Role.COACH).get(reverse("measures:index", args=[engagement.pk])).content.decode()
    entering = reverse("measures:enter", args=[engagement.pk, engagement.criteria.get().pk])

    assert "target: 3.83" in page
    assert "the mean of 3 values" in as_(engagement, Role.COACH).get(entering).content.decode()
