"""What is told of a closed round on paper: word for word what the page tells, and nothing beside it."""

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from driehoek.access import Role
from driehoek.documents.fingerprint import fingerprint
from driehoek.engagements.models import Engagement
from driehoek.engagements.wording import ROLE_WORDS
from driehoek.feedback.models import Round
from driehoek.feedback.queries.change import Moved, Since
from driehoek.feedback.queries.drawn import change_of, ends_of, profile_of
from driehoek.feedback.queries.report import Cell, Part, Report
from driehoek.feedback.wording import moment_words
from driehoek.kit.templatetags.look import day, decimal, listed
from driehoek.method.questionnaires import Scale

Block = dict[str, Any]


def paper_of(one: Round, told: Report, sinces: Sequence[Since]) -> dict[str, Any]:
    """The document, in the language and for the eyes of the reader: no queries.

    Its fingerprint is that of what was frozen: the same in each language, and for both who read it.
    """
    engagement = one.engagement
    closed = day(one.closed_at)
    return {
        "brand": "Driehoek",
        "stamp": _("Closed on %(day)s") % {"day": closed},
        "title": _("Feedback: %(moment)s") % {"moment": moment_words(one).lower()},
        "subtitle": str(engagement.title),
        "lede": _("Worked out once, on %(day)s. It does not change any more.") % {"day": closed},
        "parties": [_party(engagement, role) for role in (Role.COACHEE, Role.COACH)],
        "facts": _facts(told),
        "sections": [
            *(_part(part, told) for part in told.parts),
            *(_since(since, told.asked.scale) for since in sinces),
            _words(told),
            *_last(one, told, sinces),
        ],
        "fingerprint": fingerprint_of(one),
        "footer": _("Only for coachee and coach: no row of the agreement opens it to anybody else."),
        "version_label": "",
        "words": _labels(),
    }


def fingerprint_of(one: Round) -> str:
    """Of what was asked and what was told of it, as frozen at the close: no queries."""
    return fingerprint({"asked": json.loads(one.asked), "told": _as_text(json.loads(one.report))})


def _as_text(kept: Any) -> Any:
    """A number with decimals has more than one spelling, so it goes under the fingerprint as text."""
    if isinstance(kept, dict):
        return {name: _as_text(value) for name, value in kept.items()}
    if isinstance(kept, list):
        return [_as_text(value) for value in kept]
    return repr(kept) if isinstance(kept, float) else kept


def _party(engagement: Engagement, role: Role) -> dict[str, str]:
    found = engagement.party(role)
    return {"role_code": role.value, "role_word": str(ROLE_WORDS[role]), "name": found.name if found else ""}


def _facts(told: Report) -> list[dict[str, str]]:
    counts = [f"{group}: {count}" for group, count in told.groups]
    return [
        {
            "label": _("Who answered"),
            "value": "; ".join(counts) if counts else _("No group is large enough to be shown."),
        },
        {"label": _("Scale"), "value": ends_of(told.asked.scale)},
    ]


def _part(part: Part, told: Report) -> Block:
    blocks: list[Block] = [{"kind": "text", "text": part.finding}]
    blocks += [profile_of(part, told.asked.scale)] if part.rows else []
    if part.has_table:
        blocks.append(_sentences(part, told))
    return {"heading": part.name, "blocks": blocks, "whole": True}


def _sentences(part: Part, told: Report) -> Block:
    """Sentence by sentence, each group with how many answered."""
    heads = [f"{name}\n{n}" if n else name for name, n in told.heads]
    return {
        "kind": "table",
        "head": [_("Sentence"), *heads],
        "rows": [[words, *map(_cell, cells)] for words, cells in part.lines],
        "widths": [7, *[3] * len(heads)],
    }


def _cell(cell: Cell) -> str:
    if not cell.words:
        return _("not shown")
    more = [f"({cell.fewer})"] if cell.fewer else []
    if cell.spread is not None:
        more.append(_("(spread %(spread)s)") % {"spread": decimal(cell.spread, 1)})
    return "\n".join([cell.words, *more])


