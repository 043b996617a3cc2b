"""As whom somebody signs: the words that stand ready, and how they are read in either language."""

import re
from functools import cache
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from driehoek.access import Role
from driehoek.engagements.wording import ROLE_WORDS

_ON_BEHALF: Final = gettext_noop("on behalf of %(organisation)s")
_AT: Final = gettext_noop("at %(organisation)s")
_READY: Final = {
    Role.COACHEE: gettext_noop("for myself"),
    Role.COACH: _AT,
    Role.CONSULTANT: _AT,
    Role.MANAGER: _ON_BEHALF,
    Role.SPONSOR: _ON_BEHALF,
}
# How the first versions were signed: without the role, because these hold it already.
_BARE: Final = {Role.COACH: gettext_noop("as coach"), Role.CONSULTANT: gettext_noop("as consultant")}


def ready_capacity(role: Role, organisation: str) -> str:
    """What most people in this role sign as, with the role in it, to be changed at will."""
    return f"{ROLE_WORDS[role]}, {_(_READY.get(role, _AT)) % {'organisation': organisation}}"


def capacity_words(role: Role, capacity: str) -> str:
    """As whom somebody signed, with the role in it.

    Words that stood ready are ours, so they read in the language of the reader; own words stay as they are.
    """
    for pattern, msgid in _patterns(role):
        if found := pattern.fullmatch(capacity.strip()):
            ours = _(msgid) % found.groupdict()
            return ours if msgid == _BARE.get(role) else f"{ROLE_WORDS[role]}, {ours}"
    named = str(ROLE_WORDS[role])
    return capacity if named.casefold() in capacity.casefold() else f"{named}, {capacity}"


@cache
def _patterns(role: Role) -> list[tuple[re.Pattern[str], str]]:
    """What stands ready in each language, with or without the role before it, and what was signed of old."""
    found = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            named = re.escape(str(ROLE_WORDS[role]))
            for msgid in filter(None, (_READY.get(role, _AT), _BARE.get(role))):
                words = re.escape(_(msgid)).replace(re.escape("%(organisation)s"), "(?P<organisation>.+)")
                found.append((re.compile(f"(?:{named}, )?{words}", re.IGNORECASE), msgid))
    return found
