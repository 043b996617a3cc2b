import hashlib
import json
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import models

from driehoek.vault.keys import open_for_site, seal_for_site

MOST_ATTEMPTS: Final = 16  # with the pauses between them about a day and a half
UNWANTED: Final = "Unwanted"  # in place of an error, where the reader does not want such letters
EVERY_LETTER: Final = "every"  # in place of a kind: own words that stand in all letters of an organisation
REMEMBERED: Final = timedelta(days=30)  # for whom and about what a letter was, once it is sent or given up


def hash_of(key: str) -> str:
    """The name under which a key is stored for good: it says that there was a letter, not about what."""
    return hashlib.sha256(key.encode()).hexdigest()


class LetterQuerySet(models.QuerySet["Letter"]):
    def waiting(self) -> "LetterQuerySet":
        """Letters neither sent nor given up."""
        return self.filter(sent_at=None, failed=False)

    def due(self, now: datetime) -> "LetterQuerySet":
        """Letters the worker may take now: those somebody waits for at a screen come first."""
        free = models.Q(taken_until=None) | models.Q(taken_until__lte=now)
        ready = self.waiting().filter(free, next_try_at__lte=now, attempts__lt=MOST_ATTEMPTS)
        return ready.order_by("-urgent", "next_try_at")


class Letter(models.Model):
    """One mail to one person. Its words are sealed, and wiped as soon as they are of no more use.

    In the end only the times and the hash of its key are left, so that the key keeps its promise.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=64)
    about = models.UUIDField(null=True)  # which row of the room that posted it, and asks if it came back
    to_address = models.CharField(max_length=254)
    language = models.CharField(max_length=8)
    template = models.CharField(max_length=40)
    sealed = models.BinaryField(default=bytes)
    message_id = models.CharField(max_length=254)
    urgent = models.BooleanField(default=False)
    queued_at = models.DateTimeField()
    not_before = models.DateTimeField(null=True)
    useless_after = models.DateTimeField(null=True)  # empty once the words are wiped
    forget_after = models.DateTimeField(null=True)  # set once sent or given up, empty again once forgotten
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    taken_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    failed = models.BooleanField(default=False)
    let_go = models.BooleanField(default=False)  # given up, and not to be tried again either
    last_error = models.CharField(max_length=80, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], name="one_letter_per_key"),
            models.CheckConstraint(
                condition=~models.Q(failed=True, sent_at__isnull=False), name="a_letter_is_sent_or_given_up"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(sent_at=None, failed=False),
                name="letters_waiting",
            ),
            models.Index(
                fields=["useless_after"],
                condition=models.Q(useless_after__isnull=False),
                name="letters_to_wipe",
            ),
            models.Index(
                fields=["about"], condition=models.Q(about__isnull=False), name="letters_by_subject"
            ),
            models.Index(
                fields=["forget_after"],
                condition=models.Q(forget_after__isnull=False),
                name="letters_to_forget",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.id}"

    def drop(self) -> None:
        """Nobody wants it: not sent, and nothing is kept of it but that its key was used."""
        self.failed, self.last_error = True, UNWANTED
        self.sealed, self.to_address = b"", ""
        self.about = self.useless_after = self.forget_after = self.taken_until = None

    @property
    def purpose(self) -> str:
        """Binds the sealed words to this row, so that they cannot be moved to another address."""
        return f"letter {self.id}"

    @property
    def domain(self) -> str:
        """All that is shown of an address to whoever looks after the installation."""
        return self.to_address.rpartition("@")[2] if "@" in self.to_address else ""

    def seal(self, words: Mapping[str, str]) -> None:
        """Put the words in, unreadable in the database."""
        self.sealed = seal_for_site(json.dumps(words), purpose=self.purpose)

    def open(self) -> dict[str, str]:
        """The words: subject, text and html, and what a calendar reads, if anything."""
        words: dict[str, str] = json.loads(open_for_site(bytes(self.sealed), purpose=self.purpose))
        return words


class Unwanted(models.Model):
    """That whoever reads mail at an address wants no letters of one kind. The address is there as a hash."""

    address_hash = models.CharField(max_length=64)
    template = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["address_hash", "template"], name="said_once_per_kind")
        ]

    def __str__(self) -> str:
        return f"no {self.template}"


class OwnWording(models.Model):
    """What an organisation says around one kind of letter, or around every letter, in one language."""

    house = models.UUIDField()  # the organisation; the rooms that know them stand above this one
    template = models.CharField(max_length=40)
    language = models.CharField(max_length=8)
    opening = models.CharField(max_length=300, blank=True)
    closing = models.TextField(max_length=600, blank=True)
    sender = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["house", "template", "language"], name="one_own_wording_per_letter"
            )
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.language}"
