"""The draft as it stands."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

from driehoek.access import (
    CHOICES,
    RECEIVERS,
    DisclosureTable,
    Kind,
    Level,
    Role,
    Shape,
    Stage,
    audience,
    default_table,
)
from driehoek.agreements.models import Draft
from driehoek.agreements.queries.clauses import Clause, clauses_for
from driehoek.agreements.queries.language import first_language, language_of
from driehoek.agreements.queries.starting import first_clauses
from driehoek.engagements.models import Engagement, Party
from driehoek.method.texts import LANGUAGES

LOGISTICS = (
    "language",
    "session_count",
    "session_minutes",
    "every_weeks",
    "first_session_on",
    "session_time",
    "starts_on",
    "ends_on",
    "review_after_session",
    "cancel_hours",
    "late_cancel_counts",
    "review_by_days",
    "manager_scales",
    "notice_days",
    "rework_days",
    "rework_rounds",
)
CANCELLING = ("cancel_hours", "late_cancel_counts")
REWORK = ("rework_days", "rework_rounds")
DAYS_OF_PAGE = {"agreements:otherwise": ("notice_days",), "agreements:deliverables": REWORK}
"""Days and numbers that stand with the clause they belong to; all others stand together."""

NOTICE_DAYS = {Shape.CONSULTANCY: 30}
"""The notice a draft begins with, where that is something else than its two weeks."""
STARTING_POINT = "starting_point"
GROUP_PAGES = {
    "first": "agreements:draft",
    "asked": "agreements:draft",
    "delivered": "agreements:deliverables",
    "practical": "agreements:practical",
    "otherwise": "agreements:otherwise",
}


def draft_as_it_stands(engagement: Engagement) -> Draft:
    """The draft, or an empty one that is not kept: 1 query."""
    return Draft.objects.filter(engagement=engagement).first() or Draft(
        engagement=engagement, **first_facts(engagement)
    )


def first_facts(engagement: Engagement) -> dict[str, Any]:
    """What a draft of this kind of help begins with: no queries with prefetched parties."""
    days = NOTICE_DAYS.get(engagement.shape_)
    return {"language": first_language(engagement)} | ({} if days is None else {"notice_days": days})


def first_day(draft: Draft) -> date | None:
    """The day on which the work begins, as far as it is written down: no queries."""
    return draft.starts_on or draft.first_session_on


def is_amending(engagement: Engagement) -> bool:
    """Whether a change to the agreement in force is being written: 1 query."""
    return Draft.objects.filter(engagement=engagement, amending_since__isnull=False).exists()


def is_open(engagement: Engagement) -> bool:
    """Whether the draft can be written on now, as far as its stage goes: at most 1 query."""
    if engagement.stage_ is Stage.PREPARING:
        return True
    return engagement.stage_ is Stage.ACTIVE and is_amending(engagement)


def taking_part(engagement: Engagement) -> list[Party]:
    """Everybody who is in or still invited, the coachee first: no queries with prefetched parties."""
    return [party for party in engagement.parties_in_order if not party.declined_at]


def receivers_of(engagement: Engagement) -> list[Party]:
    """The manager and the sponsor, as far as they take part: no queries with prefetched parties."""
    return [party for party in taking_part(engagement) if party.role_ in RECEIVERS]


def talk_alone(engagement: Engagement) -> dict[str, str] | None:
    """Who can talk alone before they meet with three; None without an organisation in it. No queries."""
    coachee, coach = engagement.party(Role.COACHEE), engagement.party(Role.COACH)
    if coachee is None or coach is None or not receivers_of(engagement):
        return None
    return {"coachee": coachee.first_name, "coach": coach.first_name}


def clauses_here(engagement: Engagement, draft: Draft | None = None) -> list[Clause]:
    """The clauses this agreement has, begun as in its situation if there is one.

    Begun in the language of the draft; without it in that of an agreement nobody wrote on. No queries with
    prefetched parties.
    """
    language = language_of(engagement, draft)
    begun = first_clauses(engagement, language)
    found = clauses_for(engagement.shape_, [party.role_ for party in taking_part(engagement)], language)
    return [replace(one, start=begun.get(one.id, one.start)) for one in found]


def texts_to_start_from(engagement: Engagement) -> dict[str, set[str]]:
    """What each clause begins with, in every language an agreement may have.

    No queries with prefetched parties.
    """
    found: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for one in clauses_here(engagement, Draft(language=language)):
            found.setdefault(one.id, set()).update({one.start} - {""})
    return found


def clause_texts(draft: Draft) -> dict[str, str]:
    """What was written under each clause: no queries."""
    return dict(json.loads(draft.clauses)) if draft.clauses else {}


def chooses_for(kind: Kind, role: Role) -> bool:
    """Whether there is anything to choose: what the policy itself opens to a role no clause closes."""
    return role not in audience(kind)


def table_as_it_stands(engagement: Engagement, draft: Draft) -> DisclosureTable:
    """The disclosure table as chosen, with the safest level where nothing was chosen: no queries."""
    chosen = DisclosureTable.from_json(draft.disclosure, engagement.shape_)
    starting = default_table(engagement.shape_)
    present = [party.role_ for party in receivers_of(engagement)]
    rows = {
        kind: {role: _level(kind, role, chosen, starting) for role in present}
        for kind in CHOICES[engagement.shape_]
    }
    return DisclosureTable(rows if present else {})


def _level(kind: Kind, role: Role, chosen: DisclosureTable, starting: DisclosureTable) -> Level:
    if not chooses_for(kind, role):
        return starting.level(kind, role)
    return chosen.rows.get(kind, {}).get(role, starting.level(kind, role))


def logistics_of(shape: Shape) -> tuple[str, ...]:
    """Which days and numbers this kind of help has."""
    if shape is Shape.CONSULTANCY:
        return ("language", "starts_on", "ends_on", "review_by_days", "notice_days", *REWORK)
    left_out = REWORK if shape is Shape.BLENDED else ("starts_on", *REWORK)
    return tuple(name for name in LOGISTICS if name not in left_out)


def days_here(page: str, engagement: Engagement) -> tuple[str, ...]:
    """Which of them are written on this page, where nobody is asked what only a manager could do."""
    has_manager = any(party.role_ is Role.MANAGER for party in receivers_of(engagement))
    found = days_on(page, engagement.shape_)
    return tuple(name for name in found if has_manager or name != "manager_scales")


def days_on(page: str, shape: Shape) -> tuple[str, ...]:
    """Which of them belong on this page."""
    elsewhere = {name for names in DAYS_OF_PAGE.values() for name in names}
    if page == "agreements:practical":
        return tuple(name for name in logistics_of(shape) if name not in elsewhere)
    return tuple(name for name in logistics_of(shape) if name in DAYS_OF_PAGE.get(page, ()))


def shares_stumbling_blocks(draft: Draft) -> bool:
    """Whether the coachee chose to let the others read them: no queries."""
    return Level.ALWAYS in draft.disclosure.get(Kind.STUMBLING_BLOCKS, {}).values()
