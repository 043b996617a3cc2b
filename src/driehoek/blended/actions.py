"""What people do with the phases of a blended trajectory."""

from datetime import date
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import Permission, Role, Shape
from driehoek.blended.models import Blend, ChangeAgent, Phase
from driehoek.blended.queries import blend_of, own_kind, phase_in
from driehoek.engagements.actions import hold, invite, start_beside, withdraw_invitation, work_beside
from driehoek.engagements.models import Engagement, Party
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.kit.names import one_line
from driehoek.people.models import Person
from driehoek.people.queries import hosts_at

MOST_AGENTS: Final = 30
_SHAPES: Final = {
    Phase.Kind.CONSULTING: (Shape.CONSULTANCY, Role.CONSULTANT),
    Phase.Kind.TRANSITION: (Shape.CONSULTANCY, Role.CONSULTANT),
    Phase.Kind.COACHING: (Shape.COACHING, Role.COACH),
}


@transaction.atomic
def plan_phases(engagement: Engagement, *, by: Person, starts_on: date, months: dict[str, int]) -> Blend:
    """Plan the three phases around this engagement, which becomes one of them; or plan them anew.

    Refuses a guest: the phases of others are moved by who hosts them.
    """
    held = hold(engagement, Permission.PLAN_PHASES)
    if not hosts_at(by, held.organisation):
        raise Refused(None, only_hosts_plan())
    blend = blend_of(held) or Blend(made_by=by, made_at=clock.now())
    is_new = blend._state.adding
    blend.starts_on = starts_on
    for kind in Phase.Kind:
        setattr(blend, f"{kind}_months", months[kind])
    blend.save()
    if is_new:
        Phase.objects.create(blend=blend, kind=own_kind(held), engagement=held)
    return blend


@transaction.atomic
def begin_phase(
    engagement: Engagement,
    *,
    by: Person,
    kind: Phase.Kind,
    title: str,
    name: str,
    email: str,
    language: str,
    organisation_name: str = "",
) -> Party:
    """Begin a phase in an engagement of its own, and invite who will work in it.

    Who begins it takes part in it only by naming themselves: a consultant may do the transition as well.

    As long as that invitation was not accepted it can be made to somebody else in the same way: nobody else
    could put a wrong address right. Refuses a phase in which somebody works already.
    """
    held = hold(engagement, Permission.PLAN_PHASES)
    blend = Blend.objects.select_for_update().filter(phases__engagement=held).first()
    if blend is None:
        raise Refused(None, _("Plan the three phases first."))
    shape, role = _SHAPES[kind]
    begun = phase_in(blend, kind)
    if begun is None:
        beside = start_beside(held, by=by, title=title, shape=shape)
        Phase.objects.create(blend=blend, kind=kind, engagement=beside)
    else:
        beside = _without_answer(begun.engagement, role, email)
    if email.casefold() == by.email.casefold():
        return work_beside(beside, by=by, role=role)
    called = {"name": name, "email": email, "organisation_name": organisation_name}
    return invite(beside, by=by, role=role, language=language, **called)


def only_hosts_plan() -> str:
    """Why a guest does not plan the phases."""
    return _("Only a coach or administrator of the organisation plans the phases. Ask who began this.")


def _without_answer(beside: Engagement, role: Role, email: str) -> Engagement:
    """The engagement of a phase in which nobody works yet, with room for somebody else."""
    party = beside.parties.select_related("person").filter(role=role).first()
    if party is not None and party.accepted_at:
        raise Refused(None, _("Somebody works in this phase already. They invite the others themselves."))
    if party is not None and not party.declined_at and party.person.email.casefold() != email.casefold():
        withdraw_invitation(party, by=party.invited_by)
    return beside


@transaction.atomic
def name_change_agent(
    engagement: Engagement, *, name: str, takes_over: str, alone_since: date | None, agent: ChangeAgent | None
) -> ChangeAgent:
    """Name somebody who carries the change on, or change what stands about them. Refuses an endless list."""
    held = hold(engagement, Permission.NAME_CHANGE_AGENTS)
    if agent is None and held.change_agents.count() >= MOST_AGENTS:
        raise Refused(None, _("There are %(most)d change agents already.") % {"most": MOST_AGENTS})
    if alone_since and alone_since > clock.today(held.time_zone):
        raise Refused("alone_since", _("This day has not come yet. Leave it empty until they do it alone."))
    now = clock.now()
    named = agent or ChangeAgent(engagement=held, made_at=now)
    named.name, named.takes_over = one_line(name), takes_over.strip()
    named.alone_since, named.changed_at = alone_since, now
    named.save()
    return named


@transaction.atomic
def take_off_change_agent(agent: ChangeAgent) -> None:
    """Take somebody off the list; their name goes with it. Twice does no harm."""
    ChangeAgent.objects.filter(pk=agent.pk).delete()
