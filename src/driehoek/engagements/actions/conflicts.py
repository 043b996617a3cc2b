"""The one rule across engagements: nobody coaches whom they manage or pay for."""

from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from driehoek.access import Role
from driehoek.engagements.models import Engagement, Party
from driehoek.kit.errors import Refused
from driehoek.people.models import Person

ORGANISATION: Final = frozenset({Role.MANAGER, Role.SPONSOR})
TOGETHER: Final = (ORGANISATION, frozenset({Role.COACH, Role.CONSULTANT}))
"""Pairs of roles that one person may hold in one engagement; every other pair conflicts."""


def lock(engagement: Engagement, *people: Person) -> Engagement:
    """Take hold of the engagement, then of the people in a fixed order: checks on them go one at a time."""
    held = Engagement.objects.select_for_update().get(pk=engagement.pk)
    coachee = _coachee_of(held)
    everyone = {person.pk for person in (*people, *([coachee] if coachee else []))}
    list(Person.objects.select_for_update().filter(pk__in=everyone).order_by("pk").values_list("pk"))
    return held


def refuse_conflict(engagement: Engagement, person: Person, role: Role, *, by: Person) -> None:
    """Refuse a role that does not go with what `person` is here, or is to the same coachee elsewhere."""
    for party in _present(engagement).filter(person=person).exclude(role=role):
        if frozenset({party.role_, role}) not in TOGETHER:
            raise Refused("email", _sentence(engagement, person, party.role_, role))
    if role is Role.COACHEE:
        others = [(party.person, party.role_) for party in _present(engagement).exclude(role=role)]
        pairs = [(person, other, their_role) for other, their_role in others]
    else:
        coachee = _coachee_of(engagement)
        pairs = [(coachee, person, role)] if coachee else []
    for coachee, other, their_role in pairs:
        _refuse_two_faces(coachee, other, their_role, by=by)


def _refuse_two_faces(coachee: Person, other: Person, role: Role, *, by: Person) -> None:
    opposite = _opposite(role)
    elsewhere = Party.objects.filter(
        person=other,
        role__in=opposite,
        declined_at=None,
        engagement__parties__in=Party.objects.filter(person=coachee, role=Role.COACHEE, declined_at=None),
    )
    found = elsewhere.select_related("engagement").first()
    if found is None:
        return
    if other.pk == by.pk or found.engagement.parties.filter(person=by).exists():
        raise Refused("email", _why(other, coachee, found.role_, role))
    raise Refused(  # that this coachee is coached elsewhere is not ours to tell
        "email",
        _("%(name)s has another role towards %(coachee)s. The two do not go together: choose somebody else.")
        % {"name": other, "coachee": coachee},
    )


def _opposite(role: Role) -> frozenset[Role]:
    if role is Role.COACH:
        return ORGANISATION
    return frozenset({Role.COACH}) if role in ORGANISATION else frozenset()


def _sentence(engagement: Engagement, person: Person, held: Role, wanted: Role) -> str:
    if {held, wanted} <= ORGANISATION | {Role.COACH} and (coachee := _coachee_of(engagement)):
        return _why(person, coachee, held, wanted)
    return _("%(name)s already has another role in this engagement. Choose somebody else.") % {"name": person}


def _why(other: Person, coachee: Person, held: Role, wanted: Role) -> str:
    names = {"name": other, "coachee": coachee}
    if wanted is Role.COACH and held is Role.MANAGER:
        return _("%(name)s manages %(coachee)s, and so cannot be the coach.") % names
    if wanted is Role.COACH:
        return _("%(name)s is the sponsor of %(coachee)s, and so cannot be the coach.") % names
    if wanted is Role.MANAGER:
        return _("%(name)s coaches %(coachee)s, and so cannot be the line manager here.") % names
    return _("%(name)s coaches %(coachee)s, and so cannot be the sponsor.") % names


def _present(engagement: Engagement) -> QuerySet[Party]:
    return Party.objects.filter(engagement=engagement, declined_at=None).select_related("person")


def _coachee_of(engagement: Engagement) -> Person | None:
    found = _present(engagement).filter(role=Role.COACHEE).first()
    return found.person if found else None
