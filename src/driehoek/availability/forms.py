"""How somebody writes down when they can be booked."""

import re
from collections.abc import Sequence
from datetime import time
from itertools import pairwise
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from driehoek.availability.models import Bookable
from driehoek.kit.forms import DayField, Line, LongSelect
from driehoek.kit.zones import zone_name, zones
from driehoek.method.availability import (
    MOST_BUFFER_MINUTES,
    MOST_DAYS_AHEAD,
    MOST_NOTICE_HOURS,
    STEPS,
    Hours,
)

MOST_PARTS: Final = 6
_BETWEEN: Final = re.compile(r"\s*(?:[,;]|\ben\b|\band\b)\s*", re.IGNORECASE)
_CLOCK: Final = r"(\d{1,2})(?:[:.h](\d{2}))?"
_PART: Final = re.compile(rf"{_CLOCK}\s*(?:-|–|—|tot|to|until)\s*{_CLOCK}", re.IGNORECASE)


class HoursField(Line):
    """Parts of a day: 9:00 - 12:30, 13:30 - 17:00. Empty for a day on which nothing is possible."""

    def __init__(self, **options: Any):
        super().__init__(at_most=120, required=False, **options)

    def clean(self, value: Any) -> tuple[Hours, ...]:
        typed = super().clean(value)
        parts = [one for one in _BETWEEN.split(typed) if one]
        if len(parts) > MOST_PARTS:
            raise ValidationError(gettext("Write at most six parts of a day."))
        hours = sorted((_part(one) for one in parts), key=lambda one: one.opens)
        if any(later.opens < earlier.closes for earlier, later in pairwise(hours)):
            raise ValidationError(gettext("Two parts of this day overlap. Write them as one, or apart."))
        return tuple(hours)

    def prepare_value(self, value: Any) -> Any:
        return hours_text(value) if isinstance(value, (list, tuple)) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != data


def hours_text(hours: Sequence[Hours]) -> str:
    """Parts of a day as they are typed."""
    return ", ".join(f"{one.opens:%H:%M} - {one.closes:%H:%M}" for one in hours)


def _part(typed: str) -> Hours:
    found = _PART.fullmatch(typed.strip())
    try:
        if found is None:
            raise ValueError
        from_hour, from_minute, to_hour, to_minute = (int(one or 0) for one in found.groups())
        closes = time(23, 59) if (to_hour, to_minute) == (24, 0) else time(to_hour, to_minute)
        return Hours(time(from_hour, from_minute), closes)
    except ValueError as refused:
        words = gettext("“%(typed)s” is no part of a day. Write it as 9:00 - 12:30.")
        raise ValidationError(words % {"typed": typed[:40]}) from refused


def _whole(label: Any, most: int, *, least: int = 0, hint: Any = "") -> forms.IntegerField:
    def says() -> str:
        return gettext("Type a whole number from %(least)d to %(most)d.") % {"least": least, "most": most}

    messages = dict.fromkeys(("invalid", "min_value", "max_value", "required"), lazy(says, str)())
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, help_text=hint, error_messages=messages
    )


class HoursForm(forms.Form):
    """An ordinary week, and what holds for every booking."""

    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zones, widget=LongSelect)
    notice_hours = _whole(
        _("How many hours beforehand at the latest?"), MOST_NOTICE_HOURS, hint=_("24 is a day before.")
    )
    buffer_minutes = _whole(_("How many minutes free before and after each session?"), MOST_BUFFER_MINUTES)
    days_ahead = _whole(_("How many days ahead?"), MOST_DAYS_AHEAD, least=1)
    step_minutes = forms.TypedChoiceField(
        label=_("A session can begin every"),
        coerce=int,
        choices=[(step, _("%(count)d minutes") % {"count": step}) for step in STEPS],
    )
    holidays_off = forms.BooleanField(label=_("Not on Dutch public holidays"), required=False)

    def __init__(self, data: Any = None, *, row: Bookable, week: dict[int, Sequence[Hours]]):
        names = ("time_zone", "notice_hours", "buffer_minutes", "days_ahead", "step_minutes", "holidays_off")
        kept = {name: getattr(row, name) for name in names}
        kept["time_zone"] = zone_name(row.time_zone)
        kept |= {f"day_{day}": week.get(day, ()) for day in range(7)}
        super().__init__(data, initial=kept)
        for day in range(7):
            self.fields[f"day_{day}"] = HoursField(label=capfirst(WEEKDAYS[day]))

    def days(self) -> list[forms.BoundField]:
        return [self[f"day_{day}"] for day in range(7)]

    def rules(self) -> list[forms.BoundField]:
        names = ("notice_hours", "buffer_minutes", "days_ahead", "step_minutes", "holidays_off", "time_zone")
        return [self[name] for name in names]

    def said(self) -> dict[str, Any]:
        """What the action takes."""
        given = dict(self.cleaned_data)
        return {"week": {day: given.pop(f"day_{day}") for day in range(7)}, **given}


class OtherDaysForm(forms.Form):
    """Days that are different from an ordinary week."""

    first = DayField(label=_("First day"), error_messages={"required": _("Choose a day.")})
    last = DayField(label=_("Until and including"), required=False, help_text=_("Empty for one day."))
    hours = HoursField(
        label=_("Hours on such a day"), help_text=_("Leave it empty when you cannot be booked at all.")
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day lies before the first. Choose a later one."))
        return {**given, "last": last or first}
