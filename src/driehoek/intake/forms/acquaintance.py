from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from driehoek.intake.models import Acquaintance
from driehoek.intake.queries.acquaintance import written, written_in
from driehoek.intake.queries.marks import marks_of, merge
from driehoek.kit.forms import DayField, Explained, LongText
from driehoek.kit.templatetags import look
from driehoek.method.intake import AgendaPoint, exploratory_agenda
from driehoek.method.texts import Language

POINTS = {"acquaintance": "who_we_are", "expectations": "expectations", "contribution": "contribution"}
GOING_ON = {"yes": True, "no": False, "": None}

DECISIONS = [
    ("yes", Explained(_("Yes, we go on together"), _("The six questions and the goals come next."))),
    ("no", Explained(_("No, we do not go on"), _("A good answer too. You need not explain it to anyone."))),
    ("later", Explained(_("Not decided yet"), _("Talk once more, or meet another coach first."))),
]


class AcquaintanceForm(forms.Form):
    """The three points, the day and the decision, shared by coachee and coach."""

    opened = forms.CharField(required=False, widget=forms.HiddenInput)
    who_we_are = LongText(rows=5)
    expectations = LongText(rows=5)
    contribution = LongText(rows=5)
    met_on = DayField(required=False, label=_("When did you talk?"))
    goes_on = forms.ChoiceField(
        required=False,
        label=_("Do you go on together?"),
        widget=forms.RadioSelect,
        choices=DECISIONS,
    )

    def __init__(
        self, data: Any = None, *, row: Acquaintance, language: Language, talked_on: date | None = None
    ):
        """`talked_on` is the day for which it was planned: it stands there until another one is typed."""
        super().__init__(data, initial=_typed(row) | ({} if row.met_on else {"met_on": talked_on}))
        self.points = {POINTS[point.id]: point for point in exploratory_agenda(language)}
        self.theirs: Mapping[str, str] = {}
        for name, point in self.points.items():
            self.fields[name].label = point.title
            self.fields[name].help_text = point.text

    @property
    def facts(self) -> dict[str, Any]:
        """What the action asks for."""
        return {
            "texts": {name: self.cleaned_data[name] for name in self.points},
            "opened": self.cleaned_data["opened"],
            "met_on": self.cleaned_data["met_on"],
            "goes_on": GOING_ON.get(self.cleaned_data["goes_on"]),
        }

    @property
    def rows(self) -> list[tuple[AgendaPoint, forms.BoundField, str]]:
        """Each point with its field, and the text of the other where both were writing."""
        return [(point, self[name], self.theirs.get(name, "")) for name, point in self.points.items()]

    @property
    def decisions(self) -> list[tuple[forms.BoundField, str]]:
        """The day and the decision, with those of the other where both were changing them."""
        met_on, goes_on = self.theirs.get("met_on", ""), self.theirs.get("goes_on", "")
        words = str(dict(DECISIONS)[goes_on]) if goes_on else ""
        return [
            (self["met_on"], look.day(date.fromisoformat(met_on)) if met_on else ""),
            (self["goes_on"], words),
        ]

    def with_theirs(self, row: Acquaintance, language: Language) -> "AcquaintanceForm":
        """The same form after a clash: what was typed, the other text above it, ready to be kept."""
        facts, there = self.facts, written_in(row)
        opened = facts.pop("opened")
        mine = written(**facts)
        merged = merge(mine, there, opened)
        kept = {name: text for name, text in merged.kept.items() if text != mine[name]}
        form = AcquaintanceForm(
            {**self.data.dict(), **kept, "opened": marks_of(there)}, row=row, language=language
        )
        form.theirs = merged.clashes
        return form


def _typed(row: Acquaintance) -> dict[str, Any]:
    goes_on = next(word for word, value in GOING_ON.items() if value is row.goes_on)
    return {
        **{name: getattr(row, name) for name in POINTS.values()},
        "met_on": row.met_on,
        "goes_on": goes_on or ("later" if row.met_on else None),
        "opened": marks_of(written_in(row)),
    }
