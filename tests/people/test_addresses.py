"""An address is compared sign by sign, on every database: a look-alike is somebody else's mailbox."""

import pytest
from django.core.cache import cache

from driehoek.outbox.models import Letter
from driehoek.people.actions import introduce
from driehoek.people.queries import person_of
from tests.makers import make_person

pytestmark = pytest.mark.django_db
REAL = "saskia@bedrijf.example"
# A dotless i and a long s become I and S in capitals, and so does a database that compares in capitals.
LOOKALIKES = ["saskia@bedr\u0131jf.example", "\u017faskia@bedrijf.example", "sask\u0131a@bedrijf.example"]


@pytest.fixture(autouse=True)
def _nobody_asked_before():
    cache.clear()


@pytest.mark.parametrize("alike", LOOKALIKES)
def test_a_lookalike_is_nobody_and_gets_no_code(client, alike):
    make_person("Saskia Holwerda", email=REAL)

    client.post("/sign-in/", {"email": alike})

    assert person_of(alike) is None
    assert not Letter.objects.filter(template="sign_in_code").exists()


@pytest.mark.parametrize("alike", LOOKALIKES)
def test_a_lookalike_that_is_invited_is_a_person_of_its_own(alike):
    saskia = make_person("Saskia Holwerda", email=REAL)
    assert introduce(email=alike, name="Somebody").pk != saskia.pk


def test_capitals_and_spaces_make_no_difference(client):
    saskia = make_person("Saskia Holwerda", email=REAL)
    assert person_of(f"  {REAL.upper()} ") == saskia


def test_a_stranger_elsewhere_cannot_keep_somebody_out(client):
    saskia = make_person("Saskia Holwerda", email=REAL)
    for _attempt in range(6):
        client.post("/sign-in/", {"email": REAL}, REMOTE_ADDR="203.0.113.9")

    client.cookies.clear()
    answer = client.post("/sign-in/", {"email": saskia.email}, REMOTE_ADDR="198.51.100.7")

    assert answer.status_code == 302
    assert answer.url.startswith("/sign-in/code/")
