"""A series around the days on which the coach said not to be bookable."""

import re
from datetime import UTC, date, datetime, time

import pytest

from driehoek.access import Role, Stage
from driehoek.availability.actions import add_other_days
from driehoek.kit import clock
from driehoek.method.availability import Hours
from driehoek.outbox.models import Letter
from driehoek.sessions.actions import cancel_session
from tests.availability.makers import bookable
from tests.makers import make_person, person_of
from tests.sessions.makers import make_coaching, page, signed_in

pytestmark = pytest.mark.django_db
EN = {"accept-language": "en"}
JANUARY = [date(2027, 1, day) for day in (8, 15, 22, 29)]
FIRST = [date(2026, 12, 11), date(2026, 12, 18)]
OWN = "Leave out the days on which you cannot be booked"


@pytest.fixture
def engagement():
    """Four Fridays at ten from 11 December 2026: the third is Christmas, the fourth New Year's Day."""
    clock.move_to(datetime(2026, 11, 28, 9, tzinfo=UTC))
    return make_coaching(logistics={"first_session_on": "2026-12-11", "session_count": 4, "every_weeks": 1})


@pytest.fixture
def coach(engagement):
    """Somebody who works on holidays, and wrote down no ordinary week."""
    return bookable(person_of(engagement, Role.COACH), week={}, holidays_off=False)


def away(coach, first, last=None, *hours):
    parts = [Hours(time(opens), time(closes)) for opens, closes in hours]
    add_other_days(coach, first=first, last=last or first, hours=parts)


def shown(engagement, name="index", role=Role.COACH):
    answer = signed_in(engagement, role).get(page(engagement, name), headers=EN)
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def press(engagement, **typed):
    """Press the button of the page as it stands, with its boxes as they are ticked."""
    client = signed_in(engagement, Role.COACH)
    html = client.get(page(engagement, "plan"), headers=EN).content.decode()
    boxes = re.findall(r'<input type="checkbox" name="(\w+)"[^>]*?( checked)?>', html)
    ticked = {name: "on" for name, tick in boxes if tick} | typed
    answer = client.post(page(engagement, "plan"), {k: v for k, v in ticked.items() if v}, headers=EN)
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def days(engagement):
    standing = engagement.sessions.filter(cancelled_at=None).order_by("starts_at")
    return [one.starts_at.astimezone(engagement.zone).date() for one in standing]


def test_days_off_are_left_out_by_themselves_and_the_page_says_which_and_why(engagement, coach):
    away(coach, date(2026, 12, 19), date(2027, 1, 3))

    text = shown(engagement)
    press(engagement)

    assert "2 days are left out" in text
    which = "Friday 25 December 2026 until and including Friday 1 January 2027"
    assert f"{which} 2 days left out: you cannot be booked." in text
    assert "No day is left out" not in text
    assert days(engagement) == FIRST + JANUARY[:2]


def test_when_nothing_is_left_out_the_page_says_so(engagement, coach):
    away(coach, date(2026, 12, 19))  # a Saturday

    assert "4 sessions of 1 hour. No day is left out." in shown(engagement)


def test_a_coach_who_said_nothing_plans_as_agreed(engagement):
    assert "No day is left out." in shown(engagement)
    assert OWN in shown(engagement)
    press(engagement)

    assert days(engagement) == [*FIRST, date(2026, 12, 25), date(2027, 1, 1)]


def test_without_the_tick_the_day_is_planned_and_the_page_names_what_was_said_of_it(engagement, coach):
    away(coach, date(2026, 12, 18))

    text = press(engagement, own_days="", show="on")
    press(engagement, own_days="")

    assert "Friday 18 December 2026 You cannot be booked. 10:00" in text
    assert "No day is left out." in text
    assert days(engagement)[:2] == FIRST


@pytest.mark.parametrize(
    ("hours", "left_out"),
    [
        ([(9, 12)], ""),
        ([(9, 10), (10, 11)], ""),  # hours that touch
        ([(13, 17)], "Left out: you can be booked 13:00–17:00 only."),
        ([(8, 10), (14, 17)], "Left out: you can be booked 08:00–10:00 and 14:00–17:00 only."),
    ],
)
def test_a_day_with_other_hours_is_left_out_when_they_do_not_hold_the_agreed_time(
    engagement, coach, hours, left_out
):
    away(coach, date(2026, 12, 18), None, *hours)

    text = shown(engagement)
    press(engagement)

    assert (date(2026, 12, 18) in days(engagement)) is not bool(left_out)
    assert (left_out or "No day is left out.") in text


def test_of_two_things_said_of_a_day_the_later_counts(engagement, coach):
    away(coach, date(2026, 12, 14), date(2026, 12, 20))
    clock.move_to(datetime(2026, 11, 28, 10, tzinfo=UTC))
    away(coach, date(2026, 12, 18), None, (9, 12))

    press(engagement)

    assert date(2026, 12, 18) in days(engagement)


