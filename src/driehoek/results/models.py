import uuid

from django.conf import settings
from django.db import models

from driehoek.access import RECEIVERS, Role
from driehoek.agreements.models import Goal, Version
from driehoek.engagements.models import Engagement
from driehoek.vault.fields import SealedBytes, SealedText


class Report(models.Model):
    """A closing report by the coachee, the coach or the consultant."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="reports")
    role = models.CharField(
        max_length=12, choices=[(r, r) for r in (Role.COACHEE, Role.COACH, Role.CONSULTANT)]
    )
    sections = SealedText()  # JSON: section id -> text
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["engagement", "role"], name="one_report_per_role")]

    def __str__(self) -> str:
        return f"report by {self.role}"


class Result(models.Model):
    """One row of the result ledger: something that came of it, welcome or not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="results")
    position = models.PositiveSmallIntegerField()
    text = SealedText()
    goal = models.ForeignKey(Goal, models.SET_NULL, null=True, blank=True, related_name="results")
    intended = models.BooleanField()
    expected = models.BooleanField()
    matters_to = models.CharField(max_length=12, choices=Goal.MattersTo.choices)
    observable = models.BooleanField()
    explained = SealedText()  # how it is seen, or the reasoning before and after
    added_by = models.CharField(max_length=12, choices=[(r, r) for r in Role])
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["engagement", "position"], name="one_result_per_position")
        ]

    def __str__(self) -> str:
        return f"result {self.position}"


class Mark(models.Model):
    """How one party sees one result. Nobody fills in for another."""

    class View(models.TextChoices):
        DESIRED = "desired"
        UNDESIRED = "undesired"
        NO_VIEW = "no_view"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="marks")
    result = models.ForeignKey(Result, models.CASCADE, related_name="marks")
    role = models.CharField(max_length=12, choices=[(r, r) for r in Role if r != Role.ORG_ADMIN])
    view = models.CharField(max_length=9, choices=View.choices)
    remark = SealedText()
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["result", "role"], name="one_mark_per_party")]

    def __str__(self) -> str:
        return f"{self.role}: {self.view}"


class Release(models.Model):
    """A document the coachee released: exactly what one receiver reads, frozen, with its clause."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="releases")
    receiver = models.CharField(max_length=12, choices=[(r, r) for r in RECEIVERS])
    kinds = models.JSONField(default=list)  # the rows of the disclosure table it was released under
    result_ids = models.JSONField(default=list)  # the rows of the ledger that stand in it
    under = models.ForeignKey(Version, models.PROTECT, related_name="+")
    content = SealedText()  # canonical JSON of the document
    fingerprint = models.CharField(max_length=64)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    released_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-released_at"]

    def __str__(self) -> str:
        return f"release to {self.receiver}"


class SealedReport(models.Model):
    """The PDF of a release as it was sealed, so that whoever downloads it twice gets the same bytes.

    One for each `state`: what stands around the document, and the certificate.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    release = models.ForeignKey(Release, models.CASCADE, related_name="copies")
    state = models.CharField(max_length=64)
    pdf = SealedBytes()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "state"], name="report_sealed_once_for_each_state")
        ]

    def __str__(self) -> str:
        return f"copy {self.pk}"

    @property
    def engagement(self) -> Engagement:
        """Whose key seals it in the database."""
        return self.release.engagement


class ClosingTalk(models.Model):
    """The three-way closing talk: proposed, and accepted, declined or left unanswered by each receiver."""

    class Answer(models.TextChoices):
        OPEN = "open"
        ACCEPTED = "accepted"
        DECLINED = "declined"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="closing_talks")
    role = models.CharField(max_length=12, choices=[(r, r) for r in RECEIVERS])
    answer = models.CharField(max_length=8, choices=Answer.choices, default=Answer.OPEN)
    proposed_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["engagement", "role"], name="one_closing_talk_each")]

    def __str__(self) -> str:
        return f"closing talk with {self.role}"
