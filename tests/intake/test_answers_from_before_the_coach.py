"""Engagements from before the coach answered too: what was complete then stays open."""

from importlib import import_module

import pytest
from django.apps import apps

from driehoek.access import Role, Stage
from driehoek.intake.models import IntakeForm
from tests.intake.makers import answer, at, preparing, url

pytestmark = pytest.mark.django_db
OTHERS = (Role.COACHEE, Role.MANAGER, Role.SPONSOR)
MIGRATION = import_module("driehoek.intake.migrations.0003_lay_open_what_was_complete_without_the_coach")


@pytest.fixture
def before(client):
    """All but the coach had handed in, and nothing says yet that the answers lay open."""

    def made(roles=OTHERS):
        engagement = preparing()
        for role in roles:
            answer(client, engagement, role, f"woord van de {role}")
        IntakeForm.objects.update(shown_at=None)
        engagement.stage, engagement.fingerprint_in_force = Stage.ACTIVE, "f" * 64
        engagement.save()
        return engagement

    return made


def read_by_coach(client, engagement):
    return at(client, engagement, Role.COACH).get(url("compare", engagement), follow=True).content.decode()


def test_what_was_complete_without_the_coach_is_still_read(client, before):
    engagement = before()
    MIGRATION.lay_open(apps, None)

    assert "<mark>manager</mark>" in read_by_coach(client, engagement)


def test_what_was_not_complete_stays_closed(client, before):
    engagement = before((Role.COACHEE, Role.MANAGER))
    MIGRATION.lay_open(apps, None)

    assert "woord" not in read_by_coach(client, engagement).replace("antwoord", "")
