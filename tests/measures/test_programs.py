"""Values that a program sends with a key: all or nothing, by the rules of the page."""

import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from driehoek.access import Role, Stage
from driehoek.kit import clock
from driehoek.measures import actions
from driehoek.measures.models import SeriesKey
from tests.makers import person_of
from tests.measures.makers import NOW, WHY, as_, make_agreed, measure, the_criterion
from tests.measures.series import standing
from tests.measures.test_files import SHARE

pytestmark = pytest.mark.django_db
DOCS = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
TWO = [{"date": "2027-01-04", "value": 3.1}, {"date": "2027-01-11", "value": "3.6"}]
WEIGHTED = {"form": "level", "target": Decimal("0.9"), "baseline": None, "unit": "", "counted": "weighted"}


@pytest.fixture(autouse=True)
def _now():
    clock.move_to(NOW)
    cache.clear()


def page_of(engagement, name="keys", *more):
    return reverse(f"measures:{name}", args=[engagement.pk, the_criterion(engagement).pk, *more])


def key_for(engagement, role=Role.COACH, name="Weeklijst"):
    by = person_of(engagement, role)
    return actions.make_key(engagement, the_criterion(engagement).pk, by=by, name=name)


def sent(secret, given, language="en", **headers):
    if isinstance(given, list):
        given = {"values": given, "reason": WHY}  # the deadline has passed in most of these tests
    body = given if isinstance(given, bytes | str) else json.dumps(given)
    headers = {"authorization": f"Bearer {secret}", "accept-language": language} | headers
    return Client(headers=headers).post(reverse("series:receive"), body, content_type="application/json")


def named(answer):
    return [(one["index"], one["id"]) for one in answer.json()["problems"]]


def test_a_key_is_shown_once_and_kept_as_a_hash():
    engagement = make_agreed()
    coach = as_(engagement, Role.COACH)

    made = coach.post(page_of(engagement), {"name": "Weeklijst"})
    secret = made.context["secret"]
    again = coach.get(page_of(engagement)).content.decode()

    assert secret in made.content.decode()
    assert secret not in again
    assert "Weeklijst" in again
    assert secret not in str(SeriesKey.objects.values_list())
    assert sent(secret, TWO).json() == {"taken_over": 2, "already_there": 0}


def test_what_was_sent_stands_on_the_page_with_the_key_and_who_made_it():
    engagement = make_agreed()
    secret = key_for(engagement)

    sent(secret, {"values": TWO, "origin": "Het ordersysteem", "reason": WHY})

    shown = as_(engagement, Role.COACHEE, "en").get(page_of(engagement, "enter")).content.decode()
    assert "sent by a program, with a key of Marijke Aalbers" in shown
    assert "Weeklijst" in shown
    assert "Het ordersysteem" in shown
    assert (
        "Last used on 1 February 2027"
        in as_(engagement, Role.COACH, "en").get(page_of(engagement)).content.decode()
    )


def test_the_same_request_twice_changes_nothing():
    secret = key_for(make_agreed())
    sent(secret, TWO)

    assert sent(secret, TWO).json() == {"taken_over": 0, "already_there": 2}


@pytest.mark.parametrize(
    ("item", "problem"),
    [
        ("2027-01-04;3", "item_unreadable"),
        (None, "item_unreadable"),
        ({"date": "2027-01-04", "value": 3, "unit": "x"}, "field_unknown"),
        ({"value": 3}, "date_missing"),
        ({"date": 20270104, "value": 3}, "date_unreadable"),
        ({"date": "2027-02-30", "value": 3}, "date_impossible"),
        ({"date": "1999-01-04", "value": 3}, "date_unlikely"),
        ({"date": "2027-02-02", "value": 3}, "date_to_come"),
        ({"date": "2027-01-04", "value": 3}, "duplicate_date"),
        ({"date": "2027-01-05"}, "value_missing"),
        ({"date": "2027-01-05", "value": True}, "value_unreadable"),
        ({"date": "2027-01-05", "value": [3]}, "value_unreadable"),
        ({"date": "2027-01-05", "value": "veel"}, "value_unreadable"),
        ({"date": "2027-01-05", "value": "3,1"}, "value_other_decimal"),
        ({"date": "2027-01-05", "value": "3%"}, "value_percent"),
        ({"date": "2027-01-05", "value": 3, "volume": 4}, "volume_unwanted"),
        ({"date": "2027-01-05", "value": 0.1234567}, "too_many_figures"),
    ],
)
def test_every_item_that_cannot_be_taken_over_is_named_by_its_place(item, problem):
    engagement = make_agreed()

    answer = sent(key_for(engagement), [{"date": "2027-01-04", "value": 3}, item])

    assert (answer.status_code, named(answer)) == (422, [(1, problem)])
    assert standing(engagement) == {}