def test_days_are_those_on_the_clock_of_the_coach(engagement, coach):
    """Ten o'clock on Friday in Amsterdam is late on Thursday evening in Honolulu."""
    bookable(coach, time_zone="Pacific/Honolulu", week={}, holidays_off=False)
    away(coach, date(2026, 12, 17))

    press(engagement)

    assert days(engagement)[:2] == [date(2026, 12, 11), date(2026, 12, 25)]


def test_the_rest_of_a_series_leaves_them_out_too(engagement, coach):
    press(engagement)
    for session in list(engagement.sessions.all())[1:]:
        cancel_session(session, by=coach)
    away(coach, date(2026, 12, 18))

    assert "Friday 18 December 2026 Left out: you cannot be booked." in shown(engagement, "plan")
    press(engagement)

    assert days(engagement)[:2] == [date(2026, 12, 11), date(2026, 12, 25)]


def test_three_reasons_stand_each_beside_its_own_day(engagement, coach):
    away(coach, date(2026, 12, 18))

    text = press(engagement, holidays="on", free="11-12-2026", show="on")

    for reason in (
        "Friday 11 December 2026 Left out: as you chose.",
        "Friday 18 December 2026 Left out: you cannot be booked.",
        "Friday 25 December 2026 Left out: Christmas.",
        "Friday 1 January 2027 Left out: New Year’s Day.",
    ):
        assert reason in text
    assert "4 days are left out" in text


def test_holidays_are_ticked_for_who_said_not_to_be_booked_on_them(engagement, coach):
    bookable(coach, holidays_off=True)

    press(engagement)

    assert days(engagement) == FIRST + JANUARY[:2]


@pytest.mark.parametrize(("week", "warns"), [({4: [(13, 17)]}, True), ({4: [(9, 12)]}, False)])
def test_a_time_outside_the_ordinary_week_is_said_and_planned_all_the_same(engagement, coach, week, warns):
    hours = {day: [Hours(time(a), time(b)) for a, b in parts] for day, parts in week.items()}
    bookable(coach, week=hours, holidays_off=False)

    assert ("outside your ordinary week" in shown(engagement)) is warns
    press(engagement)

    assert days(engagement)[:2] == FIRST


def test_the_coachee_never_reads_why_nor_that_a_day_was_left_out(engagement, coach):
    away(coach, date(2026, 12, 18))
    press(engagement)

    letters = [str(one.open()) for one in Letter.objects.all()]
    for text in [shown(engagement, role=Role.COACHEE), *letters]:
        assert "booked" not in text
        assert "left out" not in text.lower()


def test_the_days_of_another_coach_do_not_count(engagement):
    away(make_person("Ruben"), date(2026, 12, 18))

    press(engagement)

    assert days(engagement)[:2] == FIRST


def test_somebody_who_is_away_for_ever_gets_a_page_and_not_an_error(engagement, coach):
    away(coach, date(2026, 12, 12), date(9999, 12, 31))

    text = shown(engagement)

    assert "Friday 11 December 2026 10:00" in text
    assert "until and including Friday 24 November 2028 102 days left out" in text


def test_where_no_day_is_left_before_the_end_the_boxes_stay_to_choose_anew(engagement, coach):
    away(coach, date(2026, 12, 1), date(2027, 1, 3))
    engagement.stage, engagement.stops_on = Stage.CLOSING, date(2026, 12, 31)
    engagement.save()

    text = shown(engagement)

    assert "This way no day is left before the engagement ends." in text
    assert OWN in text
    assert "Plan them all" not in text


def test_an_agreement_without_a_time_leaves_nothing_out_either():
    clock.move_to(datetime(2026, 11, 28, 9, tzinfo=UTC))
    logistics = {"first_session_on": "2026-12-11", "session_time": None, "session_count": 4}
    ending = make_coaching(logistics=logistics, stage=Stage.CLOSING, stops_on=date(2027, 1, 31))
    away(person_of(ending, Role.COACH), date(2026, 12, 1), date(2027, 1, 3))

    text = shown(ending)

    assert "Plan the sessions one by one." in text
    assert "left out" not in text


@pytest.mark.parametrize("others", [0, 40])
def test_the_page_asks_the_database_ten_times_at_most_however_many_days_off_there_are(
    engagement, coach, others, django_assert_max_num_queries
):
    for n in range(others):
        away(coach, date(2027, 1 + n % 12, 1 + n % 28))
    client = signed_in(engagement, Role.COACH)
    client.get(page(engagement, "index"))

    with django_assert_max_num_queries(10):
        client.get(page(engagement, "index"))
