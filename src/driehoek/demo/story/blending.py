"""Blending: the phases around an engagement, each with its own people and agreement."""

from typing import Any

from driehoek.access import Role
from driehoek.blended import actions
from driehoek.blended.models import Phase
from driehoek.demo.case import Case, told_beside
from driehoek.demo.story.agreeing import agree
from driehoek.demo.story.preparing import gather, person
from driehoek.demo.story.working import work
from driehoek.engagements import actions as engagements
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.vault import keys


def blend(case: Case, engagement: Engagement) -> None:
    """The phases around a consultancy, as far as they have come, and who takes the work over."""
    told = case.get("blended")
    if not told or not case.is_past(told["day"]):
        return
    with clock.moved_to(case.at(told["day"])):
        by = person(case, Role.CONSULTANT)
        actions.plan_phases(engagement, by=by, starts_on=case.on(0), months=told["months"])
    for kind in (Phase.Kind.TRANSITION, Phase.Kind.COACHING):
        phase = told_beside(case, told[kind])
        if case.is_past(phase.told["begun_on"] + 1):
            begun = _begin(case, engagement, phase, kind)
            for agent in told["change_agents"] if kind is Phase.Kind.TRANSITION else ():
                _name(case, begun, agent)
            if agree(phase, begun):
                work(phase, begun)


def _begin(case: Case, engagement: Engagement, phase: Case, kind: Phase.Kind) -> Engagement:
    """Who leads the phase is invited, accepts the day after, and invites the others."""
    lead = person(phase, Role(phase.told["begun_by"]))
    here = phase.told["people"][phase.told["begun_by"]].get("organisation", "")
    with clock.moved_to(phase.at(phase.told["begun_on"], "09:05")):
        party = actions.begin_phase(
            engagement,
            by=person(case, Role.CONSULTANT),
            kind=kind,
            title=phase.told["title"],
            name=str(lead),
            email=lead.email,
            language=lead.language,
            organisation_name=here,
        )
        begun = party.engagement
        keys.warm([begun.data_key] if begun.data_key else [])
    if not party.accepted_at:
        with clock.moved_to(phase.at(phase.told["begun_on"], "09:15")):
            engagements.accept_invitation(party, by=party.person, name=str(lead))
    gather(phase, begun)
    return Engagement.objects.get(pk=begun.pk)


def _name(case: Case, transition: Engagement, agent: Any) -> None:
    with clock.moved_to(case.at(agent["day"])):
        alone_since = case.on(agent["alone_since"]) if "alone_since" in agent else None
        said = {"name": agent["name"], "takes_over": agent["takes_over"], "alone_since": alone_since}
        actions.name_change_agent(transition, agent=None, **said)
