"""Starting an experiment, judging it on its last day, and going on from it."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from driehoek.access import Role, Shape, roles_in
from driehoek.agreements.actions import save_criterion, save_goal
from driehoek.agreements.wording import is_percent, plain
from driehoek.engagements.actions import start_engagement
from driehoek.engagements.models import Engagement
from driehoek.experiments.models import Experiment
from driehoek.experiments.queries import SHAPES, Figure, figures_of, frozen, is_due, mean, with_outcome
from driehoek.kit import clock
from driehoek.kit.addresses import reverse
from driehoek.kit.errors import Refused
from driehoek.kit.templatetags.look import day, decimal
from driehoek.method.experiment_plans import plan
from driehoek.method.route import Experiment as Kind
from driehoek.outbox.actions import post
from driehoek.people.models import Membership, Person
from driehoek.people.queries import wants
from driehoek.vault import keys

MOST_RUNNING: Final = 10
LATE: Final = timedelta(days=3)
AT_ONCE: Final = 200
_WHOLE: Final = 100  # percent
_WEEKS: Final = {"A": 12, "B": 26, "C": 26}  # until the first goal of the engagement, to be changed there
_TITLES: Final = {
    Shape.COACHING: gettext_lazy("Coaching after a small experiment"),
    Shape.CONSULTANCY: gettext_lazy("Consultancy after a small experiment"),
    Shape.BLENDED: gettext_lazy("Consultancy and coaching after a small experiment"),
}


@transaction.atomic
def start_experiment(
    by: Person, *, kind: Kind, figures: Sequence[Figure], problem: str = "", behaviours: str = "", once: UUID
) -> Experiment:
    """Begin today, with what was measured today. The same `once` again is the same experiment.

    Refuses an eleventh that still runs, the id of somebody else, and a target that nothing can reach.
    """
    if trouble := next(filter(None, map(target_trouble, figures)), ""):
        raise Refused(None, trouble)
    Person.objects.select_for_update().get(pk=by.pk)
    known = Experiment.objects.filter(pk=once).first()
    if known is not None:
        if known.person_id != by.pk:
            raise Refused(None, _("This form was used already. Open the page again, and begin once more."))
        return known
    if Experiment.objects.filter(person=by, decided_at=None).count() >= MOST_RUNNING:
        raise Refused(None, _("Ten experiments are running already. Finish one of them first."))
    today = clock.today()
    made = Experiment(pk=once, person=by, kind=kind, started_on=today, data_key=keys.make_key())
    made.ends_on = plan(kind, "en").last(today)
    made.problem, made.behaviours, made.figures = problem, behaviours, frozen(figures)
    made.save(force_insert=True)
    return made


@transaction.atomic
def evaluate(
    experiment: Experiment,
    *,
    measured_on: date,
    after: Sequence[Sequence[Decimal]],
    learned: str,
    decision: str,
) -> Experiment:
    """Write down what was measured at the end, what was learned, and what follows. Once: a verdict stands.

    Refuses it before the last day, and a day on which nothing can have been measured.
    """
    held = Experiment.objects.select_for_update().get(pk=experiment.pk)
    if held.decided_at:
        raise Refused(None, _("This experiment has been judged already. What was written stands."))
    if not is_due(held):
        raise Refused(
            None, _("The last day is %(day)s. Measure then, not before.") % {"day": day(held.ends_on)}
        )
    if not held.started_on < measured_on <= clock.today():
        raise Refused("measured_on", _("Choose a day after the first day, and no later than today."))
    pairs = zip(figures_of(held), after, strict=True)
    held.figures = frozen([with_outcome(figure, values, measured_on) for figure, values in pairs])
    held.learned, held.decision, held.decided_at = learned, decision, clock.now()
    held.save()
    return held


def target_trouble(figure: Figure) -> str:
    """What is wrong with by how much it must change, in a sentence; empty where nothing is."""
    most = figure.may_fall
    if most == 0:
        return _("It starts at 0 and cannot get lower than that. Choose “Higher”, or measure something else.")
    if most is not None and not 0 < figure.target <= most:
        words = _("Write a number above 0, and at most %(most)s: it starts there and does not go below 0.")
        exact = Decimal(most.numerator) / most.denominator
        return words % {"most": decimal(plain(exact.quantize(Decimal("0.001"), ROUND_FLOOR)))}
    if figure.target <= 0:
        return _("Write a number above 0, without a sign: which way is better stands above.")
    return ""


@transaction.atomic
def stop_early(experiment: Experiment, *, learned: str) -> Experiment:
    """End it before its last day, with what was learned: neither reached nor missed.

    Refuses one that was judged, and one whose last day has come: that is measured and judged.
    """
    held = Experiment.objects.select_for_update().get(pk=experiment.pk)
    if held.decided_at:
        raise Refused(None, _("This experiment has been judged already. What was written stands."))
    if is_due(held):
        raise Refused(None, _("The last day has come: measure once more, and judge it."))
    held.learned, held.decision, held.decided_at = learned, Experiment.Decision.STOP, clock.now()
    held.save()
    return held


@transaction.atomic
def go_on(experiment: Experiment, *, by: Person, place: Membership) -> Engagement:
    """An engagement of the shape that fits, with what was measured as its first goal. Twice is once.

    The problem goes to coachee and coach, sealed with the key of the engagement; measures and numbers
    go into the draft of the agreement, that everybody in it reads. What was learned stays where it is.
    """
    held = Experiment.objects.select_for_update().get(pk=experiment.pk)
    if held.engagement:
        return held.engagement
    if not held.decided_at:
        raise Refused(None, _("Judge the experiment first: what was measured goes along."))
    shape = SHAPES[held.kind]
    role = Role.CONSULTANT if shape is Shape.CONSULTANCY else Role.COACH
    engagement = start_engagement(
        by=by,
        title=str(_TITLES[shape]),
        shape=shape,
        organisation=place.organisation,
        role=role if place.is_coach else Role.ORG_ADMIN,
        problem=held.problem if Role.COACHEE in roles_in(shape) else "",
        route=str(shape),
    )
    _take_along(held, engagement, by)
    held.engagement = engagement
    held.save(update_fields=["engagement"])
    return engagement


def _take_along(held: Experiment, engagement: Engagement, by: Person) -> None:
    """What was measured last is what the engagement starts from."""
    by_when = clock.today() + timedelta(weeks=_WEEKS[held.kind])
    about = ", ".join(figure.measure for figure in figures_of(held))
    action = _("build on what the small experiment showed")
    seen = ", ".join(f"“{one.strip()}”" for one in held.behaviours.splitlines() if one.strip())
    goal = save_goal(engagement, by=by, by_when=by_when, action=action, about=about, shown_by=seen)
    for figure in figures_of(held):
        save_criterion(
            goal,
            by=by,
            measure=figure.measure,
            unit=figure.unit,
            direction=figure.direction,
            baseline=_kept(figure),
            **_asked_next(figure),
            window_starts=clock.today(),
            deadline=by_when,
        )


def _asked_next(figure: Figure) -> dict[str, Any]:
    """As much again; where that went so well that it cannot be, what was to be reached on the last day."""
    now = _kept(figure)
    if figure.direction == "down":
        is_beyond = 0 <= now < figure.target
    else:
        is_beyond = is_percent(figure.unit) and now <= _WHOLE < now + figure.target
    if not is_beyond:
        return {"form": "absolute_change", "target": figure.target}
    step = figure.target if figure.direction == "up" else -figure.target
    return {"form": "level", "target": _to_thousandths(figure.start + Fraction(step))}


def _kept(figure: Figure) -> Decimal:
    return _to_thousandths(mean(figure.after or figure.before))


def _to_thousandths(exact: Fraction) -> Decimal:
    return (Decimal(exact.numerator) / exact.denominator).quantize(Decimal("0.001"))


@transaction.atomic
def drop_experiment(experiment: Experiment) -> None:
    """Throw it away: its key is destroyed, so no copy of the database can be read either."""
    key_id = experiment.data_key_id
    experiment.delete()
    keys.shred(key_id)


def remind_of_experiments() -> int:
    """Letters halfway, on the last day, and once more when nothing follows; says how many."""
    return sum(_remind(one) for one in _waiting()[:AT_ONCE])


def _waiting() -> QuerySet[Experiment]:
    running = Experiment.objects.filter(decided_at=None, reminders__lt=3)
    return running.select_related("person").order_by("ends_on")


def _due(one: Experiment) -> int:
    """How many letters are due by today."""
    today, middle = clock.today(), one.started_on + (one.ends_on - one.started_on) / 2
    return sum((today >= middle, today >= one.ends_on, today >= one.ends_on + LATE))


@transaction.atomic
def _remind(one: Experiment) -> bool:
    """One letter and its mark in one transaction. Of letters that were missed only the last one goes."""
    due, person = _due(one), one.person
    if due <= one.reminders:
        return False
    if not Experiment.objects.filter(pk=one.pk, reminders=one.reminders).update(reminders=due):
        return False
    if not person.is_active or not wants(person, "experiment_waits"):
        return False
    with override(person.language):
        place = f"{settings.BASE_URL}{reverse('experiments:show', args=[one.pk])}"
    facts = {"link": place, "ends": due > 1}
    key, house = f"experiment:{one.pk}:{due}", _house_of(person)
    post(
        person.email, template="experiment_waits", facts=facts, language=person.language, key=key, house=house
    )
    return True


def _house_of(person: Person) -> UUID | None:
    """The organisation in whose words the letter comes: the only one somebody belongs to, or none."""
    found = list(Membership.objects.filter(person=person).values_list("organisation", flat=True)[:2])
    return found[0] if len(found) == 1 else None
