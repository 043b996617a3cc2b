"""What people do with the change plan."""

import uuid
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import Permission
from driehoek.engagements.actions import hold
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.errors import Conflict, Refused
from driehoek.method.series import milestones
from driehoek.people.actions import close_links
from driehoek.people.models import Person
from driehoek.plans.models import Action, ActionState
from driehoek.plans.queries import first_day, owners_for, says_how, sorts_for

MOST_OPEN = 100


@transaction.atomic
def add_action(
    engagement: Engagement,
    *,
    text: str,
    owner: str,
    sort: str = Action.Sort.ACTION,
    due_on: date | None = None,
    week: int | None = None,
    made_in_session: uuid.UUID | None = None,
    action_id: uuid.UUID | None = None,
    by: Person | None = None,
) -> Action:
    """Put something on the plan. The same `action_id` again gives the same action, so a double press is one.

    Refuses an owner who is not a party, a sort this engagement does not have, a milestone without a week,
    and more open lines than anybody keeps in sight.
    """
    engagement = hold(engagement, Permission.CHANGE_PLAN)
    known = Action.objects.filter(pk=action_id).first() if action_id else None
    if known and known.engagement_id == engagement.pk:
        return known
    if sort not in sorts_for(engagement):
        raise Refused("sort", _("This sort does not belong in this engagement. Choose another."))
    if engagement.actions.filter(done_on=None).count() >= MOST_OPEN:
        raise Refused(
            "text", _("A plan holds at most 100 open lines. Finish some, or put related ones together.")
        )
    now = clock.now()
    action = Action(engagement=engagement, sort=sort, made_in_session=made_in_session, made_at=now)
    action.pk = action_id if action_id and not known else action.pk
    _write(action, text=text, owner=owner, due_on=due_on, week=week)
    action.save(force_insert=True)
    _remember(action, by)
    return action


@transaction.atomic
def change_action(
    action: Action,
    *,
    text: str,
    owner: str,
    colour: str,
    due_on: date | None = None,
    week: int | None = None,
    learnt: str = "",
    done: bool = False,
    revision: int | None = None,
    by: Person | None = None,
) -> Action:
    """Change what stands on the plan. Raises Conflict when it was changed since `revision` was read.

    Refuses how it goes and what was learnt from anybody but its owner.
    """
    action = _hold(action)
    before, theirs, now_open = _as_written(action), action.text, action.revision
    stood, doer = _stands(action), action.owner
    _write(action, text=text, owner=owner, due_on=due_on, week=week)
    action.colour, action.learnt = colour, learnt.strip()
    _finish(action, done=done)
    if _as_written(action) == before:
        return action
    _refuse_stale(revision, now_open, theirs)
    if goes_otherwise := _stands(action) != stood:
        _refuse_another(action, doer, by)
    _keep(action, doer, now_open)
    if goes_otherwise:
        _remember(action, by)
    return action


def _keep(action: Action, doer: str, revision: int) -> None:
    if action.owner != doer:
        close_links(action.pk)  # a letter to the one before asks nothing any more
    action.revision = revision + 1
    action.save()


@transaction.atomic
def set_colour(action: Action, *, colour: str, done: bool = False, by: Person | None = None) -> Action:
    """Say how an action goes, and whether it is done. Refuses anybody but its owner."""
    action = _hold(action)
    before = _as_written(action)
    action.colour = colour
    _finish(action, done=done)
    if _as_written(action) != before:
        _refuse_another(action, action.owner, by)
        action.revision += 1
        action.changed_at = clock.now()
        action.save()
        _remember(action, by)
    return action


def _refuse_stale(revision: int | None, now_open: int, theirs: str) -> None:
    if revision is not None and revision != now_open:
        words = _("Somebody else changed this meanwhile. Both versions are here.")
        raise Conflict("text", words, theirs=theirs, revision=now_open)


def _refuse_another(action: Action, doer: str, by: Person | None) -> None:
    if by and not says_how(action.engagement, doer, by):
        raise Refused(None, _("Whoever does it says how it goes and what was learnt from it."))


def _stands(action: Action) -> tuple[str, bool, str]:
    return action.colour, action.is_done, action.learnt


def _remember(action: Action, by: Person | None) -> None:
    """A line in the history: from now on it stands so."""
    ActionState.objects.create(
        engagement=action.engagement,
        action=action,
        colour=action.colour,
        is_done=action.is_done,
        said=action.learnt,
        by=by,
        at=clock.now(),
    )


def _hold(action: Action) -> Action:
    engagement = hold(action.engagement, Permission.CHANGE_PLAN)
    held = Action.objects.select_for_update().get(pk=action.pk)
    held.engagement = engagement
    return held


def _write(action: Action, *, text: str, owner: str, due_on: date | None, week: int | None) -> None:
    engagement = action.engagement
    if not text.strip():
        raise Refused("text", _("Write down what will be done."))
    if owner not in [party.role for party in owners_for(engagement)]:
        raise Refused("owner", _("Choose somebody who takes part in this engagement."))
    if action.sort == Action.Sort.MILESTONE:
        week, due_on = _milestone(engagement, week=week, due_on=due_on)
    else:
        week = None
    action.text, action.owner, action.due_on, action.week = text.strip(), owner, due_on, week
    action.changed_at = clock.now()


def _milestone(engagement: Engagement, *, week: int | None, due_on: date | None) -> tuple[int | None, date]:
    start = first_day(engagement)
    if week is not None and start:
        return week, milestones(start, [week])[0].due_on
    if due_on is None:
        raise Refused("week", _("Say in which week after the start this milestone is due."))
    return None, due_on


def _finish(action: Action, *, done: bool) -> None:
    if done and not action.is_done:
        action.done_on = clock.today()
    elif not done:
        action.done_on = None


def _as_written(action: Action) -> tuple[object, ...]:
    return (
        action.text,
        action.owner,
        action.due_on,
        action.week,
        action.colour,
        action.learnt,
        action.done_on,
    )
