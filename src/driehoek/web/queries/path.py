"""The path of an engagement: what lies behind, today, and what comes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from driehoek.access import Permission, Stage
from driehoek.agreements import queries as agreements
from driehoek.agreements.models import Version
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import Stop, may_plan
from driehoek.engagements.wording import meeting_name
from driehoek.kit import clock
from driehoek.kit.addresses import reverse
from driehoek.kit.templatetags.look import clock_time, short_day, week_day
from driehoek.measures import queries as measures
from driehoek.people.models import Person
from driehoek.plans import queries as plans
from driehoek.results import queries as results
from driehoek.reviews import queries as reviews
from driehoek.sessions import queries as sessions

LONGEST = 14
BEFORE = (Stage.PREPARING, Stage.DROPPED)


@dataclass(frozen=True, slots=True)
class Preparation:
    """One page of the preparation that is open to the reader."""

    title: str
    says: str
    url: str
    icon: str


def path_of(engagement: Engagement, person: Person, in_force: Version | None = None) -> list[dict[str, Any]]:
    """The stops as the path component draws them: 1 query for coachee and coach, 2 in consultancy.

    One more for what is delivered when the version `in_force` is not given.
    """
    if engagement.stage_ in BEFORE:
        return []
    stops = _start(engagement, person)
    for room in (sessions, plans):
        stops += room.stops_of(engagement, person)
    stops += results.stops_of(engagement, person, in_force)
    days = {stop.number: stop.on for stop in stops if stop.kind == "session" and stop.number}
    stops += reviews.stops_of(engagement, person, days)
    if engagement.stage_ is Stage.CLOSED:
        stops = [stop for stop in stops if stop.done]
    return _drawn(_folded(_in_order(stops)))


def outline_of(engagement: Engagement, planned: int | None) -> list[dict[str, Any]]:
    """The path as an organisation sees it: its milestones and a count, no dates and no marks. No queries."""
    if engagement.stage_ in BEFORE:
        return []
    return drawn_outline(planned, with_review=measures.interim_review_on(engagement) is not None)


def drawn_outline(planned: int | None, *, with_review: bool) -> list[dict[str, Any]]:
    """Start, sessions, closing, and the review when there is one: no queries."""
    count = ngettext("%(count)d session", "%(count)d sessions", planned or 0) % {"count": planned or 0}
    stops = [("talk", _("Start")), ("session", count if planned else _("Sessions"))]
    if with_review:
        stops.append(("measure", _("Review")))
    stops.append(("talk", _("Closing")))
    return [{"kind": kind, "label": label} for kind, label in stops]


def preparation(engagement: Engagement, person: Person) -> list[Preparation]:
    """The pages on which the agreement is made, as far as they are open to `person`: no queries."""
    if engagement.stage_ not in BEFORE:
        return []
    pages = preparation_of(engagement, lambda permission: engagement.lets(person, permission))
    return pages + _meeting(engagement, person)


def _meeting(engagement: Engagement, person: Person) -> list[Preparation]:
    """When everybody meets; for whoever plans it also while no moment was chosen: no queries."""
    at = getattr(engagement, "engagements_three_way_at", None)
    if at and engagement.lets(person, Permission.SEE_MEETING):
        here = localtime(at, engagement.zone).replace(tzinfo=None)
        says = _("%(day)s at %(time)s") % {"day": capfirst(week_day(here)), "time": clock_time(here)}
    elif may_plan(engagement, person, "three_way") and not getattr(engagement, "agreements_met_on", None):
        says = _("Choose a moment at which everybody can")
    else:
        return []
    url = reverse("book:three_way", args=[engagement.pk])
    return [Preparation(meeting_name(engagement, "three_way"), says, url, "calendar")]


def preparation_of(engagement: Engagement, allows: Callable[[Permission], bool]) -> list[Preparation]:
    """The same pages, for whoever may do what `allows` says: no queries."""
    rooms = (
        (
            Permission.READ_ACQUAINTANCE,
            "intake:acquaintance",
            _("Getting acquainted"),
            _("A first conversation along three points"),
            "users",
        ),
        (
            *_six_questions(allows),
            _("Six questions"),
            _("Everyone answers alone; then the answers lie side by side"),
            "list-checks",
        ),
        (
            Permission.READ_GOALS,
            "agreements:goals",
            _("Goals"),
            _("At most three, and how anyone can see that they are reached"),
            "target",
        ),
        (
            Permission.READ_AGREEMENT,
            "agreements:index",
            _("Agreement"),
            _("What is asked of whom, who sees what, and the signatures"),
            "signature",
        ),
    )
    return [
        Preparation(title, says, reverse(name, args=[engagement.pk]), icon)
        for permission, name, title, says, icon in rooms
        if allows(permission)
    ]


def _six_questions(allows: Callable[[Permission], bool]) -> tuple[Permission, str]:
    """Whoever answers finds the own answers; the others see who has handed in, and later everything."""
    if allows(Permission.ANSWER_INTAKE):
        return Permission.ANSWER_INTAKE, "intake:questions"
    return Permission.COMPARE_INTAKE, "intake:compare"


def _start(engagement: Engagement, person: Person) -> list[Stop]:
    """The talk with which it started, else the day on which the agreement came into force."""
    if getattr(engagement, "agreements_talked_on", None):
        return agreements.stops_of(engagement, person)
    return [Stop("talk", _("Start"), engagement.started_on, done=True)]


def _in_order(stops: list[Stop]) -> list[Stop]:
    """By day; on the same day the start comes first, then the sessions, then the review or the closing."""
    return sorted(stops, key=lambda stop: (stop.on or date.max, stop.kind == "measure"))


def _folded(stops: list[Stop]) -> list[Stop]:
    """A long past becomes one stop, so that what comes stays in sight."""
    held = [stop for stop in stops if stop.kind == "session" and stop.done]
    if len(stops) <= LONGEST or len(held) < 3:
        return stops
    words = ngettext("%(count)d session held", "%(count)d sessions held", len(held) - 1)
    one = Stop("session", words % {"count": len(held) - 1}, held[-2].on, done=True)
    rest = [stop for stop in stops if stop not in held[:-1]]
    return _in_order([one, *rest])


def _drawn(stops: list[Stop]) -> list[dict[str, Any]]:
    today, drawn, is_next, is_now, is_stuck = clock.today(), [], True, True, False
    for stop in stops:
        if is_now and not stop.done and (stop.on is None or stop.on >= today):
            drawn.append({"kind": "now", "when": short_day(today)})
            is_now = False
        state = "done" if stop.done else "up" if is_next else "planned"
        if stop.stuck or (is_stuck and not stop.done):
            state = "stuck" if stop.stuck else "waits"
        is_stuck, is_next = is_stuck or stop.stuck, is_next and stop.done
        drawn.append(
            {
                "kind": stop.kind,
                "state": state,
                "label": stop.label,
                "when": short_day(stop.on) if stop.on else "",
                "number": str(stop.number or ""),
                "url": stop.url,
            }
        )
    return drawn
