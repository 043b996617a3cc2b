"""What is typed at a review."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from driehoek.agreements.queries import AgreedGoal
from driehoek.kit.forms import LongText
from driehoek.people.models import Person
from driehoek.reviews.models import Answer
from driehoek.reviews.wording import SHOWS_WORDS

TENTHS = [(str(number), str(number)) for number in range(11)]
THREE_LINES = {"rows": 3}


class AlongForm(forms.Form):
    """How far along it is."""

    now = forms.ChoiceField(
        label=_("How far along is it, on a scale of 0 to 10?"),
        help_text=_("0 is where it began, 10 is everything that was agreed."),
        choices=TENTHS,
        widget=forms.RadioSelect(attrs={"class": "choices--scale"}),
        error_messages={"required": _("Choose a number.")},
    )
    why = LongText(
        label=_("What keeps it from being lower?"), at_most=2_000, widget=forms.Textarea(attrs=THREE_LINES)
    )

    def __init__(self, data: Any = None, *, own: Answer | None):
        super().__init__(data, initial=own.facts if own else {})

    def deed(self) -> dict[str, Any]:
        return {"now": int(self.cleaned_data["now"]), "why": self.cleaned_data["why"]}


class _Together(forms.Form):
    """Something two people write; `theirs` is what the other one kept since it was opened."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    theirs = ""

    def __init__(self, data: Any = None, *, there: Answer | None, **options: Any):
        known = there.facts | {"revision": there.revision} if there else {}
        super().__init__(data, initial=known, **options)

    def show_theirs(self, text: str, revision: int) -> None:
        """Show what stands there now; the next press keeps what is typed here."""
        self.theirs = text
        self.data = self.data.copy()
        self.data["revision"] = revision


class AtWorkForm(_Together):
    """Whether it shows at work, and if not: why, and what has to change."""

    shows = forms.ChoiceField(
        label=_("Does it show at work?"),
        choices=list(SHOWS_WORDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the four answers.")},
    )
    why = LongText(
        label=_("What makes it so?"),
        help_text=_("What happens at work, what gets in the way, what is asked that does not fit?"),
        widget=forms.Textarea(attrs=THREE_LINES),
    )
    change = LongText(label=_("What has to change?"), widget=forms.Textarea(attrs=THREE_LINES))
    goals = forms.MultipleChoiceField(
        label=_("Which goals does this touch?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    field_order = ["shows", "why", "change", "goals", "revision"]

    def __init__(self, data: Any = None, *, there: Answer | None, goals: list[AgreedGoal], by: Person):
        super().__init__(data, there=there)
        self.there, self.by = there, by
        self.fields["goals"].choices = [(str(goal.goal_id), goal.sentence) for goal in goals]
        if not goals:
            del self.fields["goals"]

    def clean(self) -> dict[str, Any]:
        """Another answer does not keep the words that somebody else wrote with the one before."""
        given: dict[str, Any] = super().clean() or {}
        facts = self.there.facts if self.there else {}
        if facts and given.get("shows", facts["shows"]) != facts["shows"]:
            old = {name: facts[name] for name in ("why", "change") if self._is_of_another(name, given)}
            if old:
                self._start_anew(old)
        return given

    def _is_of_another(self, name: str, given: dict[str, Any]) -> bool:
        assert self.there
        facts = self.there.facts
        writer = facts.get("by", {}).get(name, str(self.there.answered_by_id))
        return bool(facts[name]) and given.get(name) == facts[name] and writer != str(self.by.pk)

    def _start_anew(self, old: dict[str, str]) -> None:
        self.theirs = "\n\n".join(old.values())
        self.data = self.data.copy()
        for name in old:
            self.data[name] = ""
            words = _(
                "This was written with the answer before, by somebody else. Say it anew, or leave it empty."
            )
            self.add_error(name, words)

    def deed(self) -> dict[str, Any]:
        named = [UUID(one) for one in self.cleaned_data.get("goals", [])]
        return {name: value for name, value in self.cleaned_data.items() if name != "goals"} | {
            "goals": named
        }


class ConclusionForm(_Together):
    """What consultant and sponsor conclude."""

    text = LongText(
        label=_("What do you conclude together?"),
        help_text=_("What stands, what does not yet, and who does something about it."),
        required=True,
        error_messages={"required": _("Write down what you conclude, also when it is too early to tell.")},
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def deed(self) -> dict[str, Any]:
        return self.cleaned_data
