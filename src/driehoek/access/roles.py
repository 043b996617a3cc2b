"""The corners of the triangle, and who belongs to which kind of trajectory."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """A person's place in one engagement."""

    COACHEE = "coachee"
    COACH = "coach"
    CONSULTANT = "consultant"
    MANAGER = "manager"
    SPONSOR = "sponsor"
    ORG_ADMIN = "org_admin"


class Shape(StrEnum):
    """What kind of help an engagement is."""

    COACHING = "coaching"
    CONSULTANCY = "consultancy"
    BLENDED = "blended"


_ROLES: Final[Mapping[Shape, tuple[Role, ...]]] = {
    Shape.COACHING: (Role.COACHEE, Role.COACH, Role.MANAGER, Role.SPONSOR),
    Shape.CONSULTANCY: (Role.CONSULTANT, Role.SPONSOR, Role.MANAGER),
    # The consultancy half of a blended engagement is an engagement of its own: a consultant never
    # comes near what a coachee said (docs/decisions/0019-blended-in-two-engagements.md).
    Shape.BLENDED: (Role.COACHEE, Role.COACH, Role.MANAGER, Role.SPONSOR),
}
_ALWAYS_SIGN: Final[Mapping[Shape, frozenset[Role]]] = {
    Shape.COACHING: frozenset((Role.COACHEE, Role.COACH)),
    Shape.CONSULTANCY: frozenset((Role.CONSULTANT, Role.SPONSOR)),
    Shape.BLENDED: frozenset((Role.COACHEE, Role.COACH)),
}


def roles_in(shape: Shape) -> tuple[Role, ...]:
    """The parties an engagement of this shape can have, the one at the heart first.

    >>> [str(role) for role in roles_in(Shape.CONSULTANCY)]
    ['consultant', 'sponsor', 'manager']
    """
    return _ROLES[shape]


def must_sign(shape: Shape, parties: Collection[Role]) -> frozenset[Role]:
    """Who must sign before the agreement holds.

    Some roles sign always. A manager or sponsor who is a party signs too: something is asked of
    them or given to them in every agreement that names them.

    >>> sorted(must_sign(Shape.COACHING, [Role.COACHEE, Role.COACH, Role.MANAGER]))
    [<Role.COACH: 'coach'>, <Role.COACHEE: 'coachee'>, <Role.MANAGER: 'manager'>]
    """
    named = {role for role in parties if role in (Role.MANAGER, Role.SPONSOR)}
    return _ALWAYS_SIGN[shape] | named
