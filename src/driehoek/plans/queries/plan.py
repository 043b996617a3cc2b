"""What can be asked about the change plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from driehoek.access import POLICY, Kind, Permission, Role, Shape, audience
from driehoek.agreements.queries import terms, version_in_force
from driehoek.engagements.models import HERE, Engagement, Party
from driehoek.engagements.queries import Asking, Step, Stop
from driehoek.kit import clock
from driehoek.kit.addresses import reverse
from driehoek.kit.prepared import Prepared
from driehoek.kit.templatetags.look import listed
from driehoek.people.models import Person
from driehoek.plans.models import Action
from driehoek.plans.wording import COLOUR_STATES, COLOUR_WORDS, SORT_WORDS, days_over


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the plan as it is shown: who does it, and how it stands in one word and one kind."""

    action: Action
    sort: str
    owner: str
    state: str
    words: str


def plan_of(engagement: Engagement) -> QuerySet[Action]:
    """The whole plan: what is open first, by day, then what is done, the latest first: 1 query."""
    return _in_order(engagement.actions.all())


def _in_order(actions: QuerySet[Action]) -> QuerySet[Action]:
    return actions.order_by(F("done_on").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "made_at")


_OPEN: Final = Prepared(lambda: _in_order(Action.objects.filter(engagement=HERE, done_on=None)))


def open_actions(engagement: Engagement) -> list[Action]:
    """What is still to be done, by day: 1 query."""
    return _OPEN.ask(engagement=engagement)


def done_actions(engagement: Engagement) -> QuerySet[Action]:
    """What is done, the latest first: 1 query."""
    return plan_of(engagement).exclude(done_on=None)


def lines(engagement: Engagement, actions: Sequence[Action] | QuerySet[Action]) -> list[Line]:
    """The lines to show for these actions: no queries besides `actions` itself."""
    names = {party.role: party.person.first_name_only for party in engagement.parties.all()}
    today = clock.today()
    return [
        Line(one, str(SORT_WORDS[Action.Sort(one.sort)]), names.get(one.owner, ""), *standing(one, today))
        for one in actions
    ]


def standing(action: Action, today: date) -> tuple[str, str]:
    """How an action stands, as a kind of state and in words: as its owner sees it, and how late it is."""
    if action.is_done:
        return "ok", _("Done")
    over, colour = action.days_over(today), Action.Colour(action.colour)
    chosen = str(COLOUR_WORDS[colour])
    if not over:
        return COLOUR_STATES[colour], chosen
    if colour is Action.Colour.OPEN:
        return "warn", days_over(over)
    facts = {"stands": chosen, "late": days_over(over).lower()}
    return COLOUR_STATES[colour], _("%(stands)s, %(late)s") % facts


def sorts_for(engagement: Engagement) -> list[Action.Sort]:
    """What can stand on this plan: exercises need a coachee, milestones belong to consultancy."""
    without = {
        Shape.COACHING: {Action.Sort.MILESTONE},
        Shape.CONSULTANCY: {Action.Sort.EXERCISE},
        Shape.BLENDED: set(),
    }
    return [sort for sort in Action.Sort if sort not in without[engagement.shape_]]


def owners_for(engagement: Engagement) -> list[Party]:
    """Who can be asked to do something: every party that did not decline. No queries with parties there."""
    return [party for party in engagement.parties_in_order if not party.declined_at]


def says_how(engagement: Engagement, owner: str, person: Person) -> bool:
    """Whether `person` says how what `owner` does goes: the owner alone, who chooses the colour.

    Whoever takes no part or does not change the plan is asked in a conversation: then the others write it
    down. No queries with parties there.
    """
    if owner in engagement.roles_of(person):
        return True
    party = engagement.party(Role(owner))
    return not (party and party.accepted_at and owner in POLICY[Permission.CHANGE_PLAN].roles)


def told_by_others(engagement: Engagement) -> str:
    """Who can own something and does not read the plan, in words: no queries with parties there."""
    readers = audience(Kind.PLAN, engagement.table)
    names = [one.first_name for one in owners_for(engagement) if one.role_ not in readers]
    words = ngettext(
        "%(names)s does not read the plan. Tell them yourselves what is asked.",
        "%(names)s do not read the plan. Tell them yourselves what is asked.",
        len(names),
    )
    return words % {"names": listed(names)} if names else ""


def why_not_by(engagement: Engagement, on: date | None) -> str:
    """Why something new cannot be due on this day; nothing when it can: no queries."""
    if on is None or on >= clock.today(engagement.time_zone):
        return ""
    return _("This day lies behind you. Choose today or a later day.")


def first_day(engagement: Engagement) -> date | None:
    """The day from which milestones count: as agreed, or when the agreement came into force: 1 query."""
    version = version_in_force(engagement)
    agreed = (terms(version).get("logistics") or {}).get("starts_on") if version else None
    return date.fromisoformat(agreed) if agreed else engagement.started_on


def with_signs(engagements: QuerySet[Engagement], by: Asking) -> QuerySet[Engagement]:
    """Adds `plans_overdue`: how many open actions of the asker are past their day."""
    roles = Party.objects.filter(
        engagement=OuterRef("engagement"), person=by.person, accepted_at__isnull=False
    ).values("role")
    late = (
        Action.objects.filter(engagement=OuterRef("pk"), done_on=None, due_on__lt=by.today, owner__in=roles)
        .order_by()
        .values("engagement")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return engagements.annotate(plans_overdue=Coalesce(Subquery(late), 0))


def asked_of(engagement: Engagement, person: Person) -> list[Step]:
    """What the plan asks of `person` now: no queries, it reads the signs."""
    late: int = getattr(engagement, "plans_overdue", 0)
    if not late or not engagement.lets(person, Permission.CHANGE_PLAN):
        return []
    title = ngettext(
        "Look at one thing on your plan that is past its day",
        "Look at %(count)d things on your plan that are past their day",
        late,
    ) % {"count": late}
    step = Step(
        engagement,
        title,
        reverse("plans:index", args=[engagement.pk]),
        rank=60,
        minutes=3,
        kind=Kind.PLAN,
        button=_("Open the plan"),
        explained=_("Done, a later day, or no longer needed: each of these is fine to write down."),
    )
    return [step]


def stops_of(engagement: Engagement, person: Person) -> list[Stop]:
    """The milestones on the path, without their words: 1 query, for those who may read the plan."""
    if engagement.shape_ is Shape.COACHING or not engagement.lets(person, Permission.READ_PLAN):
        return []
    url = reverse("plans:index", args=[engagement.pk])
    return [
        Stop("milestone", _("Week %(week)d") % {"week": one.week}, one.due_on, one.is_done, url)
        for one in engagement.actions.filter(sort=Action.Sort.MILESTONE, week__isnull=False)
    ]
