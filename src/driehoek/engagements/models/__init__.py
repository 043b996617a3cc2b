"""Engagements, who takes part in them, what interrupts them, and when the parties meet."""

from driehoek.engagements.models.meetings import Meeting, Scheduled
from driehoek.engagements.models.taking_part import (
    HERE,
    Circle,
    Engagement,
    EngagementQuerySet,
    Notice,
    Party,
    Pause,
)

__all__ = [
    "HERE",
    "Circle",
    "Engagement",
    "EngagementQuerySet",
    "Meeting",
    "Notice",
    "Party",
    "Pause",
    "Scheduled",
]
