"""The letters of a survey: the link in each, until when it works, and nothing that joins it to a row."""

import base64
import hmac
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Final

from django.conf import settings
from django.urls import reverse

from driehoek.engagements.models import Engagement
from driehoek.outbox.actions import post
from driehoek.people.queries import hash_of, mailbox_of
from driehoek.surveys.models import Invited, Survey
from driehoek.surveys.queries.surveys import asked_in
from driehoek.vault import keys
from driehoek.vault.sealing import derive

_CHANCE: Final = secrets.SystemRandom()
_LONGEST: Final = 254  # a mail address: each is stored as long as the longest


def ask_each(one: Survey, addresses: Sequence[str]) -> None:
    """A row and a letter for each, in two orders: what lies in the database joins the one to the other by
    nothing, not by order, name, time or length, so that a copy of it does not tell who has answered."""
    rows = [Invited(survey=one, email=address.ljust(_LONGEST)) for address in addresses]
    for row in rows:
        row.link_hash = hash_of(token_of(row))
    for row in _CHANCE.sample(rows, len(rows)):
        row.save(force_insert=True)
    for row in rows:
        write(row, one, "survey_asked")


def write_again(one: Survey) -> None:
    """One letter more to each, in an order of its own."""
    rows = list(one.letters.all())
    for row in _CHANCE.sample(rows, len(rows)):
        write(row, one, "survey_reminder")


def write(row: Invited, one: Survey, template: str) -> None:
    """One letter; a link that was used opens nothing. Its key follows from the token, stored nowhere."""
    token = token_of(row)
    post(
        row.email.strip(),
        template=template,
        facts={
            "by": one.begun_by.name,
            "at": last_moment(one),
            "minutes": asked_in(one).minutes,
            "link": address_behind(token),
        },
        language=one.begun_by.language,
        key=f"{template}:{token}",
        house=one.engagement.organisation_id,
    )


def token_of(letter: Invited) -> str:
    """The token of one letter, from the key of the engagement: the same again, and stored nowhere."""
    secret = _secret(letter.engagement, "survey letters")
    return base64.urlsafe_b64encode(hmac.digest(secret, letter.pk.bytes, "sha256")).decode().rstrip("=")


def people_behind(engagement: Engagement, addresses: Iterable[str]) -> list[str]:
    """Each address as a name that means nothing without the key of the engagement, in no order of theirs."""
    secret = _secret(engagement, "survey people")
    names = {mailbox_of(one) for one in addresses}
    return sorted(hmac.digest(secret, one.encode(), "sha256").hex()[:32] for one in names)


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
