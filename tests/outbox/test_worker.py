"""The worker against a real mail server: every letter arrives, once, whatever happens on the way."""

from datetime import timedelta
from threading import Event, Thread
from time import monotonic, sleep
from uuid import uuid4

import icalendar
import pytest
from django.core import mail
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from driehoek.kit import clock
from driehoek.outbox import worker
from driehoek.outbox.actions import post, try_again
from driehoek.outbox.models import Letter
from driehoek.outbox.queries import came_back, given_up
from driehoek.outbox.worker import run, tidy
from tests.outbox.test_post import FACTS

pytestmark = pytest.mark.django_db


def later(**span):
    return clock.moved_to(clock.now() + timedelta(**span))


def test_a_letter_arrives_once_in_the_language_of_its_reader(invite, postman):
    letter = invite()

    assert run(once=True) == 1
    assert run(once=True) == 0

    (arrived,) = postman.arrived
    assert arrived["To"] == "coachee@example.com"
    assert arrived["Subject"] == "Ruben Terpstra nodigt je uit"
    assert (arrived["Message-ID"], arrived["Auto-Submitted"]) == (letter.message_id, "auto-generated")
    assert "Bekijk de uitnodiging" in arrived.get_body(["plain"]).get_content()
    assert 'lang="nl"' in arrived.get_body(["html"]).get_content()


@pytest.mark.parametrize(
    ("template", "method"),
    [("session_planned", "REQUEST"), ("session_moved", "REQUEST"), ("session_cancelled", "CANCEL")],
)
def test_a_letter_about_a_session_arrives_with_a_part_that_calendars_read(postman, template, method):
    post("coach@example.com", template=template, facts=FACTS[template], language="nl", key="session")

    run(once=True)

    (arrived,) = postman.arrived
    assert arrived.get_content_type() == "multipart/alternative"
    parts = list(arrived.iter_parts())
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html", "text/calendar"]
    assert (parts[2].get_param("method"), parts[2].get_content_charset()) == (method, "utf-8")
    event = icalendar.Calendar.from_ical(parts[2].get_payload(decode=True)).walk("VEVENT")[0]
    assert (str(event["SUMMARY"]), event["UID"]) == ("Gesprek", FACTS[template]["events"][0].uid)
    assert event["ORGANIZER"] == "mailto:post@driehoek.example"
    assert event["ATTENDEE"] == "mailto:coach@example.com"


def test_an_invitation_sent_again_after_a_crash_is_the_same_one(postman):
    facts = FACTS["session_planned"]
    letter = post("coach@example.com", template="session_planned", facts=facts, language="nl", key="session")
    with get_connection() as mailbox:  # it went out, and the worker died before it could write that down
        mailbox.send_messages([worker._message(worker._take(), mailbox)])

    with later(minutes=5):
        run(once=True)

    assert [message["Message-ID"] for message in postman.arrived] == [letter.message_id] * 2
    first, again = (list(message.iter_parts())[2].get_content() for message in postman.arrived)
    assert first == again


def test_its_words_are_wiped_once_it_has_arrived(invite, postman):
    letter = invite()

    run(once=True)

    letter.refresh_from_db()
    assert (bytes(letter.sealed), letter.last_error, letter.attempts) == (b"", "", 1)
    assert letter.sent_at is not None


def test_for_whom_it_was_is_forgotten_with_it_and_the_key_still_keeps_its_promise(invite, postman):
    party = uuid4()
    letter = invite(key="invitation-1", about=party)
    run(once=True)

    again = invite(key="invitation-1")

    assert again.pk == letter.pk
    assert run(once=True) == 0
    assert again.to_address == ""
    assert "invitation-1" not in str(Letter.objects.values())
    with later(days=31):
        tidy()
    assert str(party) not in str(Letter.objects.values())


def test_a_letter_that_was_given_up_is_listed_for_a_month_and_then_forgotten(invite, postman):
    postman.unknown = {"unknown@example.com"}
    letter = invite("unknown@example.com", about=uuid4())
    run(once=True)
    assert list(given_up()) == [letter]

    with later(days=31):
        tidy()

    letter.refresh_from_db()
    assert (letter.to_address, letter.about, list(given_up())) == ("", None, [])


