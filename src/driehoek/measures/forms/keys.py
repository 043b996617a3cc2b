"""What a key for a program is called."""

from django import forms
from django.utils.translation import gettext_lazy

from driehoek.kit.forms import Line


class KeyForm(forms.Form):
    name = Line(
        label=gettext_lazy("What is it for?"),
        help_text=gettext_lazy("So that you know later which one it is, such as: weekly list, order system."),
        at_most=80,
    )
