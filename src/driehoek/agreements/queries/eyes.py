"""What manager or sponsor will see in every stage, under the table as it stands: rules, never content."""

from dataclasses import dataclass
from typing import Final, Literal

from driehoek.access import (
    NOTHING,
    READING,
    DisclosureTable,
    Kind,
    Level,
    Permission,
    Role,
    Shape,
    Stage,
    may,
)
from driehoek.engagements.queries import kinds_in
from driehoek.engagements.wording import KIND_WORDS, STAGE_WORDS

Sight = Literal["sees", "count", "released", "never"]
STAGES: Final = tuple(stage for stage in Stage if stage is not Stage.DROPPED)
"""The stages an agreement can lead through."""

SIGHTS: Final[tuple[Sight, ...]] = ("sees", "count", "released", "never")


@dataclass(frozen=True, slots=True)
class KindSeen:
    """One kind of content, as one role sees it in each stage."""

    kind: Kind
    words: str
    sights: dict[Stage, Sight]

    @property
    def cells(self) -> list[tuple[str, Sight]]:
        return [(str(STAGE_WORDS[stage]), seen) for stage, seen in self.sights.items()]


def through_eyes(shape: Shape, role: Role, table: DisclosureTable) -> list[KindSeen]:
    """Every kind in every stage as `role` will see it, what is seen most first: no queries.

    Before all have signed, the table opens nothing.
    """
    seen = [
        KindSeen(kind, str(KIND_WORDS[kind]), {stage: sight(kind, role, stage, table) for stage in STAGES})
        for kind in kinds_in(shape)
    ]
    return sorted(seen, key=lambda one: [SIGHTS.index(one.sights[stage]) for stage in reversed(STAGES)])


def sight(kind: Kind, role: Role, stage: Stage, table: DisclosureTable) -> Sight:
    """How far `role` sees this in this stage, once `table` is signed: by the permission function itself."""
    holds = NOTHING if stage is Stage.PREPARING else table
    level, roles = holds.level(kind, role), frozenset({role})
    if may(READING[kind], roles, stage, holds):
        return "count" if level is Level.COUNT else "sees"
    released = level is Level.AFTER_RELEASE and may(Permission.READ_RELEASED, roles, stage, holds)
    return "released" if released else "never"