def test_whoever_posted_it_can_ask_whether_it_came_back(invite, postman):
    lost, found, twice = uuid4(), uuid4(), uuid4()
    postman.unknown = {"unknown@example.com"}
    invite("unknown@example.com", key="1", about=lost)
    invite("coach@example.com", key="2", about=found)
    invite("unknown@example.com", key="3", about=twice)
    run(once=True)
    invite("coach@example.com", key="4", about=twice)

    with CaptureQueriesContext(connection) as asked:
        assert came_back([lost, found, twice]) == {lost}
    assert len(asked) == 1
    run(once=True)
    assert came_back([lost, found, twice]) == {lost}


def test_a_letter_that_ends_every_worker_is_given_up_in_the_end(invite, postman):
    letter = invite()
    for attempt in range(worker.MOST_ATTEMPTS + 1):
        with later(minutes=5 * attempt):
            taken = worker._take()  # and then the worker is gone
            assert (taken is None) == (attempt == worker.MOST_ATTEMPTS)

    with later(days=1):
        assert run(once=True) == 0

    letter.refresh_from_db()
    assert (letter.failed, letter.last_error, postman.arrived) == (True, "NeverFinished", [])


def test_tidying_looks_only_at_letters_with_something_to_wipe(invite):
    invite()
    stale = Letter.objects.filter(useless_after__lte=clock.now())
    old = Letter.objects.filter(forget_after__lte=clock.now())

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        assert "letters_to_wipe" in stale.explain()
        assert "letters_to_forget" in old.explain()


def test_chores_of_other_rooms_are_done_and_their_trouble_holds_up_no_mail(invite, postman):
    done = []

    def broken():
        raise KeyError("anything")

    invite()

    assert run(once=True, chores=[broken, lambda: done.append(1)]) == 1
    assert done == [1]


def test_a_letter_for_later_waits(invite, postman):
    invite(not_before=clock.now() + timedelta(days=1))

    assert run(once=True) == 0
    with later(days=1, minutes=1):
        assert run(once=True) == 1


def test_a_server_that_is_down_costs_nothing_but_time(invite, postman):
    letter, other = invite(key="1"), invite("manager@example.com", key="2")
    postman.close()

    assert run(once=True) == 0
    letter.refresh_from_db()
    assert (letter.failed, letter.last_error) == (False, "ConnectionRefusedError")
    postman.open()
    with later(minutes=2):
        assert run(once=True) == 2

    assert {m["Message-ID"] for m in postman.arrived} == {letter.message_id, other.message_id}


def test_a_server_that_does_not_answer_holds_the_worker_up_for_a_moment_only(invite, postman, settings):
    settings.EMAIL_TIMEOUT = 1
    letter = invite()
    postman.hold = True

    began = monotonic()
    assert run(once=True) == 0
    letter.refresh_from_db()
    assert monotonic() - began < 10
    assert (letter.failed, letter.last_error) == (False, "SMTPServerDisconnected")

    postman.hold = False
    with later(minutes=2):
        assert run(once=True) == 1
    assert [m["Message-ID"] for m in postman.arrived] == [letter.message_id]


def test_a_repeated_attempt_has_the_same_message_id(invite, postman):
    letter = invite()
    postman.busy = 2

    for minutes in (0, 1, 3):
        with later(minutes=minutes):
            run(once=True)

    letter.refresh_from_db()
    assert [m["Message-ID"] for m in postman.arrived] == [letter.message_id]
    assert letter.attempts == 3


def test_pauses_grow_and_end_in_giving_up_with_the_words_kept(invite, postman):
    letter = invite()
    postman.busy = 1000
    pauses = []

    for _attempt in range(worker.MOST_ATTEMPTS):
        letter.refresh_from_db()
        with clock.moved_to(max(letter.next_try_at, clock.now()) + timedelta(seconds=1)):
            run(once=True)
            letter.refresh_from_db()
            pauses.append(round((letter.next_try_at - clock.now()).total_seconds()))

    assert letter.failed
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (30, 4 * 3600)
    postman.busy = 0
    assert try_again() == 1
    assert run(once=True) == 1


