"""Writing everything of an agreement that is not a goal."""

import json
import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import RECEIVERS, BadDisclosure, DisclosureTable, Kind, Level, Stage
from driehoek.agreements.actions.desk import draft_of, open_for_changes, refuse_odd_days, refuse_stale, take
from driehoek.agreements.models import Draft, Signature, Version
from driehoek.agreements.queries.clauses import title_of
from driehoek.agreements.queries.draft import (
    LOGISTICS,
    STARTING_POINT,
    clause_texts,
    texts_to_start_from,
)
from driehoek.agreements.queries.language import language_of, said_in
from driehoek.agreements.queries.logistics import passed
from driehoek.agreements.queries.standing import HELD, standing
from driehoek.agreements.queries.starting import points_for
from driehoek.agreements.wording import logistics_words, table_words
from driehoek.engagements.actions import begin_from
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.people.models import Person


@transaction.atomic
def save_draft(
    engagement: Engagement,
    *,
    by: Person,
    part: str,
    clauses: Mapping[str, str] | None = None,
    logistics: Mapping[str, Any] | None = None,
    revision: int | None = None,
) -> Draft:
    """Keep one page of the draft: clauses by id, and the days and numbers when that page has them.

    Raises Conflict when somebody else saved another text on the same page since it was opened.
    """
    held = open_for_changes(engagement)
    draft = draft_of(held)
    _refuse_odd_logistics(logistics or {})
    _refuse_what_passed(held, draft, logistics or {})
    before, texts = clause_texts(draft), _as_chosen(held, draft, logistics or {}, clauses or {})
    now_there = {name: before.get(name, "") for name in texts}
    if revision is not None and revision != draft.touched.get(part, [0])[0]:
        texts, now_there = _without_untouched(held, texts, now_there)
    days = {name: getattr(draft, name) for name in logistics or {} if name in LOGISTICS}
    mine, theirs = texts | dict(logistics or {}), now_there | days
    shown = _what_differs(mine, now_there, days)
    refuse_stale_part(draft, part, by=by, opened_at=revision, mine=mine, theirs=theirs, shown=shown)
    for name in days:
        setattr(draft, name, (logistics or {})[name])
    kept = {name: text for name, text in _as_chosen(held, draft, {}, before | texts).items() if text}
    draft.clauses = json.dumps(kept, ensure_ascii=False)
    return keep_part(draft, part, by=by, changed=mine != theirs)


def _as_chosen(
    held: Engagement, draft: Draft, logistics: Mapping[str, Any], texts: Mapping[str, str]
) -> dict[str, str]:
    """Standard texts that nobody changed, in the language of the agreement; every other text as it is."""
    chosen = logistics.get("language") or language_of(held, draft)
    return said_in(held, chosen, texts)


