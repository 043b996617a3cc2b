"""A survey and, where each got a letter, who was asked. Answers are no rows: nothing here belongs to one."""

import json
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from driehoek.agreements.models import Criterion
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.vault.fields import SealedText


class Survey(models.Model):
    """One survey: what is asked, of how many, all answers in one sealed list, and what is told of them.

    `answers` is a list in an order that means nothing, written anew as a whole each time. `report` is worked
    out once, when the survey closes, and never again; the answers go with it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="surveys")
    subject = SealedText()  # what it is about, in the words of who asks
    asked = SealedText()  # a questionnaire in both languages, as it was then
    invited = models.PositiveIntegerField()  # how many people are asked
    at_least = models.SmallIntegerField()  # from this answer on somebody counts
    criterion = models.ForeignKey(Criterion, models.SET_NULL, null=True, blank=True, related_name="+")
    link = SealedText()  # the token that is shared; empty where each got a letter
    link_hash = models.CharField(max_length=64, blank=True)
    asked_of = SealedText()  # whose addresses got a letter, as keyed hashes; not who answered
    closes_on = models.DateField()  # the last day on which one can answer
    remind_on = models.DateField(null=True, blank=True)  # when everybody gets a second letter, if they do
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    was_recorded = models.BooleanField(default=False)  # whether the share became a value of the criterion
    answers = SealedText()
    report = SealedText()

    class Meta:
        ordering = ["-begun_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["link_hash"], condition=~Q(link_hash=""), name="one_survey_per_link"
            ),
            models.CheckConstraint(name="five_or_more_are_asked", condition=Q(invited__gte=5)),
        ]

    def __str__(self) -> str:
        return f"survey {self.pk}"

    @property
    def takes_answers(self) -> bool:
        """Whether one can still answer: not closed, and its last day has not passed where it is held."""
        return self.closed_at is None and clock.today(self.engagement.time_zone) <= self.closes_on

    @property
    def is_shared(self) -> bool:
        """Whether one link is the same for everybody, so that nobody knows who answered, or how often."""
        return not self.asked_of

    @property
    def given(self) -> list[dict[str, Any]]:
        """All answers, in no order."""
        given: list[dict[str, Any]] = json.loads(self.answers or "[]")
        return given


class Invited(models.Model):
    """Somebody who got a letter. Their answer knows nothing of this row, which goes at the close."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="letters")
    email = SealedText()  # with spaces behind it: how long it is would tell whose it is
    link_hash = models.CharField(max_length=64, blank=True)  # forgotten when they hand in

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["link_hash"], condition=~Q(link_hash=""), name="one_letter_per_survey_link"
            )
        ]

    def __str__(self) -> str:
        return f"invited {self.pk}"

    @property
    def engagement(self) -> Engagement:
        """Whose key seals it."""
        return self.survey.engagement
