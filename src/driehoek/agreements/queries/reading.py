"""Everything a page shows of one version, or of the draft, to one reader."""

from collections.abc import Iterable
from typing import Any

from driehoek.access import NOTHING, Permission, Role, may
from driehoek.agreements.models import Draft, Version
from driehoek.agreements.queries.changes import changes, version_before
from driehoek.agreements.queries.draft import draft_as_it_stands
from driehoek.agreements.queries.frozen import roles_signing, table_in, terms, version_in_force
from driehoek.agreements.queries.goals import goals_of
from driehoek.agreements.queries.paper import fingerprint_groups, paper
from driehoek.agreements.queries.snapshot import commitment_of, snapshot
from driehoek.engagements.models import Engagement
from driehoek.people.models import Person


def reading(
    engagement: Engagement, version: Version, person: Person, *, among: Iterable[Version]
) -> dict[str, Any]:
    """A frozen version with its signatures and what differs from the one before, `among` all: 1 query."""
    said, before, signed = terms(version), version_before(version, among), list(version.signatures.all())
    blocks = _if_readable(engagement, person, version)
    mine = [str(role) for role in roles_signing(said, person)]
    return {
        "engagement": engagement,
        "version": version,
        "number": version.number,
        "gone": version.state in (Version.State.WITHDRAWN, Version.State.DECLINED),
        "paper": (shown := paper(said, version=version, signatures=signed, stumbling_blocks=blocks)),
        "sections": in_groups(shown["sections"]),
        "groups": fingerprint_groups(version),
        "seal": _seal(engagement, version, person),
        "changes": changes(terms(before), said) if before else [],
        "before": before,
        "signatures": signed,
        "signed_roles": [one.role for one in signed],
        "mine": mine,
        "has_signed": any(one.role in mine for one in signed),
    }


def reading_of_draft(
    engagement: Engagement, person: Person, *, last: Version | None, draft: Draft | None = None
) -> dict[str, Any]:
    """The draft as it would be offered now, under the number after `last`: 3 queries, 2 with `draft`.

    With what differs from the version in force, when there is one: 1 query more.
    """
    draft = draft or draft_as_it_stands(engagement)
    number = last.number + 1 if last else 1
    said = snapshot(engagement, draft, goals_of(engagement), number)
    shown = paper(said, version=None, stumbling_blocks=_if_readable(engagement, person, draft))
    before = version_in_force(engagement) if last else None
    place: dict[str, Any] = {
        "engagement": engagement,
        "version": None,
        "number": number,
        "last": last,
        "before": before,
    }
    place["changes"] = changes(terms(before), said) if before else []
    return place | {"paper": shown, "sections": in_groups(shown["sections"])}


def in_groups(sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same sections with their blocks in groups, each beginning with its heading."""
    return [{"heading": part["heading"], "groups": _groups(part["blocks"])} for part in sections]


def _groups(blocks: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    groups: list[list[dict[str, Any]]] = []
    for block in blocks:
        if block["kind"] == "heading" or not groups:
            groups.append([])
        groups[-1].append(block)
    return groups


def _seal(engagement: Engagement, version: Version, person: Person) -> dict[str, str] | None:
    """What the coachee needs to show what was sealed; nothing for everybody else."""
    commitment = commitment_of(version)
    if commitment is None or Role.COACHEE not in engagement.roles_of(person):
        return None
    return {"text": version.stumbling_blocks, "key": version.salt, "commitment": commitment}


def _if_readable(engagement: Engagement, person: Person, source: Version | Draft) -> str | None:
    """The stumbling blocks for who may read them, None for everybody else.

    Each text is under the table it was written with: a later version opens nothing of an earlier one, and
    a table opens nothing before everybody signed it. What the table in force closes is closed in all of them.
    """
    own = table_in(terms(source)) if isinstance(source, Version) and source.in_force_at else NOTHING
    reading_them, roles = Permission.READ_STUMBLING_BLOCKS, engagement.roles_of(person)
    if may(reading_them, roles, engagement.stage_, own) and engagement.lets(person, reading_them):
        return str(source.stumbling_blocks)
    return None