def _without_untouched(
    held: Engagement, mine: Mapping[str, str], theirs: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """A text to start from that nobody touched is no word against what the other wrote in its place."""
    starts = texts_to_start_from(held)
    kept = {
        name: theirs[name] if theirs[name] and text in starts.get(name, ()) else text
        for name, text in mine.items()
    }
    there = {name: kept[name] if text in starts.get(name, ()) else text for name, text in theirs.items()}
    return kept, there


def _what_differs(mine: Mapping[str, Any], clauses: Mapping[str, str], days: Mapping[str, Any]) -> str:
    """What stands there and reads otherwise, each under its name."""
    nothing, other = _("(nothing)"), {name: text for name, text in clauses.items() if text != mine[name]}
    texts = [f"{title_of(name)}:\n{text or nothing}" for name, text in other.items()]
    return "\n\n".join([*texts, *logistics_words({n: on for n, on in days.items() if on != mine[n]})])


@transaction.atomic
def save_stumbling_blocks(
    engagement: Engagement, *, by: Person, text: str, shared: bool, revision: int | None = None
) -> Draft:
    """The coachee's own words on what may make them stumble, and whether the others may read them."""
    held = open_for_changes(engagement)
    draft = draft_of(held)
    text = text.replace("\r\n", "\n")  # what is sealed must read the same when it is copied from a page
    level = str(Level.ALWAYS if shared else Level.NEVER)
    row = {str(role): level for role in RECEIVERS}
    mine, theirs = (text, row), (draft.stumbling_blocks, draft.disclosure.get(Kind.STUMBLING_BLOCKS, {}))
    shown = draft.stumbling_blocks
    refuse_stale_part(
        draft, Kind.STUMBLING_BLOCKS, by=by, opened_at=revision, mine=mine, theirs=theirs, shown=shown
    )
    draft.stumbling_blocks = text
    draft.salt = draft.salt or secrets.token_hex(32)
    draft.disclosure = draft.disclosure | {str(Kind.STUMBLING_BLOCKS): row}
    return keep_part(draft, Kind.STUMBLING_BLOCKS, by=by, changed=mine != theirs)


@transaction.atomic
def choose_disclosure(
    engagement: Engagement,
    *,
    by: Person,
    table: Mapping[str, Mapping[str, str]],
    revision: int | None = None,
) -> Draft:
    """Choose who sees what. Refuses what cannot be opened, and leaves the stumbling blocks to the coachee."""
    held = open_for_changes(engagement)
    draft = draft_of(held)
    own = draft.disclosure.get(Kind.STUMBLING_BLOCKS)
    chosen = {kind: dict(row) for kind, row in table.items() if kind != Kind.STUMBLING_BLOCKS}
    try:
        read = DisclosureTable.from_json(chosen, held.shape_)
    except BadDisclosure as error:
        raise Refused(None, _("This choice does not exist. Choose one that the page offers.")) from error
    mine, theirs = read.as_json(), {**draft.disclosure}
    theirs.pop(str(Kind.STUMBLING_BLOCKS), None)
    shown = table_words(DisclosureTable.from_json(theirs, held.shape_))
    refuse_stale_part(draft, "disclosure", by=by, opened_at=revision, mine=mine, theirs=theirs, shown=shown)
    draft.disclosure = mine | ({str(Kind.STUMBLING_BLOCKS): own} if own else {})
    return keep_part(draft, "disclosure", by=by, changed=mine != theirs)


@transaction.atomic
def choose_starting_point(
    engagement: Engagement, *, by: Person, starting_point: str, revision: int | None = None
) -> Draft:
    """Begin from another known situation, or from none. Nothing that was written changes.

    Refuses once the work has begun, and what is no known situation.
    """
    held = open_for_changes(engagement)
    if held.stage_ is not Stage.PREPARING:
        raise Refused(None, _("The work has begun. A starting point only helps with a first text."))
    names = {"": _("None of these")} | {one.value: one.title for one in points_for(held)}
    if starting_point not in names:
        raise Refused(STARTING_POINT, _("This choice does not exist. Choose one that the page offers."))
    draft, before = draft_of(held), held.starting_point
    shown = names.get(before, before)
    refuse_stale_part(
        draft, STARTING_POINT, by=by, opened_at=revision, mine=starting_point, theirs=before, shown=shown
    )
    begin_from(held, starting_point)
    return keep_part(draft, STARTING_POINT, by=by, changed=starting_point != before)


@transaction.atomic
def record_three_way_meeting(engagement: Engagement, *, by: Person, met_on: date) -> Draft:
    """Write down the day on which the parties talked this through. Also possible while it is offered.

    Refuses a day that is still to come, and another day once somebody has signed.
    """
    held = take(engagement)
    draft = draft_of(held)
    if met_on > clock.today(held.time_zone):
        raise Refused("met_on", _("This day is still to come. Write it down after you have met."))
    refuse_odd_days(met_on=met_on)
    holds = [Version.State.OFFERED] if draft.amending_since else HELD
    signed = Signature.objects.filter(version__engagement=held, version__state__in=holds).exists()
    if signed and met_on != standing(held).met_on:
        raise Refused("met_on", _("Somebody has signed on the strength of this meeting, so its day stays."))
    draft.three_way_met_on = met_on
    draft.save(update_fields=["three_way_met_on"])
    return draft


def refuse_stale_part(
    draft: Draft, part: str, *, by: Person, opened_at: int | None, mine: object, theirs: object, shown: str
) -> None:
    """Raise Conflict when somebody saved something else in this part since its form was opened."""
    revision, writer_id = draft.touched.get(str(part), [0, None])
    writer = None
    if writer_id and writer_id != str(by.pk):
        writer = Person.objects.filter(pk=UUID(writer_id)).first()
    refuse_stale(opened_at=opened_at, now_at=revision, mine=mine, theirs=theirs, shown=shown, writer=writer)


def keep_part(draft: Draft, part: str, *, by: Person, changed: bool) -> Draft:
    """Save the draft, and count that this part of it was written; saving the same again is no change."""
    revision, _writer = draft.touched.get(str(part), [0, None])
    if changed or not revision:
        draft.touched = draft.touched | {str(part): [revision + 1, str(by.pk)]}
        draft.revision += 1
    draft.changed_at = clock.now()
    draft.save()
    return draft


def _refuse_what_passed(held: Engagement, draft: Draft, logistics: Mapping[str, Any]) -> None:
    """A day on which nothing can begin or end any more; what everybody signed earlier stays."""
    for name in passed(held, draft, logistics):
        raise Refused(name, _("This day has passed. Choose today or a later day."))


def _refuse_odd_logistics(logistics: Mapping[str, Any]) -> None:
    refuse_odd_days(**{name: value for name, value in logistics.items() if isinstance(value, date)})
    first = logistics.get("first_session_on") or logistics.get("starts_on")
    ends_on = logistics.get("ends_on")
    if first and ends_on and ends_on < first:
        raise Refused("ends_on", _("The last day lies before the first. Choose a later day."))
