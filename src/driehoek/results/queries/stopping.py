"""When it ends after a notice, and what is still possible until then."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from driehoek.access import RECEIVERS, Permission
from driehoek.agreements.queries import notice_days, terms, version_in_force
from driehoek.engagements.models import Engagement, Party
from driehoek.engagements.queries import others_reading
from driehoek.kit import clock
from driehoek.kit.addresses import reverse
from driehoek.kit.templatetags.look import listed
from driehoek.people.models import Person
from driehoek.results.queries.ledger import releasable


def last_day(engagement: Engagement) -> date:
    """The last day when somebody stops today, under the agreement in force: 1 query."""
    version = version_in_force(engagement)
    days = notice_days(terms(version)) if version else 0
    return clock.today(engagement.time_zone) + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that is still possible after a notice, and asked of nobody."""

    title: str
    says: str
    url: str


def still_possible(engagement: Engagement, person: Person) -> list[Offer]:
    """What `person` may still do before it is closed: no queries."""
    offers = [
        (
            Permission.PREPARE_SESSION,
            "sessions:index",
            _("A last session"),
            _("Planned sessions can be held until the last day. What came after it is cancelled."),
        ),
        (
            Permission.PLAN_SESSIONS,
            "sessions:index",
            _("A last session"),
            _("Planned sessions can be held until the last day. What came after it is cancelled."),
        ),
        (
            Permission.WRITE_COACHEE_REPORT,
            "results:coachee_report",
            _("A closing report"),
            _("In your own words, also about what was not finished. Not needed."),
        ),
        (
            Permission.WRITE_COACH_REPORT,
            "results:coach_report",
            _("A closing report"),
            _("Also about what was not finished. Not needed."),
        ),
        (
            Permission.ADD_RESULTS,
            "results:ledger",
            _("What came of it"),
            _("Results so far go into the ledger, welcome or not."),
        ),
    ]
    found = [
        Offer(title, says, reverse(page, args=[engagement.pk]))
        for permission, page, title, says in offers
        if engagement.lets(person, permission)
    ]
    return [*found, *_release(engagement, person)]


def _release(engagement: Engagement, person: Person) -> list[Offer]:
    receivers = [one for one in engagement.parties_in_order if _can_receive(engagement, one)]
    if not receivers or not engagement.lets(person, Permission.RELEASE):
        return []
    says = _("Only what you choose goes to %(names)s, and only after you have seen it. Nothing is fine too.")
    names = listed([one.first_name for one in receivers])
    url = reverse("results:release", args=[engagement.pk])
    return [Offer(_("What your organisation may read"), says % {"names": names}, url)]


def _can_receive(engagement: Engagement, party: Party) -> bool:
    present = party.role in RECEIVERS and party.accepted_at is not None
    return present and bool(releasable(engagement, party.role_))


@dataclass(frozen=True, slots=True)
class Learning:
    """Who learns what of a pause or notice: the names of those who read who and why, and of the others."""

    inside: str
    outside: str
    is_organisation: bool
    ends_on: date
    days: int


def who_learns(engagement: Engagement, person: Person) -> Learning:
    """What a confirmation tells `person` beforehand: 1 query."""
    inside = others_reading(engagement, person)
    present = [p for p in engagement.parties_in_order if p.accepted_at and p.person_id != person.pk]
    names = dict.fromkeys(party.first_name for party in present)
    outside = [name for name in names if name not in inside]
    ends_on = engagement.stops_on or last_day(engagement)
    mine = engagement.roles_of(person) - set(RECEIVERS)
    return Learning(
        listed(inside),
        listed(outside),
        is_organisation=not mine,
        ends_on=ends_on,
        days=(ends_on - clock.today(engagement.time_zone)).days,
    )
