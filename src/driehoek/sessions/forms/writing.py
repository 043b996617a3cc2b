"""What is typed around a session: texts, the question, moments, days off."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from driehoek.kit.errors import Conflict
from driehoek.kit.forms import ClockField, DayField, LongText
from driehoek.method.availability import Unbookable
from driehoek.method.holidays import DaysOff
from driehoek.sessions.models import mark_of
from driehoek.sessions.queries import bank_question
from driehoek.sessions.wording import asks, language

TALL = frozenset(("goal", "reality", "options", "will", "private", "reflection"))


@dataclass(frozen=True, slots=True)
class Row:
    """A text being written, and below it what somebody else wrote there meanwhile."""

    field: BoundField
    theirs: str
    touched: bool


class WritingForm(forms.Form):
    """Texts about parts of a session. Each carries a mark of how it stood when this form was opened."""

    def __init__(self, *given: Any, written: Mapping[str, str], labels: Mapping[str, Any], **options: Any):
        super().__init__(*given, **options)
        self.written, self.theirs = dict(written), dict[str, str]()
        for part, text in written.items():
            size = {"class": "area--tall"} if part in TALL else {"rows": 4}
            self.fields[part] = LongText(label=labels[part], widget=forms.Textarea(attrs=size))
            self.fields[_mark(part)] = forms.CharField(widget=forms.HiddenInput, required=False)
            self.initial |= {part: text, _mark(part): mark_of(text)}

    def texts(self) -> dict[str, str]:
        return {part: self.cleaned_data[part] for part in self.written}

    def opened(self) -> dict[str, str]:
        return {part: self.cleaned_data[_mark(part)] for part in self.written}

    def rows(self) -> list[Row]:
        return [
            Row(self[part], self.theirs.get(part, ""), part in self.theirs)
            for part in self.written
            if part != "private"
        ]

    def show(self, conflicts: Iterable[Conflict]) -> None:
        """Show both texts; the next press keeps what is typed here."""
        self.data = self.data.copy()
        for conflict in conflicts:
            part = str(conflict.field)
            self.theirs[part] = conflict.theirs
            self.data[_mark(part)] = mark_of(conflict.theirs)
            self.add_error(part, conflict.message)
        for part in set(self.written) - set(self.theirs):  # these have been kept
            self.data[_mark(part)] = mark_of(self.cleaned_data.get(part, ""))

    def stands(self) -> dict[str, dict[str, str]]:
        """For a page that shows what was refused: what a text goes on from, or what stands against it."""
        return {part: self._stands(part, now) for part, now in self.written.items()}

    def _stands(self, part: str, now: str) -> dict[str, str]:
        typed = (self[part].value() or "").replace("\r\n", "\n").strip()
        opened = self[_mark(part)].value() or mark_of("")
        if part in self.theirs:
            return {"theirs": self.theirs[part], "says": " ".join(self.errors[part])}
        if opened == mark_of(typed):  # not touched, or just kept
            return {"base": typed}
        if opened == mark_of(now) or typed == now:
            return {"base": now}
        return {"theirs": now, "says": str(_("This was changed meanwhile. Both versions are here."))}


class KeepForm(forms.Form):
    """Texts that a page keeps by itself while somebody writes, each with the text it went on from."""

    def __init__(self, data: Mapping[str, Any], *, parts: Iterable[str]):
        super().__init__(data)
        self.parts = [str(part) for part in parts if part in data and _base(part) in data]
        for part in self.parts:
            sent = forms.CharField(required=False, max_length=400)
            self.fields |= {part: LongText(), _base(part): LongText(), _sent(part): sent}

    def texts(self) -> dict[str, str]:
        return {part: self.cleaned_data[part] for part in self.parts}

    def bases(self) -> dict[str, str]:
        return {part: self.cleaned_data[_base(part)] for part in self.parts}

    def sent(self) -> dict[str, list[str]]:
        """Of each text the marks of what was sent before, without an answer."""
        return {part: self.cleaned_data[_sent(part)].split() for part in self.parts}


class DeskForm(WritingForm):
    """What lies on the table in one phase of the conversation."""

    def __init__(self, data: Any = None, *, written: Mapping[str, str], first: bool = False):
        labels = asks(first=first) | {"private": _("Your own notes")}
        super().__init__(data, written=written, labels=labels)

    def private_row(self) -> Row | None:
        if "private" not in self.written:
            return None
        return Row(self["private"], self.theirs.get("private", ""), "private" in self.theirs)


def with_question(typed: QueryDict, part: str) -> QueryDict:
    """What was typed, with the question that was chosen from the bank at the end of this part."""
    question = bank_question(typed.get("ask", ""))
    if question is None:
        return typed
    data = typed.copy()
    before = data.get(part, "").rstrip()
    asked = question.in_language(language())
    data[part] = f"{before}\n\n{asked}\n" if before else f"{asked}\n"
    return data


class WhenForm(forms.Form):
    """The day and time of a session."""

    on = DayField(label=_("Day"), error_messages={"required": _("Choose a day.")})
    at = ClockField(label=_("Time"), error_messages={"required": _("Choose a time.")})


_STRETCH = re.compile(r"\s+(?:-|–|—|t/m|tot en met|tot|to|until)\s+", re.IGNORECASE)
MOST_DAYS_OFF = 366


class DaysOffForm(forms.Form):
    """The days on which a series has no session; `own` are those on which the coach cannot be booked."""

    own_days = forms.BooleanField(
        label=_("Leave out the days on which you cannot be booked"), required=False, initial=True
    )
    holidays = forms.BooleanField(label=_("Leave out the Dutch public holidays"), required=False)
    free = LongText(
        label=_("Other days without a session"),
        help_text=_("On each line one day, or a stretch of days: 27-08-2027, or 21-12-2026 - 03-01-2027."),
        at_most=2000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "area--short"}),
    )

    def __init__(self, data: Any = None, *, own: Unbookable | None = None):
        super().__init__(data, initial={"holidays": own is not None and own.availability.without.holidays})
        self.own = own

    def clean_free(self) -> frozenset[date]:
        lines = re.split(r"[\n,;]", self.cleaned_data["free"])
        days = frozenset(day for line in lines if line.strip() for day in _days_of(line.strip()))
        if len(days) > MOST_DAYS_OFF:
            raise ValidationError(_("These are more than 366 days. Choose fewer, or plan one by one."))
        return days

    def days_off(self) -> DaysOff:
        """What is chosen, at first what the coach said before; nothing while there is a mistake in it."""
        if not self.is_bound:
            return DaysOff(holidays=self.initial["holidays"], own=self.own or frozenset())
        if not self.is_valid():
            return DaysOff()
        own = self.own if self.cleaned_data["own_days"] else None
        return DaysOff(self.cleaned_data["free"], self.cleaned_data["holidays"], own or frozenset())


def _days_of(line: str) -> list[date]:
    """Every day that a line names. Raises ValidationError with the line in it."""
    try:
        named = [DayField().clean(word) for word in _STRETCH.split(line, maxsplit=1)]
    except ValidationError as refused:
        words = _("“%(line)s” is no day. Write it as 27-08-2027, or a stretch as 21-12-2026 - 03-01-2027.")
        raise ValidationError(words % {"line": line[:60]}) from refused
    length = (named[-1] - named[0]).days
    if not 0 <= length < MOST_DAYS_OFF:
        words = _("“%(line)s” ends before it begins, or is longer than a year.")
        raise ValidationError(words % {"line": line[:60]})
    return [named[0] + timedelta(days=n) for n in range(length + 1)]


class CancelForm(forms.Form):
    """Why a session does not take place, for the other one to read."""

    reason = LongText(
        label=_("Would you like to say why?"),
        help_text=_("Coachee and coach both read this, nobody else."),
        at_most=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    counts = forms.ChoiceField(
        choices=[("yes", "yes"), ("no", "no")], required=False, widget=forms.HiddenInput
    )

    def deed(self) -> dict[str, Any]:
        """What the action takes; with what the page said about counting, when it said so."""
        counts = self.cleaned_data["counts"]
        return {"reason": self.cleaned_data["reason"], "expects": counts == "yes" if counts else None}

    def say(self, *, counts: bool) -> None:
        """What this page says about counting, for the next press to be held to."""
        said = "yes" if counts else "no"
        self.initial["counts"] = said
        if self.is_bound:
            self.data = self.data.copy()
            self.data["counts"] = said


class FilledForm(WritingForm):
    """Texts of which one at least stands there when they are sent."""

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        typed = [given.get(part, "too long") for part in self.written]
        if not any(self.written.values()) and not any(text.strip() for text in typed):
            words = _("Nothing stands here yet. One sentence is enough; or leave this page, nobody is told.")
            self.add_error(next(iter(self.written)), words)
        return given


class ReflectionForm(FilledForm):
    """Looking back on a session."""

    def __init__(self, data: Any = None, *, written: Mapping[str, str]):
        labels = {"reflection": _("What stays with you, and what will you try?")}
        super().__init__(data, written=written, labels=labels)


def _mark(part: str) -> str:
    return f"opened_{part}"


def _base(part: str) -> str:
    return f"base_{part}"


def _sent(part: str) -> str:
    return f"sent_{part}"
