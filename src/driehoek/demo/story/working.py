"""Working: sessions, the change plan, measurements and interim scores, in the order of their days."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from driehoek.access import Role
from driehoek.agreements.models import Criterion
from driehoek.agreements.queries import agreed_deliverables, agreed_goals
from driehoek.availability.actions import keep_hours
from driehoek.demo.case import FOLDER, Case
from driehoek.demo.story.asking import ask_around
from driehoek.demo.story.preparing import person
from driehoek.demo.story.surveying import ask_a_group
from driehoek.demo.story.trying import tick_off
from driehoek.documents.incoming import read_incoming
from driehoek.engagements.models import Circle, Engagement
from driehoek.engagements.queries import with_parties
from driehoek.evidence.series_file import read_series
from driehoek.files.actions import put_file
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.measures import actions as measures
from driehoek.method.availability import Hours
from driehoek.people.models import Person
from driehoek.plans import actions as plans
from driehoek.plans.models import Action
from driehoek.reviews import actions as reviews
from driehoek.sessions import actions as sessions
from driehoek.sessions.models import Session
from driehoek.sessions.queries import occurrences, rhythm

BEFORE = ("question", "since")
OPENING = ("stuck", "practised", "happened", "wanted")
CONVERSATION = ("goal", "reality", "options", "will")
CYCLE = ("act", "look_back", "essentials", "alternatives", "try_out")
CLOSING = ("yield", "way_of_working")


@dataclass
class Desk:
    """The case at work: the engagement as it stands, and the actions of its plan by their short name."""

    case: Case
    engagement: Engagement
    plan: dict[str, Action] = field(default_factory=dict)


def work(case: Case, engagement: Engagement) -> None:
    """Everything between signing and closing that lies before today, day by day."""
    desk = Desk(case, with_parties(Engagement.objects.select_related("data_key").get(pk=engagement.pk)))
    steps: list[tuple[int, Callable[[], None]]] = [
        *((told["day"], _step(_plan, desk, told)) for told in case.get("plan")),
        *((told["day"], _step(_turn, desk, told)) for told in case.get("turns")),
        *((told["day"], _step(_measure, desk, told)) for told in case.get("values")),
        *((told["day"], _step(_read_file, desk, told)) for told in case.get("files")),
        *((told["day"], _step(tick_off, case, desk.engagement, told)) for told in case.get("ticked")),
        *((told["day"], _step(ask_a_group, case, desk.engagement, told)) for told in case.get("surveys")),
        *((told["day"], _step(_share, desk, told)) for told in case.get("shared")),
        *((told["day"], _step(ask_around, case, desk.engagement, told)) for told in case.get("feedback")),
        *((told["day"], _step(_score, desk, told)) for told in case.get("scores")),
        *((told["day"], _step(_review, desk, told)) for told in case.get("reviews")),
        *((told["day"], _step(_deliver, desk, told)) for told in case.get("deliveries")),
    ]
    for session, told in zip(_planned(desk), case.get("sessions"), strict=False):
        held_on = (session.starts_at.date() - case.day_zero).days
        steps.append((held_on, _step(_hold, desk, told, session)))
    _say_when(case)
    for day, step in sorted(steps, key=lambda one: one[0]):
        if case.is_past(day):
            step()


def _say_when(case: Case) -> None:
    """The coach writes down when they can be booked, where the case tells it."""
    if said := case.told.get("hours"):
        parts = [Hours(*(time.fromisoformat(one) for one in pair)) for pair in said["parts"]]
        keep_hours(person(case, Role.COACH), week=dict.fromkeys(said["days"], parts))


def _step(deed: Callable[..., None], *facts: Any) -> Callable[[], None]:
    return lambda: deed(*facts)


def _planned(desk: Desk) -> list[Session]:
    if Role.COACH not in desk.case.roles:
        return []
    day = max(desk.case.told["agreement"]["signed_on"].values())
    with clock.moved_to(desk.case.at(day, "19:40")):
        try:
            return sessions.plan_series(desk.engagement, by=person(desk.case, Role.COACH))
        except Refused:
            return list(_one_by_one(desk))


def _one_by_one(desk: Desk) -> Iterator[Session]:
    """As a coach does whose usual hour is taken on one of the days: then at the next hour that is free."""
    engagement, coach = desk.engagement, person(desk.case, Role.COACH)
    for turn in occurrences(rhythm(engagement), time_zone=engagement.time_zone):
        usual = turn.starts_local
        for later in range(12):
            at = (usual + timedelta(minutes=75 * later)).time()
            try:
                yield sessions.add_session(engagement, on=usual.date(), at=at, by=coach)
                break
            except Refused:
                continue


def _hold(desk: Desk, told: dict[str, Any], session: Session) -> None:
    coachee, coach = person(desk.case, Role.COACHEE), person(desk.case, Role.COACH)
    with clock.moved_to(session.starts_at - timedelta(days=1, hours=2)):
        sessions.write_notes(session, texts=_texts(told, BEFORE), by=coachee)
    with clock.moved_to(session.starts_at + timedelta(minutes=20)):
        if opening := _texts(told, OPENING):
            sessions.write_notes(session, texts=opening, by=coachee)
    _converse(session, told, by=coach)
    with clock.moved_to(session.ends_at):
        minutes = told.get("minutes", session.minutes)
        sessions.round_off(session, texts=_texts(told, CLOSING), by=coachee, minutes=minutes)
        for action in told.get("actions", ()):
            _put_on_plan(desk, action, made_in_session=session.pk)
    with clock.moved_to(session.ends_at + timedelta(hours=3)):
        if private := told.get("private"):
            sessions.write_private_note(session, text=private, by=coach)
    with clock.moved_to(session.ends_at + timedelta(hours=28)):
        if reflection := told.get("reflection"):
            sessions.write_reflection(session, text=reflection)


def _converse(session: Session, told: dict[str, Any], *, by: Person) -> None:
    """The phases at once, or one after the other in the order of `way`, seven minutes each."""
    turns = (
        [(part,) if part != "cycle" else CYCLE for part in told["way"]] if "way" in told else [CONVERSATION]
    )
    for number, parts in enumerate(turns):
        with clock.moved_to(session.starts_at + timedelta(minutes=20 + 7 * number)):
            sessions.write_notes(session, texts=_texts(told, parts), by=by)


def _texts(told: dict[str, Any], parts: tuple[str, ...]) -> dict[str, str]:
    return {part: told[part] for part in parts if told.get(part)}


def _share(desk: Desk, told: dict[str, Any]) -> None:
    """Put something there for the others, as a text of a few lines."""
    engagement = with_parties(Engagement.objects.select_related("data_key").get(pk=desk.engagement.pk))
    with clock.moved_to(desk.case.at(told["day"], "16:10")):
        put_file(
            engagement,
            Circle(told["circle"]),
            by=person(desk.case, Role(told["by"])),
            file_id=uuid4(),
            name=told["name"],
            file=read_incoming(told["text"].encode(), name=told["name"]),
            words=told["words"],
        )


def _plan(desk: Desk, told: dict[str, Any]) -> None:
    with clock.moved_to(desk.case.at(told["day"], "11:00")):
        for action in told["actions"]:
            _put_on_plan(desk, action)


def _put_on_plan(desk: Desk, told: dict[str, Any], **about: Any) -> None:
    desk.plan[told.get("name", told["text"])] = plans.add_action(
        desk.engagement,
        text=told["text"],
        owner=told.get("owner", Role.COACHEE),
        sort=told.get("sort", Action.Sort.ACTION),
        due_on=desk.case.on(told["due"]) if "due" in told else None,
        week=told.get("week"),
        **about,
    )


def _turn(desk: Desk, told: dict[str, Any]) -> None:
    """How actions of the plan go, and what was learnt from them."""
    with clock.moved_to(desk.case.at(told["day"], "16:30")):
        for name, turn in told["actions"].items():
            action = desk.plan[name]
            changes = action.owner in (Role.COACHEE, Role.COACH, Role.CONSULTANT)
            plans.change_action(
                action,
                text=action.text,
                owner=action.owner,
                colour=turn["colour"],
                due_on=action.due_on,
                week=action.week,
                learnt=turn.get("learnt", ""),
                done=turn.get("done", False),
                by=person(desk.case, Role(action.owner)) if changes else None,
            )


def _criterion(desk: Desk, told: dict[str, Any]) -> Criterion:
    goal, place = told.get("criterion", [1, 1])
    return Criterion.objects.filter(engagement=desk.engagement, goal__position=goal)[place - 1]


def _measure(desk: Desk, told: dict[str, Any]) -> None:
    who = person(desk.case, Role(told["by"]))
    with clock.moved_to(desk.case.at(told["day"], "12:00")):
        measures.record_value(
            desk.engagement,
            _criterion(desk, told).pk,
            by=who,
            on=desk.case.on(told["day"]),
            value=Decimal(told["value"]),
            out_of=Decimal(told["out_of"]) if "out_of" in told else None,
        )


def _read_file(desk: Desk, told: dict[str, Any]) -> None:
    """A file of values, read as the page reads it, its days moved along with the case."""
    criterion = _criterion(desk, told)
    weighted = criterion.counted == Criterion.Counted.WEIGHTED
    read = read_series((FOLDER / told["file"]).read_bytes(), weighted=weighted)
    if read.problems:
        raise ValueError(f"{told['file']}: {read.problems}")
    along = desk.case.day_zero - date.fromisoformat(told["day_zero"])
    values = [(row.on + along, row.value, row.out_of) for row in read.rows]
    who = person(desk.case, Role(told["by"]))
    with clock.moved_to(desk.case.at(told["day"], "15:00")):
        measures.record_series(desk.engagement, criterion.pk, by=who, values=values)


def _deliver(desk: Desk, told: dict[str, Any]) -> None:
    """Something is handed over, accepted or rejected; `of` is its place among what was promised."""
    promised = agreed_deliverables(desk.engagement)[told["of"] - 1].deliverable_id
    with clock.moved_to(desk.case.at(told["day"], told.get("hour", "16:00"))):
        if "handed_over" in told:
            consultant = person(desk.case, Role.CONSULTANT)
            plans.hand_over(desk.engagement, promised, by=consultant, note=told["handed_over"])
            return
        deed, said = (
            (plans.reject, told["rejected"]) if "rejected" in told else (plans.accept, told["accepted"])
        )
        deed(desk.engagement, promised, by=person(desk.case, Role.SPONSOR), reason=said)


def _score(desk: Desk, told: dict[str, Any]) -> None:
    role = Role(told["role"])
    goals = agreed_goals(desk.engagement)
    with clock.moved_to(desk.case.at(told["day"], "20:00")):
        measures.score_levels(
            desk.engagement,
            by=person(desk.case, role),
            role=role,
            moment=told["moment"],
            levels={
                goal.goal_id: (level, remark)
                for goal, (level, remark) in zip(goals, told["levels"], strict=True)
            },
        )


def _review(desk: Desk, told: dict[str, Any]) -> None:
    """What somebody said at a review: how far along it is, whether it shows at work, or what two conclude."""
    engagement, role, about = desk.engagement, Role(told["role"]), told["review"]
    by = person(desk.case, role)
    with clock.moved_to(desk.case.at(told["day"], "17:00")):
        if "shows" in told:
            goals = [one.goal_id for one in agreed_goals(engagement) if one.number in told.get("goals", ())]
            words = {name: told[name] for name in ("shows", "why", "change") if name in told}
            reviews.say_whether_it_shows(engagement, about, by=by, goals=goals, **words)
        elif "text" in told:
            reviews.conclude(engagement, about, by=by, text=told["text"])
        else:
            reviews.say_how_far(engagement, about, by=by, role=role, now=told["now"], why=told["why"])
