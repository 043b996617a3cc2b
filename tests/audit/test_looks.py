"""Who looked: noted once a day, without keeping anybody else waiting."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from driehoek.access import Kind, Role, Stage
from driehoek.audit.models import Look
from driehoek.kit import clock
from tests.makers import make_engagement, person_of

pytestmark = pytest.mark.django_db


def writes_of(client, url: str) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return [one["sql"] for one in asked if "audit_look" in one["sql"] and not one["sql"].startswith("SELECT")]


@pytest.mark.parametrize("name", ["agreements:goals", "agreements:index"])
def test_second_look_of_the_day_only_reads(client, name):
    engagement = make_engagement(stage=Stage.PREPARING)
    client.force_login(person_of(engagement, Role.COACH))
    url = reverse(name, args=[engagement.pk])

    assert len(writes_of(client, url)) == 1
    assert writes_of(client, url) == []


def test_look_of_the_next_day_is_noted_again(client):
    engagement = make_engagement(stage=Stage.PREPARING)
    client.force_login(person_of(engagement, Role.MANAGER))
    client.get(reverse("agreements:goals", args=[engagement.pk]))
    clock.move_to(clock.now() + timedelta(days=1))
    client.get(reverse("agreements:goals", args=[engagement.pk]))

    assert Look.objects.filter(kind=Kind.GOALS, role=Role.MANAGER).count() == 2


def test_page_on_which_the_coach_writes_is_a_look_at_what_stands_there(client):
    engagement = make_engagement(stage=Stage.PREPARING)
    client.force_login(person_of(engagement, Role.COACH))

    client.get(reverse("agreements:goal", args=[engagement.pk]))

    assert Look.objects.filter(kind=Kind.GOALS, role=Role.COACH).count() == 1


def test_looks_of_years_come_a_page_at_a_time(client):
    engagement = make_engagement()
    manager, today = person_of(engagement, Role.MANAGER), clock.today()
    Look.objects.bulk_create(
        Look(
            subject=engagement.pk, person=manager, role="manager", kind="goals", on=today - timedelta(days=n)
        )
        for n in range(150)
    )
    client.force_login(person_of(engagement, Role.COACHEE))
    url = reverse("engagements:looks", args=[engagement.pk])

    first, last = client.get(url), client.get(f"{url}?page=3")

    assert [len(page.context["days"]) for page in (first, last)] == [60, 30]
    assert 'href="?page=2"' in first.content.decode()
