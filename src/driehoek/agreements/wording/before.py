"""What is wrong with the lines in which somebody typed what was measured before, in sentences."""

from django.utils.translation import gettext_lazy

from driehoek.evidence.series_row import Problem

_DAY = gettext_lazy("Line %(line)s: this is not a day. Write 31-01-2026 or 2026-01-31.")
_NUMBER = gettext_lazy("Line %(line)s: this is not a number. Write figures, such as 12.5.")
_PAIR = gettext_lazy("Type on each line a day and a value, such as 31-01-2026; 12.5.")
_TRIPLE = gettext_lazy("Type on each line a day, what was counted, and out of how many: 31-01-2026; 24; 300.")
_LINES = {
    "date_missing": _DAY,
    "date_unreadable": _DAY,
    "date_ambiguous": gettext_lazy("Line %(line)s: this day can be read in two ways. Write 2026-01-31."),
    "date_impossible": gettext_lazy("Line %(line)s: this day does not exist."),
    "date_out_of_range": _DAY,
    "duplicate_date": gettext_lazy("Line %(line)s: this day stands there twice."),
    "value_missing": _NUMBER,
    "value_unreadable": _NUMBER,
    "value_percent": _NUMBER,
    "value_other_decimal": gettext_lazy(
        "Line %(line)s: this number has another decimal sign than the others."
    ),
    "value_ambiguous": gettext_lazy(
        "Line %(line)s: a number such as 1.234 can mean two things. Write 1234, or 1.2340."
    ),
}


def line_trouble(problem: Problem, *, weighted: bool) -> str:
    """One trouble with what was typed, with its line where it has one."""
    words = _LINES.get(problem.id) or (_TRIPLE if weighted else _PAIR)
    return str(words) % {"line": problem.line}
