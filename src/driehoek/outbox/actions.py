from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from email.utils import parseaddr
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import CharField

from driehoek.kit import clock
from driehoek.kit.prepared import Given, Prepared
from driehoek.outbox.letters import KINDS, check, write
from driehoek.outbox.models import REMEMBERED, Letter, hash_of
from driehoek.outbox.queries import given_up

_WITH_KEY: Final = Prepared(lambda: Letter.objects.filter(key=Given("key", CharField())))


@transaction.atomic
def post(
    to: str,
    *,
    template: str,
    facts: Mapping[str, Any],
    language: str,
    key: str,
    not_before: datetime | None = None,
    about: UUID | None = None,
) -> Letter:
    """Put a letter in the outbox, in the caller's transaction; the worker sends it when that has held.

    A second call with the same `key` gives the first letter and changes nothing. Whoever says what the letter
    is `about` can ask for a month whether it came back.
    Raises NotAFact when something else than short facts is handed in.
    """
    check(template, facts)
    if there := next(iter(_WITH_KEY.ask(key=hash_of(key))), None):
        return there
    now = clock.now()
    words = write(template, facts, language=language, to=to.strip())
    letter = Letter(key=hash_of(key), about=about, template=template, language=language, queued_at=now)
    letter.to_address = to.strip()[:254]
    if len(to.strip()) > 254:  # no address is that long, and a shortened one may be somebody else's
        letter.failed, letter.last_error, letter.forget_after = True, "AddressTooLong", now + REMEMBERED
    letter.urgent = KINDS[template].urgent
    letter.not_before = not_before
    letter.next_try_at = not_before or now
    letter.useless_after = letter.next_try_at + KINDS[template].useful_for
    letter.message_id = f"<{letter.id}@{_domain()}>"
    letter.seal(asdict(words))
    Letter.objects.bulk_create([letter], ignore_conflicts=True)  # the key decides, also between two requests
    return _WITH_KEY.ask(key=letter.key)[0]


@transaction.atomic
def try_again() -> int:
    """Give every letter that was given up another round of attempts, while its words still exist.

    Says how many there are.
    """
    return (
        given_up()
        .filter(useless_after__isnull=False)
        .update(
            failed=False,
            attempts=0,
            next_try_at=clock.now(),
            taken_until=None,
            last_error="",
            forget_after=None,
        )
    )


def _domain() -> str:
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return address.partition("@")[2] or "localhost"
