"""What a sealed document says about itself, for somebody who may know nothing else."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from driehoek.agreements.models import Version
from driehoek.agreements.queries.verifying import version_marked
from driehoek.documents.seal import Broken, NotSealed, Seal, read_seal, sealer
from driehoek.feedback.queries.verifying import round_marked
from driehoek.results.queries.verifying import Standing, release_marked, standing_of

Finding = Literal["current", "replaced", Standing, "told", "altered", "unknown", "elsewhere", "not_sealed"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a document is unaltered and still holds. No title, no name, no word of what stands in it.

    `day` is when an agreement came into force, a report was released, or a round of feedback closed; `number`
    is of an agreement only.
    """

    finding: Finding
    sealed_at: datetime | None = None
    day: datetime | None = None
    number: int | None = None


def verdict_on(pdf: bytes) -> Verdict:
    """Whether this file is one of ours, unaltered and current: 2 queries at most, none for other files."""
    try:
        seal = read_seal(pdf, sealer=sealer())
    except Broken:
        return Verdict("altered")
    except NotSealed:
        return Verdict("not_sealed")
    if not seal.is_intact:
        return Verdict("altered")
    if not seal.is_ours:
        return Verdict("elsewhere", seal.sealed_at)
    return _marked(seal)


def _marked(seal: Seal) -> Verdict:
    """What the mark stands for: each kind of document has its own."""
    if version := version_marked(seal.reason):
        finding: Finding = "current" if version.state == Version.State.IN_FORCE else "replaced"
        return Verdict(finding, seal.sealed_at, version.in_force_at, version.number)
    if release := release_marked(seal.reason):
        return Verdict(standing_of(release), seal.sealed_at, release.released_at)
    if one := round_marked(seal.reason):
        return Verdict("told", seal.sealed_at, one.closed_at)
    return Verdict("unknown", seal.sealed_at)
