"""What a receiver finds, and what is written down about the reading."""

from datetime import date

import pytest

from driehoek.access import Role, Stage
from driehoek.audit.models import Look
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.measures.actions import strike_value
from driehoek.results import actions
from tests.makers import person_of
from tests.measures.makers import NOW, as_, the_criterion
from tests.results.makers import look_at, make_release, page
from tests.results.test_release import make_ended

pytestmark = pytest.mark.django_db
SPONSOR, COACHEE = Role.SPONSOR, Role.COACHEE


@pytest.fixture(autouse=True)
def _now():
    clock.move_to(NOW)


def looks_by(engagement, role):
    return sorted(Look.objects.filter(subject=engagement.pk, role=role).values_list("kind", flat=True))


@pytest.mark.parametrize("name", ["released", "released_pdf"])
def test_who_looked_says_what_the_receiver_read_in_the_document(name):
    engagement = make_ended()
    made = make_release(engagement, SPONSOR, ["coachee_report", "results"])

    page(as_(engagement, SPONSOR), name, engagement, made.pk)

    assert looks_by(engagement, SPONSOR) == ["reports", "results"]


def test_the_rows_to_give_a_view_on_are_a_look_at_the_results():
    engagement = make_ended()
    page(as_(engagement, SPONSOR), "received", engagement)
    before = looks_by(engagement, SPONSOR)
    made = make_release(engagement, SPONSOR, ["coachee_report", "results"])

    page(as_(engagement, SPONSOR), "received", engagement)

    assert (before, looks_by(engagement, SPONSOR)) == ([], ["results"])
    assert page(as_(engagement, SPONSOR), "mark", engagement, made.result_ids[0]).status_code == 200


def test_the_coachee_reading_the_own_release_and_a_withdrawn_document_are_no_look():
    engagement = make_ended()
    made = make_release(engagement, SPONSOR, ["coachee_report"])

    page(as_(engagement, COACHEE), "released", engagement, made.pk)
    actions.withdraw_release(made)
    page(as_(engagement, SPONSOR), "released", engagement, made.pk)

    assert not Look.objects.filter(subject=engagement.pk).exists()


def test_document_too_long_to_print_says_so_and_stays_readable(monkeypatch):
    monkeypatch.setattr("driehoek.documents.pdf.LONGEST", 100)
    engagement = make_ended()
    made = make_release(engagement, SPONSOR, ["coachee_report"])

    answer = page(as_(engagement, SPONSOR), "released_pdf", engagement, made.pk)

    assert answer.status_code == 200
    assert "This document is too long to print." in answer.content.decode()


def test_once_closed_the_receiver_is_not_led_to_a_view_that_can_no_longer_be_given():
    engagement = make_ended()
    make_release(engagement, SPONSOR, ["results"])
    Engagement.objects.update(stage=Stage.CLOSED)

    shown = page(as_(engagement, SPONSOR), "received", engagement).content.decode()

    assert "Your view on the results" in shown
    assert "Give your view" not in shown


def test_value_struck_out_after_the_deadline_stands_in_the_document():
    engagement = make_ended()
    strike_value(
        engagement,
        the_criterion(engagement).pk,
        by=person_of(engagement, Role.COACH),
        on=date(2027, 1, 10),
        reason="Verkeerde lijst",
    )

    document = look_at(as_(engagement, COACHEE), engagement, SPONSOR, ["measurements"]).context["document"]

    said = str(document["sections"][0])
    assert "Verkeerde lijst" in said
    assert "Marijke Aalbers" in said
