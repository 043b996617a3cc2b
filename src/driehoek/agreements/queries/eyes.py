"""What manager or sponsor will see in every stage, under the table as it stands: rules, never content."""

from dataclasses import dataclass, field

from driehoek.access import (
    CHOICES,
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
from driehoek.engagements.wording import KIND_WORDS, STAGE_WORDS

_OF_THE_POLICY = (Kind.AGREEMENT, Kind.INTAKE, Kind.ACQUAINTANCE)


@dataclass(slots=True)
class StageSeen:
    """One stage of an engagement, as one role sees it."""

    stage: Stage
    words: str
    is_now: bool
    sees: list[str] = field(default_factory=list)
    counts: list[str] = field(default_factory=list)
    released: list[str] = field(default_factory=list)
    never: list[str] = field(default_factory=list)


def through_eyes(shape: Shape, role: Role, table: DisclosureTable, *, now: Stage) -> list[StageSeen]:
    """Every stage as `role` will see it: no queries. Before all have signed, the table opens nothing."""
    kinds = [kind for kind in Kind if kind in CHOICES[shape] or kind in _OF_THE_POLICY]
    if shape is Shape.CONSULTANCY:  # nobody gets acquainted there
        kinds.remove(Kind.ACQUAINTANCE)
    holds = {Stage.PREPARING: NOTHING}
    return [_stage(stage, kinds, role, holds.get(stage, table), now) for stage in Stage]


def _stage(stage: Stage, kinds: list[Kind], role: Role, table: DisclosureTable, now: Stage) -> StageSeen:
    seen, roles = StageSeen(stage, str(STAGE_WORDS[stage]), stage is now), frozenset({role})
    for kind in kinds:
        level = table.level(kind, role)
        if may(READING[kind], roles, stage, table):
            place = seen.counts if level is Level.COUNT else seen.sees
        elif level is Level.AFTER_RELEASE and may(Permission.READ_RELEASED, roles, stage, table):
            place = seen.released
        else:
            place = seen.never
        place.append(str(KIND_WORDS[kind]))
    return seen
