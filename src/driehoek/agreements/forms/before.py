"""What was measured before the start, as it is typed: a period, and on each line a day and a value."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from driehoek.agreements.models import Criterion
from driehoek.agreements.queries.before import before_in
from driehoek.agreements.wording import line_trouble
from driehoek.evidence.baseline import BaselineWindow, Before
from driehoek.evidence.series_file import read_series
from driehoek.kit.templatetags.look import day

BEFORE_FIELDS: Final = ("before_from", "before_until", "before_values")
MOST_FIGURES: Final = 16
_TROUBLES_SHOWN: Final = 12


def before_as_typed(criterion: Criterion) -> dict[str, Any]:
    """What the fields held when it was kept; nothing where there was no such period."""
    window = before_in(criterion.measured_before)
    if window is None:
        return {}
    times = _times(criterion.form, weighted=window.is_weighted)
    lines = [
        "; ".join([one.on.isoformat(), as_typed(one.value * times), *_volume(one)]) for one in window.values
    ]
    return dict(zip(BEFORE_FIELDS, (window.starts, window.ends, "\n".join(lines)), strict=True))


def take_before(form: forms.Form, given: Mapping[str, Any]) -> BaselineWindow | None:
    """The period with its values, or None; what is wrong is said beside the field it is about."""
    if not any(given.get(name) or name in form.errors for name in BEFORE_FIELDS):
        return None
    weighted = given.get("counted") == Criterion.Counted.WEIGHTED
    values = _values(form, given, weighted=weighted)
    starts, ends = given.get("before_from"), given.get("before_until")
    for name, says in _gaps(given, values):
        if name not in form.errors:
            form.add_error(name, says)
    if any(name in form.errors for name in BEFORE_FIELDS) or starts is None or ends is None:
        return None
    return BaselineWindow(starts, ends, tuple(values))


def as_typed(value: Decimal) -> str:
    """A number as its writer would type it again."""
    written = f"{value.normalize():f}"
    if len(written.partition(".")[2]) == 3:
        written += "0"  # 1.2340 cannot be read as a thousand and more
    return written.replace(".", ",") if (get_language() or "nl").startswith("nl") else written


def _values(form: forms.Form, given: Mapping[str, Any], *, weighted: bool) -> list[Before]:
    typed = given.get("before_values") or ""
    if not typed.strip():
        return []
    series = read_series(typed.encode(), weighted=weighted)
    if series.problems:
        shown = [line_trouble(problem, weighted=weighted) for problem in series.problems[:_TROUBLES_SHOWN]]
        form.add_error("before_values", list(dict.fromkeys(shown)))
    times = _times(given.get("form", ""), weighted=weighted)
    return [
        Before(row.on, row.value / times, row.out_of) for row in sorted(series.rows, key=lambda one: one.on)
    ]


def _gaps(given: Mapping[str, Any], values: list[Before]) -> Iterator[tuple[str, str]]:
    starts: date | None = given.get("before_from")
    ends: date | None = given.get("before_until")
    if not starts:
        yield "before_from", _("Choose a date.")
    if not ends:
        yield "before_until", _("Choose a date.")
    if not values:
        yield "before_values", _("Type what was measured in this period, or leave both days empty too.")
    if starts and ends and ends < starts:
        yield "before_until", _("The last day lies before the first. Choose a later day.")
    elif starts and ends and (outside := [one.on for one in values if not starts <= one.on <= ends]):
        words = _("%(day)s lies outside this period. Change the period, or leave that line out.")
        yield "before_values", words % {"day": day(outside[0])}
    if any(len(number.as_tuple().digits) > MOST_FIGURES for one in values for number in _numbers(one)):
        yield "before_values", _("At most %(most)d figures fit in one number.") % {"most": MOST_FIGURES}
    if any(one.out_of is not None and one.out_of <= 0 for one in values):
        yield "before_values", _("Say out of how many, above zero: each value weighs by that.")


def _times(form: str, *, weighted: bool) -> int:
    """A share is typed as a percentage."""
    return 100 if form == Criterion.Form.SHARE_AT_LEAST and not weighted else 1


def _numbers(one: Before) -> list[Decimal]:
    return [one.value] if one.out_of is None else [one.value, one.out_of]


def _volume(one: Before) -> list[str]:
    return [] if one.out_of is None else [as_typed(one.out_of)]
