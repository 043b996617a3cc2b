"""Raw answers go thirty days after the report of the last round; what was told stays."""

from datetime import timedelta

import pytest
from django.urls import reverse

from driehoek.access import Role, Stage
from driehoek.feedback.actions import begin_round, forget_answers
from driehoek.feedback.models import Round
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from tests.feedback.makers import EN, make_later, make_open, raters, token_of, visit
from tests.feedback.test_waves import NOW, SIX, THEN, closed
from tests.makers import person_of
from tests.sessions.makers import signed_in

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=30, minutes=1)


def shown(one):
    page = reverse("feedback:report", args=[one.engagement_id, one.pk])
    return signed_in(one.engagement, Role.COACHEE).get(page, headers=EN).content.decode()


def a_month_later(days=0):
    return clock.moved_to(clock.now() + MONTH + timedelta(days=days))


def test_answers_of_all_rounds_go_thirty_days_after_the_report_at_the_end_and_the_reports_stay():
    first = closed(make_open(groups=SIX), THEN)
    last = closed(make_later(first), NOW)
    told = [one.report for one in Round.objects.all()]
    assert "thrown away thirty days after the report of the last round" in shown(last)

    with a_month_later(days=-1):
        assert forget_answers() == 0
    with a_month_later():
        assert [forget_answers(), forget_answers()] == [2, 0]
        assert "The answers themselves were thrown away on" in shown(last)
        assert "0.7 higher" in shown(last)

    assert [one.given for one in Round.objects.all()] == [[], []]
    assert [one.report for one in Round.objects.all()] == told


def test_they_stay_as_long_as_a_round_at_the_end_can_be_compared_with_them():
    first = closed(make_open(groups=SIX), THEN)
    with a_month_later(days=200):
        assert forget_answers() == 0
        make_later(first)
        assert forget_answers() == 0
    assert Round.objects.get(pk=first.pk).given


def test_they_go_too_when_the_work_is_over_without_a_round_at_the_end():
    first = closed(make_open(groups=SIX), THEN)
    first.engagement.stage = Stage.CLOSED
    first.engagement.save()

    with a_month_later():
        assert forget_answers() == 1


def test_no_round_can_follow_that_would_need_them():
    last = closed(make_open(groups=SIX, moment="end"), THEN)
    with a_month_later():
        forget_answers()
        with pytest.raises(Refused):
            begin_round(last.engagement, moment="interim", by=person_of(last.engagement, Role.COACHEE))


def test_whoever_is_asked_reads_it_before_the_first_question():
    one = make_open(groups=SIX)
    client, page = visit(token_of(raters(one, "peers")[0]))

    assert "thrown away thirty days after the report of the last round" in client.get(page).content.decode()
