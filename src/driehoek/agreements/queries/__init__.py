"""What can be asked about goals, drafts and versions."""

from driehoek.agreements.queries.asking import asked_of, stops_of, with_signs
from driehoek.agreements.queries.changes import changes, version_before
from driehoek.agreements.queries.deliverables import (
    AgreedDeliverable,
    agreed_deliverables,
    deliverables_in,
    promises,
    rework_in,
)
from driehoek.agreements.queries.draft import draft_as_it_stands
from driehoek.agreements.queries.foresight import Warning, terms_of, warnings_of
from driehoek.agreements.queries.frozen import (
    AgreedCriterion,
    AgreedGoal,
    agreed_criteria,
    agreed_goals,
    criteria_in,
    current_versions,
    goals_in,
    in_force_among,
    roles_signing,
    signers_in,
    table_in,
    terms,
    version_in_force,
    version_offered,
    version_to_read,
    versions,
    with_earlier,
)
from driehoek.agreements.queries.goals import goal_cards, goal_with, goals_of, sentence
from driehoek.agreements.queries.later import dropped_lines, later_words
from driehoek.agreements.queries.logistics import CancelRule, cancel_rule, notice_days
from driehoek.agreements.queries.looking_back import looked_at_on
from driehoek.agreements.queries.missing import missing
from driehoek.agreements.queries.paper import fingerprint_groups, paper
from driehoek.agreements.queries.paper_goals import foreseen
from driehoek.agreements.queries.proof import check_fingerprints
from driehoek.agreements.queries.reading import reading, reading_of_draft
from driehoek.agreements.queries.snapshot import snapshot
from driehoek.agreements.queries.standing import standing

__all__ = [
    "AgreedCriterion",
    "AgreedDeliverable",
    "AgreedGoal",
    "CancelRule",
    "Warning",
    "agreed_criteria",
    "agreed_deliverables",
    "agreed_goals",
    "asked_of",
    "cancel_rule",
    "changes",
    "check_fingerprints",
    "criteria_in",
    "current_versions",
    "deliverables_in",
    "draft_as_it_stands",
    "dropped_lines",
    "fingerprint_groups",
    "foreseen",
    "goal_cards",
    "goal_with",
    "goals_in",
    "goals_of",
    "in_force_among",
    "later_words",
    "looked_at_on",
    "missing",
    "notice_days",
    "paper",
    "promises",
    "reading",
    "reading_of_draft",
    "rework_in",
    "roles_signing",
    "sentence",
    "signers_in",
    "snapshot",
    "standing",
    "stops_of",
    "table_in",
    "terms",
    "terms_of",
    "version_before",
    "version_in_force",
    "version_offered",
    "version_to_read",
    "versions",
    "warnings_of",
    "with_earlier",
    "with_signs",
]
