"""The link in a letter, and until when it works."""

import base64
import hmac
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.conf import settings
from django.urls import reverse

from driehoek.engagements.models import Engagement
from driehoek.surveys.models import Invited, Survey
from driehoek.vault import keys
from driehoek.vault.sealing import derive


def token_of(letter: Invited) -> str:
    """The token of one letter, from the key of the engagement: the same again, and stored nowhere."""
    secret = _secret(letter.engagement, "survey letters")
    return base64.urlsafe_b64encode(hmac.digest(secret, letter.pk.bytes, "sha256")).decode().rstrip("=")


def people_behind(engagement: Engagement, addresses: Iterable[str]) -> list[str]:
    """Each address as a name that means nothing without the key of the engagement, in no order of theirs."""
    secret = _secret(engagement, "survey people")
    return sorted(hmac.digest(secret, one.encode(), "sha256").hex()[:32] for one in addresses)


def _secret(engagement: Engagement, purpose: str) -> bytes:
    if engagement.data_key_id is None:
        raise ValueError("this engagement has no key any more")
    return derive(keys.key(engagement.data_key_id), purpose)


def address_behind(token: str) -> str:
    """The whole address of a link."""
    return f"{settings.BASE_URL}{reverse('survey:answer', args=[token])}"


def last_moment(one: Survey) -> datetime:
    """The last moment at which one can answer, by the clock of the engagement."""
    return datetime.combine(one.closes_on + timedelta(days=1), time(), one.engagement.zone) - timedelta(
        minutes=1
    )
