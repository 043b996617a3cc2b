"""The disclosure table: what the signed agreement lets manager and sponsor see, on top of the policy.

Nothing is visible to them until a clause names it. What may never be opened has no choice here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from driehoek.access.roles import Role, Shape


class Kind(StrEnum):
    """A kind of content that somebody may or may not see."""

    GOALS = "goals"
    AGREEMENT = "agreement"
    ACQUAINTANCE = "acquaintance"
    INTAKE = "intake"
    STUMBLING_BLOCKS = "stumbling_blocks"
    SESSION_CONTENT = "session_content"
    REFLECTIONS = "reflections"
    PRIVATE_NOTES = "private_notes"
    ATTENDANCE = "attendance"
    SESSION_DATES = "session_dates"
    PLAN = "plan"
    DELIVERABLES = "deliverables"
    MEASUREMENTS = "measurements"
    ATTAINMENT = "attainment"
    REPORTS = "reports"
    RESULTS = "results"
    INTERRUPTIONS = "interruptions"
    MESSAGES = "messages"
    OPEN_MESSAGES = "open_messages"
    FILES = "files"
    OPEN_FILES = "open_files"
    FEEDBACK = "feedback"


class Level(StrEnum):
    """How far a receiver sees a kind of content."""

    NEVER = "never"
    COUNT = "count"
    AFTER_RELEASE = "after_release"
    ALWAYS = "always"


class BadDisclosure(ValueError):
    """A table names what does not exist, or opens what cannot be opened."""


RECEIVERS: Final = (Role.MANAGER, Role.SPONSOR)
SMALLEST_GROUP: Final = 5
"""A programme lead gets numbers over at least so many people, and nothing else. Nobody chooses this."""

_SHUT: Final = (Level.NEVER,)
_RELEASED: Final = (Level.NEVER, Level.AFTER_RELEASE)
_COACHING: Final[Mapping[Kind, tuple[Level, ...]]] = MappingProxyType(
    {
        Kind.GOALS: (Level.ALWAYS,),
        Kind.ATTENDANCE: (Level.NEVER, Level.COUNT),
        Kind.SESSION_DATES: _SHUT,
        Kind.SESSION_CONTENT: _SHUT,
        Kind.REFLECTIONS: _SHUT,
        Kind.PRIVATE_NOTES: _SHUT,
        Kind.STUMBLING_BLOCKS: (Level.NEVER, Level.ALWAYS),
        Kind.PLAN: _RELEASED,
        Kind.MEASUREMENTS: (*_RELEASED, Level.ALWAYS),
        Kind.ATTAINMENT: _RELEASED,
        Kind.REPORTS: _RELEASED,
        Kind.RESULTS: _RELEASED,
    }
)
_CONSULTANCY: Final[Mapping[Kind, tuple[Level, ...]]] = MappingProxyType(
    {
        Kind.GOALS: (Level.ALWAYS,),
        Kind.DELIVERABLES: (Level.NEVER, Level.ALWAYS),
        Kind.PLAN: (Level.NEVER, Level.ALWAYS),
        Kind.MEASUREMENTS: (Level.NEVER, Level.ALWAYS),
        Kind.REPORTS: (Level.NEVER, Level.ALWAYS),
        Kind.RESULTS: (Level.NEVER, Level.ALWAYS),
        Kind.PRIVATE_NOTES: _SHUT,
    }
)

CHOICES: Final[Mapping[Shape, Mapping[Kind, tuple[Level, ...]]]] = MappingProxyType(
    {Shape.COACHING: _COACHING, Shape.CONSULTANCY: _CONSULTANCY, Shape.BLENDED: _COACHING}
)
"""Per shape the rows of the table and the levels that can be chosen; a row with one level is fixed."""

_DEFAULTS: Final[Mapping[Kind, Level]] = MappingProxyType(
    {
        Kind.ATTENDANCE: Level.COUNT,
        Kind.MEASUREMENTS: Level.AFTER_RELEASE,
        Kind.ATTAINMENT: Level.AFTER_RELEASE,
        Kind.REPORTS: Level.AFTER_RELEASE,
        Kind.RESULTS: Level.AFTER_RELEASE,
    }
)


@dataclass(frozen=True, slots=True)
class DisclosureTable:
    """Kind of content x receiver -> level. What is not in it is never seen."""

    rows: Mapping[Kind, Mapping[Role, Level]] = field(default_factory=dict)

    def level(self, kind: Kind, role: Role) -> Level:
        """How far `role` sees `kind`; never, unless a row says otherwise."""
        return self.rows.get(kind, {}).get(role, Level.NEVER)

    def as_json(self) -> dict[str, dict[str, str]]:
        """Plain strings, in a fixed order, for storing and for the fingerprint."""
        return {
            str(kind): {
                str(role): str(self.rows[kind][role]) for role in RECEIVERS if role in self.rows[kind]
            }
            for kind in Kind
            if kind in self.rows
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Mapping[str, str]], shape: Shape) -> "DisclosureTable":
        """Read a stored or typed table. Raises BadDisclosure for a level that cannot be chosen."""
        rows: dict[Kind, dict[Role, Level]] = {}
        for kind_name, levels in stored.items():
            for role_name, level_name in levels.items():
                kind, role, level = _known(kind_name, role_name, level_name)
                if level not in CHOICES[shape].get(kind, ()):
                    raise BadDisclosure(f"{kind} cannot be {level} for {role} in {shape}")
                rows.setdefault(kind, {})[role] = level
        return cls(rows)


NOTHING: Final = DisclosureTable()
"""Before an agreement is in force: manager and sponsor see only what the policy itself gives them."""


def default_table(shape: Shape) -> DisclosureTable:
    """The table an agreement starts from: as little as possible, released by the coachee.

    In consultancy there is no coachee, so what the sponsor pays for is seen directly.
    """
    rows: dict[Kind, dict[Role, Level]] = {}
    for kind, choices in CHOICES[shape].items():
        level = choices[-1] if shape is Shape.CONSULTANCY else _DEFAULTS.get(kind, choices[0])
        rows[kind] = dict.fromkeys(RECEIVERS, level)
    return DisclosureTable(rows)


def _known(kind: str, role: str, level: str) -> tuple[Kind, Role, Level]:
    try:
        known = Kind(kind), Role(role), Level(level)
    except ValueError as error:
        raise BadDisclosure(str(error)) from error
    if known[1] not in RECEIVERS:
        raise BadDisclosure(f"{role} is not a receiver")
    return known
