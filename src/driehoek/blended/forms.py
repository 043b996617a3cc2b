"""What is typed about phases and about who carries the change on."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from driehoek.blended.models import MOST_MONTHS, Blend, ChangeAgent, Phase
from driehoek.kit.forms import DayField, Line, LongText, MailAddress


class PlanForm(forms.Form):
    """From which day, and how many months each phase lasts."""

    starts_on = DayField(
        label=_("On which day does the first phase begin?"),
        error_messages={"required": _("Choose the day from which the phases are counted.")},
    )
    consulting = forms.IntegerField(label=_("Months of consulting"))
    transition = forms.IntegerField(
        label=_("Months of transition"),
        help_text=_("The knowledge goes over to people inside, who carry the change on."),
    )
    coaching = forms.IntegerField(label=_("Months of coaching"))

    def __init__(self, *given: Any, **options: Any):
        super().__init__(*given, **options)
        for kind in Phase.Kind:
            field = self.fields[kind]
            field.widget.attrs |= {
                "class": "input--number",
                "inputmode": "numeric",
                "min": 1,
                "max": MOST_MONTHS,
            }
            field.error_messages |= {
                "required": _("Fill in a number of months."),
                "invalid": _("Write whole months in figures, such as 3."),
            }

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        for kind in Phase.Kind:
            months = typed.get(kind)
            if months is not None and not 1 <= months <= MOST_MONTHS:
                self.add_error(kind, _("A phase lasts from 1 to %(most)d months.") % {"most": MOST_MONTHS})
        return typed

    @property
    def plan(self) -> dict[str, Any]:
        """What the action asks for."""
        typed = self.cleaned_data
        return {"starts_on": typed["starts_on"], "months": {str(kind): typed[kind] for kind in Phase.Kind}}


def planned(blend: Blend | None, usual: dict[str, int]) -> dict[str, Any]:
    """What the form begins with: the plan as it stands, or the usual months."""
    if blend is None:
        return dict(usual)
    months = {str(kind): getattr(blend, f"{kind}_months") for kind in Phase.Kind}
    return {"starts_on": blend.starts_on, **months}


class BeginForm(forms.Form):
    """The name of the engagement of a phase, and who will work in it."""

    title = Line(
        label=_("What do you call this phase?"),
        help_text=_("Everyone in it sees this name, the administrator too. Choose a name, not a question."),
        error_messages={"required": _("Give the engagement a name by which everyone in it knows it.")},
    )
    name = Line(
        label=_("Name of who will work in it"),
        error_messages={"required": _("Fill in the name of who you invite.")},
    )
    email = MailAddress(
        label=_("E-mail address"),
        error_messages={
            "required": _("Fill in the address the invitation goes to."),
            "invalid": _("This is not an e-mail address yet. It looks like name@example.org."),
        },
    )
    organisation_name = Line(label=_("Works at"), required=False)
    language = forms.ChoiceField(
        label=_("Language of the invitation"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
    )


class AgentForm(forms.Form):
    """Somebody inside who carries the change on."""

    name = Line(
        label=_("Who is it?"),
        error_messages={"required": _("Fill in the name by which others know them.")},
    )
    takes_over = LongText(
        label=_("What do they take over?"),
        required=True,
        at_most=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write down what they take over.")},
    )
    alone_since = DayField(
        label=_("Since when do they do it alone?"),
        help_text=_("Leave it empty until they do it without the consultant."),
        required=False,
    )


def about(agent: ChangeAgent | None) -> dict[str, Any]:
    """What the form begins with."""
    if agent is None:
        return {}
    return {"name": agent.name, "takes_over": agent.takes_over, "alone_since": agent.alone_since}
