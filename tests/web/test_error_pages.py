"""What a reader is told when a page cannot be shown."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils.translation import override

from driehoek.web.views import errors


@pytest.fixture
def request_of_a_visitor(rf: RequestFactory):
    """A request as the handlers of the server get it, signed in or not."""
    request = rf.get("/engagements/secret-address/")
    request.user = AnonymousUser()
    return request


def test_closed_door_tells_the_reason_in_a_sentence(request_of_a_visitor):
    answer = errors.forbidden(request_of_a_visitor, PermissionDenied("This engagement is closed."))

    assert answer.status_code == 403
    assert "This engagement is closed." in answer.content.decode()


def test_page_that_is_not_there_says_nothing_about_what_was_asked(request_of_a_visitor):
    answer = errors.not_found(request_of_a_visitor, Exception("No Engagement matches the given query."))

    assert answer.status_code == 404
    assert "Engagement matches" not in answer.content.decode()
    assert "exist" not in answer.content.decode()


def test_page_for_a_fault_of_ours_needs_nothing_at_all():
    for language, words in (("en", "Something broke on our side"), ("nl", "Er ging bij ons iets stuk")):
        with override(language):
            assert words in get_template("500.html").render()


@pytest.mark.django_db
def test_reload_of_what_a_button_did_is_a_page_with_a_way_on(client):
    for language, words in (("en", "This address is for a button"), ("nl", "Dit adres hoort bij een knop")):
        answer = client.get("/sign-out/", HTTP_ACCEPT_LANGUAGE=language)

        assert (answer.status_code, answer["Allow"]) == (405, "POST")
        assert words in answer.content.decode()
