"""An experiment in words: the same three answers as for any criterion, and its picture."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from driehoek.agreements.queries import AgreedCriterion
from driehoek.agreements.wording import in_points, is_percent, plain, shown, with_unit
from driehoek.evidence.certainty import Certainty
from driehoek.experiments.models import Experiment
from driehoek.experiments.queries import Figure, figures_of, mean
from driehoek.kit.charts import Chart, Line, Range, Ranges, draw
from driehoek.kit.templatetags.look import day, decimal, signed
from driehoek.measures.wording import Answer, One
from driehoek.measures.wording.behind import METHODS
from driehoek.measures.wording.sure import counted, method_name, rounded, sure, used
from driehoek.measures.wording.three import NOT_COMPARED, says

Decision = Experiment.Decision
DECISIONS: Final = {
    Decision.STOP: (
        gettext_lazy("Stop here"),
        gettext_lazy("Also when it worked: what was learned stays yours."),
    ),
    Decision.AGAIN: (
        gettext_lazy("Once more, a little differently"),
        gettext_lazy("With a new first day and a new first measurement."),
    ),
    Decision.ENGAGEMENT: (
        gettext_lazy("Go on with an engagement"),
        gettext_lazy("What was measured goes along as a first goal with its start."),
    ),
}
_NOBODY: Final = UUID(int=0)
_TOO_FEW: Final = gettext_lazy(
    "With fewer than four numbers on either day no margin of error can be given. That is not the same as no "
    "effect."
)
_TWO_DAYS: Final = gettext_lazy("The numbers of both days beside each other (Welch)")
_DOES: Final = {
    "welch": gettext_lazy("The mean of the last day less the mean of day 0, with a margin for both."),
}
_HOLDS: Final = {
    "welch": gettext_lazy(
        "That the numbers of one day do not follow from one another, and that no single one is far off."
    ),
}
_JUDGED: Final = gettext_lazy(
    "The mean of the last day less the mean of day 0, beside what was set down on day 0, exactly as it was "
    "typed. Nothing is rounded first."
)
_CANNOT: Final = gettext_lazy(
    "It is one experiment of one person, without anything to compare with. So it can say that something "
    "changed during the experiment, never that it changed by it, nor whether it goes the same elsewhere."
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One figure on the page: what was set down, the three answers, what stands behind them, the picture."""

    figure: Figure
    started: str
    agreed: str
    reached: One | None = None
    sure: One | None = None
    because: One | None = None
    chart: Chart | None = None
    behind: Sequence[tuple[str, str]] = ()


def outcomes(experiment: Experiment, *, same_people: bool) -> list[Outcome]:
    """Every figure, judged once it was measured at the end: no queries."""
    return [_outcome(experiment, figure, same_people) for figure in figures_of(experiment)]


def _outcome(experiment: Experiment, figure: Figure, same_people: bool) -> Outcome:
    criterion = AgreedCriterion(_NOBODY, None, figure.measure, figure.unit, figure.terms(experiment))  # type: ignore[arg-type]
    words = Answer(criterion, figure.verdict(experiment))
    started = _counted(with_unit(decimal(shown(figure.start)), figure.unit), figure)
    if not figure.after:
        return Outcome(figure, started, words.agreed)
    found = figure.certainty(same_people=same_people)
    reached = One(words.mark, words.status, says(words, words.verdict), words.agreed)
    certain = _of_numbers(sure(criterion, found, is_over=True), found)
    because = One(
        "unknown",
        _("Cannot be said"),
        " ".join((_("What changed, changed during the experiment."), str(NOT_COMPARED))),
        _("Before and after, without a comparison"),
        _("Because of the experiment?"),
    )
    chart = draw(_change(figure, found, certain))
    behind = [(str(label), str(text)) for label, text in _behind(figure, found) if str(text)]
    chart = replace(chart, rows=())  # its numbers stand in what is folded out, where a phone shows them whole
    return Outcome(figure, started, words.agreed, reached, certain, because, chart, behind)


def _counted(started: str, figure: Figure) -> str:
    """The start, never without how many numbers stand behind it."""
    words = ngettext("%(start)s (%(count)s number)", "%(start)s (%(count)s numbers)", len(figure.before))
    return words % {"start": started, "count": len(figure.before)}


def _of_numbers(certain: One, found: Certainty) -> One:
    """Numbers are not always people: no word about people where two days are set side by side."""
    if found.reason == "too_few_raters":
        return replace(certain, says=str(_TOO_FEW), facts=counted(found))
    if used(found) == "welch":
        return replace(certain, facts=certain.facts.replace(method_name(found), str(_TWO_DAYS)))
    return certain


def _change(figure: Figure, found: Certainty, certain: One) -> Ranges:
    change = mean(figure.after) - figure.start
    aim = plain(figure.target * (1 if figure.direction == "up" else -1))
    told = _apart(change, figure.unit)
    if found.low is not None and found.high is not None:
        low, high = rounded(found.low, ROUND_FLOOR), rounded(found.high, ROUND_CEILING)
        facts = {"change": signed(shown(change)), "low": signed(plain(low)), "high": signed(plain(high))}
        told = _("%(change)s (%(low)s to %(high)s)") % facts
    label = _("Change: %(counted)s") % {"counted": counted(found)}
    low_end, high_end = (
        None if one is None else _short(Decimal(repr(one))) for one in (found.low, found.high)
    )
    row = Range(label, _short(change), told, low_end, high_end)
    lines = (
        Line(Decimal(0), _("no change")),
        Line(aim, _("agreed: %(size)s") % {"size": signed(aim)}, is_target=True),
    )
    about = f"{figure.measure} ({figure.unit})" if figure.unit else figure.measure
    return Ranges((row,), lines, certain.says, f"{about}.")


def _apart(change: Any, unit: str) -> str:
    """How much it changed: between 70% and 80% lie 10 percentage points, not 10 percent."""
    words = signed(shown(change))
    return in_points(words, change) if is_percent(unit) else with_unit(words, unit)


def _behind(figure: Figure, found: Certainty) -> Iterator[tuple[str, Any]]:
    """How it was worked out, from which numbers, on what conditions, and what it cannot say."""
    yield _("How it was judged"), _JUDGED
    method = METHODS[used(found)]
    name = {"welch": _TWO_DAYS}.get(found.method, method_name(found))
    yield (
        _("How sure? How that was worked out"),
        method.does if found.low is None else f"{name}. {_DOES.get(found.method, method.does)}",
    )
    yield _("How much stands behind it"), f"{counted(found)}."
    yield _("Measured on day 0"), _listed(figure.before)
    last = _("Measured on %(on)s") % {"on": day(figure.measured_on)}
    yield last, _listed(figure.after)
    yield _("What must hold for that"), "" if found.low is None else _HOLDS.get(found.method, method.holds)
    yield _("Source of the method"), method.source
    yield _("Where the numbers come from"), _("Typed by you, on day 0 and when it was judged.")
    yield _("What it cannot say"), _CANNOT


def _listed(numbers: Sequence[Decimal]) -> str:
    return "; ".join(decimal(plain(number)) for number in numbers)


def _short(number: Any) -> Decimal:
    """A quotient to five places: more than a picture shows."""
    exact = number if isinstance(number, Decimal) else Decimal(number.numerator) / number.denominator
    return plain(exact.quantize(Decimal("0.00001")))
