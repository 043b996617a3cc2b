"""What is typed where a moment is chosen."""

from django import forms
from django.utils.translation import gettext_lazy as _

from driehoek.kit.forms import ClockField, DayField, LongSelect
from driehoek.kit.zones import zones


class ClockForm(forms.Form):
    """By which clock somebody lives."""

    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zones, widget=LongSelect)


class NamedMomentForm(forms.Form):
    """A day and a time that the coach names, as they were found in talking."""

    on = DayField(label=_("Day"), error_messages={"required": _("Choose a day.")})
    at = ClockField(label=_("Time"), error_messages={"required": _("Write a time, such as 10:30.")})
