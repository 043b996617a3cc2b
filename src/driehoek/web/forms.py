"""The form of the style page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from driehoek.kit.forms import DayField, Explained, NumberField, Words


class SampleForm(forms.Form):
    """Every kind of field once."""

    question = forms.CharField(
        label=_("Your question"),
        help_text=_("One question that matters now is enough."),
    )
    notes = Words(label=_("What you want to say about it"), required=False)
    ends_on = DayField(label=_("End date"))
    target = NumberField(label=_("Target"), help_text=_("With a comma or a point."))
    place = forms.ChoiceField(
        label=_("Place"),
        choices=[("room", _("A room")), ("online", _("Online"))],
    )
    nature = forms.ChoiceField(
        label=_("Where does the problem mostly lie?"),
        widget=forms.RadioSelect,
        choices=[
            (
                "process",
                Explained(_("In the process or the technology"), _("A system, a schedule.")),
            ),
            (
                "people",
                Explained(_("In what people do or leave undone"), _("Deciding, speaking up.")),
            ),
        ],
    )
    read = forms.BooleanField(label=_("I have read who sees what."))
