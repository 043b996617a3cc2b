"""A survey from its beginning to what is told of it, and who tries to find out more."""

import json
import re
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from uuid import UUID

import pytest
from django.conf import settings as conf
from django.db import connection
from django.test import Client
from django.urls import reverse

from driehoek.access import Role, Shape, Stage
from driehoek.agreements.queries import agreed_criteria
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.measures.models import Observation
from driehoek.outbox.models import Letter
from driehoek.outbox.stopping import stop_link
from driehoek.surveys.actions import begin_survey, close_early, close_surveys, hand_in, remind_of_surveys
from driehoek.surveys.actions.letters import token_of
from driehoek.surveys.models import Invited, Survey
from driehoek.vault import keys
from tests.feedback.makers import EN
from tests.feedback.test_attacks import dump, plain
from tests.makers import make_engagement, person_of
from tests.measures.makers import make_agreed, the_criterion
from tests.sessions.makers import signed_in

pytestmark = pytest.mark.django_db
HOW_SURE = "How sure? How that was worked out"
ADDRESSES = tuple(f"user{n}@example.org" for n in range(6))


def make_survey(engagement=None, **given):
    """By letter to 26 people, or to `invited`; with `is_shared` by one link."""
    engagement = engagement or make_engagement(shape=Shape.CONSULTANCY, stage=Stage.ACTIVE)
    facts = {"stem": "ease-of-use", "subject": "het nieuwe systeem", "invited": 26, "at_least": 7}
    facts |= {"closes_on": clock.today() + timedelta(days=10)} | given
    facts.setdefault("by", engagement.made_by)
    if not facts.pop("is_shared", False):
        facts.setdefault("addresses", named(range(facts["invited"])))
    return begin_survey(engagement, **facts)


def answer(one, *scores, words=""):
    """Each by a link that still works."""
    free = [token_of(row) for row in one.letters.exclude(link_hash="")] if not one.link else []
    for n, score in enumerate(scores):
        link = one.link or free[n]
        hand_in(link, scores={"overall": score}, texts={"hinders": words})


def named(some):
    return [f"user{n}@example.org" for n in some]


def page(one, role, place="show", *, language="en"):
    args = [one.engagement_id, one.pk] if place in ("show", "close") else [one.engagement_id]
    return signed_in(one.engagement, role).get(
        reverse(f"surveys:{place}", args=args), headers={"accept-language": language}
    )


def link_to(address):
    [letter] = Letter.objects.filter(to_address=address, template="survey_asked")
    return re.search(rf"{conf.BASE_URL}(/survey/\S+/)", letter.open()["text"]).group(1)


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


def test_a_letter_to_each_works_once_and_its_list_is_forgotten_at_the_close():
    one = make_survey(addresses=(*ADDRESSES, "USER0@example.org"))
    assert (one.invited, one.link, one.letters.count()) == (6, "", 6)
    client = Client(headers=EN)
    assert client.get(link_to(ADDRESSES[0])).status_code == 200
    client.post(link_to(ADDRESSES[0]), {"item-overall": "9"})
    assert client.get(link_to(ADDRESSES[0])).status_code == 410
    for address in ADDRESSES[1:]:
        Client().post(link_to(address), {"item-overall": "6"})
    close_early(one)

    assert not Invited.objects.exists()
    told = page(one, Role.CONSULTANT).content.decode()
    assert "Everybody who was asked answered, so this is the share itself" in told
    assert "Wilson" not in told


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
    assert make_survey(engagement, closes_on=ends_on, **given).criterion_id == criterion


def test_a_shared_link_of_before_that_names_a_criterion_writes_nothing_down():
    agreed = {"form": "share_at_least", "target": Decimal("0.8"), "unit": "", "baseline": None}
    engagement = make_agreed(criterion=agreed)
    one = make_survey(engagement, is_shared=True)
    Survey.objects.filter(pk=one.pk).update(criterion=the_criterion(engagement))
    answer(one, *[8] * 12)

    close_early(Survey.objects.get(pk=one.pk))

    assert not Observation.objects.exists()
    assert not Survey.objects.get().was_recorded