@pytest.mark.parametrize(
    "number", ["1e999999999", "-1e999999999", "1e-999999999", "9" * 5000, "0." + "1" * 40]
)
@pytest.mark.parametrize("agreed", [{}, SHARE])
def test_a_number_of_any_size_is_answered_in_a_sentence(agreed, number):
    engagement = make_agreed(criterion=agreed)

    answer = sent(
        key_for(engagement),
        f'{{"reason": "x", "values": [{{"date": "2027-01-04", "value": 50}}, '
        f'{{"date": "2027-01-05", "value": {number}}}]}}',
    )

    assert named(answer) == [(1, "too_many_figures")]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b'[{"date": "2027-01-04", "value": NaN}]', 400),
        (b'"x"', 422),
        (b"[]", 422),
        (b'{"values": [], "x": 1}', 422),
        (b'{"values": {}}', 422),
        (b'{"values": [{}], "replace": "yes"}', 422),
        (b'{"values": [{}], "percents": "half"}', 422),
        (json.dumps([{}] * 2_001).encode(), 422),
        (json.dumps({"values": [{}], "reason": "x" * 301}).encode(), 422),
        (b" " * 1_000_001, 413),
        (b" " * (13 * 2**20), 413),
    ],
    ids=lambda value: value if isinstance(value, int) else value[:12].decode("latin-1"),
)
def test_what_is_no_series_is_refused_with_a_sentence(body, status):
    answer = sent(key_for(make_agreed()), body)

    assert answer.status_code == status
    assert answer.json()["problems"][0]["problem"].endswith(".")


def test_volumes_come_along_where_each_value_weighs():
    engagement = make_agreed(criterion=WEIGHTED)
    secret = key_for(engagement)

    assert named(sent(secret, [{"date": "2027-01-04", "value": 3}])) == [(0, "volume_impossible")]
    sent(secret, [{"date": "2027-01-04", "value": 12, "volume": 310}])

    assert list(engagement.observations.values_list("value", "out_of")) == [(12, 310)]


def test_percentages_are_not_guessed():
    engagement = make_agreed(criterion=SHARE)
    secret, part = key_for(engagement), [{"date": "2027-01-04", "value": 0.7}]

    assert named(sent(secret, part)) == [(None, "percents_unclear")]
    sent(secret, {"values": part, "percents": "part", "reason": WHY})
    sent(secret, [{"date": "2027-01-05", "value": "85%"}])

    assert standing(engagement) == {date(2027, 1, 4): Decimal("0.7"), date(2027, 1, 5): Decimal("0.85")}


def test_another_value_is_only_replaced_when_it_says_so_with_a_reason_after_the_deadline():
    engagement = make_agreed()
    secret = key_for(engagement)
    measure(engagement, [(date(2027, 1, 4), "9")])

    assert named(sent(secret, TWO)) == [(0, "day_holds_another")]
    assert sent(secret, {"values": TWO, "replace": True}).status_code == 422
    sent(secret, {"values": TWO, "replace": True, "reason": "Een nieuwe telling"})

    assert standing(engagement)[date(2027, 1, 4)] == Decimal("3.1")
    assert engagement.observations.get(struck__isnull=False).value == 9


def test_a_key_that_was_withdrawn_opens_nothing_and_what_came_in_stays():
    engagement = make_agreed()
    secret = key_for(engagement)
    sent(secret, TWO)
    key = engagement.series_keys.get()

    as_(engagement, Role.COACHEE).post(page_of(engagement, "withdraw_key", key.pk))

    assert sent(secret, [{"date": "2027-01-12", "value": 3}]).status_code == 401
    assert len(standing(engagement)) == 2
    assert (
        "Withdrawn by Johan Verbeek"
        in as_(engagement, Role.COACH, "en").get(page_of(engagement)).content.decode()
    )


