"""What stands behind a report: how it was worked out, from how much, on what conditions, and from where.

One text for the page and for paper. Never a word about a cause: no round of feedback can tell one.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from driehoek.evidence.profile import FEWEST_AROUND, FEWEST_COMMENTS, FEWEST_FOR_SPREAD, MANAGER, SELF
from driehoek.evidence.waves import FEWEST_FOR_INTERVAL
from driehoek.feedback.models import Round
from driehoek.feedback.queries.change import Since
from driehoek.feedback.queries.report import Report
from driehoek.feedback.wording import GROUP_WORDS
from driehoek.kit.templatetags.look import day

Row = tuple[str, str]
_CHANGES: Final = {
    "paired": gettext_lazy(
        "Of everybody who answered every sentence both times: their mean now less their mean then. The "
        "interval of 95% comes from how much those differences differ (paired t)."
    ),
    "welch": gettext_lazy(
        "The mean of everybody who answered now less the mean of everybody who answered then. The interval "
        "of 95% comes from how much people differ in each round (Welch's t)."
    ),
    "few": gettext_lazy("The mean now less the mean then, without an interval: too few answered for one."),
}
_SOURCES: Final = {
    "paired": "Student (1908), Biometrika 6, 1-25",
    "welch": "Welch (1947), Biometrika 34, 28-35",
}


def behind(one: Round, told: Report, sinces: Sequence[Since]) -> list[Row]:
    """What the page folds out and what stands last on paper, as pairs of a label and a text: no queries."""
    methods = {moved.change.method for since in sinces for moved in since.moved}
    rows = [
        (_("The number of a group"), _number()),
        (_("The others together"), _around(told)),
        (_("How far the answers lie apart"), _spread() if _has_spread(told) else ""),
        (_("How a change is worked out"), " ".join(str(w) for m, w in _CHANGES.items() if m in methods)),
        (_("How much stands behind it"), _size(told)),
        (_("From how many on"), _least(told, changed=bool(methods))),
        (_("What must hold for that"), " ".join(_holds(methods))),
        (_("Where the method stands"), "; ".join(s for m, s in _SOURCES.items() if m in methods)),
        (_("When it was worked out"), _when(one)),
    ]
    return [(label, text) for label, text in rows if text]


def _number() -> str:
    return _(
        "At a sentence: the mean of the answers of that group. At a kind of behaviour: the mean of the "
        "numbers of its sentences. Whoever left a sentence open or could not say does not count there."
    )


def _around(told: Report) -> str:
    if not any(part.around is not None for part in told.told.behaviours):
        return ""
    return _(
        "The mean of the numbers of the groups and of the line manager. Each weighs the same, however many "
        "people are in it. How people answer about themselves is never mixed in."
    )


def _has_spread(told: Report) -> bool:
    return any(item.spreads for part in told.told.behaviours for item in part.items)


def _spread() -> str:
    return _(
        "The standard deviation of the answers to a sentence. In a drawing it stands only where every "
        "sentence has one: the root of the mean of their squares."
    )


def _size(told: Report) -> str:
    """Only what the report tells already: the groups that are shown, and who is named."""
    seen = {group for part in told.told.behaviours for group in part.means}
    named = [f"{GROUP_WORDS[group]}: 1" for group in (SELF, MANAGER) if group in seen]
    return "; ".join([*named, *(f"{group}: {count}" for group, count in told.groups)])


def _least(told: Report, *, changed: bool) -> str:
    """The constants of the house, as far as they matter here."""
    words = _("A group: %(group)s people. Words of others: %(words)s, not counting the line manager.")
    said = [words % {"group": FEWEST_AROUND, "words": FEWEST_COMMENTS}]
    said.append(_("How far answers lie apart: %(least)s answers.") % {"least": FEWEST_FOR_SPREAD})
    if changed:
        words = _("The interval of a change: %(least)s people in each round.")
        said.append(words % {"least": FEWEST_FOR_INTERVAL})
    said.append(_("Nobody can set these lower."))
    return " ".join(said)


def _holds(methods: AbstractSet[str]) -> Iterator[str]:
    yield _(
        "That everybody answered alone, about what they saw themselves, and that the steps of the scale are "
        "equally large. The numbers are of the people who were asked and answered, and of nobody else."
    )
    if methods & set(_SOURCES):
        yield _("For an interval also: that no single person is far off.")
    if "welch" in methods:
        yield _("Where two groups are compared: that they were asked in the same way.")


def _when(one: Round) -> str:
    once = _("Worked out once, on %(day)s. It does not change any more.") % {"day": day(one.closed_at)}
    if one.answers_gone_on:
        gone = _("The answers themselves were thrown away on %(day)s. What stands here stays.")
        return f"{once} {gone % {'day': day(one.answers_gone_on)}}"
    later = _("The answers themselves are thrown away thirty days after the report of the last round.")
    return f"{once} {later}"
