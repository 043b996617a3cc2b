"""A link to share: anyone who has it can answer, also more than once."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from driehoek.access import Role, Shape, Stage
from driehoek.kit import clock
from driehoek.measures.models import Observation
from driehoek.outbox.models import Letter
from driehoek.surveys.actions import close_early, remind_of_surveys
from driehoek.surveys.models import Survey
from tests.feedback.makers import EN
from tests.makers import make_engagement
from tests.measures.makers import make_agreed, the_criterion
from tests.sessions.makers import signed_in
from tests.surveys.makers import ADDRESSES, answer, link_to, make_survey, page

pytestmark = pytest.mark.django_db


def test_more_answers_than_people_behind_a_shared_link_show_nothing():
    one = make_survey(invited=10, is_shared=True)
    answer(one, *[8] * 11)
    close_early(one)

    told = page(one, Role.CONSULTANT).content.decode()
    assert "More answers came in than people were asked" in told
    assert '<svg class="chart' not in told
    assert "100%" not in told
    assert "11" not in Survey.objects.get().report


@pytest.mark.parametrize("made_up", [4, 8])
def test_made_up_answers_behind_a_shared_link_open_no_real_one_below_ten(made_up):
    one = make_survey(is_shared=True)
    answer(one, *[1] * made_up, 9)
    close_early(one)

    told = page(one, Role.CONSULTANT).content.decode()
    assert "Fewer than ten answers came in" in told
    assert Survey.objects.get().report == json.dumps(
        {"n": None, "items": [], "words": {}, "is_shared": True, "is_over": False}
    )


def test_a_shared_link_tells_of_answers_and_never_of_people_nor_a_margin_a_mean_or_own_words():
    one = make_survey(is_shared=True)
    asked = Client(headers=EN).get(reverse("survey:answer", args=[one.link])).content.decode()
    assert "Anyone who has this link can answer, also more than once." in asked
    assert "item-hinders" not in asked, "what is not told is not asked"
    answer(one, *[8] * 9, *[5] * 3, words="GEHEIM")
    close_early(one)

    [item] = json.loads(Survey.objects.get().report)["items"]
    assert (item["reached"], item["n"]) == (9, 12)
    assert item["low"] is item["high"] is item["mean"] is None
    told = page(one, Role.CONSULTANT).content.decode()
    for said in (
        "75% of the answers is 7 or more: 9 of 12.",
        "this is about answers and not about people",
        "12 answers came in; 26 people were asked.",
        "Not worked out: a margin needs people who each answered once",
    ):
        assert said in told
    for said in ("people who answered.", "GEHEIM", "Wilson", "Could lie from", ">Mean<"):
        assert said not in told


def test_whoever_begins_reads_what_a_shared_link_costs_before_choosing_it():
    engagement = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.ACTIVE)
    client = signed_in(engagement, Role.CONSULTANT)
    begin = reverse("surveys:begin", args=[engagement.pk])
    shown = client.get(begin, headers=EN).content.decode()
    assert "Anyone who has it can answer, also more than once" in shown
    typed = {"stem": "pulse", "subject": "het team", "way": "link", "invited": "9"}
    typed["closes_on"] = (clock.today() + timedelta(days=10)).isoformat()
    assert "so ask at least ten people" in client.post(begin, typed, headers=EN).content.decode()
    both = client.post(begin, typed | {"addresses": "a@example.org"}, headers=EN).content.decode()
    assert "nobody gets a letter. Take these out." in both
    none = client.post(begin, typed | {"way": "letters"}, headers=EN).content.decode()
    assert "Write the mail addresses of whoever gets a letter." in none
    assert not Survey.objects.exists()
    client.post(begin, typed | {"invited": "10"}, headers=EN)
    shown = page(Survey.objects.get(), Role.CONSULTANT).content.decode()
    assert f"/survey/{Survey.objects.get().link}/" in shown
    assert "of answers and not of people" in shown


def test_the_browser_remembers_a_shared_link_and_nothing_of_a_link_of_ones_own():
    shared, own = make_survey(is_shared=True), make_survey(addresses=ADDRESSES)
    visitor = Client(headers=EN)
    visitor.post(link_to(ADDRESSES[0]), {"item-overall": "8"})
    assert "surveys answered" not in visitor.session
    link = reverse("survey:answer", args=[shared.link])
    visitor.post(link, {"item-overall": "8"})
    assert "From this browser it was answered already" in visitor.get(link).content.decode()
    assert visitor.session["surveys answered"] == [str(shared.pk)]
    assert str(own.pk) not in str(dict(visitor.session))


def test_a_shared_link_of_before_that_names_a_criterion_writes_nothing_down():
    agreed = {"form": "share_at_least", "target": Decimal("0.8"), "unit": "", "baseline": None}
    engagement = make_agreed(criterion=agreed)
    one = make_survey(engagement, is_shared=True)
    Survey.objects.filter(pk=one.pk).update(criterion=the_criterion(engagement))
    answer(one, *[8] * 12)

    close_early(Survey.objects.get(pk=one.pk))

    assert not Observation.objects.exists()
    assert not Survey.objects.get().was_recorded


def test_no_reminder_for_a_shared_link_a_short_survey_one_that_closed_or_work_that_is_over():
    shared, short = (
        make_survey(is_shared=True),
        make_survey(addresses=ADDRESSES, closes_on=clock.today() + timedelta(days=3)),
    )
    closed, over = make_survey(addresses=ADDRESSES), make_survey(addresses=ADDRESSES)
    close_early(closed)
    over.engagement.stage = Stage.CLOSED
    over.engagement.save()

    assert (shared.remind_on, short.remind_on) == (None, None)
    with clock.moved_to(clock.now() + timedelta(days=7)):
        assert remind_of_surveys() == 0
    assert not Letter.objects.filter(template="survey_reminder").exists()


def test_an_older_report_of_a_shared_link_shows_no_more_than_one_of_today():
    one = make_survey(is_shared=True)
    answer(one, *[8] * 9, 3, 2, 4)
    close_early(one)
    old = Survey.objects.get()
    kept = json.loads(old.report)
    kept["items"][0] |= {"low": 0.4711, "high": 0.9111, "mean": "27/4"}
    kept["words"] = {"hinders": ["NIET TONEN"]}
    del kept["is_shared"], kept["is_over"]
    old.report = json.dumps(kept)
    old.save()

    told = page(one, Role.CONSULTANT).content.decode()

    assert "9 of 12" in told
    assert "by one link that was shared" in told
    assert not [one for one in ("47%", "NIET TONEN", "people who answered", ">6.8</td>") if one in told]
