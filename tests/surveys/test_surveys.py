"""A survey from its beginning to what is told of it."""

import json
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.test import Client
from django.urls import reverse

from driehoek.access import Role, Shape, Stage
from driehoek.agreements.queries import agreed_criteria
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.measures.models import Observation
from driehoek.surveys.actions import close_early, close_surveys, hand_in
from driehoek.surveys.actions.letters import token_of
from driehoek.surveys.models import Survey
from driehoek.vault import keys
from tests.feedback.makers import EN
from tests.feedback.test_attacks import dump, plain
from tests.makers import make_engagement, person_of
from tests.measures.makers import make_agreed, the_criterion
from tests.sessions.makers import signed_in
from tests.surveys.makers import ADDRESSES, HOW_SURE, answer, link_to, make_survey, named, page

pytestmark = pytest.mark.django_db


def test_a_consultant_asks_whoever_uses_it_and_reads_the_share_with_its_interval_once():
    engagement = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.ACTIVE)
    client = signed_in(engagement, Role.CONSULTANT)
    begin = reverse("surveys:begin", args=[engagement.pk])
    typed = {"stem": "ease-of-use", "subject": "het systeem", "way": "letters"}
    typed |= {"addresses": "\n".join(named(range(26)))}
    typed["closes_on"] = (clock.today() + timedelta(days=10)).isoformat()
    shown = client.post(begin, typed, headers=EN, follow=True).content.decode()
    one = Survey.objects.get()
    assert (one.at_least, one.invited) == (7, 26)
    assert "26 people got a letter" in shown

    visitor = Client(headers=EN)
    link = link_to(ADDRESSES[0])
    asked = visitor.get(link)
    assert "no-store" in asked["Cache-Control"]
    assert 'role="alert"' not in asked.content.decode()
    for said in (
        "Is it good to work with?",
        "het systeem",
        "Your answers are anonymous",
        "works once",
    ):
        assert said in asked.content.decode()
    done = visitor.post(
        link, {"item-overall": "8", "item-find": "6", "item-hinders": "Trage zoekknop"}, follow=True
    )
    assert "Handed in. Thank you." in done.content.decode()
    answer(one, *[8] * 15, *[5] * 4)
    assert "Nobody sees who has answered or how many" in page(one, Role.CONSULTANT).content.decode()

    close_early(one)
    told = page(one, Role.CONSULTANT).content.decode()
    for said in (
        "80% answered 7 or more: 16 of 20 people who answered.",
        "it can lie from 58% to 92% (Wilson, 95%)",
        "20 of 26 people answered (77%)",
        "16 of 20: 80%",
        "Trage zoekknop",
    ):
        assert said in told
    assert "antwoordde 7 of meer" in page(one, Role.CONSULTANT, language="nl").content.decode()
    assert visitor.get(link).status_code == visitor.post(link, {"item-overall": "1"}).status_code == 410


def test_what_is_folded_out_tells_of_no_period_and_of_no_share_where_there_is_none():
    scored, in_words = make_survey(addresses=named(range(8))), make_survey(addresses=named(range(8)))
    answer(scored, 8, 3, 9, 10, 2, 6)
    for letter in in_words.letters.all()[:6]:
        hand_in(token_of(letter), scores={}, texts={"hinders": "De knop"})
    how = []
    for one in (scored, in_words):
        close_early(one)
        how.append(dict(page(one, Role.CONSULTANT).context["told"].behind).get(HOW_SURE))

    assert how == ["The share of those who answered, with a margin for how many they were.", None]


def test_too_few_is_said_kindly_and_tells_no_number():
    reports = set()
    for scores in ((), (9,), (9, 8, 7, 1)):
        one = make_survey()
        answer(one, *scores, words="NIET TONEN")
        close_early(one)
        told = page(one, Role.CONSULTANT).content.decode()
        assert "Fewer than 5 people answered" in told
        assert "NIET TONEN" not in told
        reports.add(Survey.objects.get(pk=one.pk).report)
    assert len(reports) == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"invited": 9, "is_shared": True}, "invited"),
        ({"addresses": ADDRESSES[:4]}, "addresses"),
        ({"invited": 2_001, "is_shared": True}, "invited"),
        ({"invited": 201}, "addresses"),
        ({"subject": " "}, "subject"),
        ({"stem": "leading"}, "stem"),
        ({"at_least": 11}, "at_least"),
        ({"at_least": 10}, "at_least"),
        ({"at_least": 2}, "at_least"),
        ({"closes_after": 0}, "closes_on"),
        ({"closes_after": 61}, "closes_on"),
    ],
)
def test_what_can_show_nothing_or_makes_no_sense_is_refused_beside_its_field(given, field):
    if "closes_after" in given:
        given = {"closes_on": clock.today() + timedelta(days=given["closes_after"])}
    with pytest.raises(Refused) as refused:
        make_survey(**given)
    assert refused.value.field == field
    assert not Survey.objects.exists()


