"""One of the three answers about a criterion."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class One:
    """One of the three answers, as the page prints it."""

    mark: str
    answer: str
    says: str
    facts: str = ""
    ask: str = ""
