"""What stands behind a share that was told: the method, its conditions, its source, and how many."""

from django.utils.translation import gettext as _

from driehoek.evidence.survey import SurveyTold
from driehoek.measures.wording.behind import METHODS


def behind(told: SurveyTold, *, counted: str, response: str) -> list[tuple[str, str]]:
    """Pairs of a label and a text, in the order of what is folded out below the three answers: no queries."""
    if told.n is None:
        return []
    rows = [
        (
            _("The calculation"),
            _("For each question the share that answered %(counted)s, chosen before the first answer.")
            % {"counted": counted},
        ),
        (_("How much stands behind it"), f"{response} {_numbers(told)}"),
        *_margin(told),
        (_("Where the numbers come from"), _origin(told)),
        (_("What is left out"), _left_out(told)),
        (_("What it cannot say"), _not_told(told)),
    ]
    return [(label, str(text)) for label, text in rows]


def _numbers(told: SurveyTold) -> str:
    sizes = [one.n for one in told.items]
    if not sizes:
        return ""
    low, high = min(sizes), max(sizes)
    if low == high:
        return _("Each question that is shown has %(n)s answers.") % {"n": low}
    return _("The questions that are shown have %(low)s to %(high)s answers.") % {"low": low, "high": high}


def _margin(told: SurveyTold) -> list[tuple[str, str]]:
    if told.is_shared:
        return [
            (
                _("How sure? How that was worked out"),
                _(
                    "Not worked out: a margin needs people who each answered once, and with a shared link "
                    "nobody knows that."
                ),
            )
        ]
    if not told.items:
        return []  # no share is shown, so none was worked out
    has_margin = any(one.low is not None for one in told.items)
    method = METHODS["wilson" if has_margin else "whole_group"]
    does = _("The share of those who answered, with a margin for how many they were.")
    found = [
        (_("How sure? How that was worked out"), does if has_margin else str(method.does)),
        (_("What must hold for that"), str(method.holds)),
        (_("Source of the method"), method.source),
    ]
    return [(label, text) for label, text in found if text]


def _origin(told: SurveyTold) -> str:
    if told.is_shared:
        return _("From answers without a name, by one link that was shared.")
    return _("From answers without a name, by letters with a link that worked once.")


def _left_out(told: SurveyTold) -> str:
    if told.is_shared:
        return _(
            "A question with fewer than ten answers, the mean and own words. Whoever put in answers of their "
            "own could otherwise take those off, and read what others said."
        )
    return _("A question with fewer than five answers, and a number that would tell what somebody answered.")


def _not_told(told: SurveyTold) -> str:
    if told.is_shared:
        return _("How many people answered, how those think who did not, and why it is so.")
    return _("How those think who did not answer, if they differ from the others, and why it is so.")
