"""Troubles with a file or a typed number, in words."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from driehoek.evidence.series_number import Trouble
from driehoek.evidence.series_row import Problem, ProblemId
from driehoek.kit.templatetags.look import day

PROBLEM_SENTENCES = {
    "empty": gettext_lazy("There is nothing in it."),
    "too_long": gettext_lazy("It is too large. At most one megabyte fits here."),
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
    "too_few_fields": gettext_lazy("A field is missing."),
    "too_many_fields": gettext_lazy("There is a field too many."),
    "broken_line": gettext_lazy("The quotation marks do not close."),
    "date_missing": gettext_lazy("The date is missing."),
    "date_unreadable": gettext_lazy("This is not a date. Write 31-01-2026 or 2026-01-31."),
    "date_ambiguous": gettext_lazy("The date can be read in two ways. Write 2026-01-31."),
    "date_impossible": gettext_lazy("This day does not exist."),
    "date_out_of_range": gettext_lazy("This year cannot be right."),
    "date_unlikely": gettext_lazy("Choose a year between 2000 and 2100."),
    "date_to_come": gettext_lazy("This day is still to come. Enter a value once it has been measured."),
    "duplicate_date": gettext_lazy("This day stands there twice."),
    "cells_merged": gettext_lazy("Cells are merged here. Split them, so that each line has its own value."),
    "value_missing": gettext_lazy("The value is missing."),
    "value_unreadable": gettext_lazy("This is not a number."),
    "value_ambiguous": gettext_lazy(
        "A number such as 1.234 can mean two things. Say below how the numbers are written."
    ),
    "value_other_decimal": gettext_lazy("This number has another decimal sign than the others."),
    "value_percent": gettext_lazy("Leave out the percent sign."),
    "percents_unclear": gettext_lazy(
        "A number such as 0.7 can mean 70% or 0.7%. Say below how the percentages are written."
    ),
    "percent_unclear": gettext_lazy(
        "This can mean two percentages, and other lines have a percent sign. Put the sign here too."
    ),
    "percents_small": gettext_lazy(
        "Every percentage here is below one, such as 0.7%. If that is right, say that percentages are "
        "written as 70 or 70%. If you mean 70%, write that."
    ),
    "formula_unworked": gettext_lazy(
        "There is a formula here, and the file does not hold its result. Open the file in your spreadsheet, "
        "save it there and choose it again, or write the number."
    ),
    "share_of_more": gettext_lazy(
        "A number out of a total: the total is above zero, and the number is never more than the total."
    ),
    "share_as_percent": gettext_lazy("Where a total is given, the value is a number and not a percentage."),
    "share_out_of_range": gettext_lazy("A percentage lies between 0 and 100."),
    "volume_impossible": gettext_lazy("What was counted is zero or more, and what it is out of above zero."),
    "too_many_figures": gettext_lazy("This number has more figures than can be kept. Round it first."),
    "item_unreadable": gettext_lazy("An item names a date and a value."),
    "field_unknown": gettext_lazy(
        "An item has only a date, a value and, where it weighs or is a share, a volume."
    ),
    "volume_unwanted": gettext_lazy("This criterion counts its last value. Leave out the volume."),
    "day_holds_another": gettext_lazy("This day holds another value. Say that it may be replaced."),
    "reason_missing": gettext_lazy(
        "The deadline has passed, so this can change the verdict. Say why it comes now, under “reason”."
    ),
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
    "percents_unclear": gettext_lazy(
        "This can mean two percentages. Write %(whole)s%% or %(part)s%%, with the sign."
    ),
}


def bare(problem: ProblemId) -> str:
    """One trouble, without its line."""
    return str(PROBLEM_SENTENCES[problem])


def told(problem: Problem) -> str:
    """One trouble with a line: of a day that stands there twice, which day, and where it stood first."""
    if problem.id != "duplicate_date" or "first_line" not in problem.facts:
        return bare(problem.id)
    facts = {"day": day(date.fromisoformat(problem.facts["date"])), "first": problem.facts["first_line"]}
    return _("%(day)s stands here twice: it was on line %(first)s too. A day holds one value.") % facts


def sentence(problem: Problem) -> str:
    """One trouble with what came in, with its line."""
    if problem.line is None:
        return bare(problem.id)
    return _("Line %(line)s: %(problem)s") % {"line": problem.line, "problem": told(problem)}


def trouble(found: Trouble) -> str:
    """One trouble with a typed number."""
    return str(TROUBLE_SENTENCES[found.id]) % found.facts
