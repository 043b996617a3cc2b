"""What can be asked about the time before the agreement."""

from driehoek.intake.queries.acquaintance import Beginning, acquaintance_of, beginning_of
from driehoek.intake.queries.estimate import estimate_of, relationship_text
from driehoek.intake.queries.outcome import Outcome, outcome_of
from driehoek.intake.queries.questions import (
    Voice,
    all_handed_in,
    compared,
    open_to,
    screens_for,
    voice_of,
    voices,
)
from driehoek.intake.queries.route import Visit, carried, host_places, sealed, visit_in
from driehoek.intake.queries.today import asked_of, with_signs

__all__ = [
    "Beginning",
    "Outcome",
    "Visit",
    "Voice",
    "acquaintance_of",
    "all_handed_in",
    "asked_of",
    "beginning_of",
    "carried",
    "compared",
    "estimate_of",
    "host_places",
    "open_to",
    "outcome_of",
    "relationship_text",
    "screens_for",
    "sealed",
    "visit_in",
    "voice_of",
    "voices",
    "with_signs",
]