def test_bad_input_keeps_what_was_typed():
    engagement = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.ACTIVE)
    begin = reverse("surveys:begin", args=[engagement.pk])
    typed = {"stem": "pulse", "subject": "het team", "addresses": "a@example.org, geen adres", "invited": "x"}
    shown = signed_in(engagement, Role.CONSULTANT).post(begin, typed, headers=EN)

    words = shown.content.decode()
    assert shown.status_code == 200
    assert "“geen” is not a mail address." in words
    assert words.count("(optional)") == 1, (
        "what one way needs may not stay empty; only the answer that counts"
    )
    assert "het team" in words


def test_nothing_or_something_off_the_scale_is_not_handed_in():
    one = make_survey(is_shared=True)
    link = reverse("survey:answer", args=[one.link])
    for typed in ({}, {"item-overall": "11"}, {"item-overall": "drie"}, {"item-hinders": "  "}):
        shown = Client(headers=EN).post(link, typed)
        assert shown.status_code == 200
        assert "has-error" in shown.content.decode() or "answered anything yet" in shown.content.decode()
    assert Survey.objects.get().given == []


def test_a_scanner_that_opens_every_link_changes_nothing_and_a_dump_holds_no_word():
    one = make_survey(addresses=ADDRESSES)
    before = dump("surveys_survey", "surveys_invited")
    for address in ADDRESSES:
        client = Client()
        assert client.get(link_to(address)).status_code == client.head(link_to(address)).status_code == 200
    assert dump("surveys_survey", "surveys_invited") == before
    Client().post(link_to(ADDRESSES[0]), {"item-overall": "3", "item-hinders": "GEHEIM-WOORD"})

    rows = b"".join(plain(v) for row in dump("surveys_survey", "surveys_invited") for v in row.values())
    assert b"GEHEIM-WOORD" not in rows
    assert {key for row in Survey.objects.get().given for key in row} == {"scores", "texts"}
    assert one.given == []
    keys.shred(one.engagement.data_key_id)
    with pytest.raises(Exception, match="destroyed"):
        assert Survey.objects.get().given


@pytest.mark.parametrize("role", [Role.CONSULTANT])
def test_until_the_close_no_page_differs_whoever_has_answered(role):
    one = make_survey()

    def seen():
        lines = []
        for place in ("show", "index", "begin"):
            lines += page(one, role, place).content.decode().splitlines()
        return [line for line in lines if "csrf" not in line and "_who" not in line]

    nobody = seen()
    answer(one, 8, 3, 9, 10, 2, 6)
    assert seen() == nobody


def test_what_was_told_is_not_worked_out_again():
    one = make_survey()
    answer(one, 8, 3, 9, 10, 2, 6)
    close_early(one)
    with pytest.raises(Refused, match="closed already"):
        close_early(one)
    kept = Survey.objects.get()
    before = kept.report
    kept.answers = json.dumps(kept.given[1:])
    kept.save()

    assert close_surveys() == 0
    assert Survey.objects.get().report == before


def test_it_closes_after_its_last_day_also_when_the_work_is_over():
    one = make_survey(closes_on=clock.today() + timedelta(days=3))
    answer(one, 8, 3, 9, 10, 2, 6)
    one.engagement.stage = Stage.CLOSED
    one.engagement.save()
    with clock.moved_to(clock.now() + timedelta(days=3)):
        assert close_surveys() == 0
    with clock.moved_to(clock.now() + timedelta(days=4, minutes=1)):
        assert [close_surveys(), close_surveys()] == [1, 0]
        assert (
            "67% answered 7 or more" in page(one, Role.CONSULTANT).content.decode()
            or "50%" in page(one, Role.CONSULTANT).content.decode()
        )


