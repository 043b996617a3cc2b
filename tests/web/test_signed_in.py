"""A page is given its reader, not a stand-in that looks the reader up."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from driehoek.people.models import Person
from tests.makers import make_person

pytestmark = pytest.mark.django_db


def test_the_reader_of_a_page_is_the_person(client):
    person = make_person()
    client.force_login(person)

    answer = client.get(reverse("today"))

    assert type(answer.wsgi_request.user) is Person
    assert answer.wsgi_request.user == person


def test_a_visitor_is_sent_to_sign_in_and_is_nobody(client):
    answer = client.get(reverse("today"))

    assert answer.status_code == 302
    assert type(answer.wsgi_request.user) is AnonymousUser
