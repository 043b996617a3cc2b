"""Reviews and their answers in words."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from driehoek.kit.templatetags.look import day
from driehoek.method.reviews import PlannedReview, Review

REVIEW_WORDS = {
    Review.INTERIM: gettext_lazy("Interim review"),
    Review.HALFWAY: gettext_lazy("Halfway"),
    Review.AT_WORK: gettext_lazy("Does it show at work?"),
    Review.DAY_30: gettext_lazy("Review after 30 days"),
    Review.DAY_60: gettext_lazy("Review after 60 days"),
    Review.DAY_90: gettext_lazy("Review after 90 days"),
}
STOP_WORDS = {
    Review.INTERIM: pgettext_lazy("on the path", "Review"),
    Review.DAY_30: pgettext_lazy("on the path", "30 days"),
    Review.DAY_60: pgettext_lazy("on the path", "60 days"),
    Review.DAY_90: pgettext_lazy("on the path", "90 days"),
}
SHOWS_WORDS = {
    "yes": gettext_lazy("Yes, it shows"),
    "partly": gettext_lazy("Partly"),
    "no": gettext_lazy("No, not yet"),
    "unknown": gettext_lazy("We cannot tell yet"),
}
SHOWS_KINDS = {"yes": "ok", "partly": "warn", "no": "bad", "unknown": "open"}


def when_words(planned: PlannedReview) -> str:
    """When it falls: its day, or the session after which it comes."""
    if planned.on is not None:
        return day(planned.on)
    if planned.after is not None:
        return _("after session %(number)d") % {"number": planned.after}
    return ""


def waiting_words(on: date | None, *, late: bool) -> str:
    """That a review waits, and since when once that is long ago."""
    return _("Waits since %(day)s") % {"day": day(on)} if late and on else _("Now")
