"""The closing document: what the receiver will read, word for word, before it is frozen."""

from collections.abc import Callable, Collection
from typing import Any, Final

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from driehoek.access import Role
from driehoek.agreements.queries import AgreedGoal, foreseen, later_words
from driehoek.engagements.wording import ROLE_WORDS, SHAPE_WORDS
from driehoek.kit.charts import as_block
from driehoek.kit.templatetags.look import day, signed
from driehoek.measures.models import AttainmentScore
from driehoek.measures.queries import CriterionState
from driehoek.measures.wording import Answer, One, late_lines, late_words, struck_lines, three_answers
from driehoek.measures.wording.charts import levels_chart
from driehoek.measures.wording.shown import charts_of
from driehoek.results.models import Report
from driehoek.results.queries.conclusion import conclusion
from driehoek.results.queries.ledger import LedgerRow, sections
from driehoek.results.queries.material import REPORT_ITEMS, Material
from driehoek.results.queries.plan_block import plan_blocks
from driehoek.results.queries.unknown import left_out, organisation, unknown
from driehoek.results.wording import REPORT_SECTIONS, REPORT_TITLES, VIEW_WORDS, tags_of

ITEMS_SHOWN: Final = (
    "measurements",
    "attainment",
    "plan",
    "coachee_report",
    "results",
    "coach_report",
    "consultant_report",
)

Block = dict[str, Any]


def compose(found: Material, *, receiver: Role, items: Collection[str]) -> tuple[dict[str, Any], list[str]]:
    """The document with these items in the language of its receiver, and the ledger rows in it.

    Only strings, so that it has one fingerprint. No queries.
    """
    party = found.engagement.party(receiver)
    language = party.person.language if party else "nl"
    chosen = [item for item in ITEMS_SHOWN if item in items and found.holds(item)]
    with override(language):
        document = {
            "title": str(found.engagement.title),
            "subtitle": str(SHAPE_WORDS[found.engagement.shape_]),
            "lede": conclusion(found, chosen),
            "language": language,
            "parties": _parties(found),
            "facts": _facts(found),
            "sections": [
                *[_section(found, item) for item in chosen],
                *organisation(found, chosen),
                *unknown(found, chosen),
                *left_out(found),
            ],
            "footer": _footer(found, receiver),
        }
    return document, [str(row.result.pk) for row in found.rows] if "results" in chosen else []


def _section(found: Material, item: str) -> dict[str, Any]:
    if item in REPORT_ITEMS:
        report = found.report(item)
        return {"heading": str(REPORT_TITLES[REPORT_ITEMS[item]]), "blocks": _report(found, report)}
    headings = {
        "measurements": _("What was agreed, and what was measured"),
        "attainment": _("The levels of the goals"),
        "plan": _("The change plan"),
        "results": _("What came of it"),
    }
    return {"heading": headings[item], "blocks": _BLOCKS[item](found)}


def _goals(found: Material) -> list[Block]:
    """The goals in the words of who set them; everybody has read them in the agreement."""
    return [{"kind": "said", "text": f"{goal.number}. {goal.sentence}"} for goal in found.goals]


def _measured(found: Material) -> list[Block]:
    """Every criterion in one table; a single one also with its three answers at length."""
    blocks = [*_goals(found), _overview(found), *_not_beforehand(found), *_charts(found)]
    after = [*_known_beforehand(found), *_after_the_deadline(found)]
    if len(found.states) == 1:
        return [*blocks, {"kind": "answers", "items": _three(found, found.states[0])}, *after]
    return [*blocks, *_how_sure(found), *after]


def _how_sure(found: Material) -> list[Block]:
    """How sure each of them is, with its method and how much stands behind it; and what goes for all."""
    answers = [_three(found, state) for state in found.states]
    rows = [
        [
            {"text": f"{state.criterion.goal.number}. {state.criterion.measure}", "strong": True},
            {"text": sure["answer"], "strong": True},
            sure["text"],
            sure["facts"] or "–",
        ]
        for state, (_reached, sure, _because) in zip(found.states, answers, strict=True)
    ]
    because = answers[0][2]
    why = {"label": because["question"], "value": f"{because['answer']}. {because['text']}"}
    head = [_("Criterion"), _("How sure?"), _("Why"), _("Method and number")]
    return [
        {"kind": "table", "head": head, "rows": rows, "widths": [25, 15, 36, 24]},
        {"kind": "facts", "items": [why]},
    ]


def _charts(found: Material) -> list[Block]:
    """Every criterion as it was measured and, where there is one, the margin of its answer."""
    return [as_block(chart, get_language() or "nl") for state in found.states for chart in charts_of(state)]


def _known_beforehand(found: Material) -> list[Block]:
    """What spoke against a criterion when it was signed, and the reason it was accepted for."""
    return [dict(block) for block in foreseen(state.criterion for state in found.states)]


def _not_beforehand(found: Material) -> list[Block]:
    """What an amendment added, changed or dropped after the start: whoever reads the verdicts reads this."""
    lines = [
        f"{state.criterion.measure}. {later_words(state.criterion)}"
        for state in found.states
        if state.criterion.later
    ]
    if not lines and not found.dropped:
        return []
    return [
        {"kind": "heading", "text": _("Not fixed beforehand, or dropped on the way")},
        {"kind": "list", "items": [*lines, *found.dropped]},
    ]


