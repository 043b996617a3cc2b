"""What came of an engagement, who has received what, and what closing asks."""

from driehoek.results.queries.delivered import Acceptance, Delivered, acceptance, delivered, delivered_so_far
from driehoek.results.queries.document import ITEMS_SHOWN, compose
from driehoek.results.queries.ledger import (
    LedgerRow,
    closed_without,
    document,
    ledger,
    markable,
    missing_reports,
    readable_reports,
    releasable,
    releases_to,
    reports,
    sections,
    talks,
    who_sees_draft,
    with_ledger_count,
)
from driehoek.results.queries.material import Material, material
from driehoek.results.queries.process import Done, done_so_far, with_counts
from driehoek.results.queries.steps import asked_of, stops_of, with_signs
from driehoek.results.queries.stopping import Learning, Offer, last_day, still_possible, who_learns

__all__ = [
    "ITEMS_SHOWN",
    "Acceptance",
    "Delivered",
    "Done",
    "Learning",
    "LedgerRow",
    "Material",
    "Offer",
    "acceptance",
    "asked_of",
    "closed_without",
    "compose",
    "delivered",
    "delivered_so_far",
    "document",
    "done_so_far",
    "last_day",
    "ledger",
    "markable",
    "material",
    "missing_reports",
    "readable_reports",
    "releasable",
    "releases_to",
    "reports",
    "sections",
    "still_possible",
    "stops_of",
    "talks",
    "who_learns",
    "who_sees_draft",
    "with_counts",
    "with_ledger_count",
    "with_signs",
]
