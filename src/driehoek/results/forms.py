"""Reports, results, marks and what to release, as they are filled in."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from driehoek.access import Kind, Role
from driehoek.agreements.queries import AgreedGoal
from driehoek.engagements.models import Party
from driehoek.engagements.wording import ROLE_WORDS
from driehoek.kit.forms import DayField, Explained, LongText
from driehoek.plans.queries import Delivery, State
from driehoek.results.models import Goal, Mark, Report
from driehoek.results.queries import ITEMS_SHOWN, Material, releasable, sections
from driehoek.results.wording import ITEM_KINDS, ITEM_WORDS, REPORT_SECTIONS, VIEW_WORDS, what_then

_YES_NO = {"yes": True, "no": False}


class ReportForm(forms.Form):
    """One field per section of the report of this role."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, role: Role, report: Report | None, **kwargs: Any):
        texts = sections(report) if report else {}
        kwargs["initial"] = texts | {"revision": report.revision if report else 0}
        super().__init__(*args, **kwargs)
        for key, (question, hint) in REPORT_SECTIONS[role].items():
            self.fields[key] = LongText(label=question, help_text=hint, rows=6)

    def opened_at(self, revision: int) -> None:
        """Let the next press count from what stands there now; the words stay as they were typed."""
        self.data = self.data.copy()
        self.data["revision"] = str(revision)

    @property
    def texts(self) -> dict[str, str]:
        """What was written, by section."""
        return {key: text for key, text in self.cleaned_data.items() if key != "revision"}


def _two(yes: Any, no: Any) -> list[tuple[str, Any]]:
    return [("yes", yes), ("no", no)]


class HandOverForm(forms.Form):
    """What is handed over, and where it is."""

    note = LongText(
        label=gettext_lazy("What is it, and where can it be found?"),
        help_text=gettext_lazy(
            "A link, a place, or who has it. A file itself can be put with the files for everybody."
        ),
        at_most=5000,
        required=True,
        rows=5,
        error_messages={"required": gettext_lazy("Say what it is and where it can be found.")},
    )


class JudgeForm(forms.Form):
    """Whether something is accepted, and why; a rejection needs a reason."""

    accepts = forms.TypedChoiceField(
        label=gettext_lazy("Do you accept it?"),
        choices=_two(
            Explained(gettext_lazy("Yes, I accept it"), gettext_lazy("It is as agreed. That stands.")),
            gettext_lazy("No, not yet"),
        ),
        coerce=_YES_NO.__getitem__,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether you accept it.")},
    )
    reason = LongText(
        label=gettext_lazy("Your reason"),
        help_text=gettext_lazy("Needed when you do not accept it. The consultant reads this."),
        at_most=5000,
        rows=4,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, delivery: Delivery):
        last = delivery.last
        super().__init__(*args, initial={"seen": last.number if last else None})
        yes, (no, words) = self.fields["accepts"].choices
        self.fields["accepts"].choices = [yes, (no, Explained(words, what_then(delivery.rounds_left)))]
        self.fields["reason"].needed = gettext_lazy("(when you do not accept it)")
        if delivery.state is State.REJECTED:
            self.fields["reason"].required = True
            hint = gettext_lazy("Together you agreed on something else. That stands with it.")
            self.fields["accepts"].choices = [
                ("yes", Explained(gettext_lazy("Yes, I accept it after all"), hint))
            ]
            self.fields["reason"].label = gettext_lazy("What did you agree instead?")
            self.fields["reason"].help_text = gettext_lazy("For instance another price, or a part later.")


