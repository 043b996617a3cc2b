"""A file in one circle of one engagement, and the sealed pieces it is kept in."""

import uuid
from typing import Final

from django.conf import settings
from django.db import models

from driehoek.access import Kind, Permission, Role
from driehoek.documents.incoming import TYPES
from driehoek.engagements.models import Circle, Engagement
from driehoek.vault.fields import SealedBytes, SealedText

READS: Final = {Circle.PAIR: Permission.READ_FILES, Circle.EVERYONE: Permission.READ_OPEN_FILES}
ADDS: Final = {Circle.PAIR: Permission.ADD_FILES, Circle.EVERYONE: Permission.ADD_OPEN_FILES}
KINDS: Final = {Circle.PAIR: Kind.FILES, Circle.EVERYONE: Kind.OPEN_FILES}
PIECE: Final = 2**20


class File(models.Model):
    """What somebody put there. Its name may say something, so that is sealed like its words and its bytes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="files")
    circle = models.CharField(max_length=8, choices=Circle.choices)
    number = models.PositiveIntegerField()  # within its circle; of one that was taken away it stays free
    put_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=[(r, r) for r in Role if r != Role.ORG_ADMIN])
    name = SealedText()
    words = SealedText()
    kind = models.CharField(max_length=4, choices=[(kind, kind) for kind in TYPES])
    size = models.PositiveIntegerField()
    put_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["engagement", "circle", "number"], name="one_file_per_number"),
            models.CheckConstraint(
                name="every_circle_of_files_has_the_coachee", condition=models.Q(circle__in=Circle.values)
            ),
        ]

    def __str__(self) -> str:
        return f"file {self.pk}"


class Piece(models.Model):
    """A part of a file of at most a megabyte, sealed with the key of the engagement."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.ForeignKey(File, models.CASCADE, related_name="pieces")
    number = models.PositiveSmallIntegerField()
    content = SealedBytes()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="one_piece_per_number")]

    def __str__(self) -> str:
        return f"piece {self.pk}"

    @property
    def engagement(self) -> Engagement:
        """Whose key seals it."""
        return self.file.engagement


class Looked(models.Model):
    """How far somebody has seen what lies in one circle."""

    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="file_readers")
    circle = models.CharField(max_length=8, choices=Circle.choices)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["engagement", "circle", "person"], name="one_look_per_circle")
        ]

    def __str__(self) -> str:
        return f"look {self.pk}"
