"""What a document must say about what nobody knows, what nobody judged, and what is not in it."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from driehoek.access import Role, Stage
from driehoek.engagements.models import Party
from driehoek.engagements.wording import ROLE_WORDS
from driehoek.kit.templatetags.look import listed
from driehoek.measures.wording import reason
from driehoek.results.models import ClosingTalk
from driehoek.results.queries.material import Material
from driehoek.results.wording import AUTHORS_IN, CLOSED_WITHOUT

Section = dict[str, Any]
SURE = ("demonstrated", "excluded")
DECIDED = ("reached", "not_reached")


def organisation(found: Material, items: Collection[str]) -> list[Section]:
    """What manager and sponsor think of it, as far as they said so."""
    if not found.receivers:
        return []
    facts = [
        {"label": f"{party.person}, {ROLE_WORDS[party.role_]}", "value": _judgement(found, party, items)}
        for party in found.receivers
    ]
    return [
        {"heading": _("What the organisation thinks of it"), "blocks": [{"kind": "facts", "items": facts}]}
    ]


def _judgement(found: Material, party: Party, items: Collection[str]) -> str:
    talk = found.talks.get(party.role_, "")
    no_talk = found.engagement.stops_on and not talk
    taking_part = _("It was stopped early, without a closing talk.") if no_talk else _TALK[talk]()
    marked = sum(1 for row in found.rows for one, mark in row.marks if one.pk == party.pk and mark)
    if not marked:
        return " ".join((_("Not judged."), taking_part))
    if "results" not in items:
        return taking_part
    words = {"marked": marked, "all": len(found.rows)}
    return " ".join((_("Gave a view on %(marked)s of %(all)s results, above.") % words, taking_part))


_TALK = {
    "": lambda: _("The closing talk has not been proposed yet."),
    ClosingTalk.Answer.OPEN: lambda: _("The invitation to the closing talk has not been answered."),
    ClosingTalk.Answer.DECLINED: lambda: _("Did not take part in the closing talk."),
    ClosingTalk.Answer.ACCEPTED: lambda: _("Takes part in the closing talk."),
}


def unknown(found: Material, items: Collection[str]) -> list[Section]:
    """As long as what is known, and never empty."""
    lines = []
    if "measurements" in items:
        lines += [
            _("Whether this was reached: %(measure)s. %(reason)s")
            % {"measure": state.criterion.measure, "reason": reason(state.criterion, state.verdict)}
            for state in found.states
            if state.verdict.status not in DECIDED
        ]
        lines += _unsure(found)
    lines.append(_cause(found, items))
    lines.append(_("Whether it lasts. Nobody has looked at that yet."))
    blocks: list[dict[str, Any]] = [{"kind": "list", "items": lines}]
    return [{"heading": _("What we do not know"), "blocks": blocks}]


def _unsure(found: Material) -> list[str]:
    """Of which criteria it is open how sure they are; none that was shown or excluded beyond doubt."""
    measured = [state for state in found.states if state.observations]
    open_ones = [state for state in measured if not (state.certainty and state.certainty.status in SURE)]
    if not open_ones:
        return []
    if len(open_ones) == len(measured):
        return [_("How sure the measured values are. The true value may be higher or lower.")]
    names = listed([state.criterion.measure for state in open_ones])
    return [_("How sure this is: %(measures)s. The true value may be higher or lower.") % {"measures": names}]


def _cause(found: Material, items: Collection[str]) -> str:
    line = (
        _("Whether it is because of the coaching. Nothing was compared: it changed during, not by.")
        if found.is_coached
        else _("Whether it is because of the advice. Nothing was compared: it changed during, not by.")
    )
    if set(items) & {"coachee_report", "coach_report", "consultant_report"}:
        named = _("What else was going on stands in the reports, as far as it was named.")
        return f"{line} {named}"
    return line


def left_out(found: Material) -> list[Section]:
    """A report that was never written, and what was agreed never to go to the organisation."""
    names = [
        party.person.first_name_only
        for party in found.engagement.parties_in_order
        if party.accepted_at and party.role in (Role.COACHEE, Role.COACH)
    ]
    blocks = [{"kind": "text", "text": line} for line in _missing(found)]
    if names:
        text = _(
            "What %(names)s said in their sessions, preparations, reflections and notes. "
            "That was agreed beforehand by everyone who signed."
        )
        blocks.append({"kind": "text", "text": text % {"names": listed(names)}})
    return [{"heading": _("What is not in this document"), "blocks": blocks}] if blocks else []


def _missing(found: Material) -> list[str]:
    """Named once the engagement has been closed without it: until then it may still come."""
    if found.engagement.stage_ is not Stage.CLOSED:
        return []
    authors = AUTHORS_IN[found.engagement.shape_]
    absent = [role for role in authors if not (row := found.reports.get(role)) or not row.handed_in_at]
    return [str(CLOSED_WITHOUT[role]) for role in absent]
