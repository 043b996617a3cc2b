"""Beginning a round, naming who is asked, opening it, and answering."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from driehoek.feedback.models import Round
from driehoek.feedback.queries import Draft, Invitation, offered
from driehoek.feedback.queries.rounds import GROUPS, MOST_OWN
from driehoek.feedback.wording import GROUP_WORDS, MOMENT_WORDS
from driehoek.kit import clock
from driehoek.kit.forms import DayField, Explained, Line, LongText, MailAddress
from driehoek.method.questionnaires import Behaviour

CANNOT_SAY: Final = "none"
OPEN_FOR: Final = timedelta(days=14)
_GROUP_HINTS = {
    "manager": _("One person; their answers are shown as theirs, and they know that."),
    "peers": _("People who work beside you."),
    "reports": _("People you lead."),
    "others": _("Customers, people from other teams, people you work with elsewhere."),
}


class BeginForm(forms.Form):
    """The moment; and in a first round what is asked."""

    moment = forms.ChoiceField(label=_("When is this round?"), widget=forms.RadioSelect)
    behaviours = forms.MultipleChoiceField(
        label=_("What should people look at?"),
        help_text=_("Choose what the goals are about. A later round asks exactly the same."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, data: Any = None, *, moments: Sequence[Round.Moment], is_first: bool, name: str):
        super().__init__(data, initial={"moment": moments[0] if moments else ""})
        self.fields["moment"].choices = [(moment.value, MOMENT_WORDS[moment]) for moment in moments]
        if not is_first:
            del self.fields["behaviours"]
            return
        self.fields["behaviours"].choices = [
            (one.id, Explained(one.name, " ".join(item.asked(name) for item in one.items)))
            for one in offered().behaviours
        ]
        for n in range(1, MOST_OWN + 1):
            self.fields[f"own{n}"] = Line(
                required=False,
                at_most=160,
                label=gettext("Own sentence %(number)d") % {"number": n},
                help_text=gettext("Goes on after: %(name)s …") % {"name": name} if n == 1 else "",
            )

    @property
    def facts(self) -> dict[str, Any]:
        """What the action asks for."""
        given = self.cleaned_data
        own = [given.get(f"own{n}", "") for n in range(1, MOST_OWN + 1)]
        return {"moment": given["moment"], "behaviours": given.get("behaviours", ()), "own": own}


class RaterForm(forms.Form):
    """Somebody to ask."""

    name = Line(label=_("Name"))
    email = MailAddress(label=_("E-mail address"))
    group = forms.ChoiceField(
        label=_("What are they to you?"),
        widget=forms.RadioSelect,
        choices=[(group.value, Explained(GROUP_WORDS[group], _GROUP_HINTS[group])) for group in GROUPS],
    )


class OpenForm(forms.Form):
    """The last day."""

    closes_on = DayField(
        label=_("Last day to answer"),
        help_text=_("Two weeks suit most people. Who has not answered gets at most two reminders."),
    )

    def __init__(self, data: Any = None):
        super().__init__(data, initial={"closes_on": clock.today() + OPEN_FOR})


class Sentence(forms.ChoiceField):
    """May be left open without a word beside each: the last page names what was."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class ScoresForm(forms.Form):
    """One kind of behaviour: each sentence with the steps of the scale, and "I cannot say"."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *, found: Invitation, behaviour: Behaviour, draft: Draft):
        super().__init__(data, initial=_shown(draft))
        cannot = (CANNOT_SAY, pgettext("in feedback", "I cannot say"))
        for item in behaviour.items:
            self.fields[item.id] = Sentence(
                label=item.asked(found.name, is_self=found.is_self),
                choices=[*((str(n), words) for n, words in found.asked.scale.choices), cannot],
                widget=forms.RadioSelect(attrs={"class": "choices--thumb"}),
            )

    @property
    def facts(self) -> dict[str, Any]:
        """What goes into the draft: what was left open stays open."""
        given = {item: value for item, value in self.cleaned_data.items() if value}
        return {"scores": {item: None if v == CANNOT_SAY else int(v) for item, v in given.items()}}


class WordsForm(forms.Form):
    """The open questions, none of which needs an answer."""

    def __init__(self, data: Any = None, *, found: Invitation, draft: Draft):
        super().__init__(data, initial=draft.texts)
        for question in found.asked.open:
            label = question.asked(found.name, is_self=found.is_self)
            self.fields[question.id] = LongText(label=label, at_most=2_000, rows=4)

    @property
    def facts(self) -> dict[str, Any]:
        return {"texts": self.cleaned_data}


def _shown(draft: Draft) -> dict[str, str]:
    return {item: CANNOT_SAY if n is None else str(n) for item, n in draft.scores.items()}
