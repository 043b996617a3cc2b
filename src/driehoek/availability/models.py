import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from driehoek.kit import clock
from driehoek.method.availability import MOST_BUFFER_MINUTES, MOST_DAYS_AHEAD, MOST_NOTICE_HOURS, STEPS


class Bookable(models.Model):
    """How one person can be booked, by the clock of one zone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bookable")
    time_zone = models.CharField(max_length=64, default="Europe/Amsterdam")
    notice_hours = models.PositiveSmallIntegerField(
        default=24, validators=[MaxValueValidator(MOST_NOTICE_HOURS)]
    )
    buffer_minutes = models.PositiveSmallIntegerField(
        default=15, validators=[MaxValueValidator(MOST_BUFFER_MINUTES)]
    )
    days_ahead = models.PositiveSmallIntegerField(
        default=60, validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS_AHEAD)]
    )
    step_minutes = models.PositiveSmallIntegerField(default=30, choices=[(step, step) for step in STEPS])
    holidays_off = models.BooleanField(default=True)
    changed_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"bookable {self.pk}"


class Part(models.Model):
    """A part of a day: of every such weekday, or of days that are different. Without times: not at all."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bookable = models.ForeignKey(Bookable, models.CASCADE, related_name="parts")
    weekday = models.PositiveSmallIntegerField(null=True, blank=True)  # Monday 0
    first_on = models.DateField(null=True, blank=True)
    last_on = models.DateField(null=True, blank=True)
    opens = models.TimeField(null=True, blank=True)
    closes = models.TimeField(null=True, blank=True)
    added_at = models.DateTimeField(default=clock.now)  # of different days the one added last counts

    class Meta:
        ordering = ["added_at", "weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                name="part_of_a_weekday_or_of_days",
                condition=Q(weekday__range=(0, 6), first_on=None, last_on=None, opens__isnull=False)
                | Q(weekday=None, first_on__isnull=False, last_on__gte=F("first_on")),
            ),
            models.CheckConstraint(
                name="a_part_closes_after_it_opens",
                condition=Q(opens=None, closes=None) | Q(opens__isnull=False, closes__gt=F("opens")),
            ),
        ]

    def __str__(self) -> str:
        return f"part {self.pk}"
