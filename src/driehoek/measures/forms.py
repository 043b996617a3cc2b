"""Numbers, files and levels as they are typed."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from driehoek.agreements.queries import AgreedCriterion
from driehoek.evidence.series_file import SeriesRow, read_series
from driehoek.evidence.series_number import Trouble, read_number
from driehoek.kit.forms import DayField, Explained, Line, LongText, NumberField
from driehoek.kit.templatetags.look import decimal, signed
from driehoek.measures.actions import Values
from driehoek.measures.queries import GoalScores, is_over
from driehoek.measures.wording import sentence, trouble

_LARGEST = 1_000_000  # bytes of a file with a series


class MeasuredField(NumberField):
    """A measured number. One that can be read in two ways, such as 1.234, is asked again, not guessed."""

    def to_python(self, value: object) -> object:
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        number = read_number(value)
        if isinstance(number, Trouble):
            raise ValidationError(trouble(number))
        return number


def is_weighted(criterion: AgreedCriterion) -> bool:
    """Whether everything counts together here, each value by its volume."""
    return criterion.terms.counted == "weighted"


def _counted() -> MeasuredField:
    label = gettext_lazy("How many were counted?")
    return MeasuredField(label=label, max_digits=18, decimal_places=6, min_value=0)


def _volume() -> MeasuredField:
    label, hint = gettext_lazy("Out of how many?"), gettext_lazy("For example all orders of that week.")
    return MeasuredField(label=label, help_text=hint, max_digits=18, decimal_places=6)


class StrikeForm(forms.Form):
    """The day of a value that is struck out, and why."""

    on = DayField()
    reason = Line(required=False, at_most=300)


def _reason() -> Line:
    return Line(
        label=gettext_lazy("Why does the other value not count?"),
        help_text=gettext_lazy(
            "Only when you replace a value after the deadline. Everyone who reads the values reads this too."
        ),
        required=False,
        at_most=300,
    )


class ValueForm(forms.Form):
    """One value on one day. A share is typed as a percentage."""

    on = DayField(label=gettext_lazy("Measured on"))
    value = MeasuredField(label=pgettext_lazy("measurement", "Value"), max_digits=18, decimal_places=6)
    replace = forms.BooleanField(
        label=gettext_lazy("Replace the value that stands on this day"), required=False
    )

    def __init__(self, *args: object, criterion: AgreedCriterion, **kwargs: object):
        super().__init__(*args, **kwargs)
        self.criterion = criterion
        if is_over(criterion):
            self.fields["reason"] = _reason()
        if is_weighted(criterion):
            self.fields |= {"value": _counted(), "out_of": _volume()}
        elif criterion.terms.form == "share_at_least":
            self.fields["value"].help_text = _("As a percentage, from 0 to 100.")
        elif criterion.unit:
            self.fields["value"].help_text = _("In %(unit)s.") % {"unit": criterion.unit}

    def clean_value(self) -> Decimal:
        value: Decimal = self.cleaned_data["value"]
        return value if is_weighted(self.criterion) else _as_agreed(value, self.criterion)

    def clean(self) -> dict:
        """What lies off the scale that was written down is asked about: nobody is sure where one ends."""
        given = super().clean() or {}
        scale = "" if given.get("value") is None else off_the_scale(given["value"], self.criterion)
        if scale:
            self.fields["sure"] = forms.BooleanField(label=_("This value is right"), required=False)
            if "sure" not in self.data:
                words = _(
                    "The scale that was written down runs %(scale)s. If this value is right, say so below."
                )
                self.add_error("value", words % {"scale": scale})
        return given


class SeriesForm(forms.Form):
    """A CSV file with a date and a value per line."""

    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        help_text=gettext_lazy("Two columns, with date and value in the first line. At most one megabyte."),
    )
    decimal = forms.ChoiceField(
        label=gettext_lazy("How are the numbers written?"),
        choices=[
            ("", gettext_lazy("As in the file itself")),
            (",", Explained(gettext_lazy("With a decimal comma"), gettext_lazy("1,5 is one and a half"))),
            (".", Explained(gettext_lazy("With a decimal point"), gettext_lazy("1.5 is one and a half"))),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    replace = forms.BooleanField(
        label=gettext_lazy("Replace values that stand there already"), required=False
    )

    def __init__(self, *args: object, criterion: AgreedCriterion, **kwargs: object):
        super().__init__(*args, **kwargs)
        self.criterion = criterion
        if is_over(criterion):
            self.fields["reason"] = _reason()
        self.values: Values = ()
        if is_weighted(criterion):
            self.fields["file"].help_text = _(
                "Three columns: the date, what was counted, and what that is out of. At most one megabyte."
            )

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        upload = cleaned.get("file")
        if upload is None:
            return cleaned
        # One byte more than fits, so that a file of 10 MB is refused without being read whole.
        series = read_series(
            upload.read(_LARGEST + 1),
            limit=_LARGEST,
            decimal=cleaned.get("decimal") or None,
            weighted=is_weighted(self.criterion),
        )
        if series.problems:
            self.add_error("file", [sentence(problem) for problem in series.problems[:12]])
            return cleaned
        self._take(series.rows)
        return cleaned

    def _take(self, rows: Sequence[SeriesRow]) -> None:
        """The rows as they are judged; the first one that cannot be right stops them all."""
        values = []
        for row in rows:
            try:
                values.append((_plausible(row.on), *_numbers(row, self.criterion)))
            except ValidationError as error:
                words = {"line": row.line, "problem": error.messages[0]}
                self.add_error("file", _("Line %(line)s: %(problem)s") % words)
                return
        if _is_share(self.criterion) and all(row.value <= 1 for row in rows):
            self.add_error(
                "file",
                _("A share is written as a percentage here: 80 and not 0.8. Change the file."),
            )
            return
        self.values = values


class LevelsForm(forms.Form):
    """For every goal the level that fits best, and room for a remark."""

    def __init__(self, *args: object, goals: Sequence[GoalScores], role: str, moment: str, **kwargs: object):
        super().__init__(*args, **kwargs)
        self.goals = goals
        for row in goals:
            own = next((s for s in row.scores if (s.role, s.moment) == (role, moment)), None)
            key = str(row.goal.goal_id)
            self.fields[f"level-{key}"] = forms.TypedChoiceField(
                label=pgettext_lazy("attainment", "Where does it stand?"),
                choices=[(str(n), _level_words(n, row.goal.levels)) for n in range(-2, 3)],
                widget=forms.RadioSelect,
                coerce=int,
                initial=own and str(own.level),
            )
            self.fields[f"remark-{key}"] = LongText(
                label=gettext_lazy("What do you see that by?"),
                at_most=5000,
                initial=own and own.remark,
                rows=3,
            )

    @property
    def rows(self) -> list[tuple[GoalScores, forms.BoundField, forms.BoundField]]:
        """Each goal with its two fields."""
        return [
            (goal, self[f"level-{goal.goal.goal_id}"], self[f"remark-{goal.goal.goal_id}"])
            for goal in self.goals
        ]

    @property
    def levels(self) -> dict[UUID, tuple[int, str]]:
        """What was chosen, by goal."""
        data = self.cleaned_data
        return {
            row.goal.goal_id: (data[f"level-{row.goal.goal_id}"], data[f"remark-{row.goal.goal_id}"])
            for row in self.goals
        }


def _level_words(level: int, levels: Mapping[int, str]) -> Explained:
    return Explained(signed(level), levels.get(level, ""))


def _plausible(on: date) -> date:
    if not 2000 <= on.year <= 2100:
        raise ValidationError(_("Choose a year between 2000 and 2100."))
    return on


def _is_share(criterion: AgreedCriterion) -> bool:
    return criterion.terms.form == "share_at_least" and not is_weighted(criterion)


def _numbers(row: SeriesRow, criterion: AgreedCriterion) -> tuple[Decimal, Decimal | None]:
    if not is_weighted(criterion):
        return _as_agreed(row.value, criterion), None
    if row.value < 0 or not row.out_of or row.out_of <= 0:
        raise ValidationError(_("What was counted is zero or more, and what it is out of above zero."))
    return row.value, row.out_of


def off_the_scale(value: Decimal, criterion: AgreedCriterion) -> str:
    """The scale in words when `value` lies off it; "" when it does not, or none was written down."""
    known = (criterion.foresight or {}).get("known", {})
    lowest, highest = (Decimal(known[end]) if known.get(end) else None for end in ("lowest", "highest"))
    is_off = (lowest is not None and value < lowest) or (highest is not None and value > highest)
    if is_weighted(criterion) or not is_off:
        return ""
    if lowest is None or highest is None:
        words = _("up to %(end)s") if lowest is None else _("from %(end)s")
        return words % {"end": decimal(highest if lowest is None else lowest)}
    return _("from %(lowest)s to %(highest)s") % {"lowest": decimal(lowest), "highest": decimal(highest)}


def _as_agreed(value: Decimal, criterion: AgreedCriterion) -> Decimal:
    """The value as the criterion is judged: a share from 0 to 1. Nothing is rounded on the way in."""
    if criterion.terms.form == "share_at_least":
        if not 0 <= value <= 100:
            raise ValidationError(_("A percentage lies between 0 and 100."))
        value = value / 100
    if abs(value) >= Decimal(10) ** 12 or value != round(value, 6):
        raise ValidationError(_("This number has more figures than can be kept. Round it first."))
    return value
