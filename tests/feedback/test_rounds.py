"""A round from its beginning to its report, on the pages of coachee, coach and those who are asked."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from driehoek.access import Role, Shape, Stage
from driehoek.feedback.actions import (
    begin_round,
    close_early,
    close_rounds,
    drop_round,
    hand_in,
    hand_to_coach,
    keep_draft,
    name_rater,
    open_round,
    put_back,
    remind_raters,
)
from driehoek.feedback.models import Rater, Round
from driehoek.feedback.queries import asked_in
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.outbox.models import Letter
from tests.feedback.makers import (
    EN,
    SEVEN,
    answer,
    make_couple,
    make_open,
    make_round,
    raters,
    token_of,
    visit,
)
from tests.makers import make_engagement, person_of
from tests.sessions.makers import signed_in

pytestmark = pytest.mark.django_db


def page(engagement, role, place, *args):
    return signed_in(engagement, role).get(
        reverse(f"feedback:{place}", args=[engagement.pk, *args]), headers=EN
    )


def post(engagement, role, place, *args, **typed):
    address = reverse(f"feedback:{place}", args=[engagement.pk, *args])
    return signed_in(engagement, role).post(address, typed, headers=EN, follow=True)


def steps(engagement, role):
    return signed_in(engagement, role).get(reverse("today"), headers=EN).content.decode()


def test_coachee_and_coach_come_from_an_empty_page_to_letters_on_their_way():
    engagement = make_couple()
    assert "No round yet" in page(engagement, Role.COACH, "index").content.decode()
    typed = {"moment": "baseline", "behaviours": ["listening", "word-kept"], "own1": "asks me first"}
    post(engagement, Role.COACH, "begin", **typed)
    one = Round.objects.get()
    assert [part.id for part in asked_in(one).behaviours][-1] == "own"
    assert "Name who you ask for feedback" in steps(engagement, Role.COACHEE)
    for n in range(3):
        person = {"name": f"Collega {n}", "email": f"c{n}@example.org", "group": "peers"}
        shown = post(engagement, Role.COACHEE, "people", one.pk, **person)
        assert ("The list is ready" in shown.content.decode()) is (n == 2)
    post(engagement, Role.COACHEE, "hand_over", one.pk)
    assert "Look at who was named for feedback" in steps(engagement, Role.COACH)

    last = clock.today() + timedelta(days=14)
    shown = post(engagement, Role.COACH, "check", one.pk, closes_on=last.isoformat()).content.decode()

    assert "The letters are on their way." in shown
    assert Letter.objects.filter(template="feedback_asked").count() == 3
    assert "Answer the questions about yourself" in steps(engagement, Role.COACHEE)


def test_somebody_who_is_asked_answers_page_by_page_on_a_phone_without_an_account():
    one = make_open(behaviours=["listening", "word-kept"])
    client, link = visit(token_of(raters(one, "peers")[0]))
    shown = client.get(link)
    words = shown.content.decode()
    for said in (
        "Johan Verbeek asks how you see it",
        "Marijke Aalbers",
        "semi-anonymous",
        "Not answering is fine",
    ):
        assert said in words
    assert "no-store" in shown["Cache-Control"]
    assert 'class="rail' not in words

    began = client.post(link)
    assert began.url == reverse("rater:page", args=[1])
    first = client.get(began.url).content.decode()
    assert "Johan lets people finish before judging." in first
    assert "I cannot say" in first
    assert " checked" not in first
    on = client.post(began.url, {"lets-finish": "4", "asks-on": "none"})
    assert on.url == reverse("rater:page", args=[2])
    assert 'value="4"' in (again := client.get(began.url).content.decode())
    assert again.count(" checked") == 2
    assert client.post(on.url, {"back": "1"}).url == began.url
    last = client.post(on.url, {}).url
    assert "Some sentences have no answer yet." in client.get(last).content.decode()

    done = client.post(last, {"keep": "Zo doorgaan"}, follow=True)
    assert "Handed in. Thank you." in done.content.decode()
    [given] = Round.objects.get().given
    assert given["scores"] == {"lets-finish": 4}
    for address in (link, began.url, last):
        assert client.get(address).status_code == client.post(address).status_code == 410


def test_the_coachee_answers_about_themselves_on_the_same_pages_and_stands_apart():
    one = make_open()
    client = signed_in(one.engagement, Role.COACHEE)
    begin = reverse("feedback:answer_self", args=[one.engagement_id, one.pk])
    first = client.post(begin, follow=True)
    assert (
        "I let people finish before I judge."
        in client.get(reverse("rater:page", args=[1]), headers=EN).content.decode()
    )
    client.post(reverse("rater:page", args=[1]), {"lets-finish": "5"})
    assert first.status_code == 200
    client.post(begin)  # again, in the same browser: what was filled in is still there
    assert " checked" in client.get(reverse("rater:page", args=[1])).content.decode()
    client.post(reverse("rater:page", args=[2]), {})

    assert [given["group"] for given in Round.objects.get().given] == ["self"]
    assert "Answer the questions about yourself" not in steps(one.engagement, Role.COACHEE)
    assert "handed in" in client.post(begin, headers=EN, follow=True).content.decode()


def test_a_manager_says_first_to_know_that_one_person_is_recognisable():
    one = make_open()
    token = token_of(raters(one, "manager")[0])
    client, link = visit(token)
    assert "Your answers are named" in client.get(link).content.decode()
    untold = client.post(link).content.decode()
    assert "Say first that you know this." in untold
    assert 'name="knows" value="1" autofocus' in untold, "on a phone it is far below the fold"
    keep_draft(token, scores={"lets-finish": 3})
    with pytest.raises(Refused, match="Say first"):
        hand_in(token)

    assert client.post(link, {"knows": "1"}).status_code == 302
    hand_in(token)


@pytest.mark.parametrize(
    ("groups", "of", "level"),
    [
        (("peers",) * 5, "peers", "Your answers are anonymous"),
        (("peers",) * 4, "peers", "semi-anonymous"),
        ((*("peers",) * 3, "reports", "others", "others"), "reports", "taken together with others"),
        ((*("peers",) * 3, "reports"), "reports", "Your numbers will not be shown"),
    ],
)
def test_how_recognisable_somebody_is_stands_there_before_the_first_question(groups, of, level):
    one = make_open(groups=groups)
    client, link = visit(token_of(raters(one, of)[0]))

    assert level in client.get(link).content.decode()


@pytest.mark.parametrize(
    ("email", "group", "because"),
    [
        ("RATER0@example.org ", "peers", "on the list already"),
        ("coachee", "peers", "your own address"),
        ("coach", "others", "address of your coach"),
        ("new@example.org", "manager", "a line manager on the list already"),
        ("new@example.org", "friends", "group this person belongs to"),
    ],
)
def test_who_cannot_be_asked_is_refused_with_the_reason(email, group, because):
    one = make_round()
    address = person_of(one.engagement, Role(email)).email if "@" not in email else email

    with pytest.raises(Refused, match=because):
        name_rater(one, name="Somebody", email=address, group=group)
    assert one.raters.count() == len(SEVEN)


def test_nobody_asks_more_than_thirty_or_so_few_that_nothing_can_be_shown():
    one = make_round(groups=("others",) * 30)
    with pytest.raises(Refused, match="At most 30"):
        name_rater(one, name="Somebody", email="one.more@example.org", group="peers")

    few = make_round(groups=("manager", "peers", "peers", "reports", "reports"))
    with pytest.raises(Refused, match="at least three people in one group"):
        hand_to_coach(few)


def test_the_coach_strikes_somebody_gives_the_list_back_and_opens_it_for_a_few_days_only():
    one = hand_to_coach(make_round())
    engagement, peer = one.engagement, raters(one, "peers")[0]
    post(engagement, Role.COACH, "strike", one.pk, peer.pk)
    assert not Rater.objects.filter(pk=peer.pk).exists()
    post(engagement, Role.COACHEE, "take_off", one.pk, raters(one)[0].pk)
    assert one.raters.count() == len(SEVEN) - 1
    put_back(one)
    post(engagement, Role.COACHEE, "take_off", one.pk, raters(one)[0].pk)
    assert one.raters.count() == len(SEVEN) - 2
    hand_to_coach(one)

    coach = person_of(engagement, Role.COACH)
    for days in (0, 2, 61):
        with pytest.raises(Refused, match="between 3 and 60"):
            open_round(one, closes_on=clock.today() + timedelta(days=days), by=coach)
    assert not Letter.objects.filter(template="feedback_asked").exists()


def test_a_round_that_nobody_heard_of_is_taken_back_and_one_that_went_out_is_not():
    one = make_round()
    post(one.engagement, Role.COACHEE, "drop", one.pk)
    assert not Round.objects.exists()
    post(one.engagement, Role.COACHEE, "drop", one.pk)

    with pytest.raises(Refused, match="can only be closed"):
        drop_round(make_open(make_round(one.engagement)))


def test_a_later_round_asks_the_same_of_the_same_people_and_none_comes_before_or_beside_it():
    one = make_open(own=["asks me first"])
    engagement, coachee = one.engagement, person_of(one.engagement, Role.COACHEE)
    with pytest.raises(Refused, match="under way"):
        begin_round(engagement, moment="interim", by=coachee)
    close_early(one)
    shown = page(engagement, Role.COACHEE, "begin").content.decode()
    assert "The same questions as the first time" in shown
    assert 'value="baseline"' not in shown

    later = begin_round(engagement, moment="end", by=coachee, behaviours=["entrusting"])

    assert later.asked == Round.objects.get(pk=one.pk).asked
    assert sorted(rater.email for rater in raters(later)) == sorted(rater.email for rater in raters(one))
    close_early(make_open(later))
    with pytest.raises(Refused, match="has passed"):
        begin_round(engagement, moment="interim", by=coachee)


def test_the_same_person_is_known_again_in_a_later_round_by_a_key_that_names_nobody():
    first = make_open(groups=("peers",) * 3)
    for rater in raters(first):
        answer(rater, 2, 3, 4)
    close_early(first)
    second = make_open(begin_round(first.engagement, moment="end", by=first.begun_by))
    for rater in raters(second)[:2]:
        answer(rater, 3, 3, 3)
    other = make_open(groups=("peers",) * 3)
    answer(raters(other)[0], 3, 3, 3)

    keys = [{given["key"] for given in Round.objects.get(pk=one.pk).given} for one in (first, second, other)]
    assert len(keys[0]) == 3
    assert keys[1] < keys[0]
    assert not keys[2] & keys[0]
    assert "rater" not in str(keys)


def test_reminders_go_twice_at_most_to_who_has_not_answered_and_leave_a_draft_alone():
    one = make_open(days=14)
    quiet, begun, done = raters(one, "peers")
    keep_draft(kept := token_of(begun), scores={"lets-finish": 3})
    answer(done, 3, 3, 3)
    told = []
    for day in range(15):
        with clock.moved_to(clock.now() + timedelta(days=day, minutes=1)):
            told.append(remind_raters() + remind_raters())
    sent = Letter.objects.filter(template="feedback_reminder")

    assert [day for day, count in enumerate(told) if count] == [5, 13]
    assert [sent.filter(to_address=rater.email).count() for rater in (quiet, begun, done)] == [2, 2, 0]
    assert not sent.filter(to_address=person_of(one.engagement, Role.COACHEE).email).exists()
    assert token_of(begun) == kept
    assert "/feedback/" not in sent.filter(to_address=begun.email)[0].open()["text"]
    client, link = visit(token_of(quiet))
    assert client.get(link).status_code == 200


def test_a_reader_who_wants_no_reminders_gets_none_and_a_pause_sends_none():
    one = make_open()
    one.engagement.stage, one.engagement.paused_on = Stage.PAUSED, clock.today()
    one.engagement.save()

    with clock.moved_to(clock.now() + timedelta(days=6)):
        assert remind_raters() == 0


def test_a_round_closes_after_its_last_day_and_both_are_told_once_and_find_it_on_today():
    one = make_open(days=3)
    for rater in raters(one):
        answer(rater, 2, 3, 4)
    with clock.moved_to(clock.now() + timedelta(days=3)):
        assert close_rounds() == 0
    with clock.moved_to(clock.now() + timedelta(days=4, minutes=1)):
        assert [close_rounds(), close_rounds()] == [1, 0]
        engagement = one.engagement
        assert Letter.objects.filter(template="feedback_in").count() == 2
        for role in (Role.COACHEE, Role.COACH):
            assert "The feedback is in" in steps(engagement, role)
            shown = page(engagement, role, "report", one.pk).content.decode()
            assert "Listening" in shown
            assert "The feedback is in" not in steps(engagement, role)
        for role in (Role.MANAGER, Role.SPONSOR):
            assert page(engagement, role, "report", one.pk).status_code == 403


def test_the_report_shows_means_counts_and_words_and_says_what_it_hides():
    groups = (*SEVEN, "others", "others")
    one = make_open(groups=groups)
    for n, rater in enumerate(raters(one)):
        answer(rater, 2 + n % 3, 1, texts={"keep": f"Woord {n}"})
    close_early(one)
    shown = page(one.engagement, Role.COACHEE, "report", one.pk).content.decode()

    for said in (
        "Colleagues: <b>3</b>",
        "Not shown: people outside the team",
        "Woord 4",
        "Johan asks on" if False else "Listening",
    ):
        assert said in shown
    assert "not shown" in shown
    assert 'role="img"' in shown
    few = make_open(groups=("peers",) * 3)
    for rater in raters(few):
        answer(rater, 2, 3, 4, texts={"keep": "NIET TONEN"})
    close_early(few)
    shown = page(few.engagement, Role.COACH, "report", few.pk).content.decode()
    assert "NIET TONEN" not in shown
    assert "Words of others are shown from 5 people on" in shown


def test_a_round_with_no_answers_at_all_closes_and_says_so():
    one = close_early(make_open())

    shown = page(one.engagement, Role.COACHEE, "report", one.pk).content.decode()
    assert "No group is large enough to be shown." in shown
    assert "Too few people answered" in shown


def test_no_list_asks_more_of_the_database_when_it_is_longer():
    def asked(one):
        close = one.state
        names = {"checking": "check", "naming": "people"}.get(close, "index")
        args = [] if names == "index" else [one.pk]
        role = Role.COACH if names == "check" else Role.COACHEE
        client = signed_in(one.engagement, role)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse(f"feedback:{names}", args=[one.engagement_id, *args]))
        return len(queries)

    for further in (lambda one: one, hand_to_coach, lambda one: make_open_from(one)):
        few, many = further(make_round(groups=("peers",) * 3)), further(make_round(groups=("peers",) * 30))
        assert asked(few) == asked(many) <= 10


def make_open_from(one):
    return make_open(one)


def test_where_nobody_is_coached_there_is_no_feedback():
    engagement = make_engagement(shape=Shape.CONSULTANCY)
    assert page(engagement, Role.CONSULTANT, "index").status_code == 403
