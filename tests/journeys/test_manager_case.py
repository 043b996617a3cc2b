"""Saskia's twelve meetings: three goals, a welcome surprise, and a board that does not answer. In English."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from driehoek.kit import clock
from driehoek.people.actions import first_administrator_link
from tests.journeys import leading, steps
from tests.journeys.walker import Walker

ZONE = ZoneInfo("Europe/Amsterdam")
FIRST_DAY = date(2026, 10, 7)


def on(day: date, hour: int = 9) -> None:
    """It is that day now."""
    clock.move_to(datetime(day.year, day.month, day.day, hour, tzinfo=ZONE))


def session_day(number: int) -> date:
    return FIRST_DAY + timedelta(weeks=2 * (number - 1))


@pytest.fixture
def evenings(tmp_path: Path) -> Path:
    file = tmp_path / "evenings.csv"
    file.write_text("date;value\n2026-10-07;4\n2026-12-02;3\n2027-03-10;2\n", encoding="utf-8")
    return file


@dataclass
class Cast:
    """Who walks, and where."""

    saskia: Walker
    ruben: Walker
    peter: Walker
    place: str = ""

    @property
    def everybody(self) -> tuple[Walker, ...]:
        return self.saskia, self.ruben, self.peter


def test_saskia_closes_while_her_board_stays_silent(walk, evenings):
    cast = Cast(
        saskia=walk("Saskia Holwerda", "saskia@example.org", language="en"),
        ruben=walk("Ruben Hofstra", "ruben@example.org", language="en"),
        peter=walk("Peter van Loon", "peter@example.org", language="en", inspects=True),
    )
    they_come_together(cast)
    they_answer_alone(cast)
    they_agree(cast)
    they_meet_twelve_times(cast)
    they_measure(cast, evenings)
    they_look_back(cast)
    saskia_releases(cast)
    it_ends_without_the_board(cast)


def they_come_together(cast: Cast) -> None:
    """From the outcome of the route choice to an engagement in one step; the sign-in loses nothing."""
    on(date(2026, 9, 7))
    saskia, ruben, peter = cast.everybody
    steps.found_practice(ruben, first_administrator_link().removeprefix(ruben.site), "Hofstra coaching")
    ruben.go("/profile/").press("Sign out")
    steps.choose_route(ruben, leading.PROBLEM, leading.ROUTE)
    ruben.press("Start an engagement")
    steps.sign_in(ruben)
    assert ruben.here == "/route/result/"
    ruben.press("Start an engagement")
    place = cast.place = ruben.engagement
    steps.invite(ruben, place, "coachee", saskia, organisation="Lichtnet ICT")
    steps.invite(ruben, place, "sponsor", peter, organisation="Lichtnet ICT")
    steps.accept(saskia, place)
    steps.accept(peter, place)


def they_answer_alone(cast: Cast) -> None:
    """Acquaintance, and the six questions."""
    on(date(2026, 9, 10), 14)
    saskia, ruben, peter = cast.everybody
    steps.get_acquainted(saskia, ruben, cast.place, on=clock.today(), points=leading.TALKED)
    steps.answer_six_questions(peter, cast.place, leading.SPONSOR)
    steps.answer_six_questions(saskia, cast.place, leading.COACHEE)
    steps.answer_six_questions(ruben, cast.place, leading.COACH)
    steps.lay_side_by_side(peter, cast.place, [leading.COACHEE, leading.COACH, leading.SPONSOR])


def they_agree(cast: Cast) -> None:
    """Three goals, and one text under three signatures."""
    on(date(2026, 9, 16))
    saskia, ruben, peter = cast.everybody
    place = cast.place
    for number, goal in enumerate(leading.GOALS, start=1):
        steps.write_goal(saskia, place, goal)
        steps.add_criterion(ruben, place, number, leading.CRITERIA[number - 1])
    steps.look_ahead(ruben, place, leading.KNOWN, leading.REASONS)
    peter.go(f"{place}agreement/goals/").reads(*leading.REASONS.values())
    saskia.go(f"{place}agreement/goals/new/").reads("There is no room for a fourth goal.")
    steps.write_draft(ruben, place, leading.TEXTS, leading.DAYS)
    steps.choose_who_sees_what(ruben, place, leading.SEES)
    steps.share_no_stumbling_blocks(saskia, place, leading.STUMBLING)
    steps.keep_nothing_back(peter, place)
    steps.offer(ruben, place)
    on(date(2026, 9, 28), 11)
    steps.talk_it_through(ruben, place, on=clock.today())
    assert len({steps.sign(who, place) for who in (peter, saskia, ruben)}) == 1


def they_meet_twelve_times(cast: Cast) -> None:
    """The first and the last meeting with everything in them."""
    saskia, ruben, peter = cast.everybody
    place = cast.place
    steps.plan_series(ruben, place, count=12, at="16:30")
    on(session_day(1) - timedelta(days=2))
    steps.prepare(saskia, place, 1, leading.QUESTION)
    on(session_day(1), 18)
    steps.hold(ruben, place, 1, question=leading.QUESTION, **leading.FIRST)
    steps.look_back(saskia, place, 1, leading.REFLECTION)
    for number in range(2, 12):
        on(session_day(number), 18)
        steps.hold_quickly(ruben, place, number)
    steps.update_action(saskia, place, colour="green", learnt=leading.LEARNT, done=True)
    on(session_day(12), 18)
    steps.prepare(saskia, place, 12, leading.LAST_QUESTION)
    steps.hold(ruben, place, 12, question=leading.LAST_QUESTION, **leading.LAST)
    peter.go(place).reads_nothing_of(leading.QUESTION, leading.LEARNT, leading.REFLECTION, leading.PROBLEM)


def they_measure(cast: Cast, evenings: Path) -> None:
    """One criterion from a file, one typed, and one nobody measured."""
    on(date(2027, 3, 12))
    saskia, ruben, _peter = cast.everybody
    steps.take_over_file(saskia, cast.place, evenings)
    steps.measure(ruben, cast.place, {"2027-01-05": "2", "2027-03-08": "6"}, nth=1)
    steps.score(saskia, cast.place, "interim", [0, 0, -1], "I count evenings.")
    steps.score(saskia, cast.place, "end", [1, 0, -1], "The letter is not there.")


def they_look_back(cast: Cast) -> None:
    """Reports and a ledger with a result that was not asked for."""
    on(date(2027, 3, 31))
    saskia, ruben, _peter = cast.everybody
    place = cast.place
    steps.begin_closing(ruben, place)
    steps.write_report(saskia, place, "coachee", leading.REPORT)
    steps.write_report(ruben, place, "coach", leading.COACH_REPORT)
    for row in leading.RESULTS:
        steps.add_result(saskia, place, **row)
        steps.give_view(saskia, f"{place}results/ledger/", row["text"], "desired")


def saskia_releases(cast: Cast) -> None:
    """The board reads exactly that, and finds one result unwelcome that Saskia is glad of."""
    saskia, _ruben, peter = cast.everybody
    place = cast.place
    shown = steps.release(saskia, place, "sponsor", ["measurements", "coachee_report", "results"])
    assert steps.read_released(peter, place) == shown
    peter.reads_nothing_of(leading.COACH_REPORT["seen"], leading.REFLECTION, leading.FIRST["private"])
    surprise = leading.RESULTS[1]["text"]
    steps.give_view(peter, f"{place}results/received/", surprise, "undesired", "This was not the idea.")
    saskia.go(f"{place}results/ledger/").reads("This was not the idea.")


def it_ends_without_the_board(cast: Cast) -> None:
    """Nobody waits for an answer that does not come; that side is reported as not judged."""
    _saskia, ruben, peter = cast.everybody
    steps.end(ruben, cast.place)
    for who in cast.everybody:
        who.go(cast.place)
    assert steps.read_released(peter, cast.place)
