"""What was offered and signed."""

import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from driehoek.agreements.models.draft import ROLE_CHOICES
from driehoek.engagements.models import Engagement
from driehoek.vault.fields import SealedBytes, SealedText


class Version(models.Model):
    """An agreement as offered: frozen text and its fingerprint. Never changed, only superseded."""

    class State(models.TextChoices):
        OFFERED = "offered"
        IN_FORCE = "in_force"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"
        SUPERSEDED = "superseded"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    canonical = SealedText()  # RFC 8785 JSON, the bytes under the fingerprint
    stumbling_blocks = SealedText()  # the fingerprint covers only a salted hash of them
    salt = SealedText()
    fingerprint = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OFFERED)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    in_force_at = models.DateTimeField(null=True)
    first_session_on = models.DateField(null=True)  # with the next six: what lists of all engagements ask
    every_weeks = models.PositiveSmallIntegerField(default=1)
    review_after_session = models.PositiveSmallIntegerField(default=1)
    ends_on = models.DateField(null=True)
    session_count = models.PositiveSmallIntegerField(null=True)  # empty for older versions as well
    review_by_days = models.BooleanField(default=False)  # a version from before this was asked agreed to none
    manager_scales = models.BooleanField(default=False)
    met_on = models.DateField(null=True)  # the talk before signing, kept from the first signature
    declined_by = models.CharField(max_length=12, choices=ROLE_CHOICES, blank=True)
    declined_at = models.DateTimeField(null=True)  # empty for what was declined before this was kept
    decline_reason = SealedText()
    withdrawn_at = models.DateTimeField(null=True)  # empty for what was taken back before this was kept

    earlier: "Sequence[Version] | None" = None  # those in force before it, once a query laid them beside it

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["engagement", "number"], name="one_version_per_number"),
            models.UniqueConstraint(
                fields=["engagement"], condition=Q(state="offered"), name="one_version_offered_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["engagement"], condition=Q(state="in_force"), name="one_version_in_force_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"

    @cached_property
    def said(self) -> Mapping[str, Any]:
        """Everything this version says, as plain data; a version never changes."""
        found: dict[str, Any] = json.loads(self.canonical)
        return found

    @property
    def decliner(self) -> str:
        """Who did not sign it, by the name it gives them."""
        named = (one["name"] for one in self.said["parties"] if one["role"] == self.declined_by)
        return str(next(named, ""))

    @property
    def offerer(self) -> str:
        """Who offered it, and alone can take it back, by the name it gives them."""
        who = str(self.offered_by_id)
        named = (one["name"] for one in self.said["parties"] if one["person"] == who)
        return str(next(named, "")) or str(self.offered_by)


class Signature(models.Model):
    """One party's signature under one version: who, in what capacity, under which sentence, when, how."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(Version, models.PROTECT, related_name="signatures")
    role = models.CharField(max_length=12, choices=ROLE_CHOICES)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="signatures")
    fingerprint = models.CharField(max_length=64)
    typed_name = models.CharField(max_length=120)
    capacity = SealedText()
    sentence = models.TextField(max_length=500)
    method = models.CharField(max_length=40, default="signed-in with a code by mail")
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["signed_at"]
        constraints = [
            models.UniqueConstraint(fields=["version", "role"], name="one_signature_per_role"),
        ]

    def __str__(self) -> str:
        return f"{self.role} under {self.fingerprint[:8]}"

    @property
    def engagement(self) -> Engagement:
        """Whose key seals the words of a signature."""
        return self.version.engagement


class SealedCopy(models.Model):
    """The PDF of a version as it was sealed, so that whoever downloads it twice gets the same bytes.

    One for each `state`: what stands in it changes when a version is replaced, and with who may read what.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(Version, models.PROTECT, related_name="copies")
    state = models.CharField(max_length=64)
    pdf = SealedBytes()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "state"], name="sealed_once_for_each_state")
        ]

    def __str__(self) -> str:
        return f"copy {self.pk}"

    @property
    def engagement(self) -> Engagement:
        """Whose key seals it in the database."""
        return self.version.engagement
