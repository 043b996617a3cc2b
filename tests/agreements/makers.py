"""Goals, drafts and versions for the tests."""

from contextlib import nullcontext
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from django.test import Client
from django.urls import reverse

from driehoek.access import RECEIVERS, Role, Shape, Stage, default_table
from driehoek.agreements import actions
from driehoek.agreements.models import Criterion, Deliverable, Draft, Goal, Signature, Version
from driehoek.agreements.queries import signers_in, terms
from driehoek.agreements.queries.draft import GROUP_PAGES, clauses_here, days_on
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from tests.makers import make_engagement, person_of

GOAL = {
    "by_when": date(2027, 1, 15),
    "ability": "can",
    "action": "een projectplan maken dat iedereen draagt",
    "about": "de pilot",
    "shown_by": "zeven handtekeningen",
    "why": "er dan twee jaar een stevige basis ligt",
    "learning_goals": "Vragen wat iemand nodig heeft\nRuimte laten voor een ander idee",
    "levels": {-2: "Er ligt niets", -1: "Een opzet", 0: "Een gedragen plan", 1: "En een proef", 2: "En geld"},
    "language": "nl",
    "brought_by": "together",
}
WRITTEN = datetime(2026, 11, 27, 9, tzinfo=UTC)
CRITERION = {
    "measure": "Score op heldere prioriteiten",
    "unit": "punten",
    "form": "relative_change",
    "direction": "up",
    "target": Decimal("0.15"),
    "baseline": Decimal("3.1"),
    "window_starts": date(2026, 12, 1),
    "deadline": date(2027, 1, 15),
}
LOGISTICS = {
    "language": "en",
    "session_count": 7,
    "session_minutes": 60,
    "every_weeks": 3,
    "first_session_on": date(2026, 12, 3),
    "session_time": time(10, 0),
    "starts_on": date(2026, 12, 3),
    "ends_on": date(2027, 5, 1),
    "review_after_session": 3,
    "cancel_hours": 24,
    "late_cancel_counts": True,
    "notice_days": 14,
    "rework_days": 14,
    "rework_rounds": 1,
    "review_by_days": True,
    "manager_scales": False,
}
DELIVERABLE = {
    "sort": "design",
    "name": "Ontwerp van de schermen",
    "accepted_when": "Drie gebruikers voeren er een order mee in zonder uitleg",
    "week": 4,
}


def make_preparing(**given: Any) -> Engagement:
    """An engagement in which everything is still to be agreed."""
    return make_engagement(stage=Stage.PREPARING, **given)


def author_of(engagement: Engagement) -> Any:
    """Who writes in the tests: the coach, or the consultant where there is no coach."""
    return person_of(engagement, Role.COACH if engagement.party(Role.COACH) else Role.CONSULTANT)


def make_goal(engagement: Engagement, *, number: int = 1, **given: Any) -> Goal:
    """The goal with this number, or changed when it is there; written before its day."""
    who = given.pop("by", None) or author_of(engagement)
    there = engagement.goals.filter(position=number).first()
    late = clock.today() >= GOAL["by_when"] and "by_when" not in given
    with clock.moved_to(WRITTEN) if late else nullcontext():
        return actions.save_goal(engagement, by=who, goal_id=there and there.pk, **(GOAL | given))


def make_criterion(goal: Goal, **given: Any) -> Criterion:
    who = given.pop("by", None) or author_of(goal.engagement)
    return actions.save_criterion(goal, by=who, **(CRITERION | given))


def make_deliverable(engagement: Engagement, **given: Any) -> Deliverable:
    who = given.pop("by", None) or author_of(engagement)
    return actions.save_deliverable(engagement, by=who, **(DELIVERABLE | given))


def make_draft(engagement: Engagement, **given: Any) -> Draft:
    """A draft in which nothing is missing, with one goal and one criterion unless there are goals."""
    who = author_of(engagement)
    if not engagement.goals.exists():
        make_criterion(make_goal(engagement))
    if engagement.shape_ is Shape.CONSULTANCY and not engagement.deliverables.exists():
        make_deliverable(engagement)
    for page in dict.fromkeys(GROUP_PAGES.values()):
        texts = {
            one.id: f"Over {one.id}" for one in clauses_here(engagement) if GROUP_PAGES[one.group] == page
        }
        days = {name: (LOGISTICS | given)[name] for name in days_on(page, engagement.shape_)}
        actions.save_draft(engagement, by=who, part=page, clauses=texts, logistics=days)
    for party in engagement.parties.filter(role__in=RECEIVERS, accepted_at__isnull=False):
        if engagement.party(Role.COACHEE):
            actions.answer_candour(engagement, by=party.person, answer="nothing")
    table = default_table(engagement.shape_).as_json()
    return actions.choose_disclosure(engagement, by=who, table=table)


def make_offered(engagement: Engagement, *, met: bool = True) -> Version:
    """A version that lies open for signing, after the parties have met."""
    if not engagement.goals.exists():
        make_draft(engagement)
    who = author_of(engagement)
    if met:
        actions.record_three_way_meeting(engagement, by=who, met_on=clock.today())
    return actions.offer(engagement, by=who)


def put_signature(version: Version, role: Role, **given: Any) -> Signature:
    who = person_of(version.engagement, role)
    shown = {"fingerprint": version.fingerprint, "typed_name": who.name}
    return actions.sign(version, by=who, **shown | {"capacity": "for myself", "sentence": "I agree."} | given)


def typed_by(version: Version, role: Role, **given: Any) -> dict[str, Any]:
    """What this party types on the page on which they sign."""
    person = person_of(version.engagement, role)
    plain = {"fingerprint": version.fingerprint, "typed_name": person.name, "capacity": "for myself"}
    return plain | {"agrees": "on"} | given


def make_in_force(engagement: Engagement) -> Version:
    """A version everybody has signed; gives it as it stands now."""
    version = make_offered(engagement)
    for role in signers_in(terms(version)):
        put_signature(version, role)
    return Version.objects.get(pk=version.pk)


def signed_in(engagement: Engagement, role: Role, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(person_of(engagement, role))
    return client


def address(name: str, engagement: Engagement, *more: Any) -> str:
    return reverse(f"agreements:{name}", args=[engagement.pk, *more])


def amend(engagement):
    """Begin a change to the agreement in force."""
    return actions.begin_amendment(fresh(engagement))


def fresh(engagement):
    """The engagement as it stands in the database."""
    return Engagement.objects.get(pk=engagement.pk)


def signed_by_all(engagement):
    """What was written, talked about on this day, offered, and signed by everybody."""
    who = author_of(engagement)
    actions.record_three_way_meeting(fresh(engagement), by=who, met_on=clock.today())
    version = actions.offer(fresh(engagement), by=who)
    for role in signers_in(terms(version)):
        put_signature(version, role)
    return Version.objects.get(pk=version.pk)


def change_target(engagement, target="0.20"):
    """Another target for the only criterion."""
    [criterion] = engagement.criteria.filter(dropped_at=None)
    facts = CRITERION | {"target": Decimal(target)}
    return actions.save_criterion(
        criterion.goal, by=author_of(engagement), criterion_id=criterion.pk, **facts
    )
