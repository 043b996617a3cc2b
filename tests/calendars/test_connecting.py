"""Connecting a calendar of one's own: found, chosen, sealed, and forgotten again."""

import logging
from datetime import timedelta

import pytest
from django.db import connection as database
from django.urls import reverse

from driehoek.access import Role
from driehoek.calendars import actions
from driehoek.calendars.models import Busy, Connection, Written
from driehoek.kit.errors import Refused
from driehoek.people.models import KeptForm
from driehoek.vault.keys import open_for_site
from tests.booking.makers import MONDAY, make_booked
from tests.calendars.conftest import PASSWORD
from tests.calendars.makers import EN, TITLE, client_of, connect, event, follow, look, page
from tests.makers import make_person, person_of
from tests.sessions.makers import make_session

pytestmark = pytest.mark.django_db


def posted(person, name, **given):
    return client_of(person).post(reverse(f"calendars:{name}"), given, headers=EN, follow=True)


def dump() -> str:
    """Every value in the database, as somebody reads it who has the file."""
    values = []
    with database.cursor() as cursor:
        for table in database.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            values += [bytes(one) if isinstance(one, memoryview) else one for row in cursor for one in row]
    return repr(values)


def test_a_person_finds_their_calendars_and_chooses(theirs):
    theirs.make("office", "Kantoor")
    me = make_person("Marijke Aalbers")

    found = posted(me, "connect", address=theirs.server, user=theirs.user, password=PASSWORD)
    assert "Privé" in found.content.decode()
    assert follow() == 0  # nothing is read before they chose
    keys = [str(one.pk) for one in Connection.objects.get().calendars.all()]
    posted(me, "choose", holding=keys[0], counting=keys)
    assert follow() == 1

    said = page(me)
    assert "Privé, Kantoor" in said or "Kantoor, Privé" in said
    assert "could not" not in said
    assert PASSWORD not in said + page(me, "password") + page(me, "choose")


@pytest.mark.one_database
@pytest.mark.parametrize("path", ["", "/", "/{user}/", "/{user}/private/", "/.well-known/caldav"])
def test_any_address_from_the_server_to_the_calendar_will_do(theirs, path):
    address = theirs.server + path.format(user=theirs.user)

    connection = actions.connect(make_person(), address=address, user=theirs.user, password=PASSWORD)

    assert connection.calendars.count() == 1


def test_what_opens_it_and_what_stands_in_it_is_nowhere_to_be_read(theirs, caplog):
    caplog.set_level(logging.DEBUG)
    engagement = make_booked()
    me = person_of(engagement, Role.COACH)
    theirs.put("a", event("a", MONDAY, MONDAY + timedelta(hours=1), "LOCATION:markerplace"))
    make_session(engagement, 1, starts_at=MONDAY + timedelta(days=1))

    connect(me, theirs)
    posted(me, "connect", address=theirs.server, user=theirs.user, password=PASSWORD)
    look(me)

    assert (Busy.objects.count(), Written.objects.count()) == (1, 1)
    everywhere = (
        dump() + caplog.text + "".join(page(me, one) for one in ("show", "choose", "password", "connect"))
    )
    for secret in ("markerpassword", TITLE, "markerplace"):
        assert secret not in everywhere
    for sealed in (theirs.user, theirs.server.removeprefix("http://"), "Privé"):
        assert sealed not in dump() + caplog.text


@pytest.mark.one_database
def test_a_password_that_was_typed_when_the_sign_in_had_ended_is_not_kept(me_signed_out):
    client, mark = me_signed_out

    client.post(
        reverse("calendars:connect"),
        {"address": "https://x.example", "user": "me", "password": PASSWORD, "_who": mark},
        headers={"origin": "http://testserver"},
    )

    kept = KeptForm.objects.get()
    words = open_for_site(bytes(kept.sealed), purpose=kept.purpose)
    assert "x.example" in words
    assert "markerpassword" not in words


@pytest.fixture
def me_signed_out():
    import re

    client = client_of(make_person())
    form = client.get(reverse("calendars:connect")).content.decode()
    mark = re.search(r'name="_who" value="([^"]+)"', form).group(1)
    client.logout()
    return client, mark


def test_disconnecting_takes_the_sessions_out_and_forgets_everything(theirs):
    engagement = make_booked()
    session = make_session(engagement, 1, starts_at=MONDAY)
    theirs.put("a", event("a", MONDAY, MONDAY + timedelta(hours=1)))
    me = person_of(engagement, Role.COACH)
    connect(me, theirs)
    assert theirs.get(session.pk)

    said = posted(me, "disconnect").content.decode()

    assert "Disconnected." in said
    assert not theirs.get(session.pk)
    assert theirs.get("a")
    assert not Connection.objects.exists()
    assert not Busy.objects.exists()
    assert engagement.sessions.get().is_planned


def test_disconnecting_while_the_server_is_away_forgets_and_says_what_is_left(theirs, monkeypatch):
    engagement = make_booked()
    make_session(engagement, 1, starts_at=MONDAY)
    me = person_of(engagement, Role.COACH)
    connect(me, theirs)
    theirs.ask("DELETE", theirs.calendar)
    row = Connection.objects.get()
    row.seal(row.open() | {"address": "http://127.0.0.1:9", "password": "x"})
    row.save()

    said = posted(me, "disconnect").content.decode()

    assert "1 session could not be taken out" in said
    assert not Connection.objects.exists()


def test_another_password_keeps_what_was_chosen_and_a_wrong_one_is_not_kept(theirs):
    me = make_person()
    connect(me, theirs)
    before = bytes(Connection.objects.get().sealed)

    assert "does not accept this name and password" in posted(me, "password", password="x").content.decode()
    assert bytes(Connection.objects.get().sealed) == before
    posted(me, "password", password=PASSWORD)

    assert Connection.objects.get().calendars.get().holds_sessions
    assert follow() == 1


@pytest.mark.one_database
def test_after_the_master_key_was_taken_away_the_page_says_so_and_it_can_be_let_go(theirs, settings):
    me = make_person()
    connect(me, theirs)
    settings.MASTER_KEYS = [b"another master key, 32 bytes...."]

    look(me)

    assert "Disconnect, and connect again." in page(me)
    posted(me, "disconnect")
    assert not Connection.objects.exists()


@pytest.mark.one_database
def test_a_new_master_key_seals_it_anew_in_the_next_round(theirs, settings):
    me = make_person()
    connect(me, theirs)
    before = settings.MASTER_KEYS
    new = b"another master key, 32 bytes...."
    settings.MASTER_KEYS = [new, *before]
    look(me)

    settings.MASTER_KEYS = [new]
    look(me)

    assert not Connection.objects.get().trouble


@pytest.mark.one_database
def test_in_the_demo_no_calendar_is_asked(theirs, settings):
    me = make_person()
    connect(me, theirs)
    settings.DEMO = True

    actions.look_now(me)

    assert follow() == 0
    with pytest.raises(Refused, match="In the demo nothing leaves this machine"):
        actions.connect(make_person(), address=theirs.server, user=theirs.user, password=PASSWORD)
