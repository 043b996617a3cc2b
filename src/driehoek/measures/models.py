import uuid
from decimal import Decimal
from fractions import Fraction

from django.conf import settings
from django.db import models
from django.db.models import Q

from driehoek.access import Role
from driehoek.agreements.models import Criterion, Goal
from driehoek.engagements.models import Engagement
from driehoek.vault.fields import SealedText


class Strike(models.Model):
    """That somebody struck out values, when and why. The values themselves stay."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="strikes")
    reason = SealedText()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"strike {self.at}"


class SeriesKey(models.Model):
    """With it a program of the organisation sends values of one series. Only a hash of it is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="series_keys")
    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="series_keys")
    name = SealedText()
    secret_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return f"series key {self.made_at}"


class Takeover(models.Model):
    """That values came in together: from where, why then, and by which key when a program sent them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="takeovers")
    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="takeovers")
    origin = SealedText()
    reason = SealedText()  # why they came in after the deadline
    key = models.ForeignKey(SeriesKey, models.SET_NULL, null=True, blank=True, related_name="takeovers")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"takeover {self.at}"


class Observation(models.Model):
    """One number of a criterion's series on one day; one that was struck out stays, and does not count."""

    class Source(models.TextChoices):
        TYPED = "typed"
        PASTED = "paste"
        FILE = "file"
        SHEET = "sheet"
        PROGRAM = "api"
        SEEN = "seen"
        ASKED = "asked"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="observations")
    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="observations")
    on = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=6)
    out_of = models.DecimalField(max_digits=18, decimal_places=6, null=True)  # the volume, where it weighs
    source = models.CharField(max_length=5, choices=Source.choices, default=Source.TYPED)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    takeover = models.ForeignKey(
        Takeover, models.SET_NULL, null=True, blank=True, related_name="observations"
    )
    struck = models.ForeignKey(Strike, models.RESTRICT, null=True, blank=True, related_name="observations")

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(
                fields=["criterion", "on"], name="one_value_per_day", condition=Q(struck=None)
            )
        ]

    def __str__(self) -> str:
        return f"observation {self.on}"

    @property
    def reads(self) -> tuple[Decimal, Decimal | None]:
        """What was entered, to compare it with what comes in."""
        return self.value, self.out_of

    @property
    def ticked(self) -> bool:
        """Whether it was ticked off a list, so that nobody was asked."""
        return self.source == self.Source.SEEN

    @property
    def rate(self) -> Decimal | Fraction:
        """The value as it was entered, or so many of its volume."""
        return Fraction(self.value) / Fraction(self.out_of) if self.out_of else self.value


class Checklist(models.Model):
    """The kinds of behaviour of which is ticked off whether they were seen: one list for one series."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="checklists")
    criterion = models.OneToOneField(Criterion, models.CASCADE, related_name="checklist")
    items = SealedText()  # one a line
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"checklist {self.made_at}"

    @property
    def asked(self) -> list[str]:
        """What is looked for, in order."""
        return self.items.split("\n")


class Sighting(models.Model):
    """What was seen at one moment: for each item of the list yes or no. What is corrected stays."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="sightings")
    checklist = models.ForeignKey(Checklist, models.CASCADE, related_name="sightings")
    observation = models.ForeignKey(Observation, models.CASCADE, related_name="sightings")
    ticks = SealedText()  # of each item, in order: y or n
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"sighting {self.at}"


class AttainmentScore(models.Model):
    """The level of a goal as one party scored it, at the interim review or at the end."""

    class Moment(models.TextChoices):
        INTERIM = "interim"
        END = "end"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="attainment_scores")
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="attainment_scores")
    role = models.CharField(max_length=12, choices=[(r, r) for r in (Role.COACHEE, Role.MANAGER)])
    moment = models.CharField(max_length=7, choices=Moment.choices)
    level = models.SmallIntegerField()
    remark = SealedText()
    scored_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    scored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["goal", "role", "moment"], name="one_score_per_party_and_moment"),
            models.CheckConstraint(name="level_from_minus_two_to_two", condition=Q(level__range=(-2, 2))),
        ]

    def __str__(self) -> str:
        return f"{self.moment} score by {self.role}"
