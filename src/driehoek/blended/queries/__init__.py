"""What can be asked about a blended trajectory."""

from driehoek.blended.queries.agents import agent_of, agents_of
from driehoek.blended.queries.phases import (
    USUAL_MONTHS,
    Period,
    blend_of,
    own_kind,
    periods,
    phase_in,
    plans_here,
)
from driehoek.blended.queries.timeline import Timeline, timeline
from driehoek.blended.queries.today import asked_of, with_signs

__all__ = [
    "USUAL_MONTHS",
    "Period",
    "Timeline",
    "agent_of",
    "agents_of",
    "asked_of",
    "blend_of",
    "own_kind",
    "periods",
    "phase_in",
    "plans_here",
    "timeline",
    "with_signs",
]
