"""A series around the days on which nobody meets: holidays, and days that the coach types."""

from datetime import UTC, date, datetime

import pytest

from driehoek.access import Role
from driehoek.kit import clock
from driehoek.outbox.models import Letter
from driehoek.sessions.actions import cancel_session
from tests.documents.reading import moment, read_by_ical_js
from tests.makers import person_of
from tests.sessions.makers import NOW, make_coaching, page, signed_in

pytestmark = pytest.mark.django_db
EN = {"accept-language": "en"}


@pytest.fixture
def engagement():
    """Four Fridays from 18 December 2026: the second is Christmas, the third New Year's Day."""
    return make_coaching(logistics={"first_session_on": "2026-12-18", "session_count": 4, "every_weeks": 1})


def plan(engagement, **typed):
    return signed_in(engagement, Role.COACH).post(page(engagement, "plan"), typed, headers=EN)


def days(engagement):
    return [one.starts_at.astimezone(engagement.zone).date() for one in engagement.sessions.all()]


def test_holidays_are_left_out_and_the_series_goes_on_over_the_end_of_the_year(engagement):
    plan(engagement, holidays="on")

    assert days(engagement) == [date(2026, 12, 18), date(2027, 1, 8), date(2027, 1, 15), date(2027, 1, 22)]


def test_days_that_are_typed_are_left_out_one_by_one_and_as_a_stretch(engagement):
    plan(engagement, free="18-12-2026\n24-12-2026 t/m 3-1-2027; 2027-01-15")

    assert days(engagement) == [date(2027, 1, 8), date(2027, 1, 22), date(2027, 1, 29), date(2027, 2, 5)]


def test_without_a_choice_the_series_is_as_agreed_and_the_page_names_the_holidays(engagement):
    shown = signed_in(engagement, Role.COACH).get(page(engagement, "index"), headers=EN).content.decode()
    plan(engagement)

    assert "Christmas" in shown
    assert "New Year’s Day" in shown
    assert days(engagement)[1] == date(2026, 12, 25)


def test_the_days_are_shown_before_anything_is_planned_and_what_was_typed_stays(engagement):
    shown = plan(engagement, holidays="on", free="8-1-2027", show="on").content.decode()

    assert not engagement.sessions.exists()
    assert "Friday 15 January 2027" in shown
    assert "<b>Friday 8 January 2027</b>" not in shown
    assert "8-1-2027" in shown
    assert "checked" in shown


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("soon", "“soon” is no day"),
        ("32-12-2026", "is no day"),
        ("1-1-2027 - never", "is no day"),
        ("3-1-2027 - 1-1-2027", "ends before it begins"),
        ("1-1-2027 - 1-1-2029", "longer than a year"),
        ("1-1-2027 - 30-12-2027\n1-1-2028 - 30-12-2028", "more than 366 days"),
        ("1-1-0001", "is no day"),
        ("<script>", "&lt;script&gt;"),
        ("x" * 2001, "At most 2,000 characters"),
    ],
)
@pytest.mark.parametrize("button", [{}, {"show": "on"}])
def test_a_day_that_cannot_be_meant_is_said_and_nothing_is_planned(engagement, typed, said, button):
    answer = plan(engagement, free=typed, **button)

    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not engagement.sessions.exists()


def test_the_invitation_leaves_out_the_same_days(engagement):
    plan(engagement, holidays="on")

    for letter in Letter.objects.filter(template="session_planned"):
        (event,) = read_by_ical_js(letter.open()["calendar"])["events"]
        assert [moment(turn["starts"]) for turn in event["turns"]] == [
            datetime(2026, 12, 18, 9, tzinfo=UTC),
            *(datetime(2027, 1, day, 9, tzinfo=UTC) for day in (8, 15, 22)),
        ]


@pytest.mark.parametrize(
    ("first", "at", "says"),
    [
        ("2027-03-21", "03:30", "The clock goes forward and skips the agreed time, so it begins later."),
        ("2026-10-18", "02:30", "The clock goes back and this time comes twice: it is the first."),
    ],
)
def test_a_day_on_which_the_clock_changes_at_that_hour_says_so_before_it_is_planned(first, at, says):
    clock.move_to(NOW)
    logistics = {"first_session_on": first, "session_time": "02:30", "every_weeks": 1, "session_count": 3}
    engagement = make_coaching(logistics=logistics)

    shown = signed_in(engagement, Role.COACH).get(
        page(engagement, "index"), headers={"accept-language": "en"}
    )

    text = " ".join(shown.content.decode().split())
    assert text.count(says) == 1
    assert text.index(at) > 0


def test_the_rest_of_a_series_is_planned_at_once_with_one_letter_and_the_second_press_adds_nothing(
    engagement,
):
    plan(engagement)
    coach = person_of(engagement, Role.COACH)
    for session in list(engagement.sessions.all())[1:]:
        cancel_session(session, by=coach)
    Letter.objects.all().delete()
    page_of_the_coach = signed_in(engagement, Role.COACH)
    asked = page_of_the_coach.get(page(engagement, "index"), headers=EN).content.decode()
    shown = page_of_the_coach.get(page(engagement, "plan"), headers=EN).content.decode()

    plan(engagement, holidays="on")
    plan(engagement, holidays="on")

    assert "Plan the rest at once" in asked
    assert "Friday 25 December 2026" in shown
    assert "Friday 18 December 2026" not in shown
    standing = engagement.sessions.filter(cancelled_at=None)
    found = [(one.nth, one.starts_at.astimezone(engagement.zone).date()) for one in standing]
    assert found == [
        (1, date(2026, 12, 18)),
        (2, date(2027, 1, 8)),
        (3, date(2027, 1, 15)),
        (4, date(2027, 1, 22)),
    ]
    assert Letter.objects.filter(template="session_planned").count() == 2


def test_the_rest_of_a_series_begins_after_today_in_the_rhythm_that_was_agreed(engagement):
    plan(engagement)
    coach = person_of(engagement, Role.COACH)
    clock.move_to(datetime(2026, 12, 20, 9, tzinfo=UTC))
    for session in engagement.sessions.filter(starts_at__gt=clock.now()):
        cancel_session(session, by=coach)
    clock.move_to(datetime(2027, 1, 15, 9, tzinfo=UTC))

    plan(engagement)

    assert days(engagement)[-3:] == [date(2027, 1, 22), date(2027, 1, 29), date(2027, 2, 5)]
    shown = signed_in(engagement, Role.COACH).get(page(engagement, "plan"), headers=EN).content.decode()
    assert "Put these sessions in place" not in shown  # nothing is left
    assert "All sessions" in shown