def test_halfway_everybody_gets_one_reminder_with_the_same_link_and_nobody_looks_who_answered():
    one = make_survey(addresses=ADDRESSES)
    Client().post(link_to(ADDRESSES[0]), {"item-overall": "9"})
    told = []
    for days in (4, 5, 6, 7, 9):
        with clock.moved_to(clock.now() + timedelta(days=days)):
            told.append(remind_of_surveys())

    assert told == [0, 0, 1, 0, 0]
    sent = Letter.objects.filter(template="survey_reminder")
    assert sorted(sent.values_list("to_address", flat=True)) == sorted(ADDRESSES)
    for letter in sent:
        assert link_to(letter.to_address) in letter.open()["text"]
    assert Client().get(link_to(ADDRESSES[0])).status_code == 410
    assert Client().get(link_to(ADDRESSES[1])).status_code == 200
    assert one.answers == ""


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


def test_who_stopped_reminders_gets_none_and_the_page_says_that_one_goes_to_everybody():
    one = make_survey(addresses=ADDRESSES)
    shown = page(one, Role.CONSULTANT).content.decode()
    Client().post(stop_link(ADDRESSES[0], "survey_reminder").removeprefix(conf.BASE_URL))
    with clock.moved_to(clock.now() + timedelta(days=7)):
        remind_of_surveys()

    assert "also who has answered: nobody looks at who did" in shown
    sent = Letter.objects.filter(template="survey_reminder").exclude(sealed=b"")
    assert sorted(sent.values_list("to_address", flat=True)) == sorted(ADDRESSES[1:])


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ([range(6)], range(5)),
        ([range(6)], range(7)),
        ([range(5), range(5, 10)], range(11)),
    ],
)
def test_one_survey_less_another_never_tells_of_fewer_than_five(before, now):
    engagement = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.ACTIVE)
    for some in before:
        close_early(make_survey(engagement, addresses=named(some)))

    with pytest.raises(Refused, match="fewer than five") as refused:
        make_survey(engagement, addresses=named(now))
    assert refused.value.field == "addresses"


def test_one_survey_less_another_in_a_second_engagement_of_whoever_takes_part_is_refused_too():
    first = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.ACTIVE)
    close_early(make_survey(first, addresses=named(range(6))))
    second = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.ACTIVE)
    make_survey(second, addresses=named(range(5)), stem="pulse", at_least=4)
    reads_both(first, second)

    with pytest.raises(Refused, match="fewer than five"):
        make_survey(second, addresses=named(range(5)))
    make_survey(second, addresses=named(range(6)))
    stranger = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.ACTIVE)
    make_survey(stranger, addresses=named(range(5)))


@pytest.mark.parametrize(("before", "now"), [(True, True), (True, False), (False, True)])
def test_with_a_shared_link_the_same_is_not_asked_again_within_two_weeks(before, now):
    engagement = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.ACTIVE)
    one = make_survey(engagement, is_shared=before)
    with pytest.raises(Refused, match="still is") as refused:
        make_survey(engagement, is_shared=now)
    assert refused.value.field == "stem"
    close_early(one)
    with clock.moved_to(clock.now() + timedelta(days=13)), pytest.raises(Refused, match="two weeks"):
        make_survey(engagement, is_shared=now)
    make_survey(engagement, is_shared=now, stem="pulse", at_least=4)
    with clock.moved_to(clock.now() + timedelta(days=15)):
        make_survey(engagement, is_shared=now)


@pytest.mark.parametrize(("before", "now"), [(True, True), (True, False), (False, True)])
def test_a_shared_link_in_a_second_engagement_of_whoever_takes_part_waits_two_weeks_too(before, now):
    first = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.ACTIVE)
    close_early(make_survey(first, is_shared=before))
    second = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.ACTIVE)
    make_survey(second, is_shared=now, stem="pulse", at_least=4)
    reads_both(first, second)

    with pytest.raises(Refused, match="two weeks"):
        make_survey(second, is_shared=now)
    with clock.moved_to(clock.now() + timedelta(days=15)):
        make_survey(second, is_shared=now)


@pytest.mark.parametrize("is_elsewhere", [False, True])
def test_the_same_people_are_not_asked_from_which_other_answer_on_they_count_within_two_weeks(is_elsewhere):
    """Five of five from 3 on and none of five from 4 on: each of them said 3."""
    engagement = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.ACTIVE)
    facts = {"stem": "pulse", "addresses": named(range(5))}
    close_early(make_survey(engagement, at_least=3, **facts))
    now = engagement
    if is_elsewhere:
        now = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.ACTIVE)
        reads_both(engagement, now)

    with pytest.raises(Refused, match="Choose 3") as refused:
        make_survey(now, at_least=4, **facts)
    assert refused.value.field == "at_least"
    make_survey(now, at_least=3, **facts)
    make_survey(now, at_least=4, stem="pulse", addresses=named(range(10, 15)))
    with clock.moved_to(clock.now() + timedelta(days=25)):
        close_surveys()
    with clock.moved_to(clock.now() + timedelta(days=40)):
        make_survey(now, at_least=4, **facts)


