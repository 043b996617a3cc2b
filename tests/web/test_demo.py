"""Stepping into a role with one click: in the demo, and nowhere else."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings
from django.urls import clear_url_caches, reverse

from driehoek.access import Role
from driehoek.kit.env import refuse_demo_in_earnest
from driehoek.kit.errors import Refused
from driehoek.outbox.actions import post
from driehoek.people.actions import mark_as_demo
from driehoek.people.models import DemoMark
from driehoek.web import urls
from tests.makers import make_engagement, make_person, person_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings, monkeypatch):
    """The same addresses as in a process that was started as the demo."""
    settings.DEMO = True
    mark_as_demo()
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, *urls.demo_patterns])
    clear_url_caches()
    yield
    monkeypatch.undo()
    clear_url_caches()


@pytest.mark.parametrize("path", ["/demo/mail/", "/demo/as/00000000-0000-0000-0000-000000000000/"])
def test_outside_the_demo_the_addresses_do_not_exist(client, path):
    person = make_person()

    assert client.get(path).status_code == 404
    assert client.post(f"/demo/as/{person.pk}/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_even_routed_by_mistake_they_let_nobody_in(client, demo, settings):
    settings.DEMO = False

    assert client.post(f"/demo/as/{make_person().pk}/").status_code == 404
    assert client.get("/demo/mail/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_over_a_database_of_real_people_they_let_nobody_in(client, demo):
    DemoMark.objects.all().delete()  # as when a demo folder is given the database of others

    assert client.post(f"/demo/as/{make_person().pk}/").status_code == 404
    assert client.get("/demo/mail/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_where_people_are_already_there_is_no_becoming_a_demo():
    make_person()

    with pytest.raises(Refused, match="people here already"):
        mark_as_demo()
    assert not DemoMark.objects.exists()


def test_one_click_steps_into_a_role(client, demo):
    coachee = person_of(make_engagement(), Role.COACHEE)

    answer = client.post(reverse("demo_step_in", args=[coachee.pk]))

    assert answer.url == reverse("today")
    assert client.session["_auth_user_id"] == str(coachee.pk)


def test_stepping_in_is_a_deed_not_a_link(client, demo):
    assert client.get(reverse("demo_step_in", args=[make_person().pk])).status_code == 405


def test_bar_names_everybody_who_takes_part(client, demo):
    engagement = make_engagement()
    client.force_login(person_of(engagement, Role.COACH))

    page = client.get(reverse("today")).content.decode()

    for party in engagement.parties.all():
        assert reverse("demo_step_in", args=[party.person_id]) in page


def test_mail_that_would_have_been_sent_can_be_read(client, demo, settings):
    facts = {"about": "Johan", "asked": "sign_agreement", "link": f"{settings.BASE_URL}/today/"}
    post("johan@example.org", template="your_turn", facts=facts, language="nl", key="a")

    page = client.get(reverse("demo_mail")).content.decode()

    assert "johan@example.org" in page
    assert f'href="{settings.BASE_URL}/today/"' in page


@override_settings(DEMO=False)
def test_no_bar_outside_the_demo(client):
    client.force_login(make_person())

    assert b"demobar" not in client.get(reverse("today")).content


def test_demo_does_not_go_with_a_folder_of_real_people(tmp_path):
    (tmp_path / "kind").write_text("real\n")

    with pytest.raises(ImproperlyConfigured, match="real people"):
        refuse_demo_in_earnest(demo=True, https=False, data=tmp_path)
    refuse_demo_in_earnest(demo=False, https=True, data=tmp_path)


@pytest.mark.parametrize(
    "sign", [{"DRIEHOEK_HTTPS": "true"}, {"DRIEHOEK_EMAIL": "smtp://mail.example.org:25"}]
)
def test_server_refuses_to_start_the_demo_where_real_mail_or_https_is(sign, tmp_path):
    given = {"DRIEHOEK_DEMO": "true", "DRIEHOEK_DEBUG": "true", "DRIEHOEK_DATA": str(tmp_path)}
    code = "import driehoek.wsgi"
    environment = os.environ | given | sign | {"PYTHONPATH": "src"}

    started = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )

    assert started.returncode != 0
    assert "lets anybody step into any role" in started.stderr
