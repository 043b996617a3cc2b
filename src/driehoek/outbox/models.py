import json
import uuid
from datetime import datetime

from django.db import models

from driehoek.vault.keys import open_for_site, seal_for_site


class LetterQuerySet(models.QuerySet["Letter"]):
    def waiting(self) -> "LetterQuerySet":
        """Letters neither sent nor given up."""
        return self.filter(sent_at=None, failed=False)

    def due(self, now: datetime) -> "LetterQuerySet":
        """Letters the worker may take now: those somebody waits for at a screen come first."""
        free = models.Q(taken_until=None) | models.Q(taken_until__lte=now)
        return self.waiting().filter(free, next_try_at__lte=now).order_by("-urgent", "next_try_at")


class Letter(models.Model):
    """One mail to one person. Its words are sealed, and wiped as soon as they are of no more use."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=200)
    to_address = models.CharField(max_length=254)
    language = models.CharField(max_length=8)
    template = models.CharField(max_length=40)
    sealed = models.BinaryField(default=bytes)
    message_id = models.CharField(max_length=254)
    urgent = models.BooleanField(default=False)
    queued_at = models.DateTimeField()
    not_before = models.DateTimeField(null=True)
    useless_after = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    taken_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    failed = models.BooleanField(default=False)
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
            )
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.id}"

    @property
    def purpose(self) -> str:
        """Binds the sealed words to this row, so that they cannot be moved to another address."""
        return f"letter {self.id}"

    def seal(self, *, subject: str, text: str, html: str) -> None:
        """Put the words in, unreadable in the database."""
        words = json.dumps({"subject": subject, "text": text, "html": html})
        self.sealed = seal_for_site(words, purpose=self.purpose)

    def open(self) -> dict[str, str]:
        """The words: subject, text and html."""
        words: dict[str, str] = json.loads(open_for_site(bytes(self.sealed), purpose=self.purpose))
        return words
