from allauth.account.forms import ConfirmLoginCodeForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from driehoek.kit.forms import Explained, Line, MailAddress


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
