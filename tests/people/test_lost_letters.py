"""Letters that did not arrive: whoever looks after the installation sees that, and not for whom."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from driehoek.kit import clock
from driehoek.outbox.actions import post
from driehoek.outbox.models import Letter
from driehoek.outbox.queries import came_back
from tests.makers import make_member, make_organisation, make_person

pytestmark = pytest.mark.django_db
PAGE = reverse("people:lost_letters")


@pytest.fixture
def operator(client):
    """The browser of the administrator with whom the installation began."""
    place = make_member(make_organisation("The first"), make_person(language="en"), is_admin=True)
    client.force_login(place.person)
    client.organisation = place.organisation
    return client


def lose(to="johan@nowhere.example", error="SMTPRecipientsRefused", **more):
    facts = {"by": "Ruben Terpstra", "link": "http://127.0.0.1:8000/x", "formal": False}
    letter = post(to, template="released", facts=facts, language="nl", key=str(uuid4()), **more)
    letter.failed, letter.last_error, letter.attempts = True, error, 3
    letter.forget_after = clock.now() + timedelta(days=30)
    letter.save()
    return letter


def test_it_says_which_letter_when_how_often_why_and_to_which_domain_but_not_for_whom(operator, settings):
    settings.BASE_URL = "http://127.0.0.1:8000"
    lose()

    shown = operator.get(PAGE).content.decode()

    for said in ("A document was released", "nowhere.example", "tried 3 times", "does not know this address"):
        assert said in shown
    for hidden in ("johan", "Ruben Terpstra"):
        assert hidden not in shown
    members = reverse("people:members", args=[operator.organisation.pk])
    assert "Mail that did not arrive</a>:\n      1" in operator.get(members).content.decode()


def test_it_is_tried_again_or_given_up_for_good(operator, settings):
    settings.BASE_URL = "http://127.0.0.1:8000"
    party = uuid4()
    again, never = lose(), lose(about=party)

    operator.post(reverse("people:try_letter_again", args=[again.pk]))
    operator.post(reverse("people:let_letter_go", args=[never.pk]))

    assert list(Letter.objects.waiting()) == [again]
    never.refresh_from_db()
    assert (bytes(never.sealed), never.let_go) == (b"", True)
    assert came_back([party]) == {party}
    assert "No letter of the last month was given up" in operator.get(PAGE).content.decode()


def test_a_server_that_is_away_is_said_in_a_sentence(operator, settings):
    settings.BASE_URL = "http://127.0.0.1:8000"
    letter = lose()
    Letter.objects.filter(pk=letter.pk).update(
        failed=False, forget_after=None, next_try_at=clock.now() + timedelta(minutes=4)
    )

    assert "The mail server takes nothing from us at the moment. 1 letter waits" in " ".join(
        operator.get(PAGE).content.decode().split()
    )


def test_administrators_of_other_organisations_do_not_find_the_page(operator, client):
    later = make_organisation("The second")
    client.force_login(make_member(later, is_admin=True).person)

    assert client.get(PAGE).status_code == 404
    assert client.post(reverse("people:let_letter_go", args=[uuid4()])).status_code == 404
    assert "did not arrive" not in client.get(reverse("people:members", args=[later.pk])).content.decode()


def test_two_hundred_cost_no_more_questions_than_one(operator, settings):
    settings.BASE_URL = "http://127.0.0.1:8000"
    one = lose()
    with CaptureQueriesContext(connection) as few:
        operator.get(PAGE)
    rows = []
    for n in range(199):
        one.pk, one.key = uuid4(), f"k{n}"
        rows.append(Letter(**{field.attname: getattr(one, field.attname) for field in Letter._meta.fields}))
    Letter.objects.bulk_create(rows)

    with CaptureQueriesContext(connection) as many:
        operator.get(PAGE)

    assert len(many) == len(few) <= 10