def _since(since: Since, scale: Scale) -> Block:
    """Each kind of behaviour stays on one page: what is found, the drawing, the numbers, and how."""
    blocks: list[Block] = [{"kind": "text", "text": since.caution}]
    for one in since.moved:
        parts = [{"kind": "heading", "text": one.name}, {"kind": "text", "text": one.finding}]
        parts += [change_of(one, scale), _moves(one)] if one.lines else []
        parts += [{"kind": "text", "text": one.how}] if one.how else []
        blocks.append({"kind": "whole", "blocks": parts})
    blocks += [{"kind": "text", "text": words} for words in since.not_compared]
    return {"heading": since.title, "blocks": blocks}


def _moves(one: Moved) -> Block:
    rows = [
        [f"{li.who}\n{li.n}" if li.n else li.who, li.before, li.after, li.moved, li.between or "–"]
        for li in one.lines
    ]
    head = [_("Who"), _("Then"), _("Now"), _("Difference"), _("Could lie from")]
    return {"kind": "table", "head": head, "rows": rows}


def _words(told: Report) -> Block:
    """Below each question what others wrote, then what the person wrote, under their name."""
    blocks: list[Block] = []
    if told.fewest_words:
        blocks.append({"kind": "note", "text": told.few_words})
    elif told.said:
        words = _(
            "In an order that means nothing, and without groups. Do not try to find out who wrote what."
        )
        blocks.append({"kind": "text", "text": words})
    for one in told.said:
        blocks.append({"kind": "heading", "text": one.question})
        blocks += [{"kind": "sayings", "items": list(one.words)}] if one.words else []
        blocks += [{"kind": "said", "text": one.own, "above": told.own_name}] if one.own else []
    if not blocks:
        blocks.append({"kind": "text", "text": _("Nobody wrote anything, and that is fine.")})
    return {"heading": _("In their own words"), "blocks": blocks}


def _last(one: Round, told: Report, sinces: Sequence[Since]) -> list[Block]:
    """What is not shown, what the page folds out, once for each way of comparing, and what stays of it."""
    blocks: list[Block] = [_rows([*told.behind, (_("What stays of it"), _stays(one))])]
    for method in dict.fromkeys(
        moved.change.method for since in sinces for moved in since.moved if moved.behind
    ):
        found = [(since, moved) for since in sinces for moved in since.moved if moved.change.method == method]
        names = listed(list(dict.fromkeys(moved.name for _since, moved in found)))
        blocks.append({"kind": "heading", "text": _("What changed: %(names)s") % {"names": names}})
        size = _("How much stands behind it")  # differs by behaviour, and stands there
        blocks.append(_rows([row for row in found[0][1].behind if row[0] != size]))
    hidden = {"kind": "list", "items": told.hidden}
    return [
        {"heading": _("What is not shown, and why"), "blocks": [hidden], "whole": True},
        {"heading": _("How this was worked out"), "blocks": blocks},
    ]


def _rows(rows: Sequence[tuple[str, str]]) -> Block:
    return {"kind": "facts", "items": [{"label": label, "value": text} for label, text in rows]}


def _stays(one: Round) -> str:
    once = _("Worked out once, on %(day)s. It does not change any more.") % {"day": day(one.closed_at)}
    if one.answers_gone_on:
        gone = _("The answers themselves were thrown away on %(day)s. What stands here stays.")
        return f"{once} {gone % {'day': day(one.answers_gone_on)}}"
    later = _("The answers themselves are thrown away thirty days after the report of the last round.")
    return f"{once} {later}"


def _labels() -> dict[str, str]:
    check = _(
        "This file is sealed. Whoever holds it can give it to %(address)s, without an account. The page then "
        "says whether the file is unaltered, and nothing else."
    )
    return {
        "page": _("{page} of {pages}"),
        "fingerprint": _("Fingerprint"),
        "fingerprint_note": _("The fingerprint covers everything that was asked and told of this round."),
        "check": check % {"address": f"{settings.BASE_URL}{reverse('verify')}"},
    }