class ResultForm(forms.Form):
    """One row of the ledger: what came of it, and what sort of result it is."""

    text = LongText(
        label=gettext_lazy("What came of it?"),
        help_text=gettext_lazy(
            "One result. Also one that nobody asked for, or that is not welcome to everyone."
        ),
        at_most=2000,
        required=True,
        rows=3,
    )
    intended = forms.ChoiceField(
        label=gettext_lazy("Was it a goal beforehand?"),
        choices=_two(gettext_lazy("Yes, intended"), gettext_lazy("No, it came along")),
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
    )
    expected = forms.ChoiceField(
        label=gettext_lazy("Did you see it coming?"),
        choices=_two(gettext_lazy("Yes, expected"), gettext_lazy("No, unexpected")),
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
    )
    matters_to = forms.ChoiceField(
        label=gettext_lazy("For whom does it matter?"),
        choices=[
            (Goal.MattersTo.COACHEE, gettext_lazy("For the coachee")),
            (Goal.MattersTo.ORGANISATION, gettext_lazy("For the organisation")),
            (Goal.MattersTo.BOTH, gettext_lazy("For both")),
        ],
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
    )
    observable = forms.ChoiceField(
        label=gettext_lazy("Can others see it?"),
        choices=[
            (
                "yes",
                Explained(
                    gettext_lazy("Yes, it can be observed"), gettext_lazy("A number, a document, a habit.")
                ),
            ),
            (
                "no",
                Explained(
                    gettext_lazy("Only by talking about it"),
                    gettext_lazy("What you would have done before and why, and what you do now and why."),
                ),
            ),
        ],
        widget=forms.RadioSelect,
    )
    explained = LongText(
        label=gettext_lazy("How is it seen, or how do you explain it?"), at_most=4000, rows=3
    )
    goal_id = forms.ChoiceField(label=gettext_lazy("Which goal does it belong to?"), required=False)

    def __init__(self, *args: Any, goals: list[AgreedGoal], coached: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not coached:  # then it matters to the organisation
            self.fields["matters_to"].initial = Goal.MattersTo.ORGANISATION
            self.fields["matters_to"].widget = forms.HiddenInput()
        for name in ("intended", "expected", "matters_to", "observable"):
            self.fields[name].error_messages["required"] = gettext_lazy("Choose what fits best.")
        choices = [(str(goal.goal_id), goal.sentence) for goal in goals]
        self.fields["goal_id"].choices = [("", gettext_lazy("None of them")), *choices]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("intended", "expected", "observable"):
            if name in cleaned:
                cleaned[name] = _YES_NO[cleaned[name]]
        cleaned["goal_id"] = cleaned.get("goal_id") or None
        return cleaned


class MarkForm(forms.Form):
    """The own view on one result. Nothing is chosen beforehand."""

    view = forms.ChoiceField(
        label=pgettext_lazy("result", "How do you see it?"),
        error_messages={"required": gettext_lazy("Choose one. No view is an answer too.")},
        choices=[(view, VIEW_WORDS[view]) for view in Mark.View],
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
    )
    remark = LongText(label=gettext_lazy("Would you like to say why?"), at_most=2000, rows=2)


class ReleaseForm(forms.Form):
    """To whom, and what. Only what the agreement lets go can be chosen."""

    receiver = forms.ChoiceField(
        label=gettext_lazy("Who may read it?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who may read it.")},
    )
    items = forms.MultipleChoiceField(
        label=gettext_lazy("What do you release?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one part to release.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, found: Material, **kwargs: Any):
        super().__init__(*args, **kwargs)
        open_to = {party: releasable(found.engagement, party.role_) for party in found.receivers}
        self.fields["receiver"].choices = [
            (party.role, Explained(str(party.person), ROLE_WORDS[party.role_]))
            for party, kinds in open_to.items()
            if kinds
        ]
        self.fields["items"].choices = _items(found, open_to)

    @property
    def receiver_role(self) -> Role:
        return Role(self.cleaned_data["receiver"])


def _items(found: Material, open_to: Mapping[Party, frozenset[Kind]]) -> list[tuple[str, Any]]:
    """What there is to release, with the name of the only one who may read it where that is so."""
    choices = []
    for item in ITEMS_SHOWN:
        names = [str(party.person) for party, kinds in open_to.items() if ITEM_KINDS[item] in kinds]
        if names and found.holds(item):
            words, hint = ITEM_WORDS[item]
            only = gettext("Only for %(name)s.") % {"name": names[0]} if len(names) < len(open_to) else ""
            choices.append((item, Explained(words, f"{hint} {only}".strip())))
    return choices


class TalkForm(forms.Form):
    """Whether one takes part in the closing talk."""

    comes = forms.ChoiceField(
        choices=_two(gettext_lazy("Yes, I take part"), gettext_lazy("No, I do not take part"))
    )

    def clean_comes(self) -> bool:
        return _YES_NO[self.cleaned_data["comes"]]


class CloseForm(forms.Form):
    """Ending the engagement; when the coachee wrote no report, only by saying so."""

    without_coachee = forms.BooleanField(
        label=gettext_lazy("Close without the report of the coachee"),
        help_text=gettext_lazy(
            "Only when it will not come any more. Every closing document then names it as missing."
        ),
        required=False,
    )

    def __init__(self, *args: Any, missing: Collection[Role], **kwargs: Any):
        super().__init__(*args, **kwargs)
        if Role.COACHEE not in missing:
            del self.fields["without_coachee"]


class _WithReason(forms.Form):
    """With a reason that may stay empty, where somebody else reads it."""

    reason = LongText(label=gettext_lazy("Would you like to say why?"), at_most=2000, rows=3)

    def __init__(self, *args: Any, readers: list[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not readers:
            del self.fields["reason"]
            return
        words = gettext("This is for %(names)s, and for nobody else.")
        self.fields["reason"].help_text = words % {"names": gettext(" and ").join(readers)}


class PauseForm(_WithReason):
    """Letting an engagement rest."""

    expected_on = DayField(
        label=gettext_lazy("When do you expect to go on?"),
        help_text=gettext_lazy("Nobody is held to it, and manager and sponsor do not see it."),
        required=False,
    )
    field_order = ("expected_on", "reason")


class StopForm(_WithReason):
    """Stopping, with the last day as the page showed it."""

    seen = forms.DateField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, ends_on: date, **kwargs: Any):
        super().__init__(*args, initial={"seen": ends_on.isoformat()}, **kwargs)

    def shown_again(self, ends_on: date) -> None:
        """Let the next press count from the day that stands on the page now."""
        self.data = self.data.copy()
        self.data["seen"] = ends_on.isoformat()
