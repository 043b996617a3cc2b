"""A dump of the sign-ins signs nobody in, and what is in them can be read by nobody else."""

import asyncio
import re
from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings as product
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client

from driehoek.outbox.models import Letter
from driehoek.vault.sessions import SessionStore, row_of
from tests.makers import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client):
    client.force_login(make_person())
    return client


def raw() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_key, session_data FROM django_session")
        return str(cursor.fetchall())


def test_neither_the_cookie_nor_the_code_stands_in_the_database(client):
    cache.clear()
    person = make_person(email="saskia@example.org")
    client.post("/sign-in/", {"email": person.email})
    code = re.search(r"\b\d{4}-\d{4}\b", Letter.objects.get().open()["text"]).group()

    dump = raw()

    assert client.cookies["session"].value not in dump
    assert not any(word in dump for word in (code, code.replace("-", ""), person.email, str(person.pk)))


def test_a_code_still_signs_in(client):
    cache.clear()
    person = make_person(email="saskia@example.org")
    client.post("/sign-in/", {"email": person.email})
    before = client.cookies["session"].value
    code = re.search(r"\b\d{4}-\d{4}\b", Letter.objects.get().open()["text"]).group()

    client.post("/sign-in/code/", {"code": code})

    assert client.get("/profile/").status_code == 200
    assert client.cookies["session"].value != before
    assert not Session.objects.filter(pk=row_of(before)).exists()


def test_the_name_of_a_row_is_no_cookie(signed_in):
    thief = Client()
    thief.cookies["session"] = Session.objects.get().pk

    assert thief.get("/profile/").status_code == 302


def test_what_is_in_one_sign_in_cannot_be_moved_into_another(signed_in):
    other = SessionStore()
    other["mine"] = True
    other.save()
    stolen = Session.objects.exclude(pk=row_of(other.session_key)).get().session_data
    Session.objects.filter(pk=row_of(other.session_key)).update(session_data=stolen)

    assert dict(SessionStore(other.session_key).items()) == {}


def test_a_row_from_before_signs_nobody_in_and_breaks_nothing(client):
    from django.contrib.sessions.backends.db import SessionStore as Plain

    old = Plain()
    old["_auth_user_id"] = str(make_person().pk)
    old.save()
    client.cookies["session"] = old.session_key

    assert client.get("/profile/").status_code == 302


def test_a_sign_in_ends_after_its_hours(signed_in):
    Session.objects.update(
        expire_date=Session.objects.get().expire_date - timedelta(hours=product.SESSION_HOURS)
    )

    assert signed_in.get("/profile/").status_code == 302


def test_what_has_ended_is_cleared(signed_in):
    Session.objects.update(expire_date=Session.objects.get().expire_date - timedelta(days=30))

    call_command("clearsessions")

    assert not Session.objects.exists()


def test_signing_out_takes_the_row_away(signed_in):
    signed_in.post("/sign-out/")

    assert not Session.objects.exists()


def test_another_key_for_the_same_sign_in_leaves_the_old_one_worthless(signed_in):
    store = signed_in.session
    before = store.session_key

    store.cycle_key()

    assert store.session_key != before
    assert SessionStore(store.session_key)["_auth_user_id"]
    assert dict(SessionStore(before).items()) == {}


@pytest.mark.django_db(transaction=True)
def test_the_ways_in_that_wait_hold_to_the_same():
    async def round_trip() -> tuple[str, dict]:
        store = SessionStore()
        await store.aset("word", "vertrouwelijk")
        await store.asave()
        again = SessionStore(store.session_key)
        found = {"word": await again.aget("word"), "is": await store.aexists(store.session_key)}
        await sync_to_async(lambda: connection.close())()  # that of the thread in which this was done
        return store.session_key, found

    key, found = asyncio.run(round_trip())

    assert found == {"word": "vertrouwelijk", "is": True}
    assert not any(word in raw() for word in (key, "vertrouwelijk"))
