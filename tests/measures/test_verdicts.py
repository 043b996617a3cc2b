"""Was it reached, as agreed? What the page says."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from driehoek.access import Role
from driehoek.kit import clock
from driehoek.vault import keys
from tests.documents.sheets import sheets
from tests.measures.makers import NOW, as_, make_agreed, make_values, measure, score, the_criterion
from tests.results.makers import composed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    clock.move_to(NOW)


def page(engagement, role=Role.COACH, language="nl"):
    return as_(engagement, role, language).get(reverse("measures:index", args=[engagement.pk]))


def printed_in(answer):
    return " ".join(sheets(answer.content))


def first_answer(answer):
    return answer.context["rows"][0]["reached"].answer


def test_fifteen_percent_exactly_is_reached():
    engagement = make_agreed(criterion={"baseline": Decimal("4.0")})
    measure(engagement, [(date(2027, 1, 10), "4.6")])

    answer = page(engagement)

    assert first_answer(answer) == "Gehaald"
    assert "+15%" in answer.content.decode()


def test_from_70_to_90_percent_is_said_in_percentage_points_on_page_paper_and_in_the_report():
    points = {"form": "absolute_change", "target": Decimal(20), "baseline": Decimal(70), "unit": "%"}
    engagement = make_agreed(criterion=points)
    signed = engagement.versions.get().fingerprint
    measure(engagement, [(date(2027, 1, 10), "91")])

    shown = page(engagement).content.decode()
    paper = as_(engagement, Role.COACH, "nl").get(reverse("agreements:pdf", args=[engagement.pk, 1]))
    as_(engagement, Role.SPONSOR, "nl")
    document = str(composed(engagement, Role.SPONSOR, ["measurements"]))

    assert "minstens 20 procentpunt hoger: 90% of meer" in shown
    assert "+21 procentpunt" in shown
    assert "minstens 20 procentpunt hoger: 90% of meer" in printed_in(paper)
    assert "20 procentpunt hoger: 90% of meer" in document
    assert "+21 procentpunt" in document
    assert engagement.versions.get().fingerprint == signed


def test_just_below_is_not_reached():
    engagement = make_agreed(criterion={"baseline": Decimal("4.0")})
    measure(engagement, [(date(2027, 1, 10), "4.59")])

    assert first_answer(page(engagement)) == "Niet gehaald"


def test_value_of_the_deadline_day_counts():
    engagement = make_agreed()
    measure(engagement, [(date(2027, 1, 15), "9")])

    assert first_answer(page(engagement)) == "Gehaald"


def test_value_of_the_day_after_does_not_count():
    engagement = make_agreed()
    measure(engagement, [(date(2027, 1, 16), "9")])

    answer = page(engagement)

    assert first_answer(answer) == "Niet te beoordelen"
    assert "wijkt af van wat is afgesproken" in answer.content.decode()


def test_nothing_measured_is_no_data_and_not_a_failure():
    answer = page(make_agreed())

    assert first_answer(answer) == "Geen gegevens"
    assert "iets anders dan geen effect" in answer.content.decode()


def test_before_the_deadline_nothing_is_judged():
    engagement = make_agreed()
    clock.move_to(datetime(2027, 1, 15, 9, tzinfo=UTC))
    measure(engagement, [(date(2027, 1, 15), "9")])

    assert first_answer(page(engagement)) == "Nog niet zover"


def test_verdict_reads_what_was_signed_and_not_what_was_edited_since():
    engagement = make_agreed()
    measure(engagement, [(date(2027, 1, 10), "3.2")])
    criterion = the_criterion(engagement)
    criterion.target, criterion.measure = Decimal("0.01"), "Iets gemakkelijkers"
    criterion.save()

    answer = page(engagement)

    assert first_answer(answer) == "Niet gehaald"
    assert "Iets gemakkelijkers" not in answer.content.decode()


def test_three_answers_stand_apart_and_the_unknown_ones_say_so():
    engagement = make_agreed()
    measure(engagement, [(date(2027, 1, 10), "9")])

    words = page(engagement).content.decode()

    places = [words.index(ask) for ask in ("Gehaald?", "Hoe zeker?", "Door de coaching?")]

    assert places == sorted(places)
    assert "Er is één waarde van vooraf" in words
    assert words.count("Niet te zeggen") == 2


def test_values_are_listed_as_a_table_with_decimal_commas():
    engagement = make_agreed()
    measure(engagement, [(date(2026, 11, 1), "3.1"), (date(2027, 1, 10), "3.6")])

    words = page(engagement).content.decode()

    assert "<td>3,6</td>" in words
    assert "vóór de start" in words


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SPONSOR])
def test_manager_and_sponsor_see_no_measurement_before_a_clause_says_so(role):
    assert page(make_agreed(), role).status_code == 403


def test_clause_opens_the_measurements_to_the_sponsor_but_not_the_levels():
    engagement = make_agreed(disclosure={"measurements": {"manager": "never", "sponsor": "always"}})
    measure(engagement, [(date(2027, 1, 10), "9")])
    score(engagement, Role.COACHEE, 1, remark="Dit is van mij")

    answer = page(engagement, Role.SPONSOR)

    assert first_answer(answer) == "Gehaald"
    assert "Dit is van mij" not in answer.content.decode()


OPENED = {"measurements": {"manager": "never", "sponsor": "always"}}
REVIEWED = {"first_session_on": date(2026, 12, 3), "every_weeks": 3, "review_after_session": 3}
"""The interim review is on 14 January 2027, those by days on 2 January, 1 February and 3 March."""


def read_by_sponsor(engagement, on, language="en"):
    with clock.moved_to(datetime(on.year, on.month, on.day, 9, tzinfo=UTC)):
        return page(engagement, Role.SPONSOR, language=language).content.decode()


def test_a_sponsor_reads_no_live_measurement_of_a_coachee_but_how_it_stood_at_the_last_review():
    engagement = make_agreed(disclosure=OPENED, draft=REVIEWED, criterion={"deadline": date(2027, 3, 20)})
    measure(engagement, [(date(2026, 12, 20), "3.37"), (date(2027, 1, 10), "3.68")])

    assert "3.37" not in read_by_sponsor(engagement, date(2027, 1, 2))
    assert "There is nothing to read here yet" in read_by_sponsor(engagement, date(2027, 1, 2))
    after_one = read_by_sponsor(engagement, date(2027, 1, 12))
    assert "As it stood on 2 January 2027" in after_one
    assert "3.37" in after_one
    assert "3.68" not in after_one
    assert "3.68" in read_by_sponsor(engagement, date(2027, 1, 15))


def test_the_page_of_the_engagement_tells_a_sponsor_no_more_than_that():
    engagement = make_agreed(disclosure=OPENED, draft=REVIEWED, criterion={"deadline": date(2027, 3, 20)})
    measure(engagement, [(date(2027, 1, 10), "3.65")])
    at = reverse("engagement", args=[engagement.pk])

    def told(role, day):
        with clock.moved_to(datetime(2027, 1, day, 9, tzinfo=UTC)):
            return as_(engagement, role).get(at).content.decode()

    assert "3.65" in told(Role.COACH, 12)
    assert "3.65" not in told(Role.SPONSOR, 12)
    assert "3.65" in told(Role.SPONSOR, 15)


def test_coachee_and_coach_read_every_value_at_once():
    engagement = make_agreed(disclosure=OPENED, draft=REVIEWED)
    measure(engagement, [(date(2027, 1, 10), "3.6")])

    for role in (Role.COACHEE, Role.COACH):
        with clock.moved_to(datetime(2027, 1, 11, 9, tzinfo=UTC)):
            words = page(engagement, role).content.decode()
        assert "3,6" in words
        assert "Zoals het stond" not in words


def queries_of(engagement, role=Role.COACH):
    client = as_(engagement, role)
    client.get(reverse("measures:index", args=[engagement.pk]))
    keys.forget()
    with CaptureQueriesContext(
        connection,
    ) as caught:
        client.get(reverse("measures:index", args=[engagement.pk]))
    return len(caught)


def test_page_needs_as_many_queries_for_one_value_as_for_two_hundred():
    few, many = make_agreed(goals=1), make_agreed(goals=3)
    make_values(few, 1)
    make_values(many, 200)

    assert queries_of(few) == queries_of(many) <= 10


def test_form_needs_few_queries():
    engagement = make_agreed()
    make_values(engagement, 200)
    client = as_(engagement, Role.COACH)
    url = reverse("measures:enter", args=[engagement.pk, the_criterion(engagement).pk])

    keys.forget()
    with CaptureQueriesContext(connection) as caught:
        client.get(url)

    assert len(caught) <= 10
