import uuid

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from driehoek.access import Role, Shape
from driehoek.engagements.queries import starting_points
from driehoek.engagements.wording import OCCASION_WORDS, ROLE_WORDS
from driehoek.kit.forms import Explained, Line, MailAddress
from driehoek.people.models import Organisation, Person
from driehoek.people.queries import hosts

SHAPES = [
    (
        Shape.COACHING,
        Explained(_("Coaching"), _("Somebody learns to do it themselves. The coachee owns the content.")),
    ),
    (
        Shape.CONSULTANCY,
        Explained(_("Consultancy"), _("Somebody delivers what was asked. There is no coachee.")),
    ),
    (Shape.BLENDED, Explained(_("Both"), _("First a solution, then learning to keep it going."))),
]
STARTERS = [
    (Role.COACH, Explained(_("As coach"), _("You guide the coachee."))),
    (Role.CONSULTANT, Explained(_("As consultant"), _("You deliver the work."))),
    (
        Role.ORG_ADMIN,
        Explained(_("As administrator"), _("You only set it up; you see parties and stage, no content.")),
    ),
]


class NameForm(forms.Form):
    """By what everybody in it knows an engagement, and why it begins."""

    title = Line(
        label=_("What do you call it?"),
        help_text=_("Everyone in it sees this name, the administrator too. Choose a name, not a question."),
        error_messages={"required": _("Give the engagement a name by which everyone in it knows it.")},
    )
    occasion = forms.ChoiceField(
        label=_("What is the occasion?"),
        choices=[("", _("Not said")), *OCCASION_WORDS.items()],
        required=False,
    )


class StartForm(NameForm):
    """A new engagement; the others are invited on the next page."""

    field_order: tuple[str, ...] = ("organisation", "title", "shape", "role", "occasion", "starting_point")

    organisation = forms.ModelChoiceField(
        label=_("Which organisation hosts it?"), queryset=Organisation.objects.none(), empty_label=None
    )
    shape = forms.ChoiceField(
        label=_("What kind of help is it?"),
        choices=SHAPES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the kind of help. The route choice can help with that.")},
    )
    role = forms.ChoiceField(
        label=_("How do you take part?"),
        choices=STARTERS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you take part yourself.")},
    )
    starting_point = forms.ChoiceField(
        label=_("Does one of these resemble it?"),
        help_text=_("Then a first goal and measures stand ready. Everything in them can be changed."),
        widget=forms.RadioSelect,
        required=False,
    )
    engagement_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: object, person: Person, **kwargs: object):
        super().__init__(*args, **kwargs)
        self.initial = {"engagement_id": uuid.uuid4(), "starting_point": "", **self.initial}
        known = [(one.value, Explained(one.title, one.hint)) for one in starting_points()]
        self.fields["starting_point"].choices = [("", _("None of these")), *known]
        own = hosts(person)
        self.fields["organisation"].queryset = own
        if len(own) == 1:
            self.fields["organisation"].initial = own[0]
            self.fields["organisation"].widget = forms.HiddenInput()

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])

    def clean_shape(self) -> Shape:
        return Shape(self.cleaned_data["shape"])


class FoundForm(StartForm):
    """The first engagement of somebody who founds a practice of their own with it."""

    organisation_name = Line(
        label=_("What is your practice or organisation called?"),
        error_messages={"required": _("Give the organisation a name.")},
    )
    field_order = ("organisation_name",)

    def __init__(self, *args: object, **kwargs: object):
        super().__init__(*args, **kwargs)
        del self.fields["organisation"]


class InviteForm(forms.Form):
    """Somebody for one role."""

    name = Line(label=_("Name"), error_messages={"required": _("Fill in the name of who you invite.")})
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

    def __init__(self, *args: object, role: Role, language: str, **kwargs: object):
        super().__init__(*args, prefix=str(role), initial={"language": language}, **kwargs)
        self.role, self.role_words = role, ROLE_WORDS[role]


class AnswerForm(forms.Form):
    """Taking part, under one's own name."""

    name = Line(
        label=_("Your name, as the others see it"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Fill in the name by which others know you.")},
    )
