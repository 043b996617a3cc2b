"""Who tries to find out what one person answered, or that they did, does not."""

import json
from datetime import timedelta
from itertools import permutations

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from driehoek.access import Permission, Role, Stage
from driehoek.evidence.profile import thawed
from driehoek.feedback.actions import (
    begin_round,
    close_early,
    close_rounds,
    hand_in,
    hand_to_coach,
    keep_draft,
    name_rater,
    open_round,
    put_back,
    remind_raters,
    take_off,
)
from driehoek.feedback.actions.answering import _CHANCE
from driehoek.feedback.models import Rater, Round
from driehoek.feedback.queries import draft_of
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.outbox.models import Letter, hash_of
from driehoek.vault import keys
from driehoek.vault.sealing import derive
from tests.feedback.makers import EN, answer, make_open, make_round, raters, token_of, visit
from tests.makers import make_engagement, person_of
from tests.racing import at_once
from tests.sessions.makers import signed_in

pytestmark = pytest.mark.django_db
FEEDBACK = ("feedback_round", "feedback_rater")


def dump(*tables):
    """Every value of these tables as raw SQL gives it, by row."""
    rows = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            rows += [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return rows


def plain(value):
    return bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()


def test_a_dump_of_the_database_holds_no_word_no_order_and_no_time_of_any_answer():
    one = make_open()
    tables = connection.introspection.table_names()
    for rater in raters(one):
        answer(rater, 2, 3, 4, texts={"keep": "GEHEIM-WOORD"})

    for row in dump(*tables):
        assert b"GEHEIM-WOORD" not in b"".join(map(plain, row.values()))
    models = apps.get_app_config("feedback").get_models()
    assert {model.__name__ for model in models} == {"Round", "Rater"}, "an answer is no row"
    fields = Rater._meta.concrete_fields
    assert [one.name for one in fields if "Date" in one.get_internal_type()] == ["reminded_on"]


def test_no_value_of_a_row_of_a_rater_stands_in_an_answer_and_the_other_way_round():
    one = make_open()
    known = {
        str(value) for rater in raters(one) for value in (rater.pk, rater.name, rater.email, token_of(rater))
    }
    for rater in raters(one):
        answer(rater, 2, 3, 4)
    given = Round.objects.get().given

    assert {key for row in given for key in row} == {"group", "key", "scores", "texts"}
    assert not [value for value in known if value in json.dumps(given)]
    rows = b"".join(plain(value) for row in dump("feedback_rater") for value in row.values())
    assert not [row["key"] for row in given if row["key"].encode() in rows]


def test_answers_lie_in_an_order_that_says_nothing(monkeypatch):
    shuffled = []
    monkeypatch.setattr(_CHANCE, "shuffle", lambda given: shuffled.append(len(given)) or given.reverse())
    one = make_open()
    people = raters(one)
    for n, rater in enumerate(people[1:4]):
        answer(rater, n + 1)

    assert shuffled == [1, 2, 3], "each time all that is there"
    assert [row["scores"]["lets-finish"] for row in Round.objects.get().given] == [3, 1, 2]


def test_a_draft_opens_with_the_link_alone_not_with_the_keys_of_the_house():
    one = make_open()
    rater, other = raters(one, "peers")[:2]
    keep_draft(token := token_of(rater), scores={"lets-finish": 5}, texts={"keep": "GEHEIM-WOORD"})
    rater.refresh_from_db()

    assert draft_of(rater, token).texts == {"keep": "GEHEIM-WOORD"}
    house = [
        keys.key(one.engagement.data_key_id),
        derive(keys.key(one.engagement.data_key_id), "feedback draft"),
    ]
    for guess in (rater.link_hash, token_of(other), *(key.hex() for key in house)):
        assert draft_of(rater, guess).texts == {}
    other.draft = rater.draft
    assert draft_of(other, token).texts == {}, "moved to another row it opens nowhere"
    assert token.encode() not in b"".join(plain(v) for row in dump(*FEEDBACK) for v in row.values())


def test_a_mail_scanner_that_opens_every_link_changes_nothing():
    one = make_open()
    before = dump(*FEEDBACK)
    for rater in raters(one):
        client, link = visit(token_of(rater))
        for _time in range(2):
            assert client.get(link).status_code == client.head(link).status_code == 200
        assert not client.cookies.get("session")

    assert dump(*FEEDBACK) == before
    assert visit("no-such-token")[0].get("/feedback/no-such-token/").status_code == 410


def seen_by(engagement, role):
    """Every page of the room, today and the engagement, as one text: without what differs at each look."""
    client, pages = (
        signed_in(engagement, role),
        [reverse("today"), reverse("engagement", args=[engagement.pk])],
    )
    one = Round.objects.get()
    for place in ("index", "begin", "people", "check", "report"):
        args = [engagement.pk] if place in ("index", "begin") else [engagement.pk, one.pk]
        pages.append(reverse(f"feedback:{place}", args=args))
    pages.append(reverse("results:index", args=[engagement.pk]))
    shown = []
    for address in pages:
        lines = client.get(address, headers=EN, follow=True).content.decode().splitlines()
        shown += [line for line in lines if "csrf" not in line and "_who" not in line]
    return shown


@pytest.mark.parametrize("role", [Role.COACHEE, Role.COACH])
def test_until_the_close_no_page_differs_whoever_has_answered(role):
    one = make_open()
    nobody = seen_by(one.engagement, role)
    people = raters(one)
    keep_draft(token_of(people[0]), scores={"lets-finish": 3})
    answer(people[2], 3)
    some = seen_by(one.engagement, role)
    for rater in (people[0], people[1], *people[3:]):
        answer(rater, 3)

    assert nobody == some == seen_by(one.engagement, role)
    assert Letter.objects.exclude(template__in=("feedback_asked", "your_turn")).count() == 0


def test_after_the_close_nothing_is_left_of_who_answered():
    one = make_open()
    people = raters(one)
    keep_draft(token_of(people[0]), scores={"lets-finish": 3})
    for rater in people[1:4]:
        answer(rater, 2, 3, 4)
    close_early(one)

    left = {
        (row["link_hash"], plain(row["draft"]), bool(row["has_answered"]), row["reminded_on"])
        for row in dump("feedback_rater")
    }
    assert left == {("", b"", False, None)}


def test_no_reminder_can_be_found_again_by_guessing_its_key_from_the_rows_of_who_was_asked():
    """A reminder goes to whoever has not answered, and the key of a letter stays for good."""
    one = make_open()
    for rater in (people := raters(one))[:4]:
        answer(rater, 2, 3, 4)
    days = [clock.today() + timedelta(days=n) for n in range(15)]
    for day in range(15):
        with clock.moved_to(clock.now() + timedelta(days=day, minutes=1)):
            remind_raters()
            remind_raters()
    close_early(one)

    assert Letter.objects.filter(template="feedback_reminder").count() == 2 * 3
    guessed = {hash_of(f"feedback:{rater.pk}:{day}") for rater in people for day in days}
    assert not guessed & set(Letter.objects.values_list("key", flat=True))


def test_a_late_answer_is_refused_after_the_last_day_and_after_the_close_and_changes_no_number():
    one = make_open(days=3)
    late, later = raters(one, "peers")[:2]
    token, other = token_of(late), token_of(later)
    for rater in raters(one, "reports"):
        answer(rater, 2, 3, 4)
    keep_draft(token, scores={"lets-finish": 5})
    keep_draft(other, scores={"lets-finish": 5})
    with clock.moved_to(clock.now() + timedelta(days=4, minutes=1)):
        with pytest.raises(Refused, match="no longer works"):
            hand_in(token)  # the worker has not come by yet
        close_rounds()
        before = dump("feedback_round")
        with pytest.raises(Refused, match="no longer works"):
            hand_in(other)
        with pytest.raises(Refused):
            close_early(one)

    assert dump("feedback_round") == before
    assert len(Round.objects.get().given) == 3


def test_waves_cannot_be_subtracted_because_a_closed_round_is_read_as_it_was_frozen():
    one = make_open()
    for rater in raters(one):
        answer(rater, 2, 3, 4)
    close_early(one)
    kept = Round.objects.get()
    page = reverse("feedback:report", args=[one.engagement_id, one.pk])
    before = signed_in(one.engagement, Role.COACHEE).get(page, headers=EN).content.decode()
    kept.answers = json.dumps(kept.given[1:])  # whatever became of the answers
    kept.save()

    def words(page):
        return [line for line in page.splitlines() if "csrf" not in line and "_who" not in line]

    after = signed_in(one.engagement, Role.COACHEE).get(page, headers=EN).content.decode()
    assert words(after) == words(before)


FOUR = ("peers",) * 4 + ("reports",) * 3


@pytest.mark.parametrize(
    ("gone", "new", "is_elsewhere", "is_refused"),
    [
        (1, 0, False, True),
        (1, 0, True, True),
        (0, 1, True, True),
        (0, 0, False, False),
        (0, 3, False, False),
        (4, 4, True, False),
    ],
)
def test_the_same_is_not_asked_again_at_once_of_one_more_or_one_less(gone, new, is_elsewhere, is_refused):
    """Who answers the same twice in a week would be found by taking one report from the other."""
    first = make_open(make_round(groups=FOUR))
    for rater in raters(first):
        answer(rater, 3, 4, 3)
    close_early(first)
    engagement = first.engagement
    if is_elsewhere:
        people = {role: person_of(engagement, role) for role in (Role.COACHEE, Role.COACH)}
        engagement = make_engagement(coachee=people[Role.COACHEE], coach=people[Role.COACH])
        later = make_round(engagement, FOUR)
    else:
        facts = {"moment": "interim", "by": person_of(engagement, Role.COACHEE)}
        later = begin_round(engagement, **facts)
    for rater in raters(later, "peers")[:gone]:
        take_off(later, rater.pk, permission=Permission.NAME_RATERS)
    for n in range(new):
        name_rater(later, name=f"New {n}", email=f"new{n}@example.org", group="peers")

    if is_refused:
        with pytest.raises(Refused, match="two weeks"):
            make_open(later)
        with clock.moved_to(clock.now() + timedelta(days=15)):
            assert make_open(later).state == Round.State.OPEN
    else:
        assert make_open(later).state == Round.State.OPEN


def test_a_round_about_the_same_person_that_is_still_open_elsewhere_counts_as_well():
    first = make_open(make_round(groups=FOUR), days=40)
    people = {role: person_of(first.engagement, role) for role in (Role.COACHEE, Role.COACH)}
    second = make_round(make_engagement(coachee=people[Role.COACHEE], coach=people[Role.COACH]), FOUR[1:])
    with clock.moved_to(clock.now() + timedelta(days=20)), pytest.raises(Refused, match="two weeks"):
        make_open(second)


def test_another_coach_does_not_read_that_there_is_a_round_elsewhere_and_the_person_reads_why():
    """The list was fit to hand over; then the coach strikes one off, or a round elsewhere has closed."""
    johan = person_of((first := make_open(make_round(groups=FOUR))).engagement, Role.COACHEE)
    second = make_round(make_engagement(coachee=johan), FOUR)
    hand_to_coach(second)
    take_off(second, raters(second, "peers")[0].pk, permission=Permission.CHECK_RATERS)
    last = clock.today() + timedelta(days=14)

    with pytest.raises(Refused) as refused:
        open_round(second, closes_on=last, by=person_of(second.engagement, Role.COACH))
    assert "cannot go out yet" in refused.value.message
    assert "asked" not in refused.value.message
    put_back(second)
    with pytest.raises(Refused, match="two weeks"):
        hand_to_coach(second)
    assert first.engagement_id != second.engagement_id


def test_from_all_that_is_kept_of_a_report_no_hidden_group_can_be_subtracted():
    """The frozen report is the same whatever the two people of the hidden group answered."""
    reports = set()
    for scores in permutations((1, 3, 5), 2):
        one = make_open(groups=("manager", "peers", "peers", "peers", "reports", "reports"))
        for rater, score in zip(raters(one), (4, 2, 3, 4, *scores), strict=True):
            answer(rater, score)
        close_early(one)
        reports.add(Round.objects.get(pk=one.pk).report)

    assert len(reports) == 1
    assert thawed(json.loads(reports.pop())).hidden == ("reports",)


def test_a_link_used_twice_at_the_same_time_by_back_and_forth_counts_once():
    one = make_open()
    token = token_of(raters(one, "peers")[0])
    keep_draft(token, scores={"lets-finish": 3})
    hand_in(token)

    with pytest.raises(Refused, match="no longer works"):
        hand_in(token)
    assert len(Round.objects.get().given) == 1


def test_no_letter_says_more_than_who_asks_until_when():
    one = make_open(own=["NIET-IN-DE-BRIEF"])
    for rater in raters(one):
        answer(rater, 2, 3, 4, texts={"keep": "NIET-IN-DE-BRIEF"})
    close_early(one)
    words = " ".join(str(letter.open()) for letter in Letter.objects.all())

    assert "NIET-IN-DE-BRIEF" not in words
    assert "Listening" not in words
    assert "Luisteren" not in words
    for rater in raters(one):
        mine = " ".join(str(letter.open()) for letter in Letter.objects.filter(to_address=rater.email))
        assert person_of(one.engagement, Role.COACHEE).name in mine
        assert not [other.name for other in raters(one) if other.name in mine]


def test_what_was_answered_goes_with_the_key_of_the_engagement():
    one = make_open()
    answer(raters(one)[1], 3)
    keys.shred(one.engagement.data_key_id)

    with pytest.raises(Exception, match="destroyed"):
        assert Round.objects.get().given


def test_a_stranger_with_an_account_and_the_other_parties_find_no_round():
    one = make_open()
    for role in (Role.MANAGER, Role.SPONSOR):
        client = signed_in(one.engagement, role)
        for place in ("index", "begin"):
            assert client.get(reverse(f"feedback:{place}", args=[one.engagement_id])).status_code == 403
    other = make_round()
    client = signed_in(other.engagement, Role.COACHEE)
    mixed = reverse("feedback:report", args=[other.engagement_id, one.pk])
    assert client.get(mixed).status_code == 404


def test_a_closed_engagement_changes_nothing_any_more_and_an_open_round_in_it_still_closes_on_its_day():
    one = make_open(days=3)
    for rater in raters(one):
        answer(rater, 2, 3, 4)
    one.engagement.stage = Stage.CLOSED
    one.engagement.save()
    with pytest.raises(Refused):
        close_early(one)

    with clock.moved_to(clock.now() + timedelta(days=4, minutes=1)):
        assert close_rounds() == 1
    page = reverse("feedback:report", args=[one.engagement_id, one.pk])
    assert signed_in(one.engagement, Role.COACHEE).get(page).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_two_who_hand_in_at_the_same_moment_are_both_counted():
    one = make_open()
    tokens = [token_of(rater) for rater in raters(one, "peers")]
    for n, token in enumerate(tokens, 1):
        keep_draft(token, scores={"lets-finish": n})

    brought = at_once(*(lambda token=token: hand_in(token) for token in tokens))

    assert brought == [None, None, None]
    assert sorted(row["scores"]["lets-finish"] for row in Round.objects.get().given) == [1, 2, 3]
