"""A round of feedback and who is asked in it. Answers are no rows: nothing here belongs to one answer."""

import json
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.vault.fields import SealedText


class Round(models.Model):
    """One round: what is asked, of whom, all that was answered in one sealed list, and what is told of it.

    `answers` is a list in an order that means nothing, written anew as a whole each time. `report` is worked
    out once, when the round closes, and never again.
    """

    class Moment(models.TextChoices):
        BASELINE = "baseline"
        INTERIM = "interim"
        END = "end"

    class State(models.TextChoices):
        NAMING = "naming"  # the coachee names whom to ask
        CHECKING = "checking"  # the coach looks at the list
        OPEN = "open"
        CLOSED = "closed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="feedback_rounds")
    moment = models.CharField(max_length=8, choices=Moment.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.NAMING)
    asked = SealedText()  # a questionnaire with own sentences, in both languages, as it was then
    closes_on = models.DateField(null=True, blank=True)  # the last day on which one can answer
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    answers = SealedText()
    answers_gone_on = models.DateField(
        null=True, blank=True
    )  # when they were thrown away; what is told stays
    report = SealedText()
    coachee_has_read = models.BooleanField(default=False)
    coach_has_read = models.BooleanField(default=False)

    class Meta:
        ordering = ["begun_at"]
        constraints = [
            models.UniqueConstraint(fields=["engagement", "moment"], name="one_round_per_moment"),
            models.UniqueConstraint(
                fields=["engagement"], condition=~Q(state="closed"), name="one_round_at_a_time"
            ),
            models.CheckConstraint(
                name="an_open_round_has_a_last_day",
                condition=Q(state__in=["naming", "checking"]) | Q(closes_on__isnull=False),
            ),
            models.CheckConstraint(
                name="closed_since_a_moment",
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.pk}"

    @property
    def takes_answers(self) -> bool:
        """Whether one can still answer: opened, and its last day has not passed where it is held."""
        today = clock.today(self.engagement.time_zone)
        return self.state == self.State.OPEN and self.closes_on is not None and today <= self.closes_on

    @property
    def given(self) -> list[dict[str, Any]]:
        """All answers, in no order."""
        given: list[dict[str, Any]] = json.loads(self.answers or "[]")
        return given


class Rater(models.Model):
    """Somebody who is asked. Their answer is not here and knows nothing of this row.

    `draft` holds what they filled in so far, sealed with a key that follows from their link alone. That link
    is stored as a hash, and forgotten with the draft when they hand in or the round closes.
    """

    class Group(models.TextChoices):
        SELF = "self"
        MANAGER = "manager"
        PEERS = "peers"
        REPORTS = "reports"
        OTHERS = "others"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="raters")
    group = models.CharField(max_length=7, choices=Group.choices)
    name = SealedText()
    email = SealedText()
    link_hash = models.CharField(max_length=64, blank=True)
    draft = models.BinaryField(default=bytes)
    has_answered = models.BooleanField(default=False)  # for reminders only; forgotten when the round closes
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["link_hash"], condition=~Q(link_hash=""), name="one_rater_per_link"
            ),
            models.UniqueConstraint(
                fields=["round", "group"],
                condition=Q(group__in=["self", "manager"]),
                name="one_self_and_one_manager_per_round",
            ),
            models.CheckConstraint(
                name="nothing_is_kept_of_who_answered",
                condition=Q(has_answered=False) | Q(link_hash="", draft=b""),
            ),
        ]

    def __str__(self) -> str:
        return f"rater {self.pk}"

    @property
    def engagement(self) -> Engagement:
        """Whose key seals it."""
        return self.round.engagement
