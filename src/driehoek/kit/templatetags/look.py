"""The drawn parts of the look (icons, shapes, marks) and how numbers, days and times are written."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any
from unicodedata import normalize

from django import template
from django.forms.utils import flatatt
from django.template.defaultfilters import truncatechars as shortened
from django.templatetags.static import static
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.dateformat import time_format
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from driehoek.kit import clock
from driehoek.kit.templatetags.words import same_everywhere
from driehoek.kit.triangle import drawn

register = template.Library()

SPRITE = "driehoek/vendor/icons.svg"
YEAR_IS_PLAIN = 300  # days away, and further a day is written with its year
MINUS, HARD_SPACE = "\u2212", "\u00a0"

# Every role stands in one corner, so colour, place and form say the same thing.
CORNERS = {
    "coachee": "coachee",
    "coach": "coach",
    "consultant": "coach",
    "manager": "org",
    "sponsor": "org",
    "org_admin": "org",
    "org": "org",
}
_PARTY = {
    "coachee": '<circle class="g-coachee" cx="9" cy="9" r="7"/>',
    "coach": '<path class="g-coach" d="M9 1.2 16.8 9 9 16.8 1.2 9z"/>',
    "org": '<rect class="g-org" x="2.5" y="2.5" width="13" height="13" rx="1.5"/>',
    "": '<circle class="g-off" cx="9" cy="9" r="6.5"/>',
}
_BRAND = (
    '<svg viewBox="0 0 28 28" aria-hidden="true"><path class="g-edge" d="M14 6.5 5.5 21.5h17z"/>'
    '<circle class="g-coachee" cx="14" cy="6.5" r="4.6"/><path class="g-coach" d="M5.5 16.4l5 5-5 5-5-5z"/>'
    '<rect class="g-org" x="18.5" y="17.5" width="8.2" height="8.2" rx="1"/></svg>'
)
_RING = '<circle class="v-ring" cx="12" cy="12" r="9.8"/>'
_MARKS = {
    "yes": '<circle class="v-fill" cx="12" cy="12" r="11"/><path class="v-tick" d="m7 12.5 3.5 3.5L17 9"/>',
    "half": f'{_RING}<path class="v-fill" d="M12 2.2a9.8 9.8 0 0 0 0 19.6z"/>',
    "no": f'{_RING}<path class="v-mark" d="m8.5 8.5 7 7M15.5 8.5l-7 7"/>',
    "unknown": f'{_RING}<path class="v-mark" d="M9.3 9.5c.3-3 5.4-3 5.4 0 0 2-2.7 2.1-2.7 4.2"/>'
    '<path class="v-mark" d="M12 17v.1"/>',
    "open": f'{_RING}<path class="v-mark" d="M12 7v5.3l3.2 2"/>',
}


def corner_of(role: str | None) -> str:
    """The corner in which a role stands; an unknown role is a mistake, no role is no corner."""
    return CORNERS[str(role)] if role else ""


@register.simple_tag
@same_everywhere
def icon(name: str, extra: str = "") -> SafeString:
    """One icon of the sprite; a word always stands beside it, so screen readers skip it."""
    return _icon(static(SPRITE), name, f" {extra}" if extra else "")


@lru_cache
def _icon(sprite: str, name: str, extra: str) -> SafeString:
    drawn = '<svg class="i{}" aria-hidden="true"><use href="{}#{}"/></svg>'
    return format_html(drawn, extra, sprite, name)


@register.simple_tag
@same_everywhere
def glyph(
    corners: str | Iterable[str] | None = "", extra: str = "", without_coachee: bool = False
) -> SafeString:
    """The small triangle: a filled corner means yes. Takes roles or corners, as a list or split by spaces.

    `without_coachee` leaves the line between the two who are there: a consultancy has no third corner.
    """
    words = corners.split() if isinstance(corners, str) else (corners or ())
    return drawn(frozenset(corner_of(word) for word in words), extra, without_coachee)


@register.simple_tag
@same_everywhere
def shape(role: str | None = "", extra: str = "") -> SafeString:
    """The form of one party: circle, diamond or square; an open ring for nobody."""
    attributes = format_html(' class="{}"', extra) if extra else ""
    return mark_safe(
        f'<svg{attributes} viewBox="0 0 18 18" aria-hidden="true">{_PARTY[corner_of(role)]}</svg>'
    )


@register.simple_tag
@same_everywhere
def brandmark() -> SafeString:
    """The mark of the product."""
    return mark_safe(_BRAND)


@register.simple_tag
@same_everywhere
def mark(kind: str) -> SafeString:
    """The mark of an answer: yes, half, no, unknown or open."""
    return mark_safe(f'<svg viewBox="0 0 24 24" aria-hidden="true">{_MARKS[kind]}</svg>')


@register.filter
def attributes(of_widget: dict[str, Any]) -> SafeString:
    """The attributes of a field as HTML, by name; a page with a long form has some fifty of them."""
    return flatatt(of_widget)


@register.filter
def corner(role: str | None) -> str:
    """The corner in which a role stands."""
    return corner_of(role)


@register.filter
def initials(name: str | None) -> str:
    """First letters of the first and the last part of a name."""
    parts = [part for part in str(name or "").split() if part[0].isalpha()]
    return "".join(part[0] for part in dict.fromkeys((*parts[:1], *parts[-1:]))).upper()


@register.filter
def first_name(name: str | None) -> str:
    """What people call each other on a page."""
    return str(name or "").split(" ")[0]


def _number(value: Decimal | float | str, places: int | None) -> tuple[Decimal, str]:
    exact = Decimal(str(value))
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP)
    return exact, number_format(abs(exact), decimal_pos=places, use_l10n=True, force_grouping=True)


@register.filter
def decimal(value: Decimal | float | str | None, places: int | None = None) -> str:
    """A number as people write it: decimal comma in Dutch, a real minus; nothing for nothing."""
    if value is None or value == "":
        return ""
    exact, written = _number(value, places)
    return f"{MINUS if exact < 0 else ''}{written}"


@register.filter
def signed(value: Decimal | float | str | None, places: int | None = None) -> str:
    """A change or a level, always with its sign, except zero."""
    if value is None or value == "":
        return ""
    exact, written = _number(value, places)
    return f"{MINUS if exact < 0 else '+' if exact > 0 else ''}{written}"


@register.filter
def euro(value: Decimal | float | str | None) -> str:
    """An amount with a space that does not break: € 4.200,00."""
    if value is None or value == "":
        return ""
    return f"€{HARD_SPACE}{decimal(value, 2)}"


@register.filter
def clock_time(value: datetime | time | None) -> str:
    """A time of day: 10.42 in Dutch, 10:42 in English; moments in the reader's time zone."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return time_format(value, "H.i" if _in_dutch() else "H:i")


