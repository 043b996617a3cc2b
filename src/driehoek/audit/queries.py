"""Who looked at what."""

from uuid import UUID

from django.db.models import QuerySet

from driehoek.audit.models import Look


def looks_at(subject: UUID) -> QuerySet[Look]:
    """Every look at this engagement with the person's name, latest first: 1 query."""
    return Look.objects.filter(subject=subject).select_related("person").order_by("-on", "role", "kind", "pk")
