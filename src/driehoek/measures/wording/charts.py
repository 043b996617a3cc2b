"""What was measured, as charts: the series of a criterion, its margin beside what was agreed, the levels."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from driehoek.access import Role
from driehoek.agreements.queries import AgreedCriterion, AgreedGoal
from driehoek.agreements.wording import is_percent, plain
from driehoek.evidence.criteria import CHANGE_FORMS
from driehoek.kit.charts import Band, Levels, Line, Mark, Panel, Range, Ranges, Series
from driehoek.kit.charts.spec import Shape
from driehoek.kit.templatetags.look import listed, signed
from driehoek.measures.models import AttainmentScore
from driehoek.measures.queries import CriterionState
from driehoek.measures.wording.counts import NONE_NOTED, NOT_NOTED, Row, is_out_of, of_how_many
from driehoek.measures.wording.sure import counted, interval_words, rounded
from driehoek.measures.wording.verdicts import scale_of

Moment = AttainmentScore.Moment
MOMENT_WORDS: Final = {Moment.INTERIM: gettext_lazy("Interim"), Moment.END: gettext_lazy("At the end")}
_SHAPES: Final[dict[str, Shape]] = {Role.COACHEE: "dot", Role.MANAGER: "square"}
_WHOLE: Final = (Decimal(0), Decimal(100))
_HUNDREDTH: Final = Decimal("0.01")
_PLACES: Final = Decimal("0.00001")  # of a quotient: more than a chart can show
_SHARES: Final = ("wilson", "exact_rate")


def series_chart(state: CriterionState, finding: str) -> Series:
    """Every value that counts or was there before, its window, its target, and how sure the level is."""
    criterion, scale = state.criterion, scale_of(state.criterion)
    terms = criterion.terms
    earlier = terms.measured_before.values if terms.measured_before else ()
    measured: list[Row] = [*earlier, *state.observations]
    rows = {row.on: row for row in measured}
    points = tuple((on, _drawn(row, scale.factor)) for on, row in sorted(rows.items()))
    start = None if earlier or terms.baseline is None else _number(terms.baseline) * scale.factor
    behind = tuple(of_how_many([row]) or str(NOT_NOTED) for _on, row in sorted(rows.items()))
    has_count = is_out_of(terms) and any(row.out_of for row in rows.values())
    none_noted = is_out_of(terms) and rows and not has_count
    beside = [one for one in (scale.target, start) if one is not None]
    return Series(
        points=points,
        finding=finding,
        caption=" ".join(filter(None, (_in_unit(criterion), str(NONE_NOTED) if none_noted else ""))),
        scale=_whole(criterion, [*(value for _on, value in points), *beside]),
        behind=behind if has_count else (),
        window=(terms.window_starts, terms.deadline) if terms.window_starts and terms.deadline else None,
        target=scale.target,
        target_words=scale.target_words,
        start=None if start is None else plain(start),
        unit=scale.unit or ("%" if is_percent(criterion.unit) else ""),
        band=_band(state),
    )


def margin_chart(state: CriterionState, finding: str) -> Ranges | None:
    """The estimate with its interval beside no change and what was agreed; None without an interval."""
    found, criterion = state.certainty, state.criterion
    if found is None or found.low is None or found.high is None or found.estimate is None:
        return None
    terms, is_change = criterion.terms, criterion.terms.form in CHANGE_FORMS
    in_percent = terms.form in ("relative_change", "share_at_least")
    factor = 100 if in_percent else 1
    aim = terms.target * factor * (-1 if is_change and terms.direction == "down" else 1)
    is_share = in_percent or is_percent(criterion.unit)
    target = Line(plain(aim), scale_of(criterion).target_words, is_target=True)
    if is_change:
        words = f"{signed(plain(aim))}{'%' if is_share else ''}"
        target = Line(plain(aim), _("agreed: %(size)s") % {"size": words}, is_target=True)
    row = Range(
        pgettext("chart", "Change") if is_change else _("Level"),
        plain(rounded(found.estimate, ROUND_HALF_EVEN) * factor),
        f"{interval_words(criterion, found)}; {counted(found, terms, state.observations)}",
        plain(rounded(found.low, ROUND_FLOOR) * factor),
        plain(rounded(found.high, ROUND_CEILING) * factor),
    )
    lines = (Line(Decimal(0), _("no change")), target) if is_change else (target,)
    held = [one for one in (row.value, row.low, row.high, target.at) if one is not None]
    whole = None if is_change else _whole(criterion, held)
    return Ranges((row,), lines, finding, _in_unit(criterion), whole, "%" if is_share else "")


def levels_chart(goals: Iterable[tuple[AgreedGoal, Sequence[AttainmentScore]]]) -> Levels:
    """The levels of every goal at every moment that was scored, by everybody whose scores are given."""
    rows = [(goal, scores) for goal, scores in goals if scores]
    there = [moment for moment in Moment if any(one.moment == moment for _goal, s in rows for one in s)]
    panels, sentences = [], []
    for goal, scores in rows:
        name = _("Goal %(number)s") % {"number": goal.number}
        panels.append(Panel(name, tuple(_mark(one, there) for one in scores)))
        told = [f"{MOMENT_WORDS[Moment(one.moment)]} {_who(one)} {signed(one.level)}" for one in scores]
        sentences.append(f"{name}: {listed(told)}.")
    return Levels(
        tuple(panels),
        tuple(str(MOMENT_WORDS[moment]) for moment in there),
        " ".join(sentences),
        _("A score is an opinion, not a measurement."),
    )


def _mark(score: AttainmentScore, there: list[AttainmentScore.Moment]) -> Mark:
    at = there.index(Moment(score.moment))
    return Mark(_who(score), _SHAPES.get(score.role, "diamond"), at, score.level)


def _who(score: AttainmentScore) -> str:
    return str(score.scored_by.first_name_only)


def _in_unit(criterion: AgreedCriterion) -> str:
    facts = {"measure": criterion.measure, "unit": criterion.unit}
    says_unit = criterion.unit and criterion.unit.casefold() not in criterion.measure.casefold()
    return (_("%(measure)s, in %(unit)s.") if says_unit else _("%(measure)s.")) % facts


def _band(state: CriterionState) -> Band | None:
    """Where the level of the whole window may lie; a change or a line through time has no such band."""
    found = state.certainty
    if found is None or found.method not in _SHARES or found.low is None or found.high is None:
        return None
    if state.criterion.terms.form != "level":
        return None
    counts = counted(found, state.criterion.terms, state.observations)
    words = f"{interval_words(state.criterion, found)}; {counts}"
    middle = None if found.estimate is None else _sized(found.estimate, 1)
    return Band(_sized(found.low, 1), _sized(found.high, 1), words, middle)


def _sized(number: float, factor: int) -> Decimal:
    return plain((Decimal(repr(number)) * factor).quantize(_PLACES))


def _whole(criterion: AgreedCriterion, held: Sequence[Decimal]) -> tuple[Decimal, Decimal] | None:
    """A percentage of a whole is drawn from 0 to 100, so that a small difference looks small."""
    if criterion.terms.form == "share_at_least":
        return _WHOLE
    fits = all(_WHOLE[0] <= one <= _WHOLE[1] for one in held)
    return _WHOLE if is_percent(criterion.unit) and fits else None


def _drawn(row: Row, factor: int) -> Decimal:
    """A value as it is drawn; a percentage to two places, as it is said."""
    value = Fraction(row.value) / Fraction(row.out_of) if row.out_of else Fraction(row.value)
    exact = _number(value) * factor
    return plain(exact.quantize(_HUNDREDTH) if factor != 1 else exact)


def _number(number: Decimal | Fraction) -> Decimal:
    """An exact number to five places; a quotient has no end."""
    if isinstance(number, Decimal):
        return number
    return plain((Decimal(number.numerator) / Decimal(number.denominator)).quantize(_PLACES))
