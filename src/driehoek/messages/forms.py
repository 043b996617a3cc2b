"""What is typed to others."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from driehoek.kit.forms import LongText


class MessageForm(forms.Form):
    text = LongText(
        label=_("Your message"),
        required=True,
        at_most=5_000,
        error_messages={"required": _("Write something first.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    message_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None):
        super().__init__(data, initial={"message_id": uuid.uuid4()})
