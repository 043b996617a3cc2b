"""Troubles with a file or a typed number, in words."""

from django.utils.translation import gettext_lazy

from driehoek.evidence.series_file import Problem
from driehoek.evidence.series_number import Trouble

PROBLEM_SENTENCES = {
    "empty": gettext_lazy("The file is empty."),
    "too_long": gettext_lazy("The file is too large. At most one megabyte fits here."),
    "not_text": gettext_lazy(
        "This is not a CSV file. Save it as CSV in your spreadsheet and choose that file."
    ),
    "missing_column": gettext_lazy(
        "A column is missing. The first line must name a date and a value, such as: date;value."
    ),
    "missing_volume": gettext_lazy(
        "Three columns are needed here: the date, what was counted, and what that is out of."
    ),
    "unclear_columns": gettext_lazy(
        "It is not clear which column holds the date and which the value. Keep two columns: date and value."
    ),
    "no_rows": gettext_lazy("There are headings but no values below them."),
    "too_few_fields": gettext_lazy("Line %(line)s: a field is missing."),
    "too_many_fields": gettext_lazy("Line %(line)s: there is a field too many."),
    "broken_line": gettext_lazy("Line %(line)s: the quotation marks do not close."),
    "date_missing": gettext_lazy("Line %(line)s: the date is missing."),
    "date_unreadable": gettext_lazy("Line %(line)s: this is not a date. Write 31-01-2026 or 2026-01-31."),
    "date_ambiguous": gettext_lazy("Line %(line)s: the date can be read in two ways. Write 2026-01-31."),
    "date_impossible": gettext_lazy("Line %(line)s: this day does not exist."),
    "date_out_of_range": gettext_lazy("Line %(line)s: this year cannot be right."),
    "duplicate_date": gettext_lazy("Line %(line)s: this day stands in the file twice."),
    "value_missing": gettext_lazy("Line %(line)s: the value is missing."),
    "value_unreadable": gettext_lazy("Line %(line)s: this is not a number."),
    "value_ambiguous": gettext_lazy(
        "Line %(line)s: a number such as 1.234 can mean two things. Say below how the numbers are written."
    ),
    "value_other_decimal": gettext_lazy(
        "Line %(line)s: this number has another decimal sign than the others."
    ),
    "value_percent": gettext_lazy("Line %(line)s: leave out the percent sign."),
    "more_problems": gettext_lazy("There are more lines that cannot be read."),
}
TROUBLE_SENTENCES = {
    "value_missing": gettext_lazy("Write the value that was measured."),
    "value_unreadable": gettext_lazy("Write a number in figures, such as 12.5."),
    "value_ambiguous": gettext_lazy(
        "This number can be read in two ways. Write %(whole)s, or %(decimal)s0 with one more figure."
    ),
    "value_other_decimal": gettext_lazy("Write a number in figures, such as 12.5."),
    "value_percent": gettext_lazy("Leave out the percent sign."),
}


def sentence(problem: Problem) -> str:
    """One trouble with a file, with its line."""
    return str(PROBLEM_SENTENCES[problem.id]) % {"line": problem.line}


def trouble(found: Trouble) -> str:
    """One trouble with a typed number."""
    return str(TROUBLE_SENTENCES[found.id]) % found.facts
