"""What is typed when a session is rounded off."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from driehoek.access import Permission
from driehoek.engagements.models import Engagement
from driehoek.kit.forms import DayField, LongText
from driehoek.people.models import Person
from driehoek.plans.models import Action
from driehoek.plans.queries import lines, owners_for, says_how, sorts_for, told_by_others, why_not_by
from driehoek.plans.wording import COLOUR_WORDS, SORT_WORDS
from driehoek.sessions.actions.closing import DONE
from driehoek.sessions.forms.writing import WritingForm
from driehoek.sessions.models import Session
from driehoek.sessions.wording import asks

MOST_ASKED = 30  # actions at the closing of a session; the plan itself has them all


class ClosingForm(WritingForm):
    """What the session brought, what goes on the plan, and by the coach how long it lasted.

    Everybody says how the own actions go; those of others are shown as they stand.
    """

    def __init__(
        self,
        *given: Any,
        session: Session,
        written: Mapping[str, str],
        actions: Iterable[Action],
        person: Person,
    ):
        super().__init__(*given, written=written, labels=asks())
        everything = list(actions)
        asked, engagement = everything[:MOST_ASKED], session.engagement
        mine = [action for action in asked if says_how(engagement, action.owner, person)]
        self.actions = {str(action.pk): action for action in mine}
        self.others = lines(engagement, [action for action in asked if action not in mine])
        self.left_out = len(everything[MOST_ASKED:])
        for key, action in self.actions.items():
            choices = [*COLOUR_WORDS.items(), (DONE, _("Done"))]
            self.fields[f"colour_{key}"] = forms.ChoiceField(
                label=action.text,
                choices=choices,
                initial=action.colour,
                show_hidden_initial=True,
                required=False,  # what came on the plan since this page was opened is not on it
            )
        self._add_new(engagement)
        self.engagement, self.told = engagement, told_by_others(engagement)
        if engagement.lets(person, Permission.PLAN_SESSIONS):
            self.fields["minutes"] = _minutes(session)

    def _add_new(self, engagement: Engagement) -> None:
        owners = [(party.role, party.person.first_name_only) for party in owners_for(engagement)]
        sorts = [(sort, SORT_WORDS[sort]) for sort in sorts_for(engagement) if sort != Action.Sort.MILESTONE]
        self.fields |= {
            "text": LongText(label=_("What will be done?"), widget=forms.Textarea(attrs={"rows": 2})),
            "sort": forms.ChoiceField(label=_("Kind"), choices=sorts, initial=sorts[0][0]),
            "owner": forms.ChoiceField(
                label=_("Who"),
                choices=owners,
                initial=owners[0][0],
            ),
            "due_on": DayField(label=_("By when"), required=False),
            "action_id": forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4),
        }

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if self.data.get("stay") == "plan" and not given.get("text"):
            self.add_error("text", _("Write down what will be done."))
        if given.get("text") and (why := why_not_by(self.engagement, given.get("due_on"))):
            self.add_error("due_on", why)
        return given

    def colour_rows(self) -> list[BoundField]:
        return [self[f"colour_{key}"] for key in self.actions]

    def colours(self) -> dict[Action, str]:
        """Only the colours that were changed on this form."""
        chosen = {key: self.cleaned_data[f"colour_{key}"] for key in self.actions}
        changed = {key for key in chosen if f"colour_{key}" in self.changed_data}
        return {self.actions[key]: colour for key, colour in chosen.items() if colour and key in changed}

    def new_action(self) -> dict[str, Any] | None:
        names = ("text", "sort", "owner", "due_on", "action_id")
        return {name: self.cleaned_data[name] for name in names} if self.cleaned_data["text"] else None

    def deed(self) -> dict[str, Any]:
        """What the action takes. Staying on the page does not say that the session was held."""
        return {
            "texts": self.texts(),
            "opened": self.opened(),
            "minutes": None if "stay" in self.data else self.cleaned_data.get("minutes"),
            "colours": self.colours(),
            "new_action": self.new_action(),
        }

    def forget_new(self) -> None:
        """What was new is on the plan now, so the fields are empty again."""
        self.data = self.data.copy()
        for name, value in (("text", ""), ("due_on", ""), ("action_id", str(uuid.uuid4()))):
            self.data[name] = value


def _minutes(session: Session) -> forms.IntegerField:
    lasted = session.held_minutes or session.minutes
    limits = _("Give a number of minutes between 5 and 480.")
    messages = dict.fromkeys(("required", "invalid", "min_value", "max_value"), limits)
    return forms.IntegerField(
        label=_("How long did you meet, in minutes?"),
        initial=lasted,
        min_value=5,
        max_value=480,
        error_messages=messages,
    )
