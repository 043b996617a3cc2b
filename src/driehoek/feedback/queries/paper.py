"""What is told of a closed round on paper: word for word what the page tells, and nothing beside it."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from driehoek.access import Role
from driehoek.documents.fingerprint import fingerprint
from driehoek.engagements.models import Engagement
from driehoek.engagements.wording import ROLE_WORDS
from driehoek.feedback.models import Round
from driehoek.feedback.queries.change import Moved, Since
from driehoek.feedback.queries.report import Cell, Part, Report
from driehoek.feedback.queries.written import apart
from driehoek.feedback.wording import moment_words
from driehoek.kit.charts import Line, Range, Ranges, as_block
from driehoek.kit.charts.spec import Shape
from driehoek.kit.dots import Row
from driehoek.kit.templatetags.look import day, decimal, signed

Block = dict[str, Any]
_SHAPES: Final[dict[str, Shape]] = {"ring": "ring", "dot": "dot", "square": "square", "small": "diamond"}


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
            *map(_since, sinces),
            _words(told),
            {"heading": _("What is not shown, and why"), "blocks": [{"kind": "list", "items": told.hidden}]},
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
    scale = told.asked.scale
    ends = {
        "low": scale.labels[0],
        "high": scale.labels[-1],
        "lowest": scale.lowest,
        "highest": scale.highest,
    }
    counts = [f"{group}: {count}" for group, count in told.groups]
    return [
        {
            "label": _("Who answered"),
            "value": "; ".join(counts) if counts else _("No group is large enough to be shown."),
        },
        {"label": _("Scale"), "value": _("%(lowest)s = %(low)s, %(highest)s = %(high)s") % ends},
    ]


def _part(part: Part, told: Report) -> dict[str, Any]:
    blocks: list[Block] = [{"kind": "text", "text": part.finding}]
    blocks += [profile_of(part, told)] if part.rows else []
    if told.columns:
        blocks.append(
            {
                "kind": "table",
                "head": [_("Sentence"), *told.columns],
                "rows": [[words, *map(_cell, cells)] for words, cells in part.lines],
                "widths": [5, *[2] * len(told.columns)],
            }
        )
    return {"heading": part.name, "blocks": blocks}


def profile_of(part: Part, told: Report) -> Block:
    """The means of the drawing on the page, each with how many; shapes tell them apart without colour."""
    counts = dict(told.groups)
    rows = tuple(
        Range(one.label, _exactly(one.value), _with_n(one, counts.get(one.label)), shape=_SHAPES[one.mark])
        for one in part.rows
    )
    scale = told.asked.scale
    ends = Decimal(scale.lowest), Decimal(scale.highest)
    return as_block(Ranges(rows, (), part.finding, scale=ends), get_language() or "nl")


def _exactly(number: float) -> Decimal:
    return Decimal(repr(number)).quantize(Decimal("0.00001"))


def _with_n(one: Row, count: int | None) -> str:
    if count is None or one.mark == "ring":
        return one.words
    facts = {"mean": one.words, "n": count}
    return ngettext("%(mean)s; %(n)d person", "%(mean)s; %(n)d people", count) % facts


def _cell(cell: Cell) -> str:
    if not cell.words:
        return _("not shown")
    if cell.spread is None:
        return cell.words
    return f"{cell.words} {_('(spread %(spread)s)') % {'spread': decimal(cell.spread, 1)}}"


def _since(since: Since) -> dict[str, Any]:
    blocks: list[Block] = [{"kind": "text", "text": since.caution}, *_shifts(since)]
    for one in since.moved:
        blocks += [{"kind": "heading", "text": one.name}, {"kind": "text", "text": one.finding}]
        blocks += [_moves(one)] if one.lines else []
        blocks += [{"kind": "text", "text": one.how}] if one.how else []
    blocks += [{"kind": "text", "text": words} for words in since.not_compared]
    return {"heading": since.title, "blocks": blocks}


def _shifts(since: Since) -> list[Block]:
    """How the others moved in each kind of behaviour, beside no change; nothing where that is not told."""
    told = [one for one in since.moved if one.change.before is not None and one.change.after is not None]
    if not told:
        return []
    finding = " ".join(f"{one.name}: {one.finding}" for one in told)
    none = Line(Decimal(0), _("no change"))
    chart = Ranges(tuple(map(_shift, told)), (none,), finding, _("The others, now less then."))
    return [as_block(chart, get_language() or "nl")]


def _shift(one: Moved) -> Range:
    moved = float((one.change.after or 0) - (one.change.before or 0))
    low, high = (None if end is None else _exactly(end) for end in (one.change.low, one.change.high))
    words = signed(apart(float(one.change.before or 0), float(one.change.after or 0)), 1)
    facts = {"mean": words, "n": one.change.n_after}
    said = ngettext("%(mean)s; %(n)d person", "%(mean)s; %(n)d people", one.change.n_after) % facts
    return Range(one.name, _exactly(moved), said, low, high)


def _moves(one: Moved) -> Block:
    return {
        "kind": "table",
        "head": [_("Who"), _("Then"), _("Now"), _("Difference"), _("Could lie from")],
        "rows": [[li.who, li.before, li.after, li.moved, li.between or "–"] for li in one.lines],
    }


def _words(told: Report) -> dict[str, Any]:
    blocks: list[Block] = []
    if told.fewest_words:
        blocks.append({"kind": "note", "text": told.few_words})
    for one in told.said:
        blocks.append({"kind": "heading", "text": one.question})
        blocks += [{"kind": "said", "text": words} for words in one.words]
        blocks += [{"kind": "said", "text": one.own, "by": told.own_name}] if one.own else []
    if not blocks:
        blocks.append({"kind": "text", "text": _("Nobody wrote anything, and that is fine.")})
    return {"heading": _("In their own words"), "blocks": blocks}


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
