"""Blending: the phases around an engagement, and who carries its work on."""

from driehoek.access import Role
from driehoek.blended import actions
from driehoek.blended.models import Phase
from driehoek.demo.case import Case
from driehoek.demo.story.preparing import person
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.vault import keys


def blend(case: Case, engagement: Engagement) -> None:
    """The phases around a consultancy; the consultant does the transition too, and names who takes over."""
    told = case.get("blended")
    if not told or not case.is_past(told["day"]):
        return
    consultant = person(case, Role.CONSULTANT)
    with clock.moved_to(case.at(told["day"])):
        actions.plan_phases(engagement, by=consultant, starts_on=case.on(0), months=told["months"])
        party = actions.begin_phase(
            engagement,
            by=consultant,
            kind=Phase.Kind.TRANSITION,
            title=told["transition"],
            name=str(consultant),
            email=consultant.email,
            language=consultant.language,
        )
    transition = party.engagement
    keys.warm([transition.data_key] if transition.data_key else [])
    for agent in told["change_agents"]:
        with clock.moved_to(case.at(agent["day"])):
            alone_since = case.on(agent["alone_since"]) if "alone_since" in agent else None
            said = {"name": agent["name"], "takes_over": agent["takes_over"], "alone_since": alone_since}
            actions.name_change_agent(transition, agent=None, **said)
