"""The result ledger: rows, and each party's own view of them."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import Permission, Role
from driehoek.engagements.actions import hold
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.people.models import Person
from driehoek.results.models import Mark, Result

MOST_ROWS = 40


@transaction.atomic
def add_result(
    engagement: Engagement,
    *,
    role: Role,
    text: str,
    intended: bool,
    expected: bool,
    matters_to: str,
    observable: bool,
    explained: str = "",
    goal_id: UUID | None = None,
) -> Result:
    """Write down one thing that came of it, welcome or not. Adding the same text twice keeps one row."""
    engagement = hold(engagement, Permission.ADD_RESULTS)
    rows = list(engagement.results.all())
    if same := _standing(rows, text, role):
        return same
    return Result.objects.create(
        engagement=engagement,
        position=max((row.position for row in rows), default=0) + 1,
        text=text,
        goal_id=goal_id,
        intended=intended,
        expected=expected,
        matters_to=matters_to,
        observable=observable,
        explained=explained,
        added_by=role,
        added_at=clock.now(),
    )


def _standing(rows: list[Result], text: str, role: Role) -> Result | None:
    """The same row from an earlier press. Raises Refused when there is no room for another."""
    same = next((row for row in rows if row.text == text and row.added_by == role), None)
    if same is None and len(rows) >= MOST_ROWS:
        raise Refused("text", _("The ledger holds at most 40 results. Put related ones together."))
    return same


@transaction.atomic
def remove_result(result: Result, *, role: Role) -> None:
    """Take a row out again that was written by mistake. Twice does no harm.

    Refuses for anybody but the party that wrote it, once somebody else gave a view, and once it was released.
    """
    hold(result.engagement, Permission.ADD_RESULTS)
    if result.added_by != role:
        raise Refused(None, _("This result was written by somebody else. Give your view on it instead."))
    if result.marks.exclude(role=role).exists():
        raise Refused(None, _("Somebody gave a view on this result, so it stays."))
    if any(str(result.pk) in release.result_ids for release in result.engagement.releases.all()):
        raise Refused(None, _("This result was released, so it stays."))
    Result.objects.filter(pk=result.pk).delete()


@transaction.atomic
def mark_result(result: Result, *, by: Person, role: Role, view: str, remark: str = "") -> Mark:
    """Give the own view on a result: desired, undesired or no view. Marking again replaces it."""
    engagement = hold(result.engagement, Permission.MARK_RESULTS)
    mark = Mark.objects.filter(result=result, role=role).first() or Mark(
        engagement=engagement, result=result, role=role
    )
    mark.view, mark.remark = view, remark
    mark.marked_by, mark.marked_at = by, clock.now()
    mark.save()
    return mark
