"""Requests no browser of ours sends: a clear answer, and nothing secret in the log."""

import logging
from unittest import mock

import pytest
from django.urls import reverse

from driehoek.access import Role
from driehoek.kit.logs import WithoutContent
from tests.makers import make_engagement, person_of

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("charset", ["zlib", "rot13", "unicode_escape", "utf-7", "nonsense"])
@pytest.mark.parametrize("address", ["/", "/sign-in/", "/route/"])
def test_a_form_in_another_alphabet_is_refused(client, address, charset):
    answer = client.generic("POST", address, b"question=hello", content_type=f"{FORM}; charset={charset}")
    assert answer.status_code == 400


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8"])
def test_a_form_in_our_own_is_read(client, charset):
    sent = b"question=caf%C3%A9&email=nobody%40example.org"
    answer = client.post("/sign-in/", data=sent, content_type=f"{FORM}; charset={charset}")
    assert answer.status_code == 302


LINK = "tok3n-that-works-as-long-as-those-in-letters_"


@pytest.mark.parametrize(
    "address",
    [
        "/invitation/tok3n-that-works/",
        "/first/tok3n-that-works/",
        f"/feedback/{LINK}/",
        f"/survey/{LINK}/",
        f"/letters/stop/{LINK}:1xXq92:{LINK}/",
    ],
)
def test_the_log_holds_no_link_that_works(client, caplog, address):
    caplog.set_level(logging.DEBUG)
    client.put(address)

    lines = [record for record in caplog.records if record.name == "django.request"]
    assert lines
    for record in lines:
        WithoutContent().filter(record)  # as the handler of the product does
        assert "tok3n" not in record.getMessage()


def test_a_refusal_is_logged_without_a_trace_and_an_accident_with_one(client, caplog, monkeypatch):
    engagement = make_engagement()
    client.force_login(person_of(engagement, Role.SPONSOR))
    assert client.get(reverse("sessions:index", args=[engagement.pk])).status_code == 403
    monkeypatch.setattr("driehoek.web.views.today.render", mock.Mock(side_effect=ValueError))
    client.raise_request_exception = False
    assert client.get("/").status_code == 500

    lines = [line for line in caplog.records if line.name == "django.request"]
    traced = {line.status_code: bool(line.exc_info) for line in lines}
    assert traced == {403: False, 500: True}
