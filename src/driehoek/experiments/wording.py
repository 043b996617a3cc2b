"""An experiment in words: the same three answers as for any criterion, and its picture."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from driehoek.agreements.queries import AgreedCriterion
from driehoek.agreements.wording import plain, with_unit
from driehoek.experiments.models import Experiment
from driehoek.experiments.queries import Figure, figures_of, mean
from driehoek.kit.charts import Chart, Line, Range, Ranges, draw
from driehoek.kit.templatetags.look import decimal, signed
from driehoek.measures.wording import Answer, One
from driehoek.measures.wording.sure import counted, interval_words, sure
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """One figure on the page: what was set down, the three answers, and the picture."""

    figure: Figure
    started: str
    agreed: str
    reached: One | None = None
    sure: One | None = None
    because: One | None = None
    chart: Chart | None = None


def outcomes(experiment: Experiment) -> list[Outcome]:
    """Every figure, judged once it was measured at the end: no queries."""
    return [_outcome(experiment, figure) for figure in figures_of(experiment)]


def _outcome(experiment: Experiment, figure: Figure) -> Outcome:
    criterion = AgreedCriterion(_NOBODY, None, figure.measure, figure.unit, figure.terms(experiment))  # type: ignore[arg-type]
    words = Answer(criterion, figure.verdict(experiment))
    started = with_unit(decimal(_short(figure.start)), figure.unit)
    if not figure.after:
        return Outcome(figure, _counted(started, figure), words.agreed)
    reached = One(words.mark, words.status, says(words, words.verdict), words.agreed)
    certain = sure(criterion, figure.certainty(), is_over=True)
    because = One(
        "unknown",
        _("Cannot be said"),
        str(NOT_COMPARED),
        _("Before and after, without a comparison"),
        _("Because of the experiment?"),
    )
    chart = draw(_change(criterion, figure, certain))
    return Outcome(figure, _counted(started, figure), words.agreed, reached, certain, because, chart)


def _counted(started: str, figure: Figure) -> str:
    """The start, never without how many numbers stand behind it."""
    words = ngettext("%(start)s (%(count)s number)", "%(start)s (%(count)s numbers)", len(figure.before))
    return words % {"start": started, "count": len(figure.before)}


def _change(criterion: AgreedCriterion, figure: Figure, certain: One) -> Ranges:
    found = figure.certainty()
    change = _short(mean(figure.after) - figure.start)
    aim = plain(figure.target * (1 if figure.direction == "up" else -1))
    told = with_unit(signed(change), figure.unit) if found.low is None else interval_words(criterion, found)
    low, high = (None if one is None else _short(Decimal(repr(one))) for one in (found.low, found.high))
    row = Range(pgettext("chart", "Change"), change, f"{told}; {counted(found)}", low, high)
    lines = (
        Line(Decimal(0), _("no change")),
        Line(aim, _("agreed: %(size)s") % {"size": signed(aim)}, is_target=True),
    )
    return Ranges((row,), lines, certain.says, f"{figure.measure}.")


def _short(number: Any) -> Decimal:
    """A quotient to five places: more than a page shows."""
    exact = number if isinstance(number, Decimal) else Decimal(number.numerator) / number.denominator
    return plain(exact.quantize(Decimal("0.00001")))
