"""Fields that say in a full sentence what is wrong, and never lose what was typed."""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from driehoek.kit import forms as kit
from driehoek.kit.errors import Conflict, Refused
from driehoek.kit.forms import DayField, LongText, NumberField
from driehoek.kit.names import plain_text

LINE = 200
# 1.234 is a thousand and more to one reader and a little over one to another.
_TWO_MEANINGS = {"nl": r"-?[1-9]\d{0,2}\.\d{3}", "en": r"-?[1-9]\d{0,2}[.,]\d{3}"}
_THOUSANDS = (r"-?\d{1,3}(\.\d{3})+,\d+", r"-?\d{1,3}(,\d{3})+\.\d+", r"-?\d{1,3}([.,])\d{3}(\1\d{3})+")


class Line(kit.Line):
    """One line of text."""

    def __init__(self, *, at_most: int = LINE, **options: Any):
        options.setdefault("error_messages", {"required": gettext_lazy("Type something here.")})
        super().__init__(at_most=at_most, **options)

    def to_python(self, value: object) -> str:
        text = super().to_python(plain_text(value) if isinstance(value, str) else value)
        return " ".join(text.split())


class Day(DayField):
    """A date somebody can have meant, with the sentences of this room."""

    def __init__(self, **options: Any):
        messages = {
            "required": gettext_lazy("Choose a date."),
            "invalid": gettext_lazy("This is not a date. Type it as day-month-year, for example 31-12-2026."),
        }
        super().__init__(error_messages=messages, **options)


class Amount(NumberField):
    """A number as people type it: with a comma or a point; when it can mean two things, we ask."""

    def __init__(self, **options: Any):
        messages = {
            "required": gettext_lazy("Type a number."),
            "invalid": gettext_lazy("This is not a number. Type digits, for example 3.5."),
        }
        super().__init__(max_digits=16, decimal_places=4, error_messages=messages, **options)

    def to_python(self, value: object) -> object:
        if not isinstance(value, str):
            return super().to_python(value)
        typed = re.sub(r"[\s\u00a0\u202f%]", "", value).replace("\u2212", "-")
        if re.fullmatch(_TWO_MEANINGS[(get_language() or "nl")[:2]], typed):
            words = _(
                "%(typed)s can mean two things. Type %(large)s if you mean the large number, "
                "or %(small)s if you mean the small one."
            )
            large = re.sub(r"[.,]", "", typed)
            raise ValidationError(words % {"typed": typed, "large": large, "small": f"{typed}0"})
        if any(re.fullmatch(pattern, typed) for pattern in _THOUSANDS):
            point = max(typed.rfind("."), typed.rfind(","))
            whole = len(set(re.findall(r"[.,]", typed))) == 1
            typed = re.sub(r"[.,]", "", typed[:point]) + ("" if whole else ".") + typed[point + 1 :]
        return super().to_python(typed)


class NeededToOffer:
    """Needed before the agreement is offered, not before it is kept: may stay empty until then."""

    def __init__(self, **options: Any):
        super().__init__(**options | {"required": True})

    def validate(self, value: Any) -> None:
        if value not in self.empty_values:
            super().validate(value)


class WantedText(NeededToOffer, LongText):
    """A text that may wait."""


class WantedLine(NeededToOffer, Line):
    """A line that may wait."""


class WantedDay(NeededToOffer, Day):
    """A date that may wait."""


class Saving(forms.Form):
    """A form that carries out one action and shows beside its fields why that was refused."""

    use_required_attribute = False
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    theirs = ""
    kept: Any = None
    """What the action gave back."""

    def carries_out(self, deed: Callable[..., Any], *subject: Any, **more: Any) -> bool:
        """Do it with what was typed. After a conflict the same press a second time keeps these words."""
        if not self.is_valid():
            return False
        try:
            self.kept = deed(*subject, **self.typed(), **more)
        except Conflict as conflict:
            self.theirs = conflict.theirs
            self.data = self.data.copy()
            self.data["revision"] = str(conflict.revision)
            self.add_error(None, conflict.message)
        except Refused as refusal:
            self.add_error(refusal.field if refusal.field in self.fields else None, refusal.message)
        return not self.errors

    def typed(self) -> dict[str, Any]:
        """What the action takes."""
        return self.cleaned_data


def words_of(
    label: Any, *, rows: int = 3, help_text: Any = "", required: bool = False, wanted: bool = False
) -> LongText:
    """A text area with the label of a person's own words."""
    attrs = {"rows": rows} | ({"class": "area--short"} if rows <= 2 else {})
    plain: dict[str, Any] = {"label": label, "help_text": help_text, "widget": forms.Textarea(attrs=attrs)}
    if wanted:
        return WantedText(**plain)
    messages = {"required": gettext_lazy("Write something here.")}
    return LongText(required=required, error_messages=messages, **plain)
