from collections.abc import Collection, Mapping
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
from driehoek.outbox.models import REMEMBERED, Letter, OwnWording, Unwanted, hash_of
from driehoek.outbox.queries import given_up, own_words, wanted
from driehoek.outbox.stopping import address_hash, read_token, stop_link

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
    house: UUID | None = None,
) -> Letter:
    """Put a letter in the outbox, in the caller's transaction; the worker sends it when that has held.

    A second call with the same `key` gives the first letter and changes nothing. Whoever says what the letter
    is `about` can ask for a month whether it came back. `house` is the organisation whose own words stand
    around it. A reader who wants no letters of this kind gets none.
    Raises NotAFact when something else than short facts is handed in.
    """
    check(template, facts)
    if there := next(iter(_WITH_KEY.ask(key=hash_of(key))), None):
        return there
    now, to = clock.now(), to.strip()
    letter = Letter(key=hash_of(key), about=about, template=template, language=language, queued_at=now)
    letter.to_address = to[:254]
    if len(to) > 254:  # no address is that long, and a shortened one may be somebody else's
        letter.failed, letter.last_error, letter.forget_after = True, "AddressTooLong", now + REMEMBERED
    letter.urgent = KINDS[template].urgent
    letter.not_before = not_before
    letter.next_try_at = not_before or now
    letter.useless_after = letter.next_try_at + KINDS[template].useful_for
    letter.message_id = f"<{letter.id}@{_domain()}>"
    if wanted(to, template):
        letter.seal(_words(letter, facts, to=to, house=house))
    else:
        letter.drop()
    Letter.objects.bulk_create([letter], ignore_conflicts=True)  # the key decides, also between two requests
    return _WITH_KEY.ask(key=letter.key)[0]


def _words(letter: Letter, facts: Mapping[str, Any], *, to: str, house: UUID | None) -> dict[str, str]:
    own = own_words(house, letter.template, letter.language)
    stop = stop_link(to, letter.template)
    words = write(letter.template, facts, language=letter.language, to=to, own=own, stop=stop)
    return {name: said for name, said in asdict(words).items() if name != "body"}  # that is in the html


@transaction.atomic
def try_again(letter_id: UUID | None = None) -> int:
    """Give every letter that was given up, or this one, another round of attempts, while its words exist.

    Says how many there are.
    """
    chosen = given_up() if letter_id is None else given_up().filter(pk=letter_id)
    return chosen.filter(useless_after__isnull=False).update(
        failed=False,
        attempts=0,
        next_try_at=clock.now(),
        taken_until=None,
        last_error="",
        forget_after=None,
    )


@transaction.atomic
def let_go(letter_id: UUID) -> int:
    """Try a letter that was given up no more: its words are wiped, and it is listed no longer.

    What it was about stays for the month, so that whoever posted it can still see that it came back.
    """
    return given_up().filter(pk=letter_id).update(sealed=b"", useless_after=None, let_go=True)


@transaction.atomic
def stop_letters(token: str) -> str:
    """No more letters of the kind this mark in a letter stands for; says which, or "" for no mark of ours."""
    whose, template = read_token(token)
    if template:
        Unwanted.objects.get_or_create(address_hash=whose, template=template)
    return template


@transaction.atomic
def choose_letters(address: str, *, wanted: Collection[str]) -> None:
    """Get, of the letters one can do without, these and no others."""
    whose = address_hash(address)
    others = [name for name, kind in KINDS.items() if not kind.essential and name not in wanted]
    Unwanted.objects.filter(address_hash=whose).exclude(template__in=others).delete()
    rows = [Unwanted(address_hash=whose, template=name) for name in others]
    Unwanted.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def word_letter(
    house: UUID, *, template: str, language: str, opening: str, closing: str, sender: str
) -> None:
    """Say something of one's own around a letter; nothing at all is back to ours."""
    said = {"opening": opening, "closing": closing, "sender": sender}
    place = OwnWording.objects.filter(house=house, template=template, language=language)
    if any(said.values()):
        OwnWording.objects.update_or_create(house=house, template=template, language=language, defaults=said)
    else:
        place.delete()


def _domain() -> str:
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return address.partition("@")[2] or "localhost"
