"""One step further: an engagement that starts from what was measured."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from driehoek.access import Role, Shape
from driehoek.engagements.models import Engagement
from driehoek.experiments import actions
from driehoek.experiments.models import Experiment
from driehoek.experiments.queries import Figure
from tests.experiments.makers import address, begin, judged, make_coach, make_experiment, signed_in
from tests.makers import make_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "shape", "role"),
    [
        ("A", Shape.CONSULTANCY, Role.CONSULTANT),
        ("B", Shape.COACHING, Role.COACH),
        ("C", Shape.BLENDED, Role.COACH),
    ],
)
def test_one_press_makes_an_engagement_that_starts_from_what_was_measured(kind, shape, role):
    person = make_coach()
    experiment = judged(
        make_experiment(person, kind=kind, problem="Iedereen wacht op mij", behaviours="Laat werk liggen")
    )

    for _press in range(2):
        answer = signed_in(person).post(address(experiment, "go_on"))

    engagement = Engagement.objects.get()
    criterion = engagement.criteria.get()
    assert answer.url == reverse("engagement", args=[engagement.pk])
    assert (engagement.shape_, engagement.roles_of(person)) == (shape, {role})
    assert (criterion.measure, criterion.baseline) == ("Mean over six behaviours", Decimal("4.000"))
    assert criterion.target == Decimal("0.2")
    assert engagement.problem == ("" if kind == "A" else "Iedereen wacht op mij")
    kept = signed_in(person).get(address(experiment)).content.decode()
    assert "Iedereen wacht op mij" in kept, "what does not go along stays to be read"
    assert engagement.goals.get().shown_by == "“Laat werk liggen”"


@pytest.mark.parametrize(
    ("unit", "direction", "before", "target", "after", "form", "asked"),
    [
        ("hours", "down", "12", "8", "3", "level", "4"),
        ("hours", "down", "12", "8", "0", "level", "4"),
        ("hours", "down", "12", "2", "9", "absolute_change", "2"),
        ("hours", "down", "-1", "2", "-4", "absolute_change", "2"),
        ("percent", "up", "70", "20", "92", "level", "90"),
        ("points", "up", "70", "20", "92", "absolute_change", "20"),
    ],
)
def test_what_went_so_well_that_it_cannot_come_again_asks_to_be_held_and_not_for_the_impossible(
    unit, direction, before, target, after, form, asked
):
    person = make_coach()
    figure = Figure("Time it takes", unit, direction, Decimal(target), (Decimal(before),))
    experiment = actions.start_experiment(person, kind="A", figures=[figure], once=uuid4())
    judged(experiment, after=(Decimal(after),))

    signed_in(person).post(address(experiment, "go_on"))

    criterion = Engagement.objects.get().criteria.get()
    assert (criterion.form, criterion.target) == (form, Decimal(asked))
    assert criterion.baseline == Decimal(after), "it starts from what was measured last"


def test_counting_behaviour_never_sounds_like_multiplying_it():
    client = signed_in(make_person())
    given = {"figure1-direction": "up", "figure2-direction": "up", "figure2-target": "4"}
    given |= {"figure2-measure": "How often it happens per week", "figure2-unit": "", "figure2-before": "3"}
    assert (
        'name="figure2-unit" value'
        not in client.get(reverse("experiments:plan", args=["C"])).content.decode()
    )

    begin(client, "C", **given)

    page = client.get(address(Experiment.objects.get())).content.decode()
    assert "at least 4 higher: 7 or more" in page


def test_what_was_learned_stays_with_whoever_learned_it():
    person = make_coach()
    experiment = judged(make_experiment(person), learned="alleenvanmij")
    signed_in(person).post(address(experiment, "go_on"))
    engagement = Engagement.objects.get()

    said = signed_in(person).get(reverse("agreements:index", args=[engagement.pk])).content.decode()

    assert "Mean over six behaviours" in said
    assert "alleenvanmij" not in said
    assert "alleenvanmij" in signed_in(person).get(address(experiment)).content.decode()


def test_who_hosts_nowhere_is_told_who_can_go_on_and_begins_nothing():
    experiment = judged(make_experiment())
    client = signed_in(experiment.person)

    assert "Show them this page" in client.get(address(experiment)).content.decode()
    assert client.post(address(experiment, "go_on")).status_code == 200
    assert Engagement.objects.count() == 0


def test_nothing_goes_on_before_it_was_judged():
    person = make_coach()

    answer = signed_in(person).post(address(make_experiment(person), "go_on"))

    assert answer.status_code == 200
    assert Engagement.objects.count() == 0
