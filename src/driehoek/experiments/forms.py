"""What is measured on the first and on the last day, as it is typed."""

import re
import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from driehoek.evidence.series_number import Trouble, read_number
from driehoek.experiments.actions import target_trouble
from driehoek.experiments.queries import Figure
from driehoek.experiments.wording import DECISIONS
from driehoek.kit import clock
from driehoek.kit.forms import DayField, Explained, Line, LongText, NumberField
from driehoek.measures.wording import trouble
from driehoek.method.experiment_plans import Plan, Suggested
from driehoek.people.models import Membership

MOST_VALUES: Final = 30
_HINT: Final = gettext_lazy("One number, or several with a space in between.")


_SHORTER: Final = gettext_lazy("At most nine figures before the decimal sign fit here, and three behind it.")


class ValuesField(Line):
    """One or more numbers; a comma is a decimal sign, so a space or a semicolon stands between them."""

    def __init__(self, **options: Any):
        options.setdefault("help_text", _HINT)
        super().__init__(at_most=400, **options)

    def to_python(self, value: object) -> Any:
        words = [one for one in re.split(r"[;\s]+", super().to_python(value) or "") if one]
        numbers = []
        for one in words:
            found = read_number(one)
            if isinstance(found, Trouble):
                raise ValidationError(trouble(found))
            if abs(found) >= Decimal(10) ** 9:
                raise ValidationError(_("Write a smaller number, in another unit."))
            numbers.append(found)
        if len(numbers) > MOST_VALUES:
            raise ValidationError(_("At most thirty numbers fit here."))
        return tuple(numbers)

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """Numbers were checked one by one."""


class StartForm(forms.Form):
    """What it is about. Only whoever does it reads this."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    problem = LongText(rows=2, at_most=500, label=gettext_lazy("What is it about? One sentence is enough."))
    behaviours = LongText(rows=6, at_most=2000)

    def __init__(self, data: Any = None, *, plan: Plan, problem: str = ""):
        super().__init__(data, initial={"once": uuid.uuid4(), "problem": problem})
        self.fields["behaviours"].label = plan.behaviours
        if not plan.behaviours:
            del self.fields["behaviours"]


class FigureForm(forms.Form):
    """One thing that is measured, with its start."""

    measure = Line(label=gettext_lazy("What do you measure?"))
    unit = Line(label=gettext_lazy("In which unit?"), at_most=40, required=False)
    direction = forms.ChoiceField(
        label=gettext_lazy("Which way is better?"),
        widget=forms.RadioSelect,
        choices=[("up", gettext_lazy("Higher")), ("down", gettext_lazy("Lower"))],
    )
    target = NumberField(
        label=gettext_lazy("By how much at least, to call it worth it?"),
        help_text=gettext_lazy(
            "In the same unit, above 0. Set it down now: afterwards any change looks like enough."
        ),
        error_messages={
            "max_digits": _SHORTER,
            "max_whole_digits": _SHORTER,
            "max_decimal_places": _SHORTER,
        },
        max_digits=12,
        decimal_places=3,
    )
    before = ValuesField(label=gettext_lazy("How does it stand today?"))

    def __init__(self, data: Any = None, *, suggested: Suggested, several: str, prefix: str):
        start = {name: getattr(suggested, name) for name in ("measure", "unit", "direction")}
        super().__init__(data, prefix=prefix, initial=start)
        if several:
            self.fields["before"].help_text = several

    def clean(self) -> None:
        """What nothing can reach, or anything does, is said beside the target."""
        if not self.errors and (trouble := target_trouble(self.figure)):
            self.add_error("target", trouble)

    @property
    def figure(self) -> Figure:
        """What was typed, once it is valid."""
        return Figure(**self.cleaned_data)


class EvaluateForm(forms.Form):
    """The last day: the same measured again, what was learned, and what follows."""

    measured_on = DayField(label=gettext_lazy("Measured on"))
    learned = LongText(rows=4, at_most=4000, label=gettext_lazy("What did you learn?"))
    decision = forms.ChoiceField(label=gettext_lazy("And now?"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, figures: Sequence[Figure], same_people: bool):
        super().__init__(data, initial={"measured_on": clock.today()})
        self.names = [f"after{number}" for number in range(1, len(figures) + 1)]
        for name, figure in zip(self.names, figures, strict=True):
            label = f"{figure.measure} ({figure.unit})" if figure.unit else figure.measure
            hint = _("Measured in the same way as on day 0.")
            if same_people and len(figure.before) > 1:
                hint = _again(figure)
            self.fields[name] = ValuesField(label=label, help_text=hint)
        self.fields["decision"].choices = [
            (value, Explained(words, hint)) for value, (words, hint) in DECISIONS.items()
        ]
        self.order_fields(["measured_on", *self.names, "learned", "decision"])

    @property
    def after(self) -> list[tuple[Decimal, ...]]:
        """The values of each figure, in order."""
        return [self.cleaned_data[name] for name in self.names]


def _again(figure: Figure) -> str:
    words = _("The same people in the same order as on day 0: %(count)s numbers.")
    return words % {"count": len(figure.before)}


class StopForm(forms.Form):
    """What was learned, where it ends before its last day."""

    learned = LongText(rows=3, at_most=4000, required=False, label=gettext_lazy("What did you learn?"))


class GoOnForm(forms.Form):
    """Where the engagement begins; asked only of whoever hosts in more than one organisation."""

    place = forms.ChoiceField(label=gettext_lazy("In which organisation?"))

    def __init__(self, data: Any = None, *, places: Sequence[Membership]):
        super().__init__(data)
        self.places = {str(place.pk): place for place in places}
        self.fields["place"].choices = [(key, place.organisation.name) for key, place in self.places.items()]
        if len(self.places) == 1:
            del self.fields["place"]

    @property
    def chosen(self) -> Membership | None:
        """The one place there is, or the one that was chosen."""
        if len(self.places) == 1:
            return next(iter(self.places.values()))
        return self.places.get(self.cleaned_data.get("place", "")) if self.is_valid() else None