def _after_the_deadline(found: Material) -> list[Block]:
    """What came or went when the verdict was known: whoever reads the verdict reads this too."""
    told: dict[str, Callable[[CriterionState], list[str]]] = {
        _("Entered after the deadline"): late_lines,
        _("Struck out after the deadline, not counted"): lambda one: struck_lines(
            one.criterion, one.struck_late
        ),
    }
    blocks: list[Block] = []
    for heading, said in told.items():
        lines = [f"{one.criterion.measure}. {line}" for one in found.states for line in said(one)]
        if lines:
            blocks += [{"kind": "heading", "text": heading}, {"kind": "list", "items": lines}]
    return blocks


def _overview(found: Material) -> Block:
    rows = []
    for state in found.states:
        words = Answer(state.criterion, state.verdict, state.observations)
        measured = " ".join(filter(None, (words.value, words.change and f"({words.change})")))
        rows.append(
            [
                {"text": f"{state.criterion.goal.number}. {state.criterion.measure}", "strong": True},
                words.start or "–",
                words.agreed,
                ". ".join(filter(None, (measured, late_words(state)))) or "–",
                {"text": words.status, "strong": True},
            ]
        )
    head = [_("Criterion"), _("Start"), _("Agreed"), _("Measured"), _("Reached?")]
    return {"kind": "table", "head": head, "rows": rows, "widths": [24, 15, 29, 17, 15]}


def _three(found: Material, state: CriterionState) -> list[dict[str, str]]:
    reached, sure, because = three_answers(state, found.engagement.shape_, state.certainty)
    return [
        _printed(reached, _("Reached?")),
        _printed(sure, _("How sure?")),
        _printed(because, because.ask),
    ]


def _printed(one: One, question: str) -> dict[str, str]:
    mark = "unknown" if one.mark == "open" else one.mark
    return {"question": question, "answer": one.answer, "mark": mark, "text": one.says, "facts": one.facts}


def _levels(found: Material) -> list[Block]:
    rows = [
        [
            {"text": _("Goal %(number)s") % {"number": goal.number}, "strong": True},
            _moment(score),
            {"text": signed(score.level), "strong": True},
            {"text": goal.levels.get(score.level, ""), "said": True},
        ]
        for goal in found.goals
        for score in found.scores
        if score.goal_id == goal.goal_id
    ]
    head = [_("Goal"), _("When"), _("Level"), _("That is")]
    text = _("Scored by the coachee. 0 is exactly as agreed. A score is an opinion, not a measurement.")
    return [
        *([] if found.states else _goals(found)),
        as_block(levels_chart(_scored(found)), get_language() or "nl"),
        {"kind": "table", "head": head, "rows": rows, "widths": [12, 30, 12, 46]},
        {"kind": "note", "text": text},
    ]


def _scored(found: Material) -> list[tuple[AgreedGoal, list[AttainmentScore]]]:
    return [(goal, [one for one in found.scores if one.goal_id == goal.goal_id]) for goal in found.goals]


def _moment(score: AttainmentScore) -> str:
    if score.moment == AttainmentScore.Moment.INTERIM:
        return _("Interim, %(day)s") % {"day": day(score.scored_at)}
    return _("At the end, %(day)s") % {"day": day(score.scored_at)}


def _report(found: Material, report: Report | None) -> list[Block]:
    if report is None:
        return []
    texts, role = sections(report), Role(report.role)
    party = found.engagement.party(role)
    blocks: list[Block] = []
    for key, (question, _hint) in REPORT_SECTIONS[role].items():
        if texts.get(key):
            blocks.append({"kind": "heading", "text": str(question)})
            blocks.append({"kind": "said", "text": texts[key]})
    if blocks and party:
        blocks[-1] |= {"by": str(party.person), "role_code": str(role)}
    return blocks


def _results(found: Material) -> list[Block]:
    return [block for row in found.rows for block in _result(row)]


def _result(row: LedgerRow) -> list[Block]:
    views = [
        {"label": f"{party.person}, {ROLE_WORDS[party.role_]}", "value": _view(mark)}
        for party, mark in row.marks
    ]
    blocks: list[Block] = [
        {"kind": "said", "text": row.result.text},
        {"kind": "text", "text": _begun(", ".join(tags_of(row.result))) + "."},
    ]
    if row.result.explained:
        blocks.append({"kind": "said", "text": row.result.explained})
    return [*blocks, {"kind": "facts", "items": views}]


def _view(mark: Any) -> str:
    words = str(VIEW_WORDS[mark.view if mark else ""])
    return f"{words}. {mark.remark}" if mark and mark.remark else words


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


_BLOCKS: Final[dict[str, Callable[[Material], list[Block]]]] = {
    "measurements": _measured,
    "attainment": _levels,
    "results": _results,
    "plan": plan_blocks,
}


def _parties(found: Material) -> list[dict[str, str]]:
    return [
        {
            "role_code": str(party.role),
            "role_word": str(ROLE_WORDS[party.role_]),
            "name": str(party.person),
            "organisation": str(party.organisation or found.engagement.organisation),
        }
        for party in found.engagement.parties_in_order
        if party.accepted_at
    ]


def _facts(found: Material) -> list[dict[str, str]]:
    dates = found.engagement
    days = {
        _("Started on"): dates.started_on,
        _("Stopped early, last day"): dates.stops_on,
        _("Closed on"): dates.closed_on,
    }
    return [{"label": label, "value": day(on)} for label, on in days.items() if on]


def _footer(found: Material, receiver: Role) -> str:
    party = found.engagement.party(receiver)
    words = {
        "who": str(party.person) if party else "",
        "number": found.version.number if found.version else 0,
    }
    return _("Only for %(who)s, under the disclosure table of agreement version %(number)s") % words