@pytest.mark.parametrize("secret", ["", "no-such-key", "x" * 5_000])
def test_without_a_key_nothing_is_told(secret):
    make_agreed()
    answer = sent(secret, TWO)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_a_key_opens_nothing_in_a_stage_in_which_nothing_is_entered():
    engagement = make_agreed()
    secret = key_for(engagement)
    engagement.stage = Stage.CLOSED
    engagement.save(update_fields=["stage"])

    assert sent(secret, TWO).status_code == 403


def test_a_key_of_somebody_who_left_opens_nothing():
    engagement = make_agreed()
    secret = key_for(engagement)
    engagement.parties.filter(role=Role.COACH).update(accepted_at=None)

    assert sent(secret, TWO).status_code == 403


def test_a_key_opens_one_series_and_no_page():
    engagement, other = make_agreed(), make_agreed()
    secret = key_for(engagement)

    sent(secret, TWO)

    assert standing(other) == {}
    page = Client(headers={"authorization": f"Bearer {secret}"}).get(page_of(engagement))
    assert page.status_code == 302


def test_a_program_that_sends_too_often_is_asked_to_wait():
    secret = key_for(make_agreed())
    answers = [sent(secret, TWO).status_code for _turn in range(31)]
    assert answers == [200] * 30 + [429]


def test_a_page_that_is_sent_again_makes_no_second_key():
    engagement = make_agreed()
    coach = as_(engagement, Role.COACH, "en")
    coach.post(page_of(engagement), {"name": "Weeklijst"})

    again = coach.post(page_of(engagement), {"name": "Weeklijst"})

    assert "There is a key of this name already" in again.content.decode()
    assert "secret" not in again.context
    assert engagement.series_keys.count() == 1


def test_five_keys_are_enough():
    engagement = make_agreed()
    for number in range(5):
        key_for(engagement, name=f"Weeklijst {number}")

    page = as_(engagement, Role.COACH, "en").post(page_of(engagement), {"name": "Nog een"})

    assert "There are five keys already" in page.content.decode()


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SPONSOR])
def test_manager_and_sponsor_make_no_keys(role):
    engagement = make_agreed()
    assert as_(engagement, role).post(page_of(engagement), {"name": "x"}).status_code == 403


def test_sentences_come_in_the_language_that_was_asked_for():
    answer = sent(key_for(make_agreed()), [{"date": "2027-02-30", "value": 3}], language="nl")
    assert answer.json()["problems"][0]["problem"] == "Deze dag bestaat niet."


def test_reading_the_keys_asks_as_often_for_one_as_for_five(django_assert_max_num_queries):
    engagement = make_agreed()
    for number in range(5):
        key_for(engagement, name=f"Weeklijst {number}")
    client = as_(engagement, Role.COACH)
    with django_assert_max_num_queries(10):
        client.get(page_of(engagement))


# -- What docs/api.md tells ----------------------------------------------------


def test_the_example_of_the_page_about_programs_is_taken_over_and_answered_as_it_says():
    engagement = make_agreed()
    clock.move_to(datetime(2026, 12, 20, 9, tzinfo=UTC))
    body = DOCS.partition("-d '")[2].partition("'")[0]
    told = json.loads(DOCS.partition("```json\n")[2].partition("```")[0])
    assert sent(key_for(engagement), body).json() == told


def test_the_page_about_programs_names_every_problem_and_every_status():
    source = Path(actions.__file__).parents[1]
    code = "".join((source / name).read_text() for name in ("views/keys.py", "forms/sent.py"))
    statuses = set(re.findall(r"(?:_no|Unreadable)\((\d{3})", code)) | {"200", "422"}
    assert set(re.findall(r"^\| (\d{3}) \|", DOCS, re.M)) == statuses
    evidence = source.parent / "evidence"
    read = "".join(
        (evidence / f"{name}.py").read_text()
        for name in ("series_items", "series_terms", "series_day", "series_number")
    )
    known = set(
        re.findall(
            r'"((?:item|field|date|duplicate|value|percents?|share|volume|too|day|reason)_\w+)"', read + code
        )
    )
    known -= {"date_str"}
    assert (
        set(
            re.findall(
                r"`((?:item|field|date|duplicate|value|percents?|share|volume|too|day|reason)_\w+)`", DOCS
            )
        )
        == known
    )


def test_the_page_about_programs_names_how_often_and_how_much():
    rate = settings.ACCOUNT_RATE_LIMITS["send_series"]
    assert rate == "60/m/ip,30/m/key"
    assert "more than 30 requests in a minute with one key, or 60 from one place" in DOCS
    assert f"{actions.MOST_VALUES:,} items" in DOCS
