"""How a reader stops letters of one kind without signing in: by a mark in them that only we can read."""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from typing import Final

from django.conf import settings
from django.urls import reverse

from driehoek.outbox.letters import KINDS
from driehoek.vault.keys import open_for_site, seal_for_site
from driehoek.vault.sealing import Unreadable

_PURPOSE: Final = "stop letters"


def address_hash(address: str) -> str:
    """By which we know an address that wants no letters of some kind."""
    return hashlib.sha256(address.strip().lower().encode()).hexdigest()


def stop_link(address: str, template: str) -> str:
    """Where letters like this one stop; empty for a letter that nobody can do without. No queries.

    What stands in it is sealed: neither the address nor the kind of letter can be read from it.
    """
    if KINDS[template].essential:
        return ""
    sealed = seal_for_site(f"{address_hash(address)} {template}", purpose=_PURPOSE)
    token = urlsafe_b64encode(sealed).decode().rstrip("=")
    return f"{settings.BASE_URL}{reverse('people:stop_letters', args=[token])}"


def read_token(token: str) -> tuple[str, str]:
    """Whose letters, as a hash, and of which kind; two empty words for a mark that is not ours."""
    try:
        sealed = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        whose, _space, template = open_for_site(sealed, purpose=_PURPOSE).partition(" ")
    except (Unreadable, Error, ValueError):
        return "", ""
    return (whose, template) if template in KINDS and not KINDS[template].essential else ("", "")
