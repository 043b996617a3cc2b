"""What is known about a pause or a notice, and to whom."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from driehoek.access import RECEIVERS, Kind, Permission, Role, Stage, audience, must_sign
from driehoek.engagements.models import Engagement, Notice, Party, Pause
from driehoek.people.models import Person


def acting_role(engagement: Engagement, person: Person, roles: Collection[Role]) -> Role | None:
    """In which of these roles `person` acts, the first by the order of the roles: 1 query at most."""
    held = {
        Role(party.role)
        for party in engagement.parties.all()
        if party.person_id == person.pk and party.accepted_at
    }
    return next((role for role in Role if role in held and role in roles), None)


def needs(engagement: Engagement, person: Person) -> bool:
    """Whether nothing can be agreed here without `person`: 1 query at most."""
    needed = must_sign(engagement.shape_, ())
    return any(
        party.role_ in needed and party.person_id == person.pk and party.accepted_at
        for party in engagement.parties.all()
    )


@dataclass(frozen=True, slots=True)
class Interruption:
    """The standing pause or notice as one reader may know it; `who` and `reason` are empty for the others."""

    party: Party | None = None
    reason: str = ""
    expected_on: date | None = None
    by_organisation: bool = False
    is_mine: bool = False


def interruption(engagement: Engagement, person: Person) -> Interruption:
    """What `person` may know about why it rests or ends: 1 query, none when it does neither."""
    found = _standing(engagement)
    if found is None:
        return Interruption()
    by_organisation = isinstance(found, Notice) and found.role in RECEIVERS
    is_mine = found.person_id == person.pk
    if not engagement.lets(person, Permission.READ_INTERRUPTIONS):
        return Interruption(by_organisation=by_organisation, is_mine=is_mine)
    return Interruption(
        party=engagement.party(Role(found.role)),
        reason=found.reason,
        expected_on=found.expected_on if isinstance(found, Pause) else None,
        by_organisation=by_organisation,
        is_mine=is_mine,
    )


def _standing(engagement: Engagement) -> Pause | Notice | None:
    if engagement.stage_ is Stage.PAUSED:
        return engagement.pauses.filter(ended_at=None).first()
    if engagement.stops_on:
        return engagement.notices.filter(taken_back_at=None).first()
    return None


def others_reading(engagement: Engagement, person: Person) -> list[str]:
    """Who besides `person` reads why somebody pauses or stops, by first name: no queries with parties."""
    roles = audience(Kind.INTERRUPTIONS)
    present = [party for party in engagement.parties_in_order if party.role_ in roles and party.accepted_at]
    return list(dict.fromkeys(party.first_name for party in present if party.person_id != person.pk))
