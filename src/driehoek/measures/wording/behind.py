"""What stands behind an answer: how it was worked out, from how much, on what conditions, and from where.

Never a word about a cause: which design could carry that is the third question, and no method answers it.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from driehoek.access import Shape
from driehoek.evidence.certainty import Certainty
from driehoek.kit import clock
from driehoek.measures.models import Observation
from driehoek.measures.queries import CriterionState
from driehoek.measures.wording.counts import inside
from driehoek.measures.wording.sure import LATER, NOT_ASKED, counted, method_name, used
from driehoek.measures.wording.three import ask_cause

Source = Observation.Source
Row = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Method:
    """What a method does, what must hold for it, and who wrote it down."""

    does: Any
    holds: Any = ""
    source: str = ""


_COUNTS: Final = gettext_lazy(
    "That what is counted comes one at a time and not in bursts, and that it was counted in the same way."
)
_STANDS: Final = gettext_lazy(
    "That what was counted stands for all the rest, and that one case does not lead to the next."
)
METHODS: Final = {
    "reml_ar1": Method(
        gettext_lazy(
            "One line through the values before and one through those in the period. Where the second line "
            "ends is set beside the target."
        ),
        gettext_lazy(
            "That nothing else happened when the period began, that it was measured in the same way all "
            "along, and that the values lie at equal distances in time."
        ),
        "Turner et al. (2021), BMC Medical Research Methodology 21, 181",
    ),
    "rate_ratio": Method(
        gettext_lazy(
            "What was counted before and in the period, each set against how much there was to count."
        ),
        _COUNTS,
        "Przyborowski & Wilenski (1940), Biometrika 31, 313-323",
    ),
    "exact_rate": Method(
        gettext_lazy("What was counted in the period, set against how much there was to count."),
        _COUNTS,
        "Garwood (1936), Biometrika 28, 437-442",
    ),
    "wilson": Method(
        gettext_lazy("The share in the period, with a margin for how many there were."),
        _STANDS,
        "Wilson (1927), JASA 22, 209-212",
    ),
    "newcombe": Method(
        gettext_lazy("The share in the period less the share before, with a margin for both."),
        _STANDS,
        "Newcombe (1998), Statistics in Medicine 17, 873-890",
    ),
    "paired_t": Method(
        gettext_lazy("The change that each person saw, and the mean of those changes."),
        gettext_lazy("That the same people answered twice, each alone, and that no single one is far off."),
        "Student (1908), Biometrika 6, 1-25",
    ),
    "welch": Method(
        gettext_lazy("The mean in the period less the mean before, with a margin for both groups."),
        gettext_lazy("That each answered alone, and that no single one is far off."),
        "Welch (1947), Biometrika 34, 28-35",
    ),
    "one_sample_t": Method(
        gettext_lazy("The mean of those who answered, with a margin for how much they differ."),
        gettext_lazy("That each answered alone, and that no single one is far off."),
        "Student (1908), Biometrika 6, 1-25",
    ),
    "whole_group": Method(
        gettext_lazy("Everybody who was asked answered, so the share is known and nothing was estimated."),
        gettext_lazy("That only this group is meant."),
    ),
    "count": Method(
        gettext_lazy("Everything was counted, and nothing was estimated."),
        gettext_lazy("That nothing was left out of the count."),
    ),
    "levels": Method(
        gettext_lazy("The mean before and the mean in the period, and no more."),
        gettext_lazy("Nothing. So it cannot tell a change from what goes up and down of its own accord."),
        "What Works Clearinghouse (2022), Standards Handbook 5.0",
    ),
    "levels_nap_tau": Method(
        gettext_lazy("The two means, and how often a later value is better than an earlier one."),
        gettext_lazy("That there was no trend before the period; the picture shows whether there was."),
        "Parker & Vannest (2009), Behavior Therapy 40, 357-367; "
        "Tarlow (2017), Behavior Modification 41, 427-467",
    ),
    "none": Method(gettext_lazy("No margin of error was worked out.")),
}
JUDGED: Final = {
    "last": gettext_lazy(
        "The last value in the agreed period, beside what was agreed, exactly as it was entered. Nothing "
        "is rounded first."
    ),
    "weighted": gettext_lazy(
        "Everything in the agreed period together: what was counted, set against all that it is out of. "
        "A busy week weighs more than a quiet one."
    ),
    "count": gettext_lazy("The running total on the last day with a value, beside what was agreed."),
}
CAUSE: Final = gettext_lazy(
    "No method above says anything about that. It takes a comparison that was agreed beforehand: with "
    "others, or with people who start later."
)
CAME_FROM: Final = {
    Source.TYPED: pgettext_lazy("values", "typed"),
    Source.PASTED: pgettext_lazy("values", "pasted"),
    Source.FILE: pgettext_lazy("values", "from a file"),
    Source.SHEET: pgettext_lazy("values", "from a spreadsheet"),
    Source.PROGRAM: pgettext_lazy("values", "sent by a program"),
    Source.SEEN: pgettext_lazy("values", "ticked off"),
    Source.ASKED: pgettext_lazy("values", "from a survey"),
}


def behind(state: CriterionState, shape: Shape, found: Certainty | None) -> list[Row]:
    """What the page folds out below the three answers, as pairs of a label and a text: no queries."""
    rows: list[tuple[str, Any]] = [
        (_("How it was judged"), _judged(state)),
        (_("How sure? How that was worked out"), _worked_out(state, found)),
        (_("How much stands behind it"), _size(state, found)),
    ]
    if found is not None:
        method = METHODS[used(found)]
        rows += [(_("What must hold for that"), method.holds), (_("Source of the method"), method.source)]
    rows += [(_("Where the numbers come from"), _origin(state)), (ask_cause(shape), CAUSE)]
    return [(str(label), str(text)) for label, text in rows if str(text)]


def _judged(state: CriterionState) -> str:
    terms = state.criterion.terms
    return str(JUDGED["count" if terms.form == "count" else terms.counted])


def _worked_out(state: CriterionState, found: Certainty | None) -> str:
    if found is None:
        return str(NOT_ASKED if state.criterion.terms.is_over(clock.today()) else LATER)
    name = method_name(found)
    does = METHODS[used(found)].does
    return f"{name}. {does}" if name else str(does)


def _size(state: CriterionState, found: Certainty | None) -> str:
    terms = state.criterion.terms
    within = len(inside(terms, state.observations)) if terms.window_starts else len(state.observations)
    stands = counted(found, terms, state.observations) if found else _values(within)
    others = state.verdict.others
    outside = ngettext(
        "%(count)s value lies outside the agreed period and does not count.",
        "%(count)s values lie outside the agreed period and do not count.",
        others,
    )
    return f"{stands}. {outside % {'count': others}}" if others else f"{stands}."


def _values(count: int) -> str:
    return ngettext("%(count)s value", "%(count)s values", count) % {"count": count}


def _origin(state: CriterionState) -> str:
    """In what ways the values came in, and from where, as whoever entered them said."""
    ways = Counter(Source(one.source) for one in state.observations)
    said = dict.fromkeys(one.takeover.origin for one in state.observations if one.takeover)
    parts = [f"{CAME_FROM[way]}: {count}" for way, count in ways.most_common()]
    return "; ".join([*parts, *(origin for origin in said if origin)])
