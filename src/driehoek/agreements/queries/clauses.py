"""The clauses an agreement can have, read from the method."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from driehoek.access import Role, Shape
from driehoek.method.texts import Language, texts


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing an agreement says in the parties' own words, and a text to start from."""

    id: str
    group: str
    title: str
    why: str
    start: str
    required: bool
    single_line: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Clauses that belong together on one page."""

    id: str
    title: str
    why: str


def clauses_for(shape: Shape, roles: Collection[Role], written_in: Language | None = None) -> list[Clause]:
    """The clauses that make sense for this kind of help and these parties, in order: no queries.

    Titles are for who reads now; texts to start from are in the language of the agreement, `written_in`.
    """
    starts = {told["id"]: told.get("start", {}) for told in _told(written_in)["clauses"]}
    return [
        Clause(
            id=told["id"],
            group=told["group"],
            title=told["title"],
            why=told["why"],
            start=starts[told["id"]].get(str(shape), ""),
            required=told["required"],
            single_line=told.get("single_line", False),
        )
        for told in _told()["clauses"]
        if shape in told["shapes"] and ("roles" not in told or set(told["roles"]) & set(roles))
    ]


def group(name: str) -> Group:
    """The heading of a group of clauses, and why it is there."""
    told = _told()["groups"][name]
    return Group(name, told["title"], told["why"])


def title_of(clause_id: str) -> str:
    """The title of any clause, also of one from an older version."""
    return next((told["title"] for told in _told()["clauses"] if told["id"] == clause_id), clause_id)


def group_of(clause_id: str) -> str:
    """The group a clause belongs to."""
    return next((told["group"] for told in _told()["clauses"] if told["id"] == clause_id), "otherwise")


def place_of(clause_id: str) -> int:
    """Where a clause stands among the others; one the method no longer has comes last."""
    known = [told["id"] for told in _told()["clauses"]]
    return known.index(clause_id) if clause_id in known else len(known)


def why_fixed(kind: str) -> str:
    """Why a row of the disclosure table has nothing to choose."""
    return str(_told()["fixed"].get(kind, ""))


def _told(language: Language | None = None) -> Any:
    read_in: Language = "en" if (get_language() or "nl").startswith("en") else "nl"
    return texts("agreement", language or read_in)
