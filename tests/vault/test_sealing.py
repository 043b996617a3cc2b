"""What is sealed opens only with its key and only in its place."""

import uuid
from threading import Thread
from time import monotonic

import pytest
from django.core.exceptions import FieldError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from driehoek.access import Role
from driehoek.kit import clock
from driehoek.sessions.models import Note, Session
from driehoek.vault import keys, sealing
from driehoek.vault.models import DataKey
from driehoek.vault.sealing import Unreadable
from tests.makers import make_engagement

SECRET = "Ik wil eigenlijk weg, maar zeg het niemand 🙈"


def make_note(engagement=None, text=SECRET, part="goal"):
    engagement = engagement or make_engagement()
    session, _ = Session.objects.get_or_create(
        engagement=engagement, number=1, defaults={"starts_at": clock.now()}
    )
    return Note.objects.create(
        engagement=engagement,
        session=session,
        part=part,
        text=text,
        written_by=Role.COACH,
        written_at=clock.now(),
    )


def raw(note):
    with connection.cursor() as cursor:
        key = note.pk.hex if connection.vendor == "sqlite" else note.pk
        cursor.execute("SELECT text FROM coaching_sessions_note WHERE id = %s", [key])
        return bytes(cursor.fetchone()[0])


@given(st.text(), st.binary(max_size=40))
def test_what_was_sealed_is_read_back(text, place):
    key = sealing.new_key()
    assert sealing.unseal(key, sealing.seal(key, text.encode(), place=place), place=place).decode() == text


@given(st.data())
def test_one_changed_byte_makes_it_unreadable(data):
    key = sealing.new_key()
    sealed = bytearray(sealing.seal(key, b"words", place=b"here"))
    position = data.draw(st.integers(0, len(sealed) - 1))
    sealed[position] ^= 1
    with pytest.raises(Unreadable):
        sealing.unseal(key, bytes(sealed), place=b"here")


def test_the_same_words_never_look_the_same():
    key = sealing.new_key()
    assert sealing.seal(key, b"words", place=b"") != sealing.seal(key, b"words", place=b"")


@pytest.mark.django_db
def test_a_note_is_read_back_and_unreadable_in_the_database():
    note = make_note()
    keys.forget()
    assert Note.objects.get().text == SECRET
    assert b"weg" not in raw(note)


@pytest.mark.django_db
def test_a_sealed_text_moved_to_another_row_is_unreadable():
    note, other = make_note(), make_note(text="other")
    Note.objects.filter(pk=other.pk)  # same column, another row
    stolen = raw(note)
    with connection.cursor() as cursor:
        key = other.pk.hex if connection.vendor == "sqlite" else other.pk
        cursor.execute("UPDATE coaching_sessions_note SET text = %s WHERE id = %s", [stolen, key])
    with pytest.raises(Unreadable):
        _ = Note.objects.get(pk=other.pk).text


@pytest.mark.django_db
def test_a_destroyed_key_takes_its_words_with_it():
    note = make_note()
    keys.shred(note.engagement.data_key_id)
    with pytest.raises(Unreadable):
        _ = Note.objects.get().text


@pytest.mark.django_db
def test_a_sealed_field_is_neither_filtered_nor_updated_in_bulk():
    make_note()
    with pytest.raises(FieldError):
        Note.objects.filter(text=SECRET).exists()
    with pytest.raises(FieldError):
        Note.objects.update(text="plain")


@pytest.mark.django_db
def test_a_new_master_key_reads_old_work_and_rewraps_it(settings):
    note = make_note()
    old = settings.MASTER_KEYS
    settings.MASTER_KEYS = (b"n" * 32, *old)
    keys.forget()
    assert Note.objects.get().text == SECRET

    assert keys.rewrap() == DataKey.objects.count()

    settings.MASTER_KEYS = (b"n" * 32,)
    keys.forget()
    assert Note.objects.get(pk=note.pk).text == SECRET


@pytest.mark.django_db
def test_without_the_master_key_nothing_is_read(settings):
    make_note()
    settings.MASTER_KEYS = (b"x" * 32,)
    keys.forget()
    with pytest.raises(Unreadable):
        _ = Note.objects.get().text


def test_a_site_secret_opens_only_for_its_own_purpose():
    sealed = keys.seal_for_site("a code", purpose="mail")
    assert keys.open_for_site(sealed, purpose="mail") == "a code"
    with pytest.raises(Unreadable):
        keys.open_for_site(sealed, purpose="route")


@pytest.mark.django_db
def test_an_unknown_key_is_said_to_be_gone():
    with pytest.raises(Unreadable):
        keys.key(uuid.uuid4())


@pytest.mark.django_db
def test_a_key_destroyed_by_another_process_opens_nothing_after_half_a_minute(monkeypatch):
    key = keys.make_key()
    keys.key(key.pk)
    DataKey.objects.filter(pk=key.pk).delete()  # as another process does: this one is told nothing

    monkeypatch.setattr(keys, "monotonic", lambda: monotonic() + 31)

    for _time in range(2):
        with pytest.raises(Unreadable):
            keys.key(key.pk)


@pytest.mark.django_db(transaction=True)
def test_threads_that_empty_the_memory_never_take_a_key_from_each_other():
    made = [keys.make_key() for _n in range(3)]
    troubles = []

    def work():
        try:
            for _time in range(60):
                for row in made:
                    keys.key(row.pk)
                    keys.forget()
        except Exception as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [Thread(target=work) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert troubles == []
