"""What can be asked about reviews."""

from driehoek.reviews.queries.answers import (
    ReviewShown,
    answered,
    asks,
    covered,
    goals_touched,
    may_amend,
    review_with,
    reviews_of,
    scaling_role,
    url_of,
    writers,
)
from driehoek.reviews.queries.asking import asked_of, stops_of, with_signs
from driehoek.reviews.queries.foreseen import planned_reviews, with_agreed

__all__ = [
    "ReviewShown",
    "answered",
    "asked_of",
    "asks",
    "covered",
    "goals_touched",
    "may_amend",
    "planned_reviews",
    "review_with",
    "reviews_of",
    "scaling_role",
    "stops_of",
    "url_of",
    "with_agreed",
    "with_signs",
    "writers",
]
