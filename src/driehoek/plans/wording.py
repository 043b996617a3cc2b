"""What stands on the plan, in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from driehoek.plans.models import Action

SORT_WORDS = {
    Action.Sort.ACTION: _("Action"),
    Action.Sort.EXERCISE: _("Exercise"),
    Action.Sort.EXPERIMENT: _("Experiment"),
    Action.Sort.MILESTONE: _("Milestone"),
}
SORT_HINTS = {
    Action.Sort.ACTION: _("Something that has to be arranged or made."),
    Action.Sort.EXERCISE: _("Something to practise between two sessions."),
    Action.Sort.EXPERIMENT: _("Something small to try, to see what happens."),
    Action.Sort.MILESTONE: _("Something that stands, in an agreed week."),
}
COLOUR_WORDS = {
    Action.Colour.OPEN: _("Not started yet"),
    Action.Colour.GREEN: _("On course"),
    Action.Colour.AMBER: _("Needs attention"),
    Action.Colour.RED: _("Stuck"),
}
COLOUR_STATES = {
    Action.Colour.OPEN: "open",
    Action.Colour.GREEN: "ok",
    Action.Colour.AMBER: "warn",
    Action.Colour.RED: "bad",
}
REPORTED = {
    "green": COLOUR_WORDS[Action.Colour.GREEN],
    "amber": COLOUR_WORDS[Action.Colour.AMBER],
    "red": COLOUR_WORDS[Action.Colour.RED],
    "done": _("Done"),
}
"""What can be said by one press from a letter."""
_NUMBERS = [
    pgettext_lazy("days over", "One"),
    pgettext_lazy("days over", "Two"),
    pgettext_lazy("days over", "Three"),
    pgettext_lazy("days over", "Four"),
    pgettext_lazy("days over", "Five"),
    pgettext_lazy("days over", "Six"),
    pgettext_lazy("days over", "Seven"),
    pgettext_lazy("days over", "Eight"),
    pgettext_lazy("days over", "Nine"),
    pgettext_lazy("days over", "Ten"),
]


def days_over(days: int) -> str:
    """How long something has been late, said gently: "Three days over"."""
    number = str(_NUMBERS[days - 1]) if days <= len(_NUMBERS) else str(days)
    return ngettext("%(number)s day over", "%(number)s days over", days) % {"number": number}
