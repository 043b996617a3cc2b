"""Closing: reports, the ledger, what is released, and the end with or without the organisation."""

from collections.abc import Collection
from typing import Any

from driehoek.access import RECEIVERS, Role
from driehoek.agreements.queries import agreed_goals
from driehoek.demo.case import Case
from driehoek.demo.story.preparing import person
from driehoek.documents.fingerprint import fingerprint
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.results import actions as results
from driehoek.results.models import Result
from driehoek.results.queries import compose, material


def close(case: Case, engagement: Engagement) -> None:
    """Look back as far as the case tells, and end it when it says so."""
    told = case.get("closing")
    if not told or not case.is_past(told["begun_on"]):
        return
    held = Engagement.objects.select_related("data_key").get(pk=engagement.pk)
    author = person(case, Role.COACH if Role.COACH in case.roles else Role.CONSULTANT)
    with clock.moved_to(case.at(told["begun_on"], "17:30")):
        results.begin_closing(held, by=author)
    _report(case, held)
    rows = _write_ledger(case, held)
    _mark(case, held, rows, roles=[role for role in case.roles if role not in RECEIVERS])
    for release in told.get("releases", ()):
        if not release.get("after_closing"):
            _release(case, held, release)
    _mark(case, held, rows, roles=[role for role in case.roles if role in RECEIVERS])
    _answer_talks(case, held)
    if ended := told.get("ended_on"):
        with clock.moved_to(case.at(ended, "18:00")):
            results.close_engagement(held)
        for release in told.get("releases", ()):
            if release.get("after_closing"):
                _release(case, held, release)


def _report(case: Case, engagement: Engagement) -> None:
    for role, told in case.get("reports").items():
        with clock.moved_to(case.at(told["day"], "21:00")):
            results.save_report(engagement, role=Role(role), texts=told["sections"])
            results.hand_in_report(engagement, role=Role(role))


def _write_ledger(case: Case, engagement: Engagement) -> list[tuple[Result, dict[str, Any]]]:
    goals = {goal.number: goal.goal_id for goal in agreed_goals(engagement)}
    facts = ("text", "intended", "expected", "matters_to", "observable", "explained")
    rows = []
    for told in case.get("results"):
        with clock.moved_to(case.at(told["day"], "20:30")):
            row = results.add_result(
                engagement,
                role=Role(told["by"]),
                goal_id=goals.get(told.get("goal", 0)),
                **{fact: told[fact] for fact in facts},
            )
        rows.append((row, told))
    return rows


def _mark(
    case: Case, engagement: Engagement, rows: list[tuple[Result, dict[str, Any]]], *, roles: Collection[Role]
) -> None:
    """Every party its own view, on the day it gave it. What a party did not say stays unsaid."""
    for row, told in rows:
        for role in roles:
            if role not in told.get("marks", {}):
                continue
            view, remark, day = told["marks"][role]
            with clock.moved_to(case.at(day, "20:45")):
                results.mark_result(row, by=person(case, role), role=role, view=view, remark=remark)


def _release(case: Case, engagement: Engagement, told: dict[str, Any]) -> None:
    """Read the document as its receiver will, then release exactly that."""
    fresh = Engagement.objects.get(pk=engagement.pk)
    receiver, items = Role(told["to"]), told["items"]
    with clock.moved_to(case.at(told["day"], "21:15")):
        document, _rows = compose(material(fresh), receiver=receiver, items=items)
        results.release(
            fresh,
            by=person(case, Role.COACHEE),
            receiver=receiver,
            items=items,
            seen=fingerprint(document),
        )


def _answer_talks(case: Case, engagement: Engagement) -> None:
    for role, told in case.told["closing"].get("talks", {}).items():
        with clock.moved_to(case.at(told["day"], "09:10")):
            results.answer_closing_talk(engagement, by=person(case, Role(role)), comes=told["comes"])