def test_who_reads_the_measurements_reads_it_and_nobody_else():
    one = make_survey(is_shared=True)
    shown = page(one, Role.SPONSOR)  # nobody is coached there, so the sponsor reads along
    assert shown.status_code == 200
    assert one.link not in shown.content.decode(), "who reads does not ask"
    coached = make_engagement(stage=Stage.ACTIVE)
    told = make_survey(coached, by=person_of(coached, Role.COACH))
    assert page(told, Role.COACHEE).status_code == 200
    assert page(told, Role.SPONSOR).status_code == page(told, Role.MANAGER).status_code == 403
    other = make_survey()
    assert page(other, Role.MANAGER, "begin").status_code == 403
    mixed = reverse("surveys:show", args=[other.engagement_id, one.pk])
    assert signed_in(other.engagement, Role.CONSULTANT).get(mixed).status_code == 404


def test_the_page_asks_the_database_no_more_for_many(django_assert_max_num_queries):
    one = make_survey(addresses=ADDRESSES)
    client = signed_in(one.engagement, Role.CONSULTANT)
    for place, args in (("show", [one.engagement_id, one.pk]), ("index", [one.engagement_id])):
        with django_assert_max_num_queries(10):
            client.get(reverse(f"surveys:{place}", args=args), headers=EN)
    with django_assert_max_num_queries(10):
        Client().get(link_to(ADDRESSES[0]))


def test_the_share_becomes_a_value_of_the_criterion_it_answers():
    share = {"form": "share_at_least", "target": Decimal("0.8"), "unit": "%", "baseline": None}
    engagement = make_agreed(criterion=share)
    criterion = the_criterion(engagement)
    coach = person_of(engagement, Role.COACH)
    one = make_survey(engagement, by=coach, criterion_id=criterion.pk)
    answer(one, *[8] * 10, *[5] * 5)
    close_early(one)

    [value] = Observation.objects.all()
    assert (value.rate, value.criterion_id, value.on) == (Fraction(2, 3), criterion.pk, clock.today())
    assert "was written down as a value of the criterion" in page(one, Role.COACH).content.decode()
    again = make_survey(engagement, by=coach, criterion_id=criterion.pk)
    answer(again, *[8] * 6)
    close_early(again)
    assert "It was not written down" in page(again, Role.COACH).content.decode()
    with pytest.raises(Refused, match="answers no criterion") as refused:
        make_survey(engagement, by=coach, criterion_id=criterion.pk, is_shared=True)
    assert refused.value.field == "criterion"


def test_a_survey_that_feeds_a_criterion_closes_within_its_agreed_period():
    share = {"form": "share_at_least", "target": Decimal("0.8"), "unit": "%", "baseline": None}
    engagement = make_agreed(criterion=share)
    criterion, ends_on = the_criterion(engagement).pk, agreed_criteria(engagement)[0].terms.deadline
    clock.move_to(datetime.combine(ends_on - timedelta(days=5), time(12), tzinfo=UTC))
    given = {"by": person_of(engagement, Role.COACH), "criterion_id": criterion}

    with pytest.raises(Refused, match="what comes after it does not count") as refused:
        make_survey(engagement, closes_on=ends_on + timedelta(days=1), **given)
    assert refused.value.field == "closes_on"
    one = make_survey(engagement, closes_on=ends_on, **given)
    assert one.criterion_id == criterion

    is_offered = []
    for days in (0, 1):
        clock.move_to(datetime.combine(ends_on + timedelta(days=days), time(12), tzinfo=UTC))
        is_offered.append("criterion" in page(one, Role.COACH, "begin").context["form"].fields)
    assert is_offered == [True, False]


def test_where_no_number_is_shown_nothing_says_that_everybody_answered():
    one = make_survey(invited=6)
    answer(one, 8, 7, 9, 8)
    [free, *_rest] = [token_of(row) for row in one.letters.exclude(link_hash="")]
    hand_in(free, scores={}, texts={"hinders": "Het zoeken."})
    close_early(one)

    shown = page(one, Role.CONSULTANT).content.decode()

    assert "5 of 6 people answered (83%)." in shown
    assert "Everybody who was asked answered" not in shown
    assert "Source of the method" not in shown
