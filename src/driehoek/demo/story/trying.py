"""Trying something out: small experiments of one's own, and lists of behaviour that are ticked off."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from driehoek.access import Role
from driehoek.agreements.models import Criterion
from driehoek.demo.case import Case
from driehoek.demo.story.preparing import person
from driehoek.engagements.models import Engagement
from driehoek.experiments import actions as experiments
from driehoek.experiments.queries import Figure
from driehoek.kit import clock
from driehoek.measures import actions as measures
from driehoek.measures.queries import checklist_of


def try_out(case: Case) -> None:
    """Every experiment of everybody in this case: judged on its last day when that lies before today."""
    for told in case.get("experiments"):
        if case.is_past(told["day"]):
            _try(case, told)


def _try(case: Case, told: dict[str, Any]) -> None:
    who, kind = person(case, Role(told["by"])), told["kind"]
    with clock.moved_to(case.at(told["day"], "08:50")):
        made = experiments.start_experiment(
            who,
            kind=kind,
            figures=[_figure(one) for one in told["figures"]],
            problem=told["problem"],
            behaviours="\n".join(told.get("behaviours", ())),
            once=uuid4(),
        )
    last = told["day"] + (made.ends_on - made.started_on).days
    if not case.is_past(last):
        return
    with clock.moved_to(case.at(last, "16:20")):
        after = [_numbers(one["after"]) for one in told["figures"]]
        said = {name: told[name] for name in ("learned", "decision")}
        experiments.evaluate(made, measured_on=case.on(last), after=after, **said)


def _figure(told: dict[str, Any]) -> Figure:
    words = {name: told[name] for name in ("measure", "unit", "direction")}
    return Figure(target=Decimal(told["target"]), before=_numbers(told["before"]), **words)


def _numbers(written: list[str]) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, written))


def tick_off(case: Case, engagement: Engagement, told: dict[str, Any]) -> None:
    """What was seen on a day, of the list that is written at the first time."""
    who = person(case, Role(told["by"]))
    goal, place = told["criterion"]
    criterion = Criterion.objects.filter(engagement=engagement, goal__position=goal)[place - 1]
    with clock.moved_to(case.at(told["day"], "17:10")):
        if items := told.get("items"):
            measures.make_checklist(engagement, criterion.pk, by=who, items=items)
        known = checklist_of(engagement, criterion.pk)
        if known:
            seen = [one == "y" for one in told["seen"]]
            measures.tick_off(engagement, known, by=who, on=case.on(told["day"]), seen=seen)
