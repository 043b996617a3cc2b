"""The forms of the roof: of the style page, and of the file somebody wants to know about."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from driehoek.kit.forms import DayField, Explained, NumberField, Words

LARGEST = 10 * 2**20


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


class DocumentForm(forms.Form):
    """One PDF, read and thrown away."""

    document = forms.FileField(
        label=_("The PDF"),
        help_text=_("It is read to check its seal and kept nowhere. At most 10 MB."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={
            "required": _("Choose the PDF you want to check."),
            "empty": _("This file is empty. Choose the PDF you want to check."),
        },
    )

    def clean_document(self) -> Any:
        document = self.cleaned_data["document"]
        if document.size > LARGEST:
            raise ValidationError(gettext("This file is larger than 10 MB. A document made here never is."))
        return document