def test_an_alias_of_an_address_is_no_other_person():
    """Six, and then five of them under another name: as five others they would tell of the sixth."""
    aliases = [address.replace("@", "+again@") for address in ADDRESSES]
    engagement = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.ACTIVE)
    with pytest.raises(Refused, match="at least five") as refused:
        make_survey(engagement, addresses=[*ADDRESSES[:2], *aliases[:2], "user0+more@example.org"])
    assert refused.value.field == "addresses"

    one = make_survey(engagement, addresses=[*ADDRESSES, *aliases])
    assert one.invited == one.letters.count() == 6
    with pytest.raises(Refused, match="fewer than five"):
        make_survey(engagement, addresses=aliases[:5])


def reads_both(first, second):
    mine = second.parties.get(role=Role.SPONSOR)
    mine.person = person_of(first, Role.SPONSOR)
    mine.save()


def test_a_copy_of_the_database_joins_no_letter_to_whoever_has_answered():
    """By key, by how long something is, or by the order in which rows were written."""
    addresses = [f"{'x' * n}@example.org" for n in range(1, 21)]
    one = make_survey(addresses=addresses)
    with clock.moved_to(clock.now() + timedelta(days=7)):
        remind_of_surveys()
    rows = dump("surveys_invited")
    assert len({len(row["email"]) for row in rows}) == 1
    letters = Letter.objects.filter(template__in=["survey_asked", "survey_reminder"])
    guessed = {
        sha256(f"{name}:{row.pk}".encode()).hexdigest()
        for row in one.letters.all()
        for name in ("survey", "survey-reminder", "survey_asked", "survey_reminder")
    }
    assert not guessed & set(letters.values_list("key", flat=True))
    known = {row.pk: row.email.strip() for row in one.letters.all()}
    written = [known[pk] for pk in by_rowid("surveys_invited")]
    again = letters.filter(template="survey_reminder").order_by("queued_at", "pk")
    assert sorted(written) == sorted(addresses)
    assert written != addresses
    assert by_rowid("outbox_letter", again) != written


def by_rowid(table, letters=None):
    if letters is not None:
        return [letter.to_address for letter in letters]
    with connection.cursor() as cursor:
        place = "rowid" if connection.vendor == "sqlite" else "ctid"
        cursor.execute(f"SELECT id FROM {table} ORDER BY {place}")
        return [UUID(str(row[0])) for row in cursor.fetchall()]


def test_the_same_people_others_or_other_questions_may_be_asked():
    engagement = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.ACTIVE)
    make_survey(engagement, addresses=named(range(6)))
    make_survey(engagement, addresses=named(range(6)))
    make_survey(engagement, addresses=named(range(20, 26)))
    make_survey(engagement, addresses=named(range(15, 23)))
    make_survey(engagement, addresses=named(range(5)), stem="pulse", at_least=4)

    kept = Survey.objects.exclude(asked_of="").first().asked_of
    assert "example.org" not in kept


def test_the_same_letters_are_not_sent_twice_when_the_button_is_pressed_twice():
    engagement = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.ACTIVE)
    one = make_survey(engagement, addresses=named(range(6)))

    assert make_survey(engagement, addresses=named(range(6))) == one
    assert Letter.objects.filter(template="survey_asked").count() == 6
    assert make_survey(engagement, addresses=named(range(6)), subject="iets anders") != one
    close_early(one)
    assert make_survey(engagement, addresses=named(range(6))) != one


def test_two_addresses_of_one_person_are_one_person_in_a_survey():
    aliases = [f"user1+{n}@example.org" for n in range(5)]
    with pytest.raises(Refused, match="at least five people"):
        make_survey(addresses=aliases)

    one = make_survey(addresses=[*aliases, *named(range(2, 6))])
    assert one.invited == 5
    assert sorted(row.email.strip() for row in one.letters.all())[0] == aliases[0]


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


def test_who_is_asked_reads_of_how_many():
    one = make_survey(addresses=ADDRESSES)
    assert "6 people are asked." in Client(headers=EN).get(link_to(ADDRESSES[0])).content.decode()
    assert one.invited == 6


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
