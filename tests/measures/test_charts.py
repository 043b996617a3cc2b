"""A criterion as a picture: all it was judged on, how sure it is, and nothing the reader may not see."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import translation

from driehoek.access import Role
from driehoek.agreements.queries import AgreedCriterion, agreed_goals
from driehoek.evidence.criteria import judge
from driehoek.kit import clock
from driehoek.measures.queries import CriterionState
from driehoek.measures.wording.charts import levels_chart, margin_chart, series_chart
from tests.measures.makers import NOW, as_, make_agreed, measure, score
from tests.measures.test_sure import AFTER, seen, terms
from tests.measures.test_verdicts import page

RATE = {"counted": "weighted", "before": [["41", "3100"]], "direction": "down"}


@pytest.fixture(autouse=True)
def _now():
    clock.move_to(NOW)
    with translation.override("en"):
        yield


def state(agreed, rows, unit=""):
    criterion = AgreedCriterion(uuid4(), None, "Errors", unit, agreed)
    return CriterionState(criterion, tuple(rows), judge(agreed, rows, AFTER))


def test_what_was_measured_before_is_drawn_as_the_baseline():
    agreed = terms("level", "5", before=[["3"], ["4"]])
    chart = series_chart(state(agreed, seen(["6"])), "It reached the target.")

    assert [value for _on, value in chart.points] == [3, 4, 6]
    assert chart.start is None
    assert chart.window == (agreed.window_starts, agreed.deadline)


def test_agreed_start_without_a_measurement_is_a_line_and_not_a_point():
    chart = series_chart(state(terms("absolute_change", "2", baseline=Decimal(3)), seen(["6"])), "")

    assert chart.start == 3
    assert len(chart.points) == 1


def test_target_of_a_relative_change_is_drawn_in_the_unit_of_the_measure_and_its_margin_in_percent():
    before, after = [[str(70 + n * 7 % 5)] for n in range(12)], [[str(90 + n * 7 % 5)] for n in range(12)]
    one = state(terms("relative_change", "0.15", before=before), seen(*after))

    margin = margin_chart(one, "Sure enough.")
    assert float(series_chart(one, "").target) == pytest.approx(72 * 1.15, abs=0.5)
    assert [line.at for line in margin.lines] == [0, 15]
    assert margin.unit == "%"
    assert margin.rows[0].low < margin.rows[0].value < margin.rows[0].high
    assert "12 before, 12 after" in margin.rows[0].words


def test_agreed_fall_lies_below_zero():
    margin = margin_chart(state(terms("relative_change", "0.5", **RATE), seen(["18", "3000"])), "")

    assert margin.lines[1].at == -50
    assert margin.lines[1].words == "agreed: −50%"
    assert margin.rows[0].value < 0


def test_share_of_what_was_counted_has_its_band_in_the_series_with_its_n():
    agreed = terms("level", "0.8", counted="weighted", before=[["70", "100"]])
    band = series_chart(state(agreed, seen(["90", "100"], ["180", "200"])), "").band

    assert band.low < Decimal("0.9") < band.high
    assert "270 of 300" in band.words


def test_too_little_data_has_no_margin_drawn():
    assert margin_chart(state(terms("level", "5", before=[["3"], ["4"]]), seen(["6"])), "") is None


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "en"])
def test_page_draws_the_series_with_what_it_shows_in_words(language):
    engagement = make_agreed()
    measure(engagement, [(date(2026, 11, 1), "3.1"), (date(2027, 1, 10), "3.6")])

    answer = page(engagement, language=language)
    words = answer.content.decode()

    assert words.count('class="chart chart--series"') == 2  # wide, and for a phone
    assert words.count(f'aria-label="{answer.context["rows"][0]["reached"].says}"') == 2


@pytest.mark.django_db
def test_levels_are_drawn_for_who_may_read_them_and_for_nobody_else():
    engagement = make_agreed(disclosure={"measurements": {"manager": "always", "sponsor": "always"}})
    score(engagement, Role.COACHEE, 1, remark="Dit is van mij")
    score(engagement, Role.MANAGER, -1, remark="Zo zie ik het")

    drawn = as_(engagement, Role.COACH).get(f"/engagements/{engagement.pk}/measurements/").content.decode()
    shut = as_(engagement, Role.SPONSOR).get(f"/engagements/{engagement.pk}/measurements/").content.decode()

    assert "chart--levels" in drawn
    assert "chart--levels" not in shut


@pytest.mark.django_db
def test_everybody_has_a_shape_of_their_own_in_the_levels():
    engagement = make_agreed()
    score(engagement, Role.COACHEE, 1, remark="Dit is van mij")
    score(engagement, Role.MANAGER, -1, remark="Zo zie ik het")
    goal = agreed_goals(engagement)[0]

    chart = levels_chart([(goal, list(engagement.attainment_scores.select_related("scored_by")))])

    assert {mark.who: mark.shape for mark in chart.panels[0].marks} == {"Johan": "dot", "Anneke": "square"}
    assert "Johan +1" in chart.finding
    assert "Dit is van mij" not in str(chart)
