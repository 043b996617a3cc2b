import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import Role, Shape, roles_in
from driehoek.engagements.models import Engagement, Party
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.kit.names import one_line
from driehoek.people.actions import found_organisation
from driehoek.people.models import Organisation, Person
from driehoek.people.queries import hosts_at, membership
from driehoek.vault import keys


@transaction.atomic
def start_engagement(
    *,
    by: Person,
    title: str,
    shape: Shape,
    organisation: Organisation,
    role: Role,
    occasion: str = "",
    problem: str = "",
    route: str = "",
    starting_point: str = "",
    engagement_id: uuid.UUID | None = None,
) -> Engagement:
    """Begin an engagement, hosted by `organisation`, in which `by` already holds `role`.

    An administrator may begin it without taking part, as ORG_ADMIN. The same `engagement_id` again gives the
    same engagement, so a double press is one.
    A consultant who begins both begins with the first phase: there is no seat for them beside a coachee.
    Refuses who may not host here, and a role that does not belong to this kind of engagement.
    """
    _refuse_guests(by, organisation, role)
    shape = Shape.CONSULTANCY if is_first_phase(shape, role) else shape
    if role is not Role.ORG_ADMIN and role not in roles_in(shape):
        raise Refused("role", _("This role does not exist in this kind of engagement. Choose another."))
    if not (known_as := one_line(title)):
        raise Refused("title", _("Give the engagement a name by which everyone in it knows it."))
    if known := begun_already(engagement_id, by=by):
        return known
    engagement = Engagement(title=known_as, shape=shape, organisation=organisation, made_by=by)
    engagement.pk, engagement.made_at = engagement_id or engagement.pk, clock.now()
    engagement.occasion, engagement.route, engagement.problem = occasion, route, problem
    engagement.starting_point = starting_point
    engagement.data_key = keys.make_key()
    engagement.save(force_insert=True)
    if role is not Role.ORG_ADMIN:
        _take_part(engagement, by, role, at=engagement.made_at)
    return engagement


@transaction.atomic
def start_beside(held: Engagement, *, by: Person, title: str, shape: Shape) -> Engagement:
    """Begin an engagement in the same organisation in which `by` takes no part: another will work in it.

    Refuses who may not host there, as for any other engagement; nobody is in it until somebody is invited.
    """
    if not hosts_at(by, held.organisation):
        raise Refused(None, _only_hosts())
    if not (known_as := one_line(title)):
        raise Refused("title", _("Give the engagement a name by which everyone in it knows it."))
    engagement = Engagement(title=known_as, shape=shape, organisation=held.organisation, made_by=by)
    engagement.made_at, engagement.time_zone = clock.now(), held.time_zone
    engagement.data_key = keys.make_key()
    engagement.save(force_insert=True)
    return engagement


def work_beside(engagement: Engagement, *, by: Person, role: Role) -> Party:
    """Take part in what one began beside another engagement; nobody invites oneself by mail."""
    engagement.parties.filter(role=role, accepted_at=None).delete()  # a declined invitation makes room
    return _take_part(engagement, by, role, at=clock.now())


def is_first_phase(shape: Shape, role: Role) -> bool:
    """Whether somebody begins both as the consultant, so that the other phases are planned beside it."""
    return shape is Shape.BLENDED and role is Role.CONSULTANT


def begun_already(engagement_id: uuid.UUID | None, *, by: Person) -> Engagement | None:
    """What the first of two presses began. Refuses the id of an engagement of somebody else."""
    Person.objects.select_for_update().get(pk=by.pk)
    known = Engagement.objects.filter(pk=engagement_id).first() if engagement_id else None
    if known is not None and known.made_by_id != by.pk:
        raise Refused(None, _("This form was used already. Open the page again, and begin once more."))
    return known


def _take_part(engagement: Engagement, by: Person, role: Role, *, at: datetime) -> Party:
    party = Party(engagement=engagement, role=role, person=by, organisation=engagement.organisation)
    party.invited_by, party.invited_at, party.accepted_at = by, at, at
    party.save(force_insert=True)
    return party


def _refuse_guests(by: Person, organisation: Organisation, role: Role) -> None:
    place = membership(by, organisation)
    if place is None or not place.may_host:
        raise Refused("organisation", _only_hosts())
    if role is Role.COACHEE:
        raise Refused("role", _("The coachee is invited by somebody else. Choose your own role."))
    if not place.is_admin and role not in (Role.COACH, Role.CONSULTANT):
        raise Refused("role", _("You begin as coach or consultant here. Choose one of these."))


def _only_hosts() -> str:
    return _("Only a coach or administrator of an organisation begins engagements there. Ask one of them.")


@transaction.atomic
def found_and_start(*, by: Person, organisation_name: str, **facts: Any) -> Engagement:
    """Found an own practice and begin the first engagement in it, in one step."""
    organisation = found_organisation(by=by, name=organisation_name)
    return start_engagement(by=by, organisation=organisation, **facts)


def begin_from(held: Engagement, starting_point: str) -> None:
    """Keep another known situation, or none, for an engagement that is held: in the caller's transaction."""
    held.starting_point = starting_point
    held.save(update_fields=["starting_point"])