register.filter("clock", clock_time)


def _in_dutch() -> bool:
    return (get_language() or "").startswith("nl")


def _local_day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@lru_cache(maxsize=4096)
def _written(on: date, shape: str, language: str | None) -> str:
    """A day in words. A page names some thirty, mostly the same few, and Django writes each sign by sign."""
    written = format_date(on, shape).rstrip(".")
    return written.lower() if shape == "j M" and language == "nl" else written


@register.filter
def day(value: date | datetime | None) -> str:
    """A date in full: 27 August 2026."""
    return _written(_local_day(value), "j F Y", get_language()) if value else ""


@register.filter
def short_day(value: date | datetime | None) -> str:
    """A date where the year is plain: 27 Aug."""
    return _written(_local_day(value), "j M", get_language()) if value else ""


@register.filter
def week_day(value: date | datetime | None) -> str:
    """A date with its day of the week: Thursday 26 November; with its year once that is not plain."""
    if not value:
        return ""
    on = _local_day(value)
    shape = "l j F Y" if abs((on - clock.today()).days) > YEAR_IS_PLAIN else "l j F"
    return _written(on, shape, get_language())


@register.filter
def iso_day(value: date | datetime | None) -> str:
    """A date for the machine: in a datetime attribute."""
    return _local_day(value).isoformat() if value else ""


@register.filter
def days(count: int) -> str:
    """A number of days in words."""
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}


@register.filter
def away(value: date | datetime | None) -> str:
    """How far a day lies from today: today, tomorrow, in 5 days, 3 days ago."""
    if not value:
        return ""
    distance = (_local_day(value) - clock.today()).days
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    if distance in near:
        return near[distance]
    if distance > 0:
        return _("in %(days)s") % {"days": days(distance)}
    return _("%(days)s ago") % {"days": days(-distance)}


@register.filter
def duration(minutes: int | None) -> str:
    """A length of time: 45 minutes, half an hour, 1 hour, 1.5 hours."""
    if minutes is None or minutes == "":
        return ""
    if minutes == 30:
        return _("half an hour")
    if minutes % 30:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours = Decimal(minutes) / 60
    return ngettext("%(count)s hour", "%(count)s hours", 1 if hours <= 1 else 2) % {
        "count": decimal(hours.normalize() if hours % 1 else int(hours))
    }


@register.filter
def differing(pieces: Iterable[Any], mark: str) -> SafeString:
    """A text in pieces, with those that `differs` between the tags of `mark`: `ins` or `del`."""
    return format_html_join(
        "",
        "{}{}{}",
        (
            (mark_safe(f"<{mark}>"), one.text, mark_safe(f"</{mark}>")) if one.differs else ("", one.text, "")
            for one in pieces
        ),
    )


@register.filter(is_safe=True)
def truncatechars(text: Any, most: int) -> str:
    """Django's own, which also works out the sign for what is left out when nothing is: 50 µs a line."""
    return normalize("NFC", text) if isinstance(text, str) and len(text) <= most else shortened(text, most)


@register.filter
def has_kind(stops: Iterable[dict[str, Any]], kind: str) -> bool:
    """Whether one of the stops of a path is of this kind."""
    return any(stop["kind"] == kind for stop in stops)


def listed(names: Sequence[str]) -> str:
    """Several names in a sentence: Johan; Johan and Anneke; Johan, Anneke and Ellen. Nothing for none."""
    if len(names) < 2:
        return "".join(names)
    return _("%(most)s and %(last)s") % {"most": ", ".join(names[:-1]), "last": names[-1]}
