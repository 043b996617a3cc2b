"""A series in words: what it is made of, where it came from, and what taking another over would change."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from driehoek.agreements.queries import AgreedCriterion
from driehoek.evidence.series_row import Problem
from driehoek.kit.templatetags.look import day
from driehoek.measures.models import Observation
from driehoek.measures.queries import Beside
from driehoek.measures.wording.files import told
from driehoek.measures.wording.verdicts import entered

MOST_SHOWN: Final = 60
Source = Observation.Source
CAME_AS: Final = {
    Source.TYPED: gettext_lazy("by %(name)s on %(day)s"),
    Source.PASTED: gettext_lazy("pasted, by %(name)s on %(day)s"),
    Source.FILE: gettext_lazy("from a file, by %(name)s on %(day)s"),
    Source.SHEET: gettext_lazy("from a spreadsheet, by %(name)s on %(day)s"),
    Source.PROGRAM: gettext_lazy("sent by a program, with a key of %(name)s, on %(day)s"),
    Source.SEEN: gettext_lazy("ticked off, by %(name)s on %(day)s"),
    Source.ASKED: gettext_lazy("from a survey that %(name)s began, on %(day)s"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it is shown before it is taken over."""

    number: int
    day: str
    value: str
    instead_of: str = ""
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class Bad:
    """One row that cannot be taken over, and why."""

    number: int
    says: str
    text: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What was read, before anything is taken over."""

    summary: str
    lines: Sequence[Line]
    more: int
    bad: Sequence[Bad]


def came(row: Observation) -> str:
    """How a value came here: typed, pasted, from a file or a program; by whom, and when."""
    return str(CAME_AS[Source(row.source)]) % {"name": row.entered_by, "day": day(row.entered_at)}


def series_facts(criterion: AgreedCriterion) -> list[tuple[str, str]]:
    """What a series is made of: the unit, which way is better, and what each value weighs."""
    terms = criterion.terms
    weighted = terms.counted == "weighted"
    facts = [
        (
            _("Unit"),
            "%" if terms.form == "share_at_least" else criterion.unit or pgettext("unit", "a number"),
        ),
        (
            _("Better is"),
            pgettext("value", "higher") if terms.direction == "up" else pgettext("value", "lower"),
        ),
        (
            _("Volume"),
            _("each value weighs by what it is out of")
            if weighted
            else _("none, each value stands for itself"),
        ),
    ]
    return [(str(label), str(words)) for label, words in facts]


def taken_over(count: int) -> str:
    """What is said once a series was taken over: how many days are new or changed."""
    if not count:
        return _("Nothing was new: these values stood there already.")
    return ngettext("%(count)s value taken over.", "%(count)s values taken over.", count) % {"count": count}


def looked_at(
    found: Sequence[Beside], problems: Sequence[Problem], criterion: AgreedCriterion
) -> Looked | None:
    """What the page shows of rows that were read; None as long as nothing was."""
    if problems:
        bad = [Bad(one.line or 0, told(one), one.facts.get("text", "")) for one in problems]
        return Looked("", (), 0, bad)
    if not found:
        return None
    first = sorted(found, key=lambda one: not one.is_other)  # what changes something comes first
    lines = [_line(one, criterion) for one in first[:MOST_SHOWN]]
    return Looked(_summary(found), lines, len(found) - len(lines), ())


def _line(one: Beside, criterion: AgreedCriterion) -> Line:
    as_it_comes = Observation(on=one.row.on, value=one.row.value, out_of=one.row.out_of)
    standing = entered(one.standing, criterion) if one.standing and one.is_other else ""
    return Line(one.row.line, day(one.row.on), entered(as_it_comes, criterion), standing, one.is_new)


def _summary(found: Sequence[Beside]) -> str:
    new = sum(one.is_new for one in found)
    other = sum(one.is_other for one in found)
    same = len(found) - new - other
    parts = [
        ngettext("%(count)s value is new.", "%(count)s values are new.", new) % {"count": new},
        same
        and ngettext(
            "%(count)s stands there already and is left alone.",
            "%(count)s stand there already and are left alone.",
            same,
        )
        % {"count": same},
        other
        and ngettext("%(count)s day holds another value.", "%(count)s days hold another value.", other)
        % {"count": other},
    ]
    return " ".join(str(part) for part in parts if part)
