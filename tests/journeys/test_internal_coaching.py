"""Johan's pilot: seven sessions, entered by hand by coachee, coach and manager, in Dutch."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from driehoek.kit import clock
from driehoek.people.actions import first_administrator_link
from tests.journeys import pilot, steps
from tests.journeys.walker import Walker

ZONE = ZoneInfo("Europe/Amsterdam")


def on(year: int, month: int, day: int, hour: int = 9) -> None:
    """It is that day now."""
    clock.move_to(datetime(year, month, day, hour, tzinfo=ZONE))


@pytest.fixture
def signed_by_week(tmp_path: Path) -> Path:
    file = tmp_path / "handtekeningen.csv"
    file.write_text(
        "datum;waarde\n24-09-2026;0\n15-10-2026;1\n05-11-2026;4\n17-12-2026;6\n", encoding="utf-8"
    )
    return file


@dataclass
class Cast:
    """Who walks, and where."""

    johan: Walker
    marijke: Walker
    anneke: Walker
    place: str = ""

    @property
    def everybody(self) -> tuple[Walker, ...]:
        return self.johan, self.marijke, self.anneke


def test_johan_goes_from_a_question_to_a_released_report(walk, signed_by_week):
    cast = Cast(
        johan=walk("Johan Verbeek", "johan@example.org", inspects=True),
        marijke=walk("Marijke Aalbers", "marijke@example.org", inspects=True),
        anneke=walk("Anneke de Graaf", "anneke@example.org", inspects=True),
    )
    they_come_together(cast)
    they_answer_alone(cast)
    they_agree(cast)
    they_talk(cast)
    they_measure(cast, signed_by_week)
    they_look_back(cast)
    johan_releases(cast)


def they_come_together(cast: Cast) -> None:
    """A question becomes an engagement, and everybody is in it."""
    on(2026, 9, 1)
    johan, marijke, anneke = cast.everybody
    steps.choose_route(johan, pilot.PROBLEM, pilot.ROUTE)
    link = first_administrator_link().removeprefix(johan.site)
    steps.found_practice(marijke, link, "Coachpool Rijk")
    title = "De pilot waar iedereen achter staat"
    place = cast.place = steps.begin_engagement(marijke, title, occasion="project")
    steps.invite(marijke, place, "coachee", johan, organisation="Inspectie Noord")
    steps.invite(marijke, place, "manager", anneke, organisation="Inspectie Noord")
    steps.accept(johan, place)
    steps.accept(anneke, place)


def they_answer_alone(cast: Cast) -> None:
    """Acquaintance, and the six questions: alone first, then side by side."""
    on(2026, 9, 3, 15)
    johan, marijke, anneke = cast.everybody
    steps.get_acquainted(johan, marijke, cast.place, on=clock.today(), points=pilot.TALKED)
    steps.answer_six_questions(johan, cast.place, pilot.COACHEE)
    anneke.go(f"{cast.place}intake/questions/").reads_nothing_of(pilot.COACHEE[0][0])
    anneke.go(cast.place).reads_nothing_of(*pilot.TALKED.values())
    steps.answer_six_questions(anneke, cast.place, pilot.MANAGER)
    steps.answer_six_questions(marijke, cast.place, pilot.COACH)
    for who in cast.everybody:
        steps.lay_side_by_side(who, cast.place, [pilot.COACHEE, pilot.COACH, pilot.MANAGER])


def they_agree(cast: Cast) -> None:
    """From the first goal to the last signature."""
    on(2026, 9, 9)
    johan, marijke, anneke = cast.everybody
    place = cast.place
    steps.write_goal(johan, place, pilot.GOAL)
    steps.add_criterion(johan, place, 1, pilot.SIGNATURES)
    steps.add_criterion(marijke, place, 1, pilot.HOURS)
    steps.write_draft(marijke, place, pilot.TEXTS, pilot.DAYS)
    steps.choose_who_sees_what(marijke, place, pilot.SEES)
    steps.share_no_stumbling_blocks(johan, place, pilot.STUMBLING)
    steps.keep_nothing_back(anneke, place)
    on(2026, 9, 15, 17)
    steps.talk_it_through(marijke, place, on=clock.today())
    steps.offer(marijke, place)
    signed = {steps.sign(who, place) for who in (marijke, johan, anneke)}
    assert len(signed) == 1, "everybody signs the same words"
    anneke.go(f"{place}agreement/").reads(pilot.TEXTS["result_manager"]).reads_nothing_of(pilot.STUMBLING)


def they_talk(cast: Cast) -> None:
    """The first two sessions with everything in them; the others are only held."""
    johan, marijke, anneke = cast.everybody
    place = cast.place
    steps.plan_series(marijke, place, count=7, at="10.00")
    on(2026, 9, 23)
    steps.prepare(johan, place, 1, pilot.QUESTION, pilot.SINCE)
    on(2026, 9, 24, 10)
    steps.hold(marijke, place, 1, question=pilot.QUESTION, **pilot.FIRST)
    steps.look_back(johan, place, 1, pilot.REFLECTION)
    johan.go(f"{place}sessions/1/").reads(pilot.FIRST["notes"]["will"])
    johan.reads_nothing_of(pilot.FIRST["private"])
    on(2026, 10, 14)
    steps.update_action(johan, place, colour="amber", learnt=pilot.LEARNT)
    steps.prepare(johan, place, 2, pilot.SECOND_QUESTION)
    on(2026, 10, 15, 10)
    steps.hold(marijke, place, 2, question=pilot.SECOND_QUESTION, **pilot.SECOND)
    anneke.go(place).reads_nothing_of(pilot.QUESTION, pilot.LEARNT, pilot.FIRST["action"]["text"])


def they_measure(cast: Cast, signed_by_week: Path) -> None:
    """Halfway and at the end, each alone; one series is typed, the other comes from a file."""
    johan, marijke, anneke = cast.everybody
    place = cast.place
    on(2026, 11, 5, 11)
    steps.hold_quickly(marijke, place, 3)
    steps.score(johan, place, "interim", [-1], "De helft twijfelt nog.")
    steps.score(anneke, place, "interim", [-1], "Ik hoor minder klachten.")
    steps.measure(johan, place, {"2026-10-14": "6", "2026-11-04": "6,5"}, nth=1)
    for number, day in ((4, (2026, 11, 26)), (5, (2026, 12, 17)), (6, (2027, 1, 7)), (7, (2027, 1, 28))):
        on(*day, 11)
        steps.hold_quickly(marijke, place, number)
    steps.take_over_file(marijke, place, signed_by_week, why="De lijst was pas in januari compleet.")
    johan.go(f"{place}measurements/").reads("na de einddatum ingevoerd", "De lijst was pas in januari")
    steps.score(johan, place, "end", [1], "Het team bereidde de proef voor.")
    steps.score(anneke, place, "end", [0], "Het plan is getekend.")


def they_look_back(cast: Cast) -> None:
    """Two reports, a ledger, and nothing of it for the organisation yet."""
    on(2027, 2, 5)
    johan, marijke, anneke = cast.everybody
    place = cast.place
    steps.begin_closing(marijke, place)
    steps.write_report(johan, place, "coachee", pilot.REPORT)
    steps.write_report(marijke, place, "coach", pilot.COACH_REPORT)
    steps.add_result(johan, place, **pilot.RESULT)
    steps.add_result(marijke, place, **pilot.EXTRA)
    ledger = f"{place}results/ledger/"
    steps.give_view(johan, ledger, pilot.RESULT["text"], "desired")
    steps.give_view(marijke, ledger, pilot.EXTRA["text"], "desired", "Dat zag ik gebeuren.")
    anneke.go(f"{place}results/received/")
    anneke.reads_nothing_of(pilot.REPORT["brought"], pilot.RESULT["text"])


def johan_releases(cast: Cast) -> None:
    """A document goes where Johan sends it; the manager reads exactly that and takes part to the end."""
    johan, marijke, anneke = cast.everybody
    place = cast.place
    shown = steps.release(johan, place, "manager", ["measurements", "coachee_report", "results"])
    assert steps.read_released(anneke, place) == shown
    anneke.reads(*pilot.REPORT.values())
    anneke.reads_nothing_of(pilot.COACH_REPORT["seen"], pilot.REFLECTION, pilot.QUESTION)
    steps.give_view(anneke, f"{place}results/received/", pilot.EXTRA["text"], "desired")
    anneke.go(f"{place}results/received/").press("Yes, I take part")
    steps.end(marijke, place)
    for who in cast.everybody:
        who.go(place).go("/today/")
