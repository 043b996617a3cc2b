"""The draft as it stands, and what is still missing before it can be offered."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from driehoek.access import (
    CHOICES,
    RECEIVERS,
    DisclosureTable,
    Kind,
    Level,
    Role,
    Shape,
    audience,
    default_table,
    must_sign,
)
from driehoek.agreements.models import Draft, Goal
from driehoek.agreements.queries.clauses import Clause, clauses_for
from driehoek.agreements.queries.deliverables import deliverables_of, due_on, promises
from driehoek.agreements.queries.goals import levels_of, needs_levels
from driehoek.agreements.wording import candour_gap
from driehoek.engagements.models import Engagement, Party
from driehoek.engagements.wording import ROLE_WORDS

LOGISTICS = (
    "session_count",
    "session_minutes",
    "every_weeks",
    "first_session_on",
    "session_time",
    "starts_on",
    "ends_on",
    "review_after_session",
    "rework_days",
    "rework_rounds",
)
REWORK = ("rework_days", "rework_rounds")
GROUP_PAGES = {
    "first": "agreements:draft",
    "asked": "agreements:draft",
    "delivered": "agreements:deliverables",
    "practical": "agreements:practical",
    "otherwise": "agreements:otherwise",
}


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is still to be done before this can be offered, and where."""

    what: str
    url: str


def draft_as_it_stands(engagement: Engagement) -> Draft:
    """The draft, or an empty one that is not kept: 1 query."""
    return Draft.objects.filter(engagement=engagement).first() or Draft(engagement=engagement)


def taking_part(engagement: Engagement) -> list[Party]:
    """Everybody who is in or still invited, the coachee first: no queries with prefetched parties."""
    return [party for party in engagement.parties_in_order if not party.declined_at]


def receivers_of(engagement: Engagement) -> list[Party]:
    """The manager and the sponsor, as far as they take part: no queries with prefetched parties."""
    return [party for party in taking_part(engagement) if party.role_ in RECEIVERS]


def clauses_here(engagement: Engagement) -> list[Clause]:
    """The clauses this agreement has: no queries with prefetched parties."""
    return clauses_for(engagement.shape_, [party.role_ for party in taking_part(engagement)])


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


def missing(engagement: Engagement, draft: Draft, goals: list[Goal], *, parted: bool) -> list[Missing]:
    """What must still be done before this can be offered, in the order of the pages: 1 query in consultancy.

    `parted` as in `Standing`: two who do not go on together have nothing to offer each other.
    """
    both = _("The wish of both to go on after getting acquainted")
    return [
        *([Missing(both, _at(engagement, "intake:acquaintance"))] if parted else []),
        *_missing_clauses(engagement, draft, ("first",)),
        *_missing_goals(engagement, goals),
        *_missing_clauses(engagement, draft, ("asked",)),
        *_missing_deliverables(engagement, draft),
        *_missing_clauses(engagement, draft, ("delivered",)),
        *_missing_days(engagement, draft),
        *_missing_clauses(engagement, draft, ("practical", "otherwise")),
        *_missing_choices(engagement, draft),
        *_missing_candour(engagement, draft),
        *_missing_parties(engagement),
    ]


def _missing_clauses(engagement: Engagement, draft: Draft, groups: Collection[str]) -> list[Missing]:
    written = clause_texts(draft)
    return [
        Missing(clause.title, _at(engagement, GROUP_PAGES[clause.group], f"id_{clause.id}"))
        for clause in clauses_here(engagement)
        if clause.group in groups and clause.required and not written.get(clause.id)
    ]


def _missing_goals(engagement: Engagement, goals: list[Goal]) -> list[Missing]:
    if not goals:
        return [Missing(_("At least one goal"), _at(engagement, "agreements:goal"))]
    found = []
    for goal in goals:
        place = _at(engagement, "agreements:goal", "", goal.pk)
        number = {"number": goal.position}
        if not all((goal.action, goal.about, goal.shown_by, goal.why)):
            found.append(Missing(_("All five parts of goal %(number)d") % number, place))
        if needs_levels(engagement) and not all(levels_of(goal).values()):
            found.append(Missing(_("The five levels of goal %(number)d") % number, f"{place}#levels"))
        if not goal.criteria.all():
            criterion = _at(engagement, "agreements:criterion", "", goal.pk)
            found.append(Missing(_("A criterion for goal %(number)d") % number, criterion))
    return found


