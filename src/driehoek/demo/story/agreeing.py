"""Agreeing: goals, criteria, the draft, who sees what, meeting, offering and signing."""

from collections.abc import Sequence
from datetime import time
from decimal import Decimal
from typing import Any

from driehoek.access import RECEIVERS, Role, default_table
from driehoek.agreements import actions as agreements
from driehoek.agreements.models import Criterion, Deliverable, Goal, Version
from driehoek.agreements.queries import signers_in, terms
from driehoek.agreements.queries.draft import GROUP_PAGES, clauses_here, days_on
from driehoek.demo.case import Case, common
from driehoek.demo.story.preparing import person
from driehoek.documents.fingerprint import grouped
from driehoek.engagements.models import Engagement
from driehoek.evidence.baseline import BaselineWindow, Before
from driehoek.evidence.deadlines import Anchor
from driehoek.kit import clock
from driehoek.people.models import Person

DAYS = ("first_session_on", "starts_on", "ends_on")


def agree(case: Case, engagement: Engagement) -> bool:
    """Write, offer and sign as far as the case tells; says whether the agreement came into force."""
    told = case.get("agreement")
    if not told:
        return False
    author = person(case, Role.COACH if Role.COACH in case.roles else Role.CONSULTANT)
    with clock.moved_to(case.at(told["written_on"], "14:00")):
        _set_goals(case, engagement, by=author)
        _draft(case, engagement, by=author)
    if not told.get("offered_on"):
        return False
    version = _offer(case, engagement, by=author)
    return _sign(case, version)


def _set_goals(case: Case, engagement: Engagement, *, by: Person) -> None:
    """Goals and promises first: a criterion may wait for a promise, and another be judged by it."""
    goals = [(_set_goal(case, engagement, told, by=by), told) for told in case.get("goals")]
    promised = [_promise(engagement, told, by=by) for told in case.get("deliverables")]
    set_down = [
        [_set_criterion(case, goal, one, promised, by=by) for one in told["criteria"]] for goal, told in goals
    ]
    for row, told in zip(promised, case.get("deliverables"), strict=True):
        if ties := [set_down[goal - 1][place - 1].pk for goal, place in told.get("criteria", ())]:
            _promise(engagement, told, by=by, judged_by=ties, deliverable_id=row.pk)


def _set_goal(case: Case, engagement: Engagement, told: Any, *, by: Person) -> Goal:
    words = ("action", "about", "shown_by", "why", "ability", "matters_to")
    return agreements.save_goal(
        engagement,
        by=person(case, Role.COACHEE) if Role.COACHEE in case.roles else by,
        by_when=case.on(told["by_day"]),
        learning_goals="\n".join(told.get("learning_goals", ())),
        levels={step - 2: text for step, text in enumerate(told.get("levels", ()))},
        language="nl",
        brought_by=told.get("brought_by", Goal.BroughtBy.TOGETHER) if Role.COACHEE in case.roles else "",
        **{word: told[word] for word in words},
    )


def _set_criterion(
    case: Case, goal: Goal, told: Any, promised: Sequence[Deliverable], *, by: Person
) -> Criterion:
    """Between two days, or so many days `within` after the promise of that number is accepted."""
    period: dict[str, Any] = {"anchor": None}
    if "after" in told:
        milestone = str(promised[told["after"] - 1].pk)
        period["anchor"] = Anchor("milestone", told["within"], "days", milestone)
    else:
        period |= {"window_starts": case.on(told["from_day"]), "deadline": case.on(told["to_day"])}
    criterion = agreements.save_criterion(
        goal,
        by=by,
        measure=told["measure"],
        unit=told.get("unit", ""),
        form=told["form"],
        direction=told.get("direction", "up"),
        counted=told.get("counted", "last"),
        target=Decimal(told["target"]),
        baseline=Decimal(told["baseline"]) if "baseline" in told else None,
        measured_before=_before(case, told["before"]) if "before" in told else None,
        **period,
    )
    if why := told.get("accepted"):  # by warning: the reason why it was agreed all the same
        agreements.look_ahead(criterion, by=by, known=told.get("known", {}), reasons=why)
    return criterion


