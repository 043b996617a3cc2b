"""From when until when a criterion is counted, in words."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from driehoek.agreements.models import Criterion
from driehoek.evidence.criteria import CriterionTerms
from driehoek.evidence.deadlines import Anchor
from driehoek.kit.templatetags.look import day, days

ANCHOR_WORDS = {
    Criterion.Anchor.FIXED: gettext_lazy("Up to and including a day that we choose now"),
    Criterion.Anchor.DATE: gettext_lazy("A number of days or months after a day that we choose now"),
    Criterion.Anchor.SIGNING: gettext_lazy("A number of days or months after the signing"),
    Criterion.Anchor.MILESTONE: gettext_lazy("A number of days or months after a milestone"),
}
ANCHOR_HINTS = {
    Criterion.Anchor.FIXED: gettext_lazy("Fill in the first and the last day."),
    Criterion.Anchor.DATE: gettext_lazy("Fill in the first day and how long. The last day is computed."),
    Criterion.Anchor.SIGNING: gettext_lazy(
        "Fill in only how long. Counted from the day on which everybody has signed."
    ),
    Criterion.Anchor.MILESTONE: gettext_lazy(
        "Fill in how long, and which one. Counted from the day on which it is accepted."
    ),
}
SPAN_WORDS = {
    Criterion.Span.DAYS: gettext_lazy("Days"),
    Criterion.Span.MONTHS: gettext_lazy("Months"),
}


def counted_words(terms: CriterionTerms) -> str:
    """From when until when, on its own: "Within 90 days after the signing"."""
    if terms.anchor is None:
        return _("%(from)s to %(until)s") % _days(terms)
    return str(capfirst(within_words(terms)))


def period_words(target: str, terms: CriterionTerms) -> str:
    """The same behind what must be reached: "at least 80%, within 90 days after the signing"."""
    if terms.anchor is None:
        return _("%(target)s, measured from %(from)s to %(until)s") % {"target": target, **_days(terms)}
    return _("%(target)s, %(within)s") % {"target": target, "within": within_words(terms)}


def within_words(terms: CriterionTerms) -> str:
    """How long after what; with its days once these are known."""
    if terms.anchor is None:
        return ""
    words = _after(terms.anchor, terms)
    if terms.deadline is None:
        return words
    return _("%(within)s: from %(from)s to %(until)s") % {"within": words, **_days(terms)}


def milestone_words(anchor: Anchor) -> str:
    """What a milestone is called: "the milestone “Go-live”"."""
    return _("the milestone “%(name)s”") % {"name": anchor.name} if anchor.name else _("the milestone")


def _after(anchor: Anchor, terms: CriterionTerms) -> str:
    length = {"length": _length(anchor)}
    if anchor.kind == "signing":
        return _("within %(length)s after everybody has signed") % length
    if anchor.kind == "milestone":
        words = _("within %(length)s after %(milestone)s is accepted")
        return words % {**length, "milestone": milestone_words(anchor)}
    return _("within %(length)s after %(day)s") % {**length, "day": day(terms.window_starts)}


def _length(anchor: Anchor) -> str:
    if anchor.span == "days":
        return days(anchor.within)
    words = ngettext("%(count)d month", "%(count)d months", anchor.within)
    return words % {"count": anchor.within}


def _days(terms: CriterionTerms) -> dict[str, str]:
    return {"from": day(terms.window_starts), "until": day(terms.deadline)}
