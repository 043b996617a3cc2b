"""The one rule across engagements: nobody coaches whom they manage or pay for."""

from collections.abc import Iterator
from typing import Final

from django.db.models import UUIDField
from django.utils.translation import gettext as _

from driehoek.access import Role
from driehoek.engagements.actions.holding import take_hold
from driehoek.engagements.models import HERE, Engagement, Party
from driehoek.kit.errors import Refused
from driehoek.kit.prepared import Given, Prepared
from driehoek.people.models import Person

ORGANISATION: Final = frozenset({Role.MANAGER, Role.SPONSOR})
TOGETHER: Final = (ORGANISATION, frozenset({Role.COACH, Role.CONSULTANT}))
"""Pairs of roles that one person may hold in one engagement; every other pair conflicts."""


_PRESENT: Final = Prepared(
    lambda: Party.objects.filter(engagement=HERE, declined_at=None).select_related("person")
)

_BOTH_IN: Final = Prepared(
    lambda: Party.objects.filter(
        person=Given("other", UUIDField()),
        accepted_at__isnull=False,
        engagement__parties__in=Party.objects.filter(
            person=Given("coachee", UUIDField()), role=Role.COACHEE, accepted_at__isnull=False
        ),
    ).order_by("engagement", "pk")
)
"""The places of one person in engagements in which another is the coachee."""


def lock(engagement: Engagement, *people: Person) -> Engagement:
    """Take hold of the engagement, then of the people in a fixed order: checks on them go one at a time."""
    held = take_hold(engagement)
    coachee = _coachee_of(held)
    everyone = {person.pk for person in (*people, *([coachee] if coachee else []))}
    list(Person.objects.select_for_update().filter(pk__in=everyone).order_by("pk").values_list("pk"))
    return held


def refuse_conflict(engagement: Engagement, person: Person, role: Role, *, by: Person, called: str) -> None:
    """Refuse a role that does not go with what `person` is here, or is to the same coachee elsewhere.

    An inviter is told what they take part in themselves and nothing else, under the name they typed;
    of what lies elsewhere only the invited person hears, at accepting.
    """
    present = [party for party in _PRESENT.ask(engagement=engagement) if party.role != role]
    for party in present:
        if party.person_id == person.pk and frozenset({party.role_, role}) not in TOGETHER:
            raise Refused("email", _sentence(engagement, party, role))
    joins = by.pk == person.pk
    others = [party for party in present if party.accepted_at or not joins]
    for coachee, other, their_role, names in _pairs(others, person, role, called):
        held = _two_faces(coachee, other, their_role, by=by)
        if held is not None:
            raise Refused("email", _why(held, their_role, names))


def _pairs(
    others: list[Party], person: Person, role: Role, called: str
) -> Iterator[tuple[Person, Person, Role, dict[str, str]]]:
    """The coachee with everybody else, as far as `person` is one of the two."""
    for party in others:
        if role is Role.COACHEE:
            yield person, party.person, party.role_, {"name": party.name, "coachee": called}
        elif party.role_ is Role.COACHEE:
            yield party.person, person, role, {"name": called, "coachee": party.name}


def _two_faces(coachee: Person, other: Person, role: Role, *, by: Person) -> Role | None:
    """The opposite role in which `other` stands to `coachee` elsewhere, where `by` knows that place."""
    opposite = _opposite(role)
    elsewhere = [one for one in _BOTH_IN.ask(coachee=coachee.pk, other=other.pk) if one.role_ in opposite]
    if elsewhere and other.pk != by.pk:
        places = [one.engagement_id for one in elsewhere]
        known = by.parties.filter(engagement__in=places, accepted_at__isnull=False)
        among = set(known.values_list("engagement", flat=True))
        elsewhere = [one for one in elsewhere if one.engagement_id in among]
    return elsewhere[0].role_ if elsewhere else None


def _opposite(role: Role) -> frozenset[Role]:
    if role is Role.COACH:
        return ORGANISATION
    return frozenset({Role.COACH}) if role in ORGANISATION else frozenset()


def _sentence(engagement: Engagement, party: Party, wanted: Role) -> str:
    held, called = party.role_, party.name
    coachee = engagement.parties.filter(role=Role.COACHEE, declined_at=None).first()
    if {held, wanted} <= ORGANISATION | {Role.COACH} and coachee:
        return _why(held, wanted, {"name": called, "coachee": coachee.name})
    return _("%(name)s already has another role in this engagement. Choose somebody else.") % {"name": called}


def _why(held: Role, wanted: Role, names: dict[str, str]) -> str:
    if wanted is Role.COACH and held is Role.MANAGER:
        return _("%(name)s manages %(coachee)s, and so cannot be the coach.") % names
    if wanted is Role.COACH:
        return _("%(name)s is the sponsor of %(coachee)s, and so cannot be the coach.") % names
    if wanted is Role.MANAGER:
        return _("%(name)s coaches %(coachee)s, and so cannot be the line manager here.") % names
    return _("%(name)s coaches %(coachee)s, and so cannot be the sponsor.") % names


def _coachee_of(engagement: Engagement) -> Person | None:
    present = _PRESENT.ask(engagement=engagement)
    return next((party.person for party in present if party.role == Role.COACHEE), None)
