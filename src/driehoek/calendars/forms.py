"""With what a calendar is connected, and what is chosen in it."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from driehoek.calendars.queries import Connected
from driehoek.kit.forms import Line


class PasswordForm(forms.Form):
    """What opens a calendar for another program. It is never drawn again."""

    password = Line(
        label=_("App password"),
        at_most=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "A password for this only, which you make on the page of your calendar and can withdraw there. "
            "Here it is kept encrypted and never shown again."
        ),
        error_messages={"required": _("Type the app password.")},
    )


class ConnectForm(PasswordForm):
    """Where a calendar is, and who asks."""

    address = Line(
        label=_("Address of the calendar server"),
        at_most=500,
        help_text=_("Of the server, or of the calendar itself: both will do."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Type the address.")},
    )
    user = Line(
        label=_("User name"),
        at_most=200,
        help_text=_("Often your mail address."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Type the user name.")},
    )
    field_order = ["address", "user", "password"]

    def clean_address(self) -> str:
        typed = str(self.cleaned_data["address"])
        return typed if "://" in typed else f"https://{typed}"


class ChooseForm(forms.Form):
    """Which calendars count, and which one holds the sessions."""

    counting = forms.MultipleChoiceField(
        label=_("In which calendars are you taken?"),
        help_text=_("When something stands there, you cannot be booked. Only begin and end are read."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    holding = forms.ChoiceField(
        label=_("In which calendar do your sessions come?"),
        help_text=_("Each as “Session”, with a link. Move one there and it moves here."),
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, data: Any = None, *, now: Connected):
        names = [(str(one.pk), name) for one, name in now.calendars]
        writable = [(str(one.pk), name) for one, name in now.calendars if one.may_write]
        kept = {
            "counting": [str(one.pk) for one, _name in now.calendars if one.counts],
            "holding": next((str(one.pk) for one, _name in now.calendars if one.holds_sessions), ""),
        }
        if not now.chosen:
            kept = {
                "counting": [key for key, _n in names[:1]],
                "holding": next((k for k, _n in writable), ""),
            }
        super().__init__(data, initial=kept)
        self.fields["counting"].choices = names
        self.fields["holding"].choices = [*writable, ("", _("In none"))]

    def chosen(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        return {
            "holding": UUID(given["holding"]) if given["holding"] else None,
            "counting": [UUID(one) for one in given["counting"]],
        }
