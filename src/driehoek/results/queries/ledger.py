"""What came of an engagement, and who has received what."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from driehoek.access import RECEIVERS, Kind, Level, Permission, Role, Stage
from driehoek.engagements.models import HERE, Engagement, Party
from driehoek.engagements.queries import Seen
from driehoek.kit.prepared import Prepared
from driehoek.people.models import Person
from driehoek.results.models import ClosingTalk, Mark, Release, Report, Result
from driehoek.results.wording import AUTHORS_IN, CLOSED_WITHOUT, ITEM_KINDS

_TALKS: Final = Prepared(lambda: ClosingTalk.objects.filter(engagement=HERE))
_RELEASES: Final = Prepared(
    lambda: Release.objects.filter(engagement=HERE).select_related("under", "released_by")
)

PUTTABLE = (Level.AFTER_RELEASE, Level.ALWAYS)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One result with the mark of every party, also of those who have not marked it."""

    result: Result
    marks: tuple[tuple[Party, Mark | None], ...]


def sections(report: Report) -> dict[str, str]:
    """The texts of a report by section."""
    return dict(json.loads(report.sections)) if report.sections else {}


def reports(engagement: Engagement) -> dict[Role, Report]:
    """The reports by author, handed in or not: 1 query."""
    return {Role(report.role): report for report in engagement.reports.all()}


def with_ledger_count(engagements: QuerySet[Engagement]) -> QuerySet[Engagement]:
    """Adds `ledger_count`, how many results stand in the ledger."""
    rows = Result.objects.filter(engagement=OuterRef("pk")).order_by().values("engagement")
    return engagements.annotate(
        ledger_count=Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)
    )


def missing_reports(engagement: Engagement) -> list[Role]:
    """Whose report closing waits for: 1 query."""
    handed_in = engagement.reports.filter(handed_in_at__isnull=False).values_list("role", flat=True)
    done = set(handed_in)
    return [role for role in AUTHORS_IN[engagement.shape_] if role not in done]


def closed_without(engagement: Engagement, written: Iterable[Report]) -> list[str]:
    """Those of the reports that never came, in sentences, once it was closed without: no queries."""
    if engagement.stage_ is not Stage.CLOSED:
        return []
    there = {report.role for report in written if report.handed_in_at}
    return [str(CLOSED_WITHOUT[role]) for role in AUTHORS_IN[engagement.shape_] if role not in there]


def readable_reports(engagement: Engagement, person: Person) -> list[Report]:
    """The reports `person` may read: those handed in, and the own one: 1 query."""
    mine = engagement.roles_of(person)
    return [row for row in engagement.reports.order_by("role") if row.handed_in_at or row.role in mine]


def who_sees_draft(role: Role) -> Seen:
    """The chip of a report that has not been handed in: no queries."""
    return Seen(_("Only you"), frozenset({role}), private=True)


def ledger(engagement: Engagement, *, only: list[UUID] | None = None) -> list[LedgerRow]:
    """The rows of the result ledger with a view per party: 2 queries."""
    rows = engagement.results.prefetch_related("marks")
    if only is not None:
        rows = rows.filter(pk__in=only)
    parties = [party for party in engagement.parties_in_order if party.accepted_at]
    return [LedgerRow(row, tuple((party, _mark_by(row, party.role_)) for party in parties)) for row in rows]


def _mark_by(result: Result, role: Role) -> Mark | None:
    return next((mark for mark in result.marks.all() if mark.role == role), None)


def markable(
    engagement: Engagement, person: Person, *, releases: Iterable[Release] | None = None
) -> list[LedgerRow]:
    """The rows `person` may give an own view on: 3 queries at most, 2 with the releases to that person.

    Manager and sponsor mark what was released to them, or what a clause shows them.
    """
    if engagement.lets(person, Permission.READ_RESULTS):
        return ledger(engagement)
    found = releases_to(engagement, person) if releases is None else releases
    ids = {UUID(one) for release in found if not release.withdrawn_at for one in release.result_ids}
    return ledger(engagement, only=list(ids)) if ids else []


def releases_to(engagement: Engagement, person: Person) -> list[Release]:
    """The documents `person` may open: all for coachee and coach, else those released to the own role.

    1 query.
    """
    roles = engagement.roles_of(person)
    found = _RELEASES.ask(engagement=engagement)
    if roles & {Role.COACHEE, Role.COACH}:
        return found
    return [one for one in found if one.receiver in RECEIVERS and one.receiver in roles]


def document(release: Release) -> dict[str, Any]:
    """The frozen document of a release."""
    return dict(json.loads(release.content))


def talks(engagement: Engagement) -> dict[Role, ClosingTalk]:
    """The closing talk per receiver it was proposed to: 1 query."""
    return {Role(talk.role): talk for talk in _TALKS.ask(engagement=engagement)}


def releasable(engagement: Engagement, receiver: Role) -> frozenset[Kind]:
    """The kinds the agreement in force lets the coachee put in a document for this receiver: no queries.

    What the receiver may always see can stand in it too.
    """
    table = engagement.table
    return frozenset(kind for kind in ITEM_KINDS.values() if table.level(kind, receiver) in PUTTABLE)
