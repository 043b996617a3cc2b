import uuid

from django.conf import settings
from django.db import models

from driehoek.engagements.models import Engagement, Party
from driehoek.vault.fields import SealedText


class Acquaintance(models.Model):
    """The exploratory conversation of coachee and coach, along its three points."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.OneToOneField(Engagement, models.CASCADE, related_name="acquaintance")
    met_on = models.DateField(null=True, blank=True)
    who_we_are = SealedText()
    expectations = SealedText()
    contribution = SealedText()
    goes_on = models.BooleanField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"acquaintance {self.pk}"


class IntakeForm(models.Model):
    """One party's own answers to the six questions; closed to the others until all have handed in.

    `shown_at` is when the answers of all were first laid side by side. From then on they stay as they are.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="intake_forms")
    party = models.OneToOneField(Party, models.CASCADE, related_name="intake_form")
    answers = SealedText()  # JSON: key of the question, or of its part -> text
    questions_version = models.PositiveIntegerField(default=1)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True)
    shown_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"intake {self.pk}"


class HelpEstimate(models.Model):
    """The coach's own estimate of the coachee: what may suit. Private to the one who made it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="help_estimates")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    relationship = SealedText()
    self_steering = SealedText()
    learns_by = SealedText()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["engagement", "author"], name="one_help_estimate_per_author")
        ]

    def __str__(self) -> str:
        return f"help estimate {self.pk}"
