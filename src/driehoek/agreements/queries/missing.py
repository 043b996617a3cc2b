"""What is still missing before an agreement can be offered, and where each thing is written."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from driehoek.access import (
    Kind,
    Role,
    Shape,
    must_sign,
)
from driehoek.agreements.models import Draft, Goal
from driehoek.agreements.queries.deliverables import deliverables_of, due_on, promises
from driehoek.agreements.queries.draft import (
    GROUP_PAGES,
    REWORK,
    clause_texts,
    clauses_here,
    receivers_of,
    taking_part,
)
from driehoek.agreements.queries.foresight import UNREACHABLE, unanswered_of
from driehoek.agreements.queries.goals import asks_who_brought, levels_of, needs_levels
from driehoek.agreements.queries.logistics import clashes, passed
from driehoek.agreements.wording import candour_gap, open_comments
from driehoek.engagements.models import Engagement
from driehoek.engagements.wording import ROLE_WORDS
from driehoek.kit.addresses import reverse
from driehoek.kit.templatetags.look import day


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is still to be done before this can be offered, and where."""

    what: str
    url: str


def missing(
    engagement: Engagement, draft: Draft, goals: list[Goal], *, parted: bool, comments: int
) -> list[Missing]:
    """What must still be done before this can be offered, in the order of the pages.

    1 query in consultancy, and 1 in an amendment with a day that has passed.

    `parted` as in `Standing`: two who do not go on together have nothing to offer each other.
    `comments` is how many are open: each is answered first.
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
        *([Missing(open_comments(comments), _at(engagement, "agreements:comments"))] if comments else []),
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
        if asks_who_brought(engagement) and not goal.brought_by:
            found.append(Missing(_("Who brought goal %(number)d") % number, f"{place}#id_brought_by"))
        if needs_levels(engagement) and not all(levels_of(goal).values()):
            found.append(Missing(_("The five levels of goal %(number)d") % number, f"{place}#levels"))
        if not goal.criteria.all():
            criterion = _at(engagement, "agreements:criterion", "", goal.pk)
            found.append(Missing(_("A criterion for goal %(number)d") % number, criterion))
        why = _("Why you agree to a criterion of goal %(number)d that cannot be reached") % number
        for one in goal.criteria.all():
            if any(left.id == UNREACHABLE for left in unanswered_of(one)):
                anchor = f"id_reason_{UNREACHABLE}"
                found.append(Missing(why, _at(engagement, "agreements:ahead", anchor, one.pk)))
    return found


def _missing_deliverables(engagement: Engagement, draft: Draft) -> list[Missing]:
    """Something to deliver, nothing due after the last day, and how a saving is computed."""
    if not promises(engagement.shape_):
        return []
    there, place = deliverables_of(engagement), _at(engagement, "agreements:deliverables")
    found = [] if there else [Missing(_("What will be delivered"), place)]
    for number, one in enumerate(there, start=1):
        due = due_on(draft, one.week)
        if due and draft.ends_on and due > draft.ends_on:
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
    gaps = {name: words[name] for name in asked if getattr(draft, name) is None}
    if engagement.shape_ is not Shape.CONSULTANCY:
        gaps |= clashes(vars(draft))
    over = _("%(what)s: %(day)s has passed")
    for name, on in passed(engagement, draft, {name: getattr(draft, name) for name in asked}).items():
        gaps[name] = over % {"what": words[name], "day": day(on)}
    return [Missing(what, _at(engagement, _page_of_day(name), f"id_{name}")) for name, what in gaps.items()]


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
