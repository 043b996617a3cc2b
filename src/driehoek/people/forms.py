from allauth.account.forms import ConfirmLoginCodeForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from driehoek.kit.forms import Explained, Line, LongSelect, LongText, MailAddress
from driehoek.kit.names import one_line
from driehoek.kit.zones import zones
from driehoek.outbox.wording import OPTIONAL


class AddressForm(forms.Form):
    """By which address somebody is known here."""

    email = MailAddress(
        label=_("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
        error_messages={
            "required": _("Fill in your e-mail address."),
            "invalid": _("This is not an e-mail address yet. It looks like name@example.org."),
        },
    )


class CodeForm(ConfirmLoginCodeForm):
    """The code from the mail; dashes and spaces do not matter."""

    code = Line(
        label=_("Code from the mail"),
        at_most=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "autofocus": True,
                "class": "input--code",
            }
        ),
        error_messages={"required": _("Fill in the code from the mail.")},
    )


class NameForm(forms.Form):
    """Who somebody is to the others, and the language they read."""

    name = Line(
        label=_("Your name"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Fill in the name by which others know you.")},
    )
    language = forms.ChoiceField(
        label=_("Language of pages and mails"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    time_zone = forms.ChoiceField(
        label=_("Where is your clock?"),
        choices=lambda: [("", _("As in the engagement")), *zones()],
        widget=LongSelect,
        required=False,
        help_text=_("Only if you live elsewhere: then your own time stands beside that of a session."),
    )


RIGHTS = [
    (
        "coach",
        Explained(_("Coach or consultant"), _("Begins engagements, and guides people or delivers work.")),
    ),
    (
        "administrator",
        Explained(
            _("Administrator"),
            _("Sets up engagements and decides who belongs here. Sees parties and stage, no content."),
        ),
    ),
]


class MemberForm(forms.Form):
    """Somebody who will belong to an organisation."""

    name = Line(label=_("Name"), error_messages={"required": _("Fill in the name of who you add.")})
    email = MailAddress(
        label=_("E-mail address"),
        error_messages={
            "required": _("Fill in the address at which they sign in."),
            "invalid": _("This is not an e-mail address yet. It looks like name@example.org."),
        },
    )
    right = forms.ChoiceField(label=_("What may they do here?"), choices=RIGHTS, widget=forms.RadioSelect)
    language = forms.ChoiceField(
        label=_("Language of the mail"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
    )


class LettersForm(forms.Form):
    """Which of the letters one can do without still come."""

    wanted = forms.MultipleChoiceField(
        label=_("These letters come to me"),
        choices=[(name, words) for name, words in OPTIONAL.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class OwnWordsForm(forms.Form):
    """What an organisation says around a letter; an empty field leaves it as it is."""

    opening = Line(
        label=_("Opening line"),
        at_most=300,
        required=False,
        help_text=_("Stands above our words. No names: the same line goes to everybody."),
    )
    closing = LongText(
        label=_("Closing and signature"),
        at_most=600,
        help_text=_("Stands below our words, on at most six lines."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    sender = Line(
        label=_("Name of the sender"),
        at_most=200,
        required=False,
        help_text=_("Stands in front of the address from which the letters come."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_opening(self) -> str:
        return one_line(self.cleaned_data["opening"])

    def clean_sender(self) -> str:
        return one_line(self.cleaned_data["sender"])

    def clean_closing(self) -> str:
        lines = [line for line in map(one_line, self.cleaned_data["closing"].splitlines()) if line]
        if len(lines) > 6:
            raise forms.ValidationError(_("At most six lines fit here. Leave out some of them."))
        return "\n".join(lines)


class FirstAdministratorForm(AddressForm):
    """The first person of an installation and their organisation."""

    name = Line(
        label=_("Your name"),
        widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True}),
        error_messages={"required": _("Fill in the name by which others know you.")},
    )
    organisation_name = Line(
        label=_("Your organisation"),
        help_text=_("Your practice, firm or employer. Engagements are hosted by it."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Give the organisation a name.")},
    )
    field_order = ("name", "email", "organisation_name")

    def __init__(self, *args: object, **kwargs: object):
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs.pop("autofocus")
