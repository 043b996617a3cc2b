"""What is typed about a line of the plan."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from driehoek.engagements.models import Engagement
from driehoek.engagements.wording import ROLE_WORDS
from driehoek.kit.forms import DayField, Explained, LongText
from driehoek.plans.models import Action
from driehoek.plans.queries import owners_for, sorts_for, told_by_others, why_not_by
from driehoek.plans.wording import COLOUR_WORDS, SORT_HINTS, SORT_WORDS

ROW = {"class": "choices--row"}
HOW_IT_GOES = ("colour", "done", "learnt")


class _LineForm(forms.Form):
    """What, who and when: the same for a new line and an existing one."""

    text = LongText(
        label=_("What will be done?"),
        required=True,
        error_messages={"required": _("Write down what will be done.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    owner = forms.ChoiceField(
        label=_("Who does it?"),
        widget=forms.RadioSelect(attrs=ROW),
        error_messages={"required": _("Choose who does it.")},
    )
    due_on = DayField(label=_("By when?"), required=False)
    week = forms.IntegerField(
        label=_("In which week after the start?"),
        help_text=_("For a milestone. The day is counted from the start of the engagement."),
        required=False,
        min_value=0,
        max_value=520,
    )

    def __init__(self, *given: Any, engagement: Engagement, **options: Any):
        super().__init__(*given, **options)
        self.fields["owner"].choices = [
            (p.role, Explained(p.person.first_name_only, ROLE_WORDS[p.role_])) for p in owners_for(engagement)
        ]
        self.fields["owner"].help_text = told_by_others(engagement)
        self.engagement = engagement
        if Action.Sort.MILESTONE not in sorts_for(engagement):
            del self.fields["week"]


class NewActionForm(_LineForm):
    sort = forms.ChoiceField(label=_("What kind of thing is it?"), widget=forms.RadioSelect(attrs=ROW))
    action_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    field_order = ["text", "sort", "owner", "due_on", "week"]

    def __init__(self, *given: Any, engagement: Engagement, **options: Any):
        super().__init__(*given, engagement=engagement, **options)
        sorts = sorts_for(engagement)
        self.fields["sort"].choices = [(s, Explained(SORT_WORDS[s], SORT_HINTS[s])) for s in sorts]
        self.initial = {
            "sort": sorts[0],
            "owner": owners_for(engagement)[0].role,
            "action_id": uuid.uuid4(),
        } | self.initial

    def clean_due_on(self) -> date | None:
        on: date | None = self.cleaned_data["due_on"]
        if why := why_not_by(self.engagement, on):
            raise forms.ValidationError(why)
        return on


class ActionForm(_LineForm):
    colour = forms.ChoiceField(
        label=_("How is it going?"), choices=list(COLOUR_WORDS.items()), widget=forms.RadioSelect(attrs=ROW)
    )
    done = forms.BooleanField(label=_("This is done"), required=False)
    learnt = LongText(label=_("What did you learn from it?"), widget=forms.Textarea(attrs={"rows": 3}))
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    field_order = ["text", "colour", "done", "learnt", "owner", "due_on", "week"]
    theirs = ""

    def __init__(
        self, *given: Any, engagement: Engagement, action: Action, says: bool = True, **options: Any
    ):
        """`says` tells whether the reader says how it goes, and not only what it is."""
        initial = {name: getattr(action, name) for name in ("text", "owner", "due_on", "week", "colour")}
        initial |= {"learnt": action.learnt, "done": action.is_done, "revision": action.revision}
        super().__init__(*given, engagement=engagement, initial=initial, **options)
        if not says:
            for name in HOW_IT_GOES:
                del self.fields[name]
        if action.sort != Action.Sort.MILESTONE:
            self.fields.pop("week", None)
        elif action.week is not None:
            del self.fields["due_on"]

    def show_theirs(self, text: str, revision: int) -> None:
        """Show what stands there now; the next press keeps what is typed here."""
        self.theirs = text
        self.data = self.data.copy()
        self.data["revision"] = revision
