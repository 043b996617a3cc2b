"""An agreement as it is read: one shape for the page and for the PDF."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from django.utils.translation import gettext as _

from driehoek.access import RECEIVERS, Kind, Level, Role, Shape
from driehoek.agreements.models import Signature, Version
from driehoek.agreements.queries.clauses import group, group_of, place_of, title_of
from driehoek.agreements.queries.deliverables import delivered_in_words
from driehoek.agreements.queries.expectations import expected_on_paper
from driehoek.agreements.queries.frozen import Terms, table_in
from driehoek.agreements.queries.paper_goals import Block, goals_on_paper, table
from driehoek.agreements.queries.programme_lead import lead_in
from driehoek.agreements.queries.sight import rows
from driehoek.agreements.wording import LOGISTICS_WORDS, capacity_words, logistics_fact
from driehoek.documents.fingerprint import grouped
from driehoek.engagements.queries import anchor_of
from driehoek.engagements.wording import ROLE_WORDS
from driehoek.kit.templatetags.look import clock_time, day, first_name, listed


def paper(
    said: Terms,
    *,
    version: Version | None,
    signatures: Sequence[Signature] = (),
    stumbling_blocks: str | None,
) -> dict[str, Any]:
    """What an agreement says, in the reader's language, in the shape `documents.pdf` prints: no queries.

    `version` is None for a draft. `stumbling_blocks` is their text, only for who may read them, else None.
    """
    signed = {one.role: one for one in signatures}
    return {
        "brand": "Driehoek",
        "stamp": _stamp(said, version),
        "title": _("Agreement: %(title)s") % {"title": said["title"]},
        "words": {
            "page": _("{page} of {pages}"),
            "fingerprint": _("Fingerprint"),
            "fingerprint_note": _("One letter different in the text gives another fingerprint."),
            "draft": _("Draft"),
            "signatures": _("Signed by"),
            "not_signed": _("Not signed yet"),
        },
        "footer": said["title"],
        "version_label": _("Version %(number)d") % {"number": said["number"]},
        "draft": version is None or version.state in (Version.State.WITHDRAWN, Version.State.DECLINED),
        "fingerprint": version.fingerprint if version else "",
        "parties": [_party(party) for party in said["parties"]],
        "facts": _facts(said),
        "sections": sections(said, version=version, stumbling_blocks=stumbling_blocks),
        "signatures": [
            signature_in_words(one, signed.get(one["role"])) for one in said["parties"] if one["signs"]
        ],
    }


def sections(
    said: Terms, *, version: Version | None = None, stumbling_blocks: str | None
) -> list[dict[str, Any]]:
    """The parts of an agreement, each with a heading and blocks: no queries with the versions before it."""
    parts = [
        (group("first").title, _clauses(said, "first")),
        (_("What we expect of it"), expected_on_paper(said)),
        (_("Goals and criteria"), goals_on_paper(said, version)),
        (group("asked").title, _clauses(said, "asked") + _stumbling(said, stumbling_blocks)),
        (group("delivered").title, delivered_in_words(said) + _clauses(said, "delivered")),
        (group("practical").title, _clauses(said, "practical")),
        (_("Who sees what"), _sight(said)),
        (group("otherwise").title, _clauses(said, "otherwise")),
    ]
    return [{"heading": heading, "blocks": blocks} for heading, blocks in parts if blocks]


def fingerprint_groups(version: Version) -> list[str]:
    """The whole fingerprint in pairs of groups that can be read out: no queries."""
    groups = grouped(version.fingerprint).split(" ")
    return [" ".join(pair) for pair in zip(groups[::2], groups[1::2], strict=True)]


def _clauses(said: Terms, name: str) -> list[Block]:
    blocks: list[Block] = []
    for clause_id, text in _in_order(said["clauses"], name):
        blocks.append({"kind": "heading", "text": title_of(clause_id), "part": clause_id})
        blocks.append({"kind": "said", "text": text})
    return blocks


def _in_order(clauses: Mapping[str, str], name: str) -> list[tuple[str, str]]:
    # Canonical JSON sorts its keys; people read in the order of the method.
    return sorted(
        ((clause_id, text) for clause_id, text in clauses.items() if group_of(clause_id) == name),
        key=lambda clause: place_of(clause[0]),
    )


def _stumbling(said: Terms, text: str | None) -> list[Block]:
    seal = said["stumbling_blocks"]["commitment"]
    if seal is None:
        return []
    heading: Block = {"kind": "heading", "text": _("What the coachee may stumble over")}
    if text is not None:
        return [heading, {"kind": "said", "text": text}]
    if names := listed([first_name(party["name"]) for party in said["parties"] if _opens(said, party)]):
        words = _(
            "Written down by the coachee, and shared with %(names)s from the day this agreement is in force. "
            "Until then this seal binds the text: %(seal)s."
        )
        return [heading, {"kind": "note", "text": words % {"names": names, "seal": grouped(seal)}}]
    words = _(
        "Written down by the coachee and not shared with you. This seal binds the text: %(seal)s. "
        "With the text and its key the coachee can show that nothing was changed."
    )
    return [heading, {"kind": "note", "text": words % {"seal": grouped(seal)}}]


def _opens(said: Terms, party: Mapping[str, Any]) -> bool:
    role = Role(party["role"])
    return role in RECEIVERS and table_in(said).level(Kind.STUMBLING_BLOCKS, role) is Level.ALWAYS


def _sight(said: Terms) -> list[Block]:
    named = [(Role(party["role"]), party["name"]) for party in said["parties"]]
    found = rows(Shape(said["shape"]), table_in(said), named)
    words = _("Nothing is visible until a row names it. The software does exactly what stands here.")
    return [
        {"kind": "text", "text": words},
        table(
            [_("What"), *(name for _role, name in named), _("Who releases it")],
            [
                [
                    {
                        "text": row.what,
                        "strong": True,
                        "roles": [str(role) for role in row.sees],
                        "hint": row.says,
                        "anchor": anchor_of(row.kind),
                    },
                    *({"text": cell.words, "role": str(cell.role), "sees": cell.sees} for cell in row.cells),
                    row.releases,
                ]
                for row in found
            ],
            widths=[26, *(51 // len(named) for _role, _name in named), 23],
        ),
        *([{"kind": "text", "text": lead}] if (lead := lead_in(said)) else []),
    ]


def _facts(said: Terms) -> list[dict[str, str]]:
    return [{"label": label, "value": value} for label, value in logistics_in_words(said)]


def logistics_in_words(said: Terms) -> list[tuple[str, str]]:
    """The days and numbers that were agreed, each with its name: no queries."""
    return [
        (str(words), logistics_fact(name, _as_value(name, said["logistics"][name])))
        for name, words in LOGISTICS_WORDS.items()
        if said["logistics"].get(name) is not None
    ]


def _as_value(name: str, value: Any) -> Any:
    if name == "session_time":
        return time.fromisoformat(value)
    return date.fromisoformat(value) if name.endswith("_on") else value


def _party(party: Mapping[str, Any]) -> dict[str, str]:
    return {
        "role_code": party["role"],
        "role_word": str(ROLE_WORDS[Role(party["role"])]),
        "name": party["name"],
        "organisation": party["organisation"],
    }


def signature_in_words(party: Mapping[str, Any], signature: Signature | None) -> dict[str, str]:
    """A signature as it is read, or who has not signed yet: no queries."""
    role = Role(party["role"])
    if signature is None:
        named = str(ROLE_WORDS[role])
        return {"role_code": party["role"], "name": party["name"], "capacity": named, "signed_at": ""}
    moment = {"day": day(signature.signed_at), "time": clock_time(signature.signed_at)}
    return {
        "role_code": party["role"],
        "name": signature.typed_name,
        "capacity": capacity_words(role, signature.capacity),
        "sentence": signature.sentence,
        "signed_at": _("%(day)s, %(time)s") % moment,
        "method": method_words(signature.method),
    }


def method_words(method: str) -> str:
    """How somebody was known to be who they are when they signed."""
    return _("signed in with a code by mail") if method == "signed-in with a code by mail" else method


def _stamp(said: Terms, version: Version | None) -> str:
    facts = {"number": said["number"], "day": day(version.offered_at) if version else ""}
    if version is None:
        return _("Version %(number)d, draft") % facts
    words = {
        Version.State.OFFERED: _("Version %(number)d, offered on %(day)s"),
        Version.State.IN_FORCE: _("Version %(number)d, in force since %(day)s"),
        Version.State.DECLINED: _("Version %(number)d, declined"),
        Version.State.WITHDRAWN: _("Version %(number)d, taken back"),
        Version.State.SUPERSEDED: _("Version %(number)d, replaced by a later one"),
    }
    if version.in_force_at:
        facts["day"] = day(version.in_force_at)
    return words[Version.State(version.state)] % facts
