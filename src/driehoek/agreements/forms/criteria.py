"""The form of a criterion."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from driehoek.agreements.actions.criteria import LONGEST, no_milestones
from driehoek.agreements.forms.before import BEFORE_FIELDS, as_typed, before_as_typed, take_before
from driehoek.agreements.forms.draft import Whole
from driehoek.agreements.forms.fields import Amount, Day, Line, Saving, words_of
from driehoek.agreements.models import Criterion
from driehoek.agreements.wording import (
    ANCHOR_HINTS,
    ANCHOR_WORDS,
    COUNTED_HINTS,
    COUNTED_WORDS,
    DIRECTION_WORDS,
    FORM_EXAMPLES,
    FORM_WORDS,
    SPAN_WORDS,
)
from driehoek.evidence.deadlines import Anchor
from driehoek.kit.forms import Explained

_IN_PERCENT = (Criterion.Form.RELATIVE_CHANGE, Criterion.Form.SHARE_AT_LEAST)


class CriterionForm(Saving):
    """How a goal is seen to be reached."""

    measure = Line(
        label=_("What is measured"),
        help_text=_("A score, a number or a percentage that somebody can look up on the last day."),
    )
    unit = Line(
        label=_("Unit"), required=False, at_most=40, help_text=_("For example points, errors a week, people.")
    )
    form = forms.ChoiceField(
        label=_("When is it reached?"),
        choices=[(name, Explained(FORM_WORDS[name], FORM_EXAMPLES[name])) for name in Criterion.Form],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what kind of target this is.")},
    )
    direction = forms.ChoiceField(
        label=_("Which way"),
        choices=DIRECTION_WORDS.items(),
        initial=Criterion.Direction.UP,
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
    )
    counted = forms.ChoiceField(
        label=_("What counts"),
        choices=[(name, Explained(COUNTED_WORDS[name], COUNTED_HINTS[name])) for name in Criterion.Counted],
        initial=Criterion.Counted.LAST,
        widget=forms.RadioSelect,
        required=False,
    )
    target = Amount(
        label=_("How much"),
        help_text=_("For a change in percent or a share: the percentage, so 15 for fifteen percent."),
    )
    baseline = Amount(
        label=_("What it is today"),
        required=False,
        help_text=_("The starting value. Needed for a change; without it nobody can say what changed."),
    )
    before_from = Day(label=_("Measured before, from"), required=False)
    before_until = Day(
        label=_("Up to and including"),
        required=False,
        help_text=_("A day before the start of the period below."),
    )
    before_values = words_of(
        _("What was measured in it"),
        rows=6,
        help_text=_(
            "On each line a day and a value: 31-01-2026; 12.5. Where everything counts by volume, also "
            "out of how many: 31-01-2026; 24; 300. The starting value is their mean."
        ),
    )
    anchor = forms.ChoiceField(
        label=_("How long is it counted?"),
        choices=[(name, Explained(ANCHOR_WORDS[name], ANCHOR_HINTS[name])) for name in Criterion.Anchor],
        initial=Criterion.Anchor.FIXED,
        widget=forms.RadioSelect,
        required=False,
    )
    window_starts = Day(
        label=_("The first day"),
        required=False,
        help_text=_("Not used when it is counted from the signing or from a milestone."),
    )
    deadline = Day(
        label=_("The last day"), required=False, help_text=_("Only used when we choose that day now.")
    )
    within = Whole(
        label=_("How many days or months"),
        required=False,
        least=1,
        most=LONGEST["days"],
        help_text=_("A number of days or months. The last of them counts too."),
    )
    span = forms.ChoiceField(
        label=_("Days or months"),
        choices=SPAN_WORDS.items(),
        initial=Criterion.Span.DAYS,
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
        required=False,
    )
    milestone = forms.ChoiceField(
        label=_("After which milestone"),
        required=False,
        help_text=_(
            "One of the things that will be delivered. Only used when it is counted from a milestone."
        ),
        error_messages={
            "invalid_choice": _("This milestone is not among what will be delivered. Choose one that is.")
        },
    )

    def __init__(
        self,
        *args: Any,
        criterion: Criterion | None = None,
        milestones: Mapping[UUID, str] | None = None,
        **options: Any,
    ):
        kept = {name: getattr(criterion, name) for name in _CRITERION_FIELDS} if criterion else {}
        if criterion and criterion.form in _IN_PERCENT:
            kept["target"] = criterion.target * 100
        if criterion and criterion.form == Criterion.Form.SHARE_AT_LEAST and criterion.baseline is not None:
            kept["baseline"] = criterion.baseline * 100
        kept |= {name: as_typed(kept[name]) for name in ("target", "baseline") if kept.get(name) is not None}
        kept |= before_as_typed(criterion) if criterion else {}
        super().__init__(*args, initial=options.pop("initial", {}) | kept, **options)
        names = [(str(id_), name) for id_, name in (milestones or {}).items()]
        self.fields["milestone"].choices = [("", _("None")), *names]
        if not names:
            self._leave_out_milestones()

    def _leave_out_milestones(self) -> None:
        anchors = self.fields["anchor"]
        anchors.choices = [one for one in anchors.choices if one[0] != Criterion.Anchor.MILESTONE]
        anchors.error_messages["invalid_choice"] = no_milestones()
        del self.fields["milestone"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["anchor"] = given.get("anchor") or Criterion.Anchor.FIXED
        for name, says in self._gaps(given):
            if name not in self.errors:
                self.add_error(name, says)
        given["measured_before"] = take_before(self, given)
        return given

    def _gaps(self, given: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """What this way of counting needs and does not have, and what would otherwise be lost unseen."""
        kind = given["anchor"]
        if kind in (Criterion.Anchor.FIXED, Criterion.Anchor.DATE) and not given.get("window_starts"):
            yield "window_starts", _("Choose a date.")
        if kind == Criterion.Anchor.FIXED:
            if not given.get("deadline"):
                yield "deadline", _("Choose a date.")
            if given.get("within") or given.get("milestone"):
                yield (
                    "anchor",
                    _("Below stands how long, or after which milestone. Choose that here, or empty it."),
                )
        elif not given.get("within"):
            yield "within", _("Type how many days or months.")
        if kind == Criterion.Anchor.MILESTONE and not given.get("milestone"):
            yield "milestone", _("Choose the milestone from which it is counted.")

    @property
    def has_before(self) -> bool:
        """Whether anything was typed about a period before the start, so that its fields stand open."""
        return any(self[name].value() or self[name].errors for name in BEFORE_FIELDS)

    def typed(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        given = {name: value for name, value in given.items() if name not in BEFORE_FIELDS}
        given["counted"] = given["counted"] or Criterion.Counted.LAST
        if given["form"] in _IN_PERCENT:
            given["target"] /= 100
        if given["form"] == Criterion.Form.SHARE_AT_LEAST and given["baseline"] is not None:
            given["baseline"] /= 100
        kind, milestone = given["anchor"], given.pop("milestone", "")
        within, span = given.pop("within"), given.pop("span") or Criterion.Span.DAYS
        of = milestone if kind == Criterion.Anchor.MILESTONE else ""
        given["anchor"] = None if kind == Criterion.Anchor.FIXED else Anchor(kind, within, span, of)
        return given


_CRITERION_FIELDS = (
    "measure",
    "unit",
    "form",
    "direction",
    "counted",
    "target",
    "baseline",
    "anchor",
    "within",
    "span",
    "milestone",
    "window_starts",
    "deadline",
    "revision",
)
