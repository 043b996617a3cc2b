"""What can be asked about the change plan, and about what was promised."""

from driehoek.plans.queries.deliveries import (
    Delivery,
    State,
    accepted_on,
    deliveries,
    delivery_of,
)
from driehoek.plans.queries.history import Course, Report, asked_by_link, courses
from driehoek.plans.queries.plan import (
    Line,
    asked_of,
    done_actions,
    first_day,
    lines,
    open_actions,
    owners_for,
    plan_of,
    says_how,
    sorts_for,
    standing,
    stops_of,
    told_by_others,
    why_not_by,
    with_signs,
)

__all__ = [
    "Course",
    "Delivery",
    "Line",
    "Report",
    "State",
    "accepted_on",
    "asked_by_link",
    "asked_of",
    "courses",
    "deliveries",
    "delivery_of",
    "done_actions",
    "first_day",
    "lines",
    "open_actions",
    "owners_for",
    "plan_of",
    "says_how",
    "sorts_for",
    "standing",
    "stops_of",
    "told_by_others",
    "why_not_by",
    "with_signs",
]
