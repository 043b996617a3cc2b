"""What an amendment did to the criteria, in words: they stay with a criterion for ever."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from driehoek.agreements.models import Version
from driehoek.agreements.queries.frozen import AgreedCriterion, dropped_from
from driehoek.agreements.wording import criterion_words
from driehoek.kit.templatetags.look import day


def later_words(criterion: AgreedCriterion) -> str:
    """That it was not fixed beforehand, and what was; empty when it reads as at the start: no queries."""
    later = criterion.later
    if later is None:
        return ""
    facts = {"number": later.number, "day": day(later.on)}
    if later.first is None:
        words = _("Added after the start, in version %(number)d of %(day)s. It was not fixed beforehand.")
        return words % facts
    facts |= {"agreed": f"{later.first.measure}: {criterion_words(later.first.terms)}"}
    words = _(
        "Changed after the start, in version %(number)d of %(day)s. At the start was agreed: %(agreed)s."
    )
    return words % facts


def dropped_lines(version: Version) -> list[str]:
    """One line for each criterion that was agreed once and is no longer in this version: at most 1 query."""
    words = _("%(measure)s: %(agreed)s. Dropped in version %(number)d of %(day)s.")
    return [
        words
        % {
            "measure": one.measure,
            "agreed": criterion_words(one.terms),
            "number": by.number,
            "day": day(localdate(by.in_force_at or by.offered_at)),
        }
        for one, by in dropped_from(version)
    ]
