"""A series that is pasted or comes from a file, looked at before it is taken over."""

import re
from dataclasses import replace
from hashlib import sha256
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from driehoek.documents.sheets import Sheet, read_sheet
from driehoek.evidence.series_file import decoded, read_series
from driehoek.evidence.series_row import Problem
from driehoek.evidence.series_terms import Taken, as_agreed
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.kit.forms import Explained
from driehoek.measures.actions import Values
from driehoek.measures.forms.values import is_weighted, origin_field, reason_field
from driehoek.measures.models import Observation
from driehoek.measures.queries import Beside, CriterionState, beside, comes_late, is_over, kind_of, mark_of
from driehoek.measures.wording import bare, sentence

_SHOWN: Final = 80  # of a line that cannot be taken over
_LARGEST: Final = 1_000_000  # bytes of a file with a series
Source = Observation.Source
_WAYS: Final = (Source.PASTED, Source.FILE, Source.SHEET)


class SeriesForm(forms.Form):
    """Rows with a date and a value, pasted or from a file. What a file holds comes to stand in the box."""

    rows = forms.CharField(
        label=gettext_lazy("Paste the rows here"),
        help_text=gettext_lazy("As you copy them from a spreadsheet: a date and a value per line."),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "area--plain"}),
        strip=False,
        required=False,
    )
    file = forms.FileField(
        label=gettext_lazy("Or choose a file"),
        help_text=gettext_lazy("CSV or XLSX, at most one megabyte."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
        required=False,
        allow_empty_file=True,
    )
    decimal = forms.ChoiceField(
        label=gettext_lazy("How are the numbers written?"),
        choices=[
            ("", gettext_lazy("As in the rows themselves")),
            (",", Explained(gettext_lazy("With a decimal comma"), gettext_lazy("1,5 is one and a half"))),
            (".", Explained(gettext_lazy("With a decimal point"), gettext_lazy("1.5 is one and a half"))),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    percents = forms.ChoiceField(
        label=gettext_lazy("How are the percentages written?"),
        choices=[
            ("", gettext_lazy("As in the rows themselves")),
            ("whole", Explained(gettext_lazy("As 70 or 70%"), gettext_lazy("70 is seventy percent"))),
            ("part", Explained(gettext_lazy("As a part of one"), gettext_lazy("0.7 is seventy percent"))),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    origin = origin_field()
    replace = forms.BooleanField(
        label=gettext_lazy("Replace values that stand there already"), required=False
    )

    def __init__(self, data: Any = None, files: Any = None, *, state: CriterionState):
        super().__init__(data, files)
        self.state, self.criterion = state, state.criterion
        self.found: list[Beside] = []
        self.came_as = next((one for one in _WAYS if self.data.get("came_as") == one), Source.PASTED)
        self.problems: tuple[Problem, ...] = ()
        if is_over(self.criterion):
            self.fields["reason"] = reason_field()
        if kind_of(self.criterion) in ("number", "weighted"):
            del self.fields["percents"]
        if is_weighted(self.criterion):
            self.fields["rows"].help_text = _(
                "As you copy them from a spreadsheet: the date, what was counted, and what that is out of."
            )

    def clean(self) -> dict:
        given = super().clean() or {}
        sheet = self._text(given)
        if sheet is None:
            return given
        self._stands_in_the_box(sheet.text, given)
        series = read_series(
            sheet.text.encode(),
            limit=_LARGEST * 2,
            decimal=given.get("decimal") or None,
            weighted=is_weighted(self.criterion),
            percents="percents" in self.fields,
            shares=kind_of(self.criterion) == "share",
            merged=sheet.merged,
            unworked=sheet.unworked,
        )
        read = as_agreed(
            series.rows,
            kind=kind_of(self.criterion),
            today=clock.today(),
            percents=given.get("percents") or None,
        )
        self._name([*series.problems, *read.problems], sheet.text)
        if not self.problems:
            self._lay_beside(read.rows, given)
        return given

    def _text(self, given: dict) -> Sheet | None:
        """The rows as text, whatever they came in; None with a reason when there is none."""
        upload, typed = given.get("file"), given.get("rows", "")
        if upload is not None and typed.strip() and _print(typed) != self.data.get("box"):
            self.add_error(
                "file",
                _(
                    "There are rows in the box and a file was chosen too, so nothing was read. Look again to "
                    "read the rows. To read the file, empty the box and choose the file once more."
                ),
            )
            return None
        if upload is None:
            if not (typed.strip() or self.errors):
                self.add_error("rows", _("Paste the rows here, or choose a file below."))
            return Sheet("", typed) if typed.strip() and "file" not in self.errors else None
        content = upload.read(_LARGEST + 1)  # one byte more than fits, so that 10 MB is not read whole
        self.came_as = Source.SHEET if content.startswith(b"PK") else Source.FILE
        try:
            return _from_file(content)
        except Refused as refusal:
            self.add_error("file", refusal.message)
            return None

    def _stands_in_the_box(self, text: str, given: dict) -> None:
        """Nothing is lost between looking and taking over: a file cannot be sent twice, its rows can.

        What a file put there, and nobody changed, makes way for the next file.
        """
        self.data = self.data.copy()
        self.data["rows"] = text
        if given.get("file") is not None:
            self.data["box"] = _print(text)

    def _name(self, problems: list[Problem], text: str) -> None:
        """Each with its line as it stands there, in whatever notation."""
        lines = re.split(r"\r\n|\r|\n", text)
        self.problems = tuple(
            replace(one, facts={**one.facts, "text": _short(lines[one.line - 1])})
            for one in sorted(problems, key=lambda one: one.line or 0)
            if one.line
        )
        whole = [bare(one.id) for one in problems if one.line is None]
        if len(self.problems) == 1 and not whole:
            self.add_error("rows", sentence(self.problems[0]))
        elif self.problems:
            words = ngettext(
                "%(count)s line cannot be taken over. It is named above; nothing has been taken over.",
                "%(count)s lines cannot be taken over. They are named above; nothing has been taken over.",
                len(self.problems),
            )
            self.add_error("rows", words % {"count": len(self.problems)})
        for one in whole:
            self.add_error("rows", one)

    def _lay_beside(self, rows: tuple[Taken, ...], given: dict) -> None:
        self.found = beside(self.state, rows)
        if self.asks_why:
            self.fields["reason"].widget.attrs["form"] = "series"  # it stands above it, beside the button
        others = [one for one in self.found if one.is_other]
        if (
            others
            and given.get("replace")
            and "reason" in self.fields
            and not given.get("reason", "").strip()
        ):
            self.add_error(
                "reason",
                _("The deadline has passed, so the verdict can change. Say why this value does not count."),
            )

    @property
    def needs_replacing(self) -> bool:
        """Whether days hold another value and nobody has said that it may be replaced."""
        return not self.cleaned_data.get("replace") and any(one.is_other for one in self.found)

    @property
    def asks_why(self) -> bool:
        """Whether values that come in lie in the agreed period, which is over: the reason is asked there."""
        news = [one.row.on for one in self.found if one.is_new or one.is_other]
        return any(comes_late(self.criterion, on) for on in news) and not self.needs_replacing

    @property
    def can_be_taken_over(self) -> bool:
        """Whether nothing but a reason is still missing."""
        return bool(self.found) and not self.needs_replacing and set(self.errors) <= {"reason"}

    @property
    def box(self) -> str:
        """By which it is known that the box holds what a file put there."""
        return str(self.data.get("box", ""))

    @property
    def mark(self) -> str:
        """What is shown now; it comes back with the button that takes it over."""
        return mark_of(self.found)

    @property
    def is_confirmed(self) -> bool:
        """Whether exactly this was looked at, and may be taken over now."""
        return self.data.get("take_over") == self.mark and not self.files

    @property
    def has_changed(self) -> bool:
        """Whether something else was looked at before the button was pressed."""
        return "take_over" in self.data and not self.is_confirmed

    @property
    def values(self) -> Values:
        return [(one.row.on, one.row.value, one.row.out_of) for one in self.found]

    @property
    def said(self) -> dict[str, Any]:
        """What was said about the series as a whole."""
        words = {name: self.cleaned_data.get(name) for name in ("replace", "reason", "origin")}
        return {"source": self.came_as} | {name: one for name, one in words.items() if one}


def _print(text: str) -> str:
    """By which unchanged text is known, however a browser ends its lines."""
    return sha256("\n".join(text.split()).encode()).hexdigest()


def _short(line: str) -> str:
    plain = " ".join(line.replace("\t", " · ").split())
    return f"{plain[:_SHOWN]}…" if len(plain) > _SHOWN else plain


def _from_file(content: bytes) -> Sheet:
    if len(content) > _LARGEST:
        raise Refused("file", bare("too_long"))
    if content.startswith(b"PK"):
        return read_sheet(content)
    text = decoded(content)
    if text is None:
        raise Refused("file", bare("not_text"))
    if not text.strip():
        raise Refused("file", bare("empty"))
    return Sheet("", text)
