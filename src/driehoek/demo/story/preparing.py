"""Beginning: who takes part, the first conversation and the six questions."""

from datetime import time

from driehoek.access import Role
from driehoek.booking.actions import name_moment
from driehoek.demo.case import Case
from driehoek.engagements import actions as engagements
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import with_parties
from driehoek.intake import actions as intake
from driehoek.kit import clock
from driehoek.people import actions as people
from driehoek.people.models import Organisation, Person


def prepare(case: Case) -> Engagement:
    """Start the engagement, invite everybody, and let them answer as far as the case tells."""
    engagement = _start(case)
    gather(case, engagement)
    return engagement


def gather(case: Case, engagement: Engagement) -> None:
    """Invite everybody besides who leads it, and let them answer."""
    _invite(case, engagement)
    with_parties(engagement)
    _get_acquainted(case, engagement)
    _answer(case, engagement)
    _plan_to_meet(case, engagement)


def person(case: Case, role: Role) -> Person:
    """Whoever holds this role in the case, introduced at the first need."""
    if role not in case.cast:
        told = case.told["people"][role]
        case.cast[role] = people.introduce(email=told["email"], name=told["name"], language="nl")
    return case.cast[role]


def _host(case: Case) -> tuple[Person, Organisation]:
    """Who begins, and the organisation that hosts: founded by them, or known already."""
    begins = person(case, Role(case.told["begun_by"]))
    return begins, people.found_organisation(by=begins, name=case.told["organisation"])


def _start(case: Case) -> Engagement:
    with clock.moved_to(case.at(case.told["begun_on"], "09:05")):
        begins, organisation = _host(case)
        return engagements.start_engagement(
            by=begins,
            title=case.told["title"],
            shape=case.shape,
            organisation=organisation,
            role=Role(case.told["begun_by"]),
            occasion=case.told.get("occasion", ""),
            problem=case.told.get("problem", ""),
            route=case.told.get("route", ""),
        )


def _invite(case: Case, engagement: Engagement) -> None:
    begins = person(case, Role(case.told["begun_by"]))
    for number, role in enumerate(case.roles):
        told = case.told["people"][role]
        if role == case.told["begun_by"]:
            continue
        with clock.moved_to(case.at(case.told["begun_on"], f"09:{20 + number}")):
            party = engagements.invite(
                engagement,
                by=begins,
                role=role,
                name=told["name"],
                email=told["email"],
                organisation_name=told.get("organisation", ""),
            )
        answered = case.told["begun_on"] + told.get("answers_after", 1)
        if not told.get("is_silent") and case.is_past(answered):
            with clock.moved_to(case.at(answered, f"08:{30 + number}")):
                engagements.accept_invitation(party, by=party.person, name=told["name"])


def _get_acquainted(case: Case, engagement: Engagement) -> None:
    if told := case.get("acquaintance"):
        coach = person(case, Role.COACH)
        with clock.moved_to(case.at(told["day"], "16:00")):
            intake.keep_acquaintance(
                engagement,
                by=coach,
                texts={point: told[point] for point in ("who_we_are", "expectations", "contribution")},
                met_on=case.on(told["day"]),
                goes_on=told.get("goes_on"),
            )
            if relationship := told.get("relationship"):
                seen = {name: told[name] for name in ("self_steering", "learns_by") if name in told}
                intake.keep_estimate(engagement, by=coach, relationship=relationship, **seen)


def _answer(case: Case, engagement: Engagement) -> None:
    for role, told in case.get("intake").items():
        who = person(case, Role(role))
        with clock.moved_to(case.at(told["day"], told.get("hour", "20:15"))):
            intake.keep_answers(engagement, by=who, texts=_by_key(told["answers"]))
            if told.get("handed_in", True):
                intake.hand_in(engagement, by=who)


def _plan_to_meet(case: Case, engagement: Engagement) -> None:
    """The coach names when everybody meets, where the case tells it."""
    if told := case.get("three_way"):
        with clock.moved_to(case.at(told["named_on"], "12:00")):
            name_moment(
                engagement,
                "three_way",
                on=case.on(told["day"]),
                at=time.fromisoformat(told["hour"]),
                by=person(case, Role.COACH),
                instead_of=None,
            )


def _by_key(answers: dict[str, str | dict[str, str]]) -> dict[str, str]:
    """Question -> text, or question.part -> text where a question has parts."""
    texts: dict[str, str] = {}
    for question, said in answers.items():
        parts = {question: said} if isinstance(said, str) else {f"{question}.{p}": t for p, t in said.items()}
        texts |= parts
    return texts
