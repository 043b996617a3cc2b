"""Plain functions that make one believable thing each. Say only what matters to the test."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from driehoek.access import Role, Shape, Stage, default_table, roles_in
from driehoek.engagements.models import Engagement, Meeting, Party
from driehoek.kit import clock
from driehoek.people.models import Membership, Organisation, Person
from driehoek.vault import keys

_number = count(1)


def make_person(name: str = "", **given: Any) -> Person:
    n = next(_number)
    named = name or f"Person {n:03}"
    defaults = {"name": named, "email": f"person{n}@example.org", "joined_at": clock.now()}
    return Person.objects.create(**(defaults | given))


def make_organisation(name: str = "") -> Organisation:
    return Organisation.objects.create(name=name or f"Organisation {next(_number)}", made_at=clock.now())


def make_member(organisation: Organisation, person: Person | None = None, **given: Any) -> Membership:
    who = person or make_person()
    return Membership.objects.create(person=who, organisation=organisation, since=clock.now(), **given)


def make_engagement(
    *,
    shape: Shape = Shape.COACHING,
    stage: Stage = Stage.ACTIVE,
    disclosure: dict[str, Any] | None = None,
    without: tuple[Role, ...] = (),
    **people: Any,
) -> Engagement:
    """An engagement with everyone in it, under the default disclosure table unless it is preparing.

    `coach=`, `coachee=`, `manager=`... give the person in that corner; `without` leaves a corner empty.
    """
    coach = people.get("coach") or people.get("consultant") or make_person()
    fields = {k: v for k, v in people.items() if k not in set(Role)}
    if stage is Stage.PAUSED:
        fields.setdefault("paused_on", date(2026, 9, 1))
    if stage not in (Stage.PREPARING, Stage.DROPPED):
        table = default_table(shape).as_json() | (disclosure or {})
        fields |= {"disclosure": table, "fingerprint_in_force": "f" * 64, "started_on": date(2026, 8, 27)}
    engagement = Engagement.objects.create(
        **{
            "title": "A pilot everyone stands behind",
            "shape": shape,
            "stage": stage,
            "organisation": fields.pop("organisation", None) or make_organisation(),
            "made_by": coach,
            "made_at": clock.now(),
            "data_key": keys.make_key(),
        }
        | fields
    )
    for role in roles_in(shape):
        if role in without:
            continue
        own = coach if role in (Role.COACH, Role.CONSULTANT) else None
        make_party(engagement, role, people.get(role) or own or make_person(f"The {role}"))
    return engagement


def make_party(engagement: Engagement, role: Role, person: Person | None = None, **given: Any) -> Party:
    defaults = {
        "person": person or make_person(),
        "invited_by": engagement.made_by,
        "invited_at": clock.now(),
        "accepted_at": clock.now(),
    }
    return Party.objects.create(engagement=engagement, role=role, **(defaults | given))


def person_of(engagement: Engagement, role: Role) -> Person:
    """Whoever holds this role; the administrator of the hosting organisation for ORG_ADMIN."""
    if role is Role.ORG_ADMIN:
        found = engagement.organisation.memberships.filter(is_admin=True).first()
        return found.person if found else make_member(engagement.organisation, is_admin=True).person
    return engagement.parties.get(role=role).person


def make_meeting(engagement: Engagement) -> Meeting:
    """The meeting of everybody who takes part, to which the pages lead."""
    return Meeting.objects.create(
        engagement=engagement,
        kind=Meeting.Kind.THREE_WAY,
        starts_at=datetime(2026, 12, 1, 18, tzinfo=UTC),
        minutes=60,
        planned_by=engagement.made_by,
    )
