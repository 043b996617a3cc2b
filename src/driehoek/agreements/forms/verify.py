"""The file somebody wants to know about."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LARGEST = 10 * 2**20


class DocumentForm(forms.Form):
    """One PDF, read and thrown away."""

    document = forms.FileField(
        label=gettext_lazy("The PDF"),
        help_text=gettext_lazy("It is read to check its seal and kept nowhere. At most 10 MB."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={
            "required": gettext_lazy("Choose the PDF you want to check."),
            "empty": gettext_lazy("This file is empty. Choose the PDF you want to check."),
        },
    )

    def clean_document(self) -> Any:
        document = self.cleaned_data["document"]
        if document.size > LARGEST:
            raise ValidationError(_("This file is larger than 10 MB. An agreement never is."))
        return document
