"""The forms of signing and of saying no."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from driehoek.agreements.forms.fields import Line, Saving, words_of
from driehoek.agreements.models import Version
from driehoek.agreements.wording import ready_capacity
from driehoek.documents.fingerprint import grouped
from driehoek.engagements.models import Engagement
from driehoek.people.models import Person


class SignForm(Saving):
    """A name typed by oneself, the capacity, and a sentence that nobody ticks for you."""

    agrees = forms.BooleanField(
        error_messages={
            "required": gettext_lazy(
                "Tick this sentence yourself if it is true. Without it there is no signature."
            )
        }
    )
    capacity = Line(
        label=gettext_lazy("You sign"),
        help_text=gettext_lazy("In your own words: for yourself, or on behalf of whom."),
    )
    typed_name = Line(
        label=gettext_lazy("Type your full name"),
        at_most=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    fingerprint = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, version: Version, engagement: Engagement, person: Person, **options: Any):
        shown = {"capacity": suggestion(engagement, person), "fingerprint": version.fingerprint}
        super().__init__(*args, initial=shown, **options)
        words = _(
            "I have read version %(number)d, with fingerprint %(fingerprint)s, "
            "and who sees what. I agree to it."
        )
        self.sentence = words % {"number": version.number, "fingerprint": grouped(version.fingerprint)}
        self.fields["agrees"].label = self.sentence
        self.version = version

    def carries_out(self, deed: Callable[..., Any], *subject: Any, **more: Any) -> bool:
        done = super().carries_out(deed, *subject, **more)
        if not done and self.is_bound and self.non_field_errors():
            # Another text than the one ticked may now be on the page: that tick was not for this one.
            self.data = self.data.copy()
            self.data.pop("agrees", None)
            self.data["fingerprint"] = self.version.fingerprint
        return done

    def typed(self) -> dict[str, Any]:
        names = ("agrees", "capacity", "typed_name", "fingerprint")
        return {name: self.cleaned_data[name] for name in names} | {"sentence": self.sentence}


class DeclineForm(Saving):
    """Why somebody does not sign."""

    reason = words_of(
        gettext_lazy("What must be different before you sign?"),
        required=True,
        help_text=gettext_lazy("Everybody in this engagement reads this."),
    )

    def typed(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"]}


def suggestion(engagement: Engagement, person: Person) -> str:
    """The capacity most people sign in, to be changed at will."""
    mine = [party for party in engagement.parties_in_order if party.person_id == person.pk]
    places = [(party.role_, party.organisation or engagement.organisation) for party in mine]
    return ", ".join(ready_capacity(role, place.name) for role, place in places)
