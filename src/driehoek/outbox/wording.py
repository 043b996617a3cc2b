"""What each kind of letter is called, for who chooses among them or words them."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from driehoek.outbox.letters import KINDS
from driehoek.outbox.models import EVERY_LETTER

NAMES: Final[Mapping[str, Any]] = {
    "invitation": _("Invitation to an engagement"),
    "member": _("Somebody belongs to the organisation now"),
    "your_turn": _("Something is asked of you"),
    "agreement_offered": _("An agreement is offered"),
    "agreement_in_force": _("An agreement is in force"),
    "engagement_news": _("Somebody joins, or an engagement is paused, goes on or ends"),
    "delivery_accepted": _("What was delivered is accepted"),
    "released": _("A document was released"),
    "session_planned": _("A session is planned"),
    "session_moved": _("A session is moved"),
    "session_cancelled": _("A session does not take place"),
    "meeting_planned": _("A meeting is planned"),
    "meeting_moved": _("A meeting is moved"),
    "meeting_cancelled": _("A meeting does not take place"),
    "put_back": _("Something in your own calendar was put back"),
    "session_tomorrow": _("Reminder the day before a session"),
    "look_back": _("Question to look back after a session"),
    "experiment_waits": _("Your small experiment waits"),
    "plan_waits": _("Something on your plan waits"),
    "feedback_asked": _("Somebody asks for your feedback"),
    "feedback_reminder": _("Reminder that somebody asks for your feedback"),
    "survey_asked": _("Somebody asks how it is for you"),
    "survey_reminder": _("Reminder that somebody asks how it is for you"),
    "feedback_in": _("The feedback is in"),
    "new_message": _("Somebody wrote to you"),
    "new_file": _("A file was put there for you"),
}
"""All but the code to sign in, which belongs to no organisation."""

NAMES_WITH_EVERY: Final[Mapping[str, Any]] = {EVERY_LETTER: _("Every letter"), **NAMES}
OPTIONAL: Final[Mapping[str, Any]] = {
    name: words for name, words in NAMES.items() if not KINDS[name].essential
}
"""What each reader may do without."""

_WHY: Final[Mapping[str, Any]] = {
    "SMTPRecipientsRefused": _("The receiving mail server does not know this address."),
    "AddressTooLong": _("No mail address is that long."),
    "Expired": _("It could not be sent in time, and came too late to be of use."),
    "NeverFinished": _("The worker ended each time before it was sent."),
    "SMTPAuthenticationError": _("The mail server did not accept the name and password in the settings."),
    "SMTPSenderRefused": _("The mail server did not accept the sender in the settings."),
}
_AWAY: Final = frozenset({"ConnectionRefusedError", "TimeoutError", "gaierror", "SMTPServerDisconnected"})


def called(template: str) -> Any:
    """What a letter is called, also one that no organisation words, or that we no longer send."""
    return NAMES.get(template) or (_("Code to sign in") if template == "sign_in_code" else template)


def why_not(error: str) -> Any:
    """Why a letter did not arrive, in a sentence."""
    away = error in _AWAY or error.startswith("Connection")
    return _WHY.get(error) or (
        _("The mail server did not answer.") if away else _("The mail server said no.")
    )
