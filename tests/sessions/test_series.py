"""A series planned from the agreement: right days, right clock, planned once."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from driehoek.access import Role, Stage
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.outbox.models import Letter
from driehoek.sessions.actions import add_session, move_session, plan_series
from driehoek.sessions.queries import held_count
from tests.makers import person_of
from tests.sessions.makers import NOW, held, make_coaching, make_session, page, signed_in

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def planned(**logistics):
    engagement = make_coaching(logistics=logistics)
    return plan_series(engagement, by=person_of(engagement, Role.COACH))


def test_the_page_shows_every_date_before_the_one_press_that_plans_them():
    engagement = make_coaching(logistics={"first_session_on": "2026-10-01", "session_count": 3})
    coach = signed_in(engagement, Role.COACH)

    before = coach.get(page(engagement, "index"), headers={"accept-language": "en"}).content.decode()
    nothing_yet = engagement.sessions.count()
    coach.post(page(engagement, "plan"))

    for words in ("Thursday 1 October 2026", "Thursday 22 October 2026", "Thursday 12 November 2026"):
        assert words in before
    assert nothing_yet == 0
    assert engagement.sessions.count() == 3


def test_sessions_on_both_sides_of_the_end_of_summer_time_stay_at_ten():
    sessions = planned(first_session_on="2026-10-22", session_count=2, every_weeks=1)

    assert [s.starts_at for s in sessions] == [
        datetime(2026, 10, 22, 8, tzinfo=UTC),
        datetime(2026, 10, 29, 9, tzinfo=UTC),
    ]


def test_sessions_on_both_sides_of_the_start_of_summer_time_stay_at_ten():
    sessions = planned(first_session_on="2027-03-25", session_count=2, every_weeks=1)

    assert [s.starts_at for s in sessions] == [
        datetime(2027, 3, 25, 9, tzinfo=UTC),
        datetime(2027, 4, 1, 8, tzinfo=UTC),
    ]


def test_a_series_runs_on_over_the_end_of_the_year():
    sessions = planned(first_session_on="2026-12-24", session_count=2, every_weeks=2)

    assert [s.starts_at.astimezone(AMSTERDAM).date() for s in sessions] == [
        date(2026, 12, 24),
        date(2027, 1, 7),
    ]


def test_a_second_press_plans_nothing_more_and_sends_no_second_letter():
    engagement = make_coaching()
    coach = signed_in(engagement, Role.COACH)

    coach.post(page(engagement, "plan"))
    coach.post(page(engagement, "plan"))

    assert engagement.sessions.count() == 7
    assert Letter.objects.filter(template="session_planned").count() == 2


def test_without_a_rhythm_in_the_agreement_planning_says_what_to_do():
    engagement = make_coaching(logistics={"session_time": None})

    answer = signed_in(engagement, Role.COACH).post(
        page(engagement, "plan"), headers={"accept-language": "en"}
    )

    assert "Plan them one by one." in answer.content.decode()
    assert engagement.sessions.count() == 0


def test_a_session_beyond_the_agreed_number_is_refused_with_the_reason():
    engagement = make_coaching(logistics={"session_count": 1})
    make_session(engagement)

    with pytest.raises(Refused, match=r"1 sessions|1 sessies"):
        add_session(engagement, on=date(2026, 12, 1), at=time(9), by=person_of(engagement, Role.COACH))


def test_sessions_can_be_planned_one_by_one_up_to_the_agreed_number():
    engagement = make_coaching(logistics={"session_count": 2, "first_session_on": None})
    coach = signed_in(engagement, Role.COACH)

    coach.post(page(engagement, "add"), {"on": "2026-12-01", "at": "9.30"})
    coach.post(page(engagement, "add"), {"on": "2026-12-01", "at": "9.30"})
    coach.post(page(engagement, "add"), {"on": "08-12-2026", "at": "09:30"})

    assert [s.starts_at.astimezone(AMSTERDAM).hour for s in engagement.sessions.all()] == [9, 9]


def test_a_moved_session_keeps_its_number_and_its_new_clock_time():
    clock.move_to(NOW)
    engagement = make_coaching()
    session = make_session(engagement, 1, starts_at=datetime(2026, 10, 22, 8, tzinfo=UTC))

    signed_in(engagement, Role.COACH).post(page(engagement, "move", 1), {"on": "2026-10-29", "at": "10:00"})

    session.refresh_from_db()
    assert (session.number, session.starts_at) == (1, datetime(2026, 10, 29, 9, tzinfo=UTC))
    letters = [letter.open()["text"] for letter in Letter.objects.filter(template="session_moved")]
    assert len(letters) == 2
    assert all("stond op donderdag 22 oktober 2026 om 10.00 uur" in text for text in letters)
    assert all("nu op donderdag 29 oktober 2026 om 10.00 uur" in text for text in letters)


@pytest.mark.parametrize("deed", ["add", "move"])
@pytest.mark.parametrize(
    ("on", "at", "why"),
    [
        ("2026-09-09", "10:00", "This moment lies behind you."),
        ("2026-09-10", "10:59", "This moment lies behind you."),
        ("2027-03-28", "02:30", "The clock goes forward that night: 02:30 does not exist. Choose 03:30"),
        ("2036-01-01", "10:00", "This is more than two years ahead."),
    ],
)
def test_a_moment_that_passed_never_comes_or_lies_far_away_is_refused_and_nobody_is_told(deed, on, at, why):
    clock.move_to(NOW)
    engagement = make_coaching(logistics={"session_count": 4})
    starts = make_session(engagement, starts_at=datetime(2026, 10, 22, 8, tzinfo=UTC)).starts_at
    there = page(engagement, *{"add": ("add",), "move": ("move", 1)}[deed])

    answer = signed_in(engagement, Role.COACH).post(
        there, {"on": on, "at": at}, headers={"accept-language": "en"}
    )

    assert why in answer.content.decode()
    assert [one.starts_at for one in engagement.sessions.all()] == [starts]
    assert not Letter.objects.exists()


def test_a_held_session_stays_where_it_was():
    engagement = make_coaching()
    session = held(make_session(engagement))

    with pytest.raises(Refused):
        move_session(session, on=date(2026, 12, 1), at=time(9), by=person_of(engagement, Role.COACH))


def test_a_coach_is_not_booked_twice_also_across_engagements():
    engagement = make_coaching()
    coach = person_of(engagement, Role.COACH)
    other = make_coaching(coach=coach)
    make_session(other, 1, starts_at=datetime(2026, 12, 1, 9, tzinfo=UTC))
    session = make_session(engagement, 1, starts_at=datetime(2026, 12, 2, 9, tzinfo=UTC))

    answer = signed_in(engagement, Role.COACH).post(
        page(engagement, "move", 1), {"on": "2026-12-01", "at": "10:30"}, headers={"accept-language": "en"}
    )

    session.refresh_from_db()
    assert "There is something else at this time." in answer.content.decode()
    assert session.starts_at == datetime(2026, 12, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize("on", ["0001-01-01", "32-13-2026", "tomorrow", "2101-01-01"])
def test_a_day_that_cannot_be_meant_is_refused_and_stays_in_the_field(on):
    engagement = make_coaching()
    make_session(engagement)

    answer = signed_in(engagement, Role.COACH).post(page(engagement, "move", 1), {"on": on, "at": "10:00"})

    assert answer.status_code == 200
    assert answer.context["form"].errors["on"]
    assert on in answer.content.decode()


def test_a_letter_says_the_day_and_nothing_of_the_engagement():
    engagement = make_coaching(title="Nee leren zeggen")
    plan_series(engagement, by=person_of(engagement, Role.COACH))

    letters = [letter.open()["text"] for letter in Letter.objects.filter(template="session_planned")]
    assert len(letters) == 2
    assert all("3 september 2026" in text and "Nee leren zeggen" not in text for text in letters)


@pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.CLOSED])
def test_nothing_is_planned_before_the_agreement_or_after_closing(stage):
    engagement = make_coaching(stage=stage)

    assert signed_in(engagement, Role.COACH).post(page(engagement, "plan")).status_code == 403


def test_the_count_of_held_sessions_is_one_number():
    engagement = make_coaching()
    held(make_session(engagement, 1, starts_at=datetime(2026, 9, 3, 8, tzinfo=UTC)))
    make_session(engagement, 2, starts_at=datetime(2026, 9, 24, 8, tzinfo=UTC))

    assert held_count(engagement) == 1


@pytest.mark.parametrize("role", [Role.COACH, Role.COACHEE])
def test_a_series_that_meets_another_session_of_coach_or_coachee_names_the_days_and_nothing_else(role):
    engagement = make_coaching(logistics={"first_session_on": "2026-12-01", "session_count": 3})
    other = make_coaching(title="Nee leren zeggen", **{role: person_of(engagement, role)})
    make_session(other, 1, starts_at=datetime(2026, 12, 22, 9, 30, tzinfo=UTC))

    answer = signed_in(engagement, Role.COACH).post(
        page(engagement, "plan"), headers={"accept-language": "en"}
    )

    words = answer.content.decode()
    assert "already has something at this time on: 22 December 2026." in words
    assert "Nee leren zeggen" not in words
    assert engagement.sessions.count() == 0


def test_a_series_beside_the_other_sessions_of_the_coach_is_planned():
    engagement = make_coaching(logistics={"first_session_on": "2026-12-01", "session_count": 3})
    other = make_coaching(coach=person_of(engagement, Role.COACH))
    make_session(other, 1, starts_at=datetime(2026, 12, 1, 10, tzinfo=UTC))

    assert len(plan_series(engagement, by=person_of(engagement, Role.COACH))) == 3


def test_the_list_says_which_session_was_not_rounded_off():
    engagement = make_coaching()
    make_session(engagement, 1, starts_at=clock.now().replace(year=2020))

    answer = signed_in(engagement, Role.COACH).get(
        page(engagement, "index"), headers={"accept-language": "en"}
    )

    assert "Not rounded off yet" in answer.content.decode()
