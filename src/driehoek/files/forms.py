"""A file that somebody puts there, with a few words."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from driehoek.documents.incoming import ACCEPT, Incoming, read_incoming
from driehoek.kit.errors import Refused
from driehoek.kit.forms import LongText


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("The file"),
        help_text=_("A PDF, a picture, plain text, or a document of an Office program."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty. Choose another."),
        },
    )
    words = LongText(
        label=_("A few words with it"),
        at_most=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    file_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None):
        super().__init__(data, files, initial={"file_id": uuid.uuid4()})

    def clean_file(self) -> Incoming:
        """What it really is. Its name is asked of the upload."""
        sent = self.cleaned_data["file"]
        if sent.size > settings.FILE_MB * 2**20:
            raise ValidationError(gettext("A file holds at most %(most)s MB.") % {"most": settings.FILE_MB})
        try:
            sent.name = sent.name.replace("%22", '"')  # so a browser sends a quotation mark
            return read_incoming(sent.read(), name=sent.name)
        except Refused as refusal:
            raise ValidationError(refusal.message) from refusal
