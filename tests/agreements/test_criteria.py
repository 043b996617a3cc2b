"""Criteria: five forms, numbers as people type them, and nothing that nobody could judge."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from driehoek.access import Role
from driehoek.agreements.queries import terms_of
from driehoek.agreements.wording import starting_value, target_words
from driehoek.evidence.criteria import CriterionTerms
from driehoek.kit.errors import Refused
from tests.agreements.makers import address, make_criterion, make_goal, make_preparing, signed_in

pytestmark = pytest.mark.django_db

TYPED = {
    "measure": "Fouten in orders",
    "unit": "per week",
    "form": "level",
    "direction": "up",
    "target": "7,5",
    "baseline": "",
    "window_starts": "2026-12-01",
    "deadline": "2027-03-01",
}


@pytest.fixture
def goal():
    return make_goal(make_preparing())


def send(goal, language="nl", **given):
    client = signed_in(goal.engagement, Role.COACH, language)
    return client.post(address("criterion", goal.engagement, goal.pk), TYPED | given)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("7,5", "7.5"),
        ("7.5", "7.5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("\u22123", "-3"),
        ("1 000", "1000"),
        ("12.345.678", "12345678"),
        ("0.125", "0.125"),
        ("1,2345", "1.2345"),
    ],
)
def test_a_number_is_read_as_it_was_meant(goal, typed, kept):
    answer = send(goal, target=typed)

    assert answer.status_code == 302, answer.context["form"].errors
    assert goal.criteria.get().target == Decimal(kept)


@pytest.mark.parametrize(("language", "typed"), [("nl", "1.234"), ("en", "1,234"), ("en", "1.234")])
def test_a_number_with_two_meanings_gets_a_question(goal, language, typed):
    answer = send(goal, language, target=typed)

    assert "1234" in answer.context["form"].errors["target"][0]
    assert f"{typed}0" in answer.context["form"].errors["target"][0]
    assert f'value="{typed}"' in answer.content.decode()


@pytest.mark.parametrize("typed", ["veel", "NaN", "Infinity", "1e999", "--3", ""])
def test_what_is_no_number_is_refused_beside_the_field(goal, typed):
    answer = send(goal, target=typed)

    assert answer.status_code == 200
    assert answer.context["form"].errors["target"]


def test_a_percentage_is_kept_as_a_fraction_and_shown_as_typed(goal):
    send(goal, form="relative_change", target="15", baseline="3,1")
    criterion = goal.criteria.get()

    again = signed_in(goal.engagement, Role.COACH).get(
        address("criterion", goal.engagement, goal.pk, criterion.pk)
    )

    assert criterion.target == Decimal("0.15")
    assert 'value="15"' in again.content.decode()


def test_a_change_in_percent_from_zero_is_refused_with_the_reason(goal):
    answer = send(goal, form="relative_change", target="15", baseline="0")

    assert "percentage" in errors_of(answer, "baseline") or "percentage" in errors_of(answer, "baseline")
    assert not goal.criteria.exists()


def errors_of(answer, field):
    return " ".join(answer.context["form"].errors[field])


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("baseline", {"form": "absolute_change", "baseline": None}),
        ("baseline", {"baseline": Decimal(0)}),
        ("baseline", {"baseline": Decimal(-2)}),
        ("target", {"target": Decimal(0)}),
        ("target", {"target": Decimal("1.01"), "direction": "down"}),
        ("target", {"form": "share_at_least", "target": Decimal("1.2")}),
        ("direction", {"form": "share_at_least", "target": Decimal("0.8"), "direction": "down"}),
        ("target", {"form": "count", "target": Decimal(-1)}),
        ("target", {"form": "count", "target": Decimal("2.5")}),
        ("deadline", {"deadline": date(2026, 11, 30)}),
        ("window_starts", {"window_starts": date(1, 1, 1)}),
        ("deadline", {"deadline": date(2200, 1, 1)}),
    ],
)
def test_what_nobody_could_judge_is_refused_beside_its_field(goal, field, given):
    with pytest.raises(Refused) as refusal:
        make_criterion(goal, **given)

    assert refusal.value.field == field


@pytest.mark.parametrize("form", ["relative_change", "absolute_change", "level", "share_at_least", "count"])
def test_every_form_that_is_kept_can_be_judged(goal, form):
    target = Decimal(6) if form == "count" else Decimal("0.8")

    criterion = make_criterion(goal, form=form, target=target, baseline=Decimal("0.5"))

    assert isinstance(terms_of(criterion), CriterionTerms)


def test_a_level_needs_no_starting_value(goal):
    assert make_criterion(goal, form="level", target=Decimal(8), baseline=None).baseline is None


def test_a_deadline_before_the_start_is_refused_and_the_rest_is_kept(goal):
    answer = send(goal, "en", deadline="2026-11-01")

    assert "lies before" in errors_of(answer, "deadline")
    assert "Fouten in orders" in answer.content.decode()


def test_pressing_twice_keeps_one_criterion(goal):
    assert [send(goal).status_code for _ in range(2)] == [302, 302]
    assert goal.criteria.count() == 1


def test_a_seventh_criterion_is_refused_with_the_reason_and_the_words_stay(goal):
    for place in range(6):
        make_criterion(goal, measure=f"Maat {place}")
    client = signed_in(goal.engagement, Role.COACH)

    shown = client.get(address("criterion", goal.engagement, goal.pk)).content.decode()
    answer = send(goal, "en", measure="Maat zeven")

    assert "A goal has at most 6 criteria" in shown
    assert "A goal has at most 6 criteria" in answer.context["form"].non_field_errors()[0]
    assert "Maat zeven" in answer.content.decode()
    assert goal.criteria.count() == 6


def test_words_for_a_criterion_that_was_removed_meanwhile_can_be_kept_as_a_new_one(goal):
    criterion = make_criterion(goal)
    page = address("criterion", goal.engagement, goal.pk, criterion.pk)
    criterion.delete()

    answer = signed_in(goal.engagement, Role.COACH).post(page, TYPED)

    assert "This criterion was removed meanwhile." in answer.content.decode()
    assert f'action="{address("criterion", goal.engagement, goal.pk)}"' in answer.content.decode()


def test_a_criterion_is_removed(goal):
    criterion = make_criterion(goal)

    signed_in(goal.engagement, Role.COACHEE).post(address("remove_criterion", goal.engagement, criterion.pk))

    assert not goal.criteria.exists()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "at least 15% higher: 3.565 punten or more"),
        (
            {"direction": "down", "target": Decimal("0.5"), "baseline": Decimal(40), "unit": ""},
            "at least 50% lower: at most 20",
        ),
        (
            {"form": "absolute_change", "target": Decimal(20), "baseline": Decimal(70), "unit": ""},
            "at least 20 higher: 90 or more",
        ),
        (
            {"form": "absolute_change", "target": Decimal(20), "baseline": Decimal(70), "unit": "%"},
            "at least 20 percentage points higher: 90% or more",
        ),
        (
            {"form": "absolute_change", "target": Decimal(1), "baseline": Decimal(9), "unit": "Procent"},
            "at least 1 percentage point higher: 10 Procent or more",
        ),
        ({"form": "level", "target": Decimal(90), "unit": "%"}, "90% or more"),
        ({"form": "level", "target": Decimal("7.5"), "unit": ""}, "7.5 or more"),
        ({"form": "share_at_least", "target": Decimal("0.8"), "baseline": None}, "at least 80%"),
        ({"form": "count", "target": Decimal(6), "unit": ""}, "at least 6 times"),
        ({"form": "count", "target": Decimal(1), "unit": ""}, "at least once"),
        (
            {"form": "level", "direction": "down", "target": Decimal(12), "unit": "fouten"},
            "at most 12 fouten",
        ),
    ],
)
def test_a_criterion_says_when_it_is_reached(goal, given, words):
    with override("en"):
        assert target_words(terms_of(make_criterion(goal, **given))) == words


def test_a_share_shows_its_start_as_a_percentage(goal):
    criterion = make_criterion(goal, form="share_at_least", target=Decimal("0.8"), baseline=Decimal("0.615"))

    assert starting_value(terms_of(criterion)) in ("61,5%", "61.5%")
