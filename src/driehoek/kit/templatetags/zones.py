"""The clock of a reader who lives elsewhere, beside a moment on the clock of the product."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from driehoek.kit.templatetags.look import clock_time, week_day
from driehoek.kit.zones import city

register = template.Library()


@register.simple_tag(takes_context=True)
def own_clock(context: Any, moment: datetime | None) -> str:
    """`{% own_clock session.starts_at %}`: nothing, or the same moment where the reader lives."""
    lives_in = getattr(getattr(context.get("request"), "user", None), "time_zone", "")
    if not moment or not lives_in:
        return ""
    zone = ZoneInfo(lives_in)
    there, here = localtime(moment, zone).replace(tzinfo=None), localtime(moment).replace(tzinfo=None)
    if there == here:
        return ""
    facts = {"time": clock_time(there), "place": city(zone), "day": week_day(there)}
    other_day = there.date() != here.date()
    words = _("%(day)s, %(time)s in %(place)s") if other_day else _("%(time)s in %(place)s")
    return format_html('<span class="soft small nowrap">({})</span>', words % facts)
