"""How a test begins an experiment and judges it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from driehoek.experiments import actions
from driehoek.experiments.queries import Figure
from driehoek.kit import clock
from tests.makers import make_member, make_organisation, make_person

DAY_ZERO = datetime(2026, 12, 1, 9, tzinfo=UTC)


BEFORE = (Decimal(3), Decimal(4), Decimal(3), Decimal(2), Decimal(4))


AFTER = (Decimal(4), Decimal(4), Decimal(4), Decimal(3), Decimal(5))


FIRST = {
    "problem": "Iedereen wacht op mij",
    "figure1-measure": "Wachttijd",
    "figure1-unit": "uur",
    "figure1-direction": "down",
    "figure1-target": "2",
    "figure1-before": "7,5",
}


LAST = {"after1": "5", "learned": "Klein beginnen helpt", "decision": "engagement"}


def signed_in(person):
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


def begin(client, kind="A", **given):
    return client.post(reverse("experiments:plan", args=[kind]), FIRST | {"once": uuid4()} | given)


def make_experiment(person=None, kind="B", before=BEFORE, target="0.2", **given):
    figure = Figure("Mean over six behaviours", "points", "up", Decimal(target), before)
    return actions.start_experiment(
        person or make_person(), kind=kind, figures=[figure], once=uuid4(), **given
    )


def on_the_last_day(experiment, late=0):
    clock.move_to(clock.now() + (experiment.ends_on - clock.today()) + timedelta(days=late))


def judged(experiment, after=AFTER, decision="engagement", learned="It helps to begin small"):
    on_the_last_day(experiment)
    return actions.evaluate(
        experiment, measured_on=clock.today(), after=[after], learned=learned, decision=decision
    )


def address(experiment, name="show"):
    return reverse(f"experiments:{name}", args=[experiment.pk])


def make_coach():
    person = make_person()
    make_member(make_organisation(), person, is_coach=True)
    return person