def _missing_deliverables(engagement: Engagement, draft: Draft) -> list[Missing]:
    """Something to deliver, nothing due after the last day, and how a saving is computed."""
    if not promises(engagement.shape_):
        return []
    there, place = deliverables_of(engagement), _at(engagement, "agreements:deliverables")
    found = [] if there else [Missing(_("What will be delivered"), place)]
    for number, one in enumerate(there, start=1):
        day = due_on(draft, one.week)
        if day and draft.ends_on and day > draft.ends_on:
            words = _("A week for deliverable %(number)d that lies before the last day")
            url = _at(engagement, "agreements:deliverable", "id_week", one.pk)
            found.append(Missing(words % {"number": number}, url))
    written = clause_texts(draft)
    if written.get("savings") and not written.get("savings_computed"):
        how = _at(engagement, "agreements:deliverables", "id_savings_computed")
        found.append(Missing(_("How the expected saving is computed"), how))
    return found


def _missing_days(engagement: Engagement, draft: Draft) -> list[Missing]:
    words = {
        "session_count": _("The number of sessions"),
        "first_session_on": _("The day of the first session"),
        "session_time": _("The time of the sessions"),
        "starts_on": _("The first day"),
        "ends_on": _("The last day"),
        "rework_days": _("Within how many days something is done again"),
        "rework_rounds": _("How many times something may be done again"),
    }
    if engagement.shape_ is Shape.CONSULTANCY:
        asked = ["rework_days", "rework_rounds", "starts_on", "ends_on"]
    else:
        asked = ["session_count", "first_session_on", "session_time", "ends_on"]
    return [
        Missing(words[name], _at(engagement, _page_of_day(name), f"id_{name}"))
        for name in asked
        if getattr(draft, name) is None
    ]


def _page_of_day(name: str) -> str:
    return "agreements:deliverables" if name in REWORK else "agreements:practical"


def _missing_choices(engagement: Engagement, draft: Draft) -> list[Missing]:
    rows = (row for kind, row in draft.disclosure.items() if kind != Kind.STUMBLING_BLOCKS)
    chosen = {role for row in rows for role in row}
    return [
        Missing(
            _("What %(name)s sees") % {"name": party.first_name},
            _at(engagement, "agreements:disclosure"),
        )
        for party in receivers_of(engagement)
        if party.role not in chosen
    ]


def _missing_candour(engagement: Engagement, draft: Draft) -> list[Missing]:
    """Who has not yet said that the coachee knows everything; a yes waits until it has been told."""
    coachee, place = engagement.party(Role.COACHEE), _at(engagement, "agreements:index")
    if coachee is None:
        return []
    open_ = [
        (one, draft.candour.get(str(one.person_id))) for one in receivers_of(engagement) if one.accepted_at
    ]
    return [
        Missing(candour_gap(answer, one.first_name, coachee.first_name), place)
        for one, answer in open_
        if answer not in (Draft.Candour.NOTHING, Draft.Candour.TOLD)
    ]


def _missing_parties(engagement: Engagement) -> list[Missing]:
    place = _at(engagement, "engagements:parties")
    present = taking_part(engagement)
    waiting = [party for party in present if not party.accepted_at]
    absent = must_sign(engagement.shape_, []) - {party.role_ for party in present}
    return [
        Missing(_("The answer of %(name)s to the invitation") % {"name": party.first_name}, place)
        for party in waiting
    ] + [
        Missing(_("Somebody in the role of %(role)s") % {"role": ROLE_WORDS[role]}, place)
        for role in Role
        if role in absent
    ]


def _at(engagement: Engagement, name: str, anchor: str = "", *more: UUID) -> str:
    return reverse(name, args=[engagement.pk, *more]) + (f"#{anchor}" if anchor else "")


def logistics_of(shape: Shape) -> tuple[str, ...]:
    """Which days and numbers this kind of help has."""
    if shape is Shape.CONSULTANCY:
        return ("starts_on", "ends_on", *REWORK)
    left_out = REWORK if shape is Shape.BLENDED else ("starts_on", *REWORK)
    return tuple(name for name in LOGISTICS if name not in left_out)


def days_on(page: str, shape: Shape) -> tuple[str, ...]:
    """Which of them are written on this page: a delay after a rejection beside what is delivered."""
    here = {"agreements:practical": False, "agreements:deliverables": True}
    return tuple(name for name in logistics_of(shape) if here.get(page) is (name in REWORK))


def shares_stumbling_blocks(draft: Draft) -> bool:
    """Whether the coachee chose to let the others read them: no queries."""
    return Level.ALWAYS in draft.disclosure.get(Kind.STUMBLING_BLOCKS, {}).values()
