"""Handing over what was promised, and accepting or rejecting it."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from driehoek.access import Permission, Role
from driehoek.agreements.queries import rework_in, terms, version_in_force
from driehoek.engagements.actions import hold, whose_letter
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.kit.templatetags.look import day
from driehoek.outbox.actions import post
from driehoek.people.models import Person
from driehoek.plans.models import DeliveryStep
from driehoek.plans.queries.deliveries import Delivery, State, delivery_of

What = DeliveryStep.What


@transaction.atomic
def hand_over(engagement: Engagement, deliverable_id: UUID, *, by: Person, note: str) -> DeliveryStep:
    """Say that something is ready, and where it is. The sponsor gets a letter, without what was written.

    The same words twice are one step. Refuses without a word on where it is, what lies with the sponsor or
    was accepted already, and a further round than was agreed.
    """
    held = hold(engagement, Permission.HAND_OVER)
    found, note = _promised(held, deliverable_id), note.strip()
    if found.last and (found.last.what, found.last.said) == (What.HANDED_OVER, note):
        return found.last
    if not found.is_to_be_handed_over:
        raise Refused(None, _why_not_now(found))
    if not note:
        raise Refused("note", _("Say what it is and where it can be found."))
    return _take_step(held, found, What.HANDED_OVER, note, by=by)


@transaction.atomic
def accept(
    engagement: Engagement, deliverable_id: UUID, *, by: Person, reason: str = "", seen: int | None = None
) -> DeliveryStep:
    """Accept what was handed over, or after all what was rejected for good. Twice is once.

    `seen` is the number of the step that lay before the sponsor. Refuses what was not handed over, or was
    handed over anew since; and what was rejected for good, without what was agreed instead.
    """
    held = hold(engagement, Permission.JUDGE_DELIVERABLES)
    found = _promised(held, deliverable_id)
    if found.last and found.state is State.ACCEPTED:
        return found.last
    _refuse_what_does_not_lie_there(found, seen, State.HANDED_OVER, State.REJECTED)
    if found.state is State.REJECTED and not reason.strip():
        raise Refused("reason", _("Say what you agreed instead, for instance another price."))
    return _take_step(held, found, What.ACCEPTED, reason.strip(), by=by)


@transaction.atomic
def reject(
    engagement: Engagement, deliverable_id: UUID, *, by: Person, reason: str, seen: int | None = None
) -> DeliveryStep:
    """Reject what was handed over, and say why; while a round is left it is done again by an agreed day.

    The same reason twice is one rejection. Refuses without a reason, and what `accept` refuses.
    """
    held = hold(engagement, Permission.JUDGE_DELIVERABLES)
    found, reason = _promised(held, deliverable_id), reason.strip()
    if found.last and (found.last.what, found.last.said) == (What.REJECTED, reason):
        return found.last
    _refuse_what_does_not_lie_there(found, seen, State.HANDED_OVER)
    if not reason:
        raise Refused("reason", _("Say what is not right yet. Without a reason nobody can mend it."))
    return _take_step(held, found, What.REJECTED, reason, by=by)


def _promised(held: Engagement, deliverable_id: UUID) -> Delivery:
    found = delivery_of(held, deliverable_id)
    if found is None:
        raise Refused(None, _("The agreement in force does not promise this."))
    return found


def _refuse_what_does_not_lie_there(found: Delivery, seen: int | None, *states: State) -> None:
    if found.last is None or found.state not in states:
        raise Refused(None, _why_not_judged(found))
    if seen is not None and seen != found.last.number:
        raise Refused(None, _("It was handed over anew since you opened this page. Look at it once more."))


def _why_not_now(found: Delivery) -> str:
    if found.state is State.HANDED_OVER:
        return _("This was handed over already. The sponsor looks at it now.")
    if found.state is State.ACCEPTED:
        return _("This was accepted, so it is done.")
    return _("The agreed rounds are used up. The agreement says what happens now; talk about it together.")


def _why_not_judged(found: Delivery) -> str:
    if found.last is None:
        return _("This was not handed over yet, so there is nothing to judge.")
    if found.state is State.ACCEPTED:
        return _("This was accepted on %(day)s. That stands.") % {"day": day(found.last.at)}
    if found.state is State.REJECTED:
        return _("This was rejected on %(day)s, and no agreed round is left.") % {"day": day(found.last.at)}
    return _("This was rejected on %(day)s. Wait until it is handed over again.") % {
        "day": day(found.last.at)
    }


def _take_step(held: Engagement, found: Delivery, what: str, said: str, *, by: Person) -> DeliveryStep:
    number = found.last.number + 1 if found.last else 1
    again = what == What.REJECTED and found.rounds_left > 0
    step = DeliveryStep(engagement=held, deliverable=found.agreed.deliverable_id, number=number, what=what)
    step.said, step.by, step.at = said, by, clock.now()
    step.again_by = clock.today(held.time_zone) + timedelta(days=_days(held)) if again else None
    step.save(force_insert=True)
    _write_to_the_other(held, step)
    return step


def _days(held: Engagement) -> int:
    version = version_in_force(held)
    return rework_in(terms(version)).days if version else 0


_LETTERS: Final[dict[What, tuple[Role, str, dict[str, Any]]]] = {
    What.HANDED_OVER: (Role.SPONSOR, "your_turn", {"asked": "judge_delivery", "formal": True}),
    What.ACCEPTED: (Role.CONSULTANT, "delivery_accepted", {}),
    What.REJECTED: (Role.CONSULTANT, "your_turn", {"asked": "read_rejection"}),
}


def _write_to_the_other(held: Engagement, step: DeliveryStep) -> None:
    role, template, facts = _LETTERS[What(step.what)]
    there = {party.role_: party for party in held.parties.select_related("person") if party.accepted_at}
    reader, whose = there.get(role), there.get(Role.SPONSOR)
    if reader is None or whose is None:
        return
    link = f"{settings.BASE_URL}{reverse('engagement', args=[held.pk])}"
    about = whose_letter(whose.person, to=reader.person) | {"link": link}
    key = f"delivery:{step.pk}"
    language = reader.person.language
    house = held.organisation_id
    post(
        reader.person.email,
        template=template,
        facts=about | facts,
        language=language,
        key=key,
        house=house,
    )
