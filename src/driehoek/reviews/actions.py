"""What people do at a review."""

import json
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import Permission, Role
from driehoek.agreements.actions import begin_amendment
from driehoek.agreements.queries import promises, terms, version_in_force
from driehoek.engagements.actions import hold
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.errors import Conflict, Refused
from driehoek.people.models import Person
from driehoek.reviews.models import Answer
from driehoek.reviews.queries import answered

Part = Answer.Part


@transaction.atomic
def say_how_far(
    engagement: Engagement, review: str, *, by: Person, role: Role, now: int, why: str = ""
) -> Answer:
    """Say how far along it is, between 0 and 10, and what shows it. Saying it again replaces the own answer.

    Refuses the manager where the agreement in force asks this of the coachee only.
    """
    held = hold(engagement, Permission.SCORE_ATTAINMENT)
    if role is Role.MANAGER and not _asks_manager(held):
        raise Refused(None, _("The agreement asks this of the coachee only."))
    own = answered(held, review, Part.ALONG, role)
    answer = own or Answer(engagement=held, review=review, part=Part.ALONG, role=role, revision=0)
    return _write(answer, {"now": now, "why": why.strip()}, by=by)


@transaction.atomic
def say_whether_it_shows(
    engagement: Engagement,
    review: str,
    *,
    by: Person,
    shows: str,
    why: str = "",
    change: str = "",
    goals: Collection[UUID] = (),
    revision: int | None = None,
) -> Answer:
    """Say whether it shows at work; when it does not: why, what has to change, and which goals it touches.

    Refuses a no without why. Raises Conflict when the other changed it since `revision` was read.
    """
    held = hold(engagement, Permission.WRITE_SESSION_NOTES)
    if shows == "no" and not why.strip():
        raise Refused("why", _("Write down what you two think is the reason, also when you are not sure."))
    said = {
        "shows": shows,
        "why": why.strip(),
        "change": change.strip(),
        "goals": [str(one) for one in goals],
    }
    return _write_together(held, review, Part.AT_WORK, said, by=by, revision=revision)


@transaction.atomic
def conclude(
    engagement: Engagement, review: str, *, by: Person, text: str, revision: int | None = None
) -> Answer:
    """Write down what consultant and sponsor conclude. Raises Conflict when the other changed it."""
    held = hold(engagement, Permission.HOLD_REVIEW)
    if not promises(held.shape_):
        raise Refused(None, _("This review belongs to consultancy."))
    if not text.strip():
        raise Refused("text", _("Write down what you conclude, also when it is too early to tell."))
    return _write_together(held, review, Part.CONCLUSION, {"text": text.strip()}, by=by, revision=revision)


def reopen_agreement(engagement: Engagement) -> None:
    """Begin a change of the agreement; what was agreed holds until everybody signed the change."""
    begin_amendment(engagement)


def _asks_manager(held: Engagement) -> bool:
    version = version_in_force(held)
    return bool(version and (terms(version).get("logistics") or {}).get("manager_scales"))


def _write_together(
    held: Engagement, review: str, part: str, said: dict[str, Any], *, by: Person, revision: int | None
) -> Answer:
    there = answered(held, review, part)
    if there and _without_names(there.facts) == said:
        return there
    if there and revision != there.revision:
        words = _("Somebody else changed this meanwhile. Both versions are here.")
        theirs = "\n\n".join(there.facts[name] for name in ("why", "change", "text") if there.facts.get(name))
        raise Conflict(None, words, theirs=theirs, revision=there.revision)
    said |= {"by": _signed(there, said, by)}
    return _write(there or Answer(engagement=held, review=review, part=part, revision=0), said, by=by)


def _signed(there: Answer | None, said: dict[str, Any], by: Person) -> dict[str, str]:
    """Who wrote each part: whoever wrote it first, as long as it stands as it was."""
    before = there.facts if there else {}
    names = before.get("by", {})
    kept = {part for part in said if there and before.get(part) == said[part]}
    return {
        part: names.get(part, str(there.answered_by_id)) if there and part in kept else str(by.pk)
        for part in said
    }


def _without_names(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name != "by"}


def _write(answer: Answer, said: dict[str, Any], *, by: Person) -> Answer:
    roles = answer.engagement.roles_of(by)
    answer.role = answer.role or next(role for role in Role if role in roles)
    answer.said = json.dumps(said, ensure_ascii=False)
    answer.revision += 1
    answer.answered_by, answer.answered_at = by, clock.now()
    answer.save()
    return answer
