import uuid

from django.conf import settings
from django.db import models

from driehoek.method.style import STYLES


class HatChoice(models.Model):
    """That a leader chose a style on a day. Not for whom, not for which task."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="hat_choices")
    style = models.CharField(max_length=12, choices=[(style, style) for style in STYLES])
    on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["person", "on"], name="hats_of_a_person")]

    def __str__(self) -> str:
        return f"{self.style} {self.on}"
