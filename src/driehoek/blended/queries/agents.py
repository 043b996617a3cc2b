"""Who carries the change on inside the organisation."""

from uuid import UUID

from driehoek.blended.models import ChangeAgent
from driehoek.engagements.models import Engagement


def agents_of(engagement: Engagement) -> list[ChangeAgent]:
    """Everybody who was named, in that order: 1 query."""
    return list(engagement.change_agents.all())


def agent_of(engagement: Engagement, agent_id: UUID) -> ChangeAgent | None:
    """One of them: 1 query."""
    return engagement.change_agents.filter(pk=agent_id).first()