@pytest.mark.parametrize(
    "address",
    ["", "nobody", "two@@example.com", "unknown@example.com", "é@é.example\r\nBcc: x@y.z"],
)
def test_a_wrong_address_is_given_up_at_once_and_holds_up_nobody(invite, postman, address):
    postman.unknown = {"unknown@example.com", "nobody", "two@@example.com"}
    wrong = invite(address, key="wrong")
    invite("coach@example.com", key="right")

    assert run(once=True) == 1

    wrong.refresh_from_db()
    assert (wrong.failed, wrong.attempts) == (True, 1)
    assert [m["To"] for m in postman.arrived] == ["coach@example.com"]


def test_a_name_with_line_breaks_adds_no_header(invite, postman):
    invite(by="Eve\r\nBcc: everyone@example.com")

    run(once=True)

    (arrived,) = postman.arrived
    assert arrived["Bcc"] is None
    assert arrived["Subject"] == "Eve Bcc: everyone@example.com nodigt je uit"


@pytest.mark.parametrize("name", ["Jörg Müller 🙂", "张伟", "يوسف", "O'Brien & <Zn>"])
def test_any_name_arrives_as_it_was_written(invite, postman, name):
    invite(by=name)

    run(once=True)

    (arrived,) = postman.arrived
    assert arrived["Subject"] == f"{name} nodigt je uit"
    assert name in arrived.get_body(["plain"]).get_content()


def test_a_sign_in_code_goes_before_everything_else(invite, postman):
    invite()
    facts = {"code": "K3F-9QX", "minutes": 10}
    post("coach@example.com", template="sign_in_code", facts=facts, language="en", key="code")

    run(once=True)

    assert next(m["Subject"] for m in postman.arrived) == "Your code to sign in"


def test_an_expired_code_is_never_sent(postman):
    facts = {"code": "K3F-9QX", "minutes": 10}
    post("coach@example.com", template="sign_in_code", facts=facts, language="nl", key="code")

    with later(minutes=16):
        assert run(once=True) == 0

    assert postman.arrived == []
    assert Letter.objects.get().last_error == "Expired"


def test_in_the_demo_nothing_leaves_and_words_stay_readable(invite, postman, settings):
    settings.DEMO = True
    letter = invite()

    assert run(once=True) == 1

    letter.refresh_from_db()
    assert (postman.arrived, mail.outbox) == ([], [])
    assert "nodigt je uit" in letter.open()["subject"]


def test_a_letter_taken_by_a_worker_that_died_is_free_again_after_the_lease(invite, postman):
    invite()
    worker._take()

    assert run(once=True) == 0
    with clock.moved_to(clock.now() + worker.LEASE + timedelta(seconds=1)):
        assert run(once=True) == 1


def test_the_log_names_the_letter_but_never_the_person_or_the_words(invite, postman, capfd, caplog):
    caplog.set_level("INFO")
    letter = invite()
    invite("unknown@example.com", key="2")
    postman.unknown = {"unknown@example.com"}

    run(once=True)

    said = caplog.text + "".join(capfd.readouterr())
    assert str(letter.pk) in said
    for secret in ("coachee@example.com", "unknown@example.com", "Ruben", "nodigt", "uitnodiging/abc"):
        assert secret not in said


def test_the_worker_outlives_a_database_that_goes_away(monkeypatch):
    rounds = []
    stop = Event()

    def gone(_stop):
        rounds.append(1)
        if len(rounds) == 3:
            stop.set()
        raise DatabaseError("server closed the connection")

    monkeypatch.setattr(worker, "_send_all_due", gone)
    monkeypatch.setattr(worker, "tidy", lambda: 0)
    monkeypatch.setattr(worker, "POLL_SECONDS", 0.01)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(worker.connection, "close", lambda: None)

    run(stop)

    assert len(rounds) == 3


def test_it_stops_soon_when_asked(monkeypatch):
    monkeypatch.setattr(worker, "_send_all_due", lambda _stop: 0)
    monkeypatch.setattr(worker, "tidy", lambda: 0)
    stop = Event()
    running = Thread(target=run, args=[stop])
    running.start()
    sleep(0.2)
    asked_at = monotonic()

    stop.set()
    running.join(timeout=5)

    assert not running.is_alive()
    assert monotonic() - asked_at < 3
