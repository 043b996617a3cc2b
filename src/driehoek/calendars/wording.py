"""What is said about a calendar of one's own: why it could not be asked, and what came of a change in it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from driehoek.caldav.troubles import Why
from driehoek.kit.templatetags.look import clock_time, day

if TYPE_CHECKING:
    from driehoek.calendars.models import Remark

TROUBLES: Final[Mapping[str, Any]] = {
    Why.ADDRESS: gettext_lazy("This is no address of a calendar server. It begins with https://."),
    Why.INSIDE: gettext_lazy(
        "This address leads to a network that Driehoek may not enter. "
        "Whoever looks after this installation can allow it."
    ),
    Why.NO_HOST: gettext_lazy("There is no server at this address. Is it spelled right?"),
    Why.UNREACHABLE: gettext_lazy("The server at this address does not answer."),
    Why.CERTIFICATE: gettext_lazy("The certificate of this server cannot be trusted."),
    Why.SLOW: gettext_lazy("The server takes too long to answer."),
    Why.PASSWORD: gettext_lazy(
        "The server does not accept this name and password. Many servers ask for an app password."
    ),
    Why.ELSEWHERE: gettext_lazy(
        "This server sends us on to another one. Type the address of that server itself."
    ),
    Why.NO_CALENDAR: gettext_lazy("There is a server at this address, but no calendar that we may read."),
    Why.GONE: gettext_lazy("A calendar that you chose is no longer there. Choose another one."),
    Why.NONSENSE: gettext_lazy("The server answers something that is no calendar."),
    Why.TOO_MUCH: gettext_lazy("The server answers more than we can read."),
    Why.NOT_WRITABLE: gettext_lazy("The server does not let us write in the calendar that you chose."),
    Why.CHANGED: gettext_lazy("The calendar is being changed all the time."),
    Why.DOUBLE: gettext_lazy("The calendar is being changed all the time."),
    Why.ERROR: gettext_lazy("The server says that it cannot answer now."),
    "sealed": gettext_lazy("Your password cannot be read here any more. Disconnect, and connect again."),
}

ADDRESSES: Final[Sequence[tuple[str, str, Any]]] = (
    ("iCloud", "https://caldav.icloud.com", gettext_lazy("Make the app password at account.apple.com.")),
    (
        "Fastmail",
        "https://caldav.fastmail.com",
        gettext_lazy("Make the app password under Settings, Privacy and security."),
    ),
    ("mailbox.org", "https://dav.mailbox.org", gettext_lazy("Make the app password under Settings.")),
    (
        "Nextcloud",
        "",
        gettext_lazy("The address of your Nextcloud. Make the app password under Settings, Security."),
    ),
    (
        "Google, Outlook",
        "",
        gettext_lazy("They let no other program in like this. Let them follow your link instead."),
    ),
)
"""Where calendars are that many people have, and where they make a password for another program."""


def trouble_words(why: str) -> str:
    """Why a calendar could not be asked; nothing for nothing."""
    return str(TROUBLES[why]) if why else ""


def remark_words(remark: "Remark") -> str:
    """What came of something that was changed in the calendar."""
    facts = {
        "what": _("the meeting") if remark.of_meeting else _("the session"),
        "was": _moment(remark.was_at),
        "wanted": _moment(remark.wanted_at),
        "reason": remark.reason,
    }
    return _sentences()[remark.kind] % facts


def _sentences() -> Mapping[str, str]:
    return {
        "moved": _(
            "You moved %(what)s of %(was)s to %(wanted)s. It was moved here too; "
            "everyone who takes part gets a letter."
        ),
        "refused": _(
            "You moved %(what)s of %(was)s to %(wanted)s. That is not possible, so it was put back. "
            "%(reason)s"
        ),
        "deleted": _(
            "You removed %(what)s of %(was)s from your calendar. It still takes place, "
            "so it was put back. Cancel it here if it does not."
        ),
        "both": _(
            "Here and in your calendar %(what)s of %(was)s was changed. What stands here counts, "
            "and was put in your calendar."
        ),
        "shape": _(
            "You changed %(what)s of %(was)s into something else, or of another length. It was put back."
        ),
    }


def _moment(moment: Any) -> str:
    if moment is None:
        return ""
    return _("%(day)s at %(time)s") % {"day": day(moment), "time": clock_time(moment)}
