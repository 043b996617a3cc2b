"""How forms are drawn, and the fields whose input people type in more than one way."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from driehoek.kit.names import plain_text


class DriehoekRenderer(TemplatesSetting):
    """Draw every form and field with the product's own templates."""

    form_template_name = "django/forms/form.html"
    field_template_name = "django/forms/field.html"


@dataclass(frozen=True)
class Explained:
    """The words of a choice with a line of explanation below it."""

    words: str | Promise
    hint: str | Promise

    def __str__(self) -> str:
        return str(self.words)


class DayInput(forms.DateInput):
    """The browser's own date picker, which wants the date in machine order whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, object] | None = None):
        super().__init__(attrs, format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    """The browser's own time picker."""

    input_type = "time"

    def __init__(self, attrs: dict[str, object] | None = None):
        super().__init__(attrs, format="%H:%M")


class LongSelect(forms.Select):
    """A choice of hundreds, drawn at once: through a template each of them costs as much as a whole field."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> str:
        chosen = self.format_value(value)
        options = [
            format_html(_CHOSEN if str(one) in chosen else _OPTION, one, words) for one, words in self.choices
        ]
        there = flatatt(self.build_attrs(self.attrs, attrs) | {"name": name, "class": "select"})
        return format_html("<select{}>{}</select>", there, format_html_join("", "{}", zip(options)))


_OPTION: Final = '<option value="{}">{}</option>'
_CHOSEN: Final = '<option value="{}" selected>{}</option>'


class DayField(forms.DateField):
    """A date, picked, or typed the Dutch or the international way."""

    widget = DayInput
    default_error_messages = {"invalid": _("Choose a date that exists, such as 27-08-2026.")}

    def __init__(self, **options: object):
        super().__init__(input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"], **options)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and not 2000 <= value.year <= 2100:
            raise ValidationError(_("Choose a date between 2000 and 2100."))


class ClockField(forms.TimeField):
    """A time of day, written 10:30 or 10.30."""

    widget = ClockInput
    default_error_messages = {"invalid": _("Write a time, such as 10:30.")}

    def __init__(self, **options: object):
        super().__init__(input_formats=["%H:%M", "%H.%M", "%H:%M:%S"], **options)


class NumberField(forms.DecimalField):
    """A number with a decimal comma or a decimal point."""

    widget = forms.TextInput
    default_error_messages = {"invalid": _("Write a number in figures, such as 12.5.")}

    def to_python(self, value: object) -> object:
        if isinstance(value, str):
            value = value.strip().replace("\u2212", "-").replace(",", ".")
        return super().to_python(value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, object]:
        return {**super().widget_attrs(widget), "inputmode": "decimal", "class": "input--number"}


class Limited:
    """For a field that takes everything that is pasted into it, and says how much of it fits.

    With `max_length` a browser would cut it off without a word.
    """

    def __init__(self, *, at_most: int, **options: Any):
        self.at_most = at_most
        super().__init__(**options)

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.at_most:
            sizes = {"most": _grouped(self.at_most), "now": _grouped(len(value))}
            words = _("At most %(most)s characters fit here; this has %(now)s. Shorten it.")
            raise ValidationError(words % sizes)


class Line(Limited, forms.CharField):
    """One line: a name or a title."""

    def __init__(self, *, at_most: int = 120, **options: Any):
        super().__init__(at_most=at_most, **options)


class MailAddress(Limited, forms.EmailField):
    """A mail address, however long what was pasted."""

    def __init__(self, **options: Any):
        super().__init__(at_most=254, max_length=None, **options)


class Words(forms.CharField):
    """Free text of a person: serif while typing, line breaks kept."""

    def __init__(self, *, rows: int = 4, **options: object):
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**options)


class LongText(Limited, Words):
    """What a person writes, with a limit that is named when it is passed; no character breaks it."""

    def __init__(self, *, at_most: int = 20_000, required: bool = False, **options: Any):
        super().__init__(at_most=at_most, required=required, **options)

    def to_python(self, value: object) -> str:
        return super().to_python(plain_text(value) if isinstance(value, str) else value)


def _grouped(number: int) -> str:
    return str(number_format(number, use_l10n=True, force_grouping=True))