def _before(case: Case, told: dict[str, Any]) -> BaselineWindow:
    """What was measured before anything was agreed: the day, what was counted, and out of how many."""
    values = (Before(case.on(day), Decimal(one), Decimal(of)) for day, one, of in told["values"])
    return BaselineWindow(case.on(told["from_day"]), case.on(told["to_day"]), tuple(values))


def _promise(engagement: Engagement, told: Any, *, by: Person, **more: Any) -> Deliverable:
    words = {word: told[word] for word in ("sort", "name", "accepted_when", "week")}
    return agreements.save_deliverable(engagement, by=by, **words, **more)


def _draft(case: Case, engagement: Engagement, *, by: Person) -> None:
    told, engagement = case.told["agreement"], Engagement.objects.get(pk=engagement.pk)
    written = told["clauses"]
    for page in dict.fromkeys(GROUP_PAGES.values()):
        here = [one for one in clauses_here(engagement) if GROUP_PAGES[one.group] == page]
        texts = {one.id: written.get(one.id) or one.start for one in here}
        days = {name: value for name, value in _logistics(case).items() if name in _on(page, engagement)}
        agreements.save_draft(engagement, by=by, part=page, clauses=texts, logistics=days)
    agreements.choose_disclosure(engagement, by=by, table=_table(case))
    if stumbling := told.get("stumbling_blocks"):
        coachee = person(case, Role.COACHEE)
        shared = told.get("shares_stumbling_blocks", False)
        agreements.save_stumbling_blocks(engagement, by=coachee, text=stumbling, shared=shared)


def _on(page: str, engagement: Engagement) -> tuple[str, ...]:
    return days_on(page, engagement.shape_)


def _logistics(case: Case) -> dict[str, Any]:
    told = dict(case.told["agreement"]["logistics"])
    told |= {name: case.on(told[name]) for name in DAYS if name in told}
    if "session_time" in told:
        told["session_time"] = time.fromisoformat(told["session_time"])
    return told


def _table(case: Case) -> dict[str, dict[str, str]]:
    """The table agreements start from, with what this case chose otherwise, for those who take part."""
    chosen = case.told["agreement"].get("disclosure", {})
    present = [role for role in RECEIVERS if role in case.roles]
    return {
        kind: {role: chosen.get(kind, {}).get(role, row[role]) for role in present}
        for kind, row in default_table(case.shape).as_json().items()
    }


def _offer(case: Case, engagement: Engagement, *, by: Person) -> Version:
    told = case.told["agreement"]
    with clock.moved_to(case.at(told["met_on"], "17:00")):
        for question, found in told.get("expectations", {}).items():
            agreements.write_expectation(engagement, by=by, question=question, **found)
        agreements.record_three_way_meeting(engagement, by=by, met_on=case.on(told["met_on"]))
    for role in RECEIVERS if Role.COACHEE in case.roles else ():
        party = engagement.party(role)
        if party and party.accepted_at:
            with clock.moved_to(case.at(told["met_on"], "18:00")):
                agreements.answer_candour(engagement, by=person(case, role), answer="nothing")
    with clock.moved_to(case.at(told["offered_on"], "09:30")):
        return agreements.offer(engagement, by=by)


def _sign(case: Case, version: Version) -> bool:
    """Everybody signs who has a day to do so; says whether nobody is left."""
    told, words = case.told["agreement"]["signed_on"], common()["signing"]
    shown = grouped(version.fingerprint)
    for number, (role, day) in enumerate(told.items()):
        who = person(case, Role(role))
        place = case.told["people"][role].get("organisation") or case.told["organisation"]
        with clock.moved_to(case.at(day, f"1{number}:12")):
            agreements.sign(
                version,
                by=who,
                fingerprint=version.fingerprint,
                typed_name=who.name,
                capacity=words["capacity"][role].format(organisation=place),
                sentence=words["sentence"].format(number=version.number, fingerprint=shown),
            )
    return set(told) >= set(signers_in(terms(version)))
