"""Files lie in a circle with the coachee in it, sealed, and come out as something to keep, never to run."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from driehoek.access import Role, Shape, Stage
from driehoek.documents.incoming import Incoming
from driehoek.engagements.models import Circle
from driehoek.files.actions import put_file, take_away
from driehoek.files.models import PIECE, File, Piece
from driehoek.files.queries import content_of
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.outbox.models import Letter
from driehoek.vault import keys
from driehoek.vault.sealing import Unreadable
from tests.makers import make_engagement, make_person, person_of
from tests.sessions.makers import signed_in

pytestmark = pytest.mark.django_db
EN = {"accept-language": "en"}
TEXT = b"Geheim plan voor het najaar"


@pytest.fixture
def engagement():
    return make_engagement()


def address(engagement, name, *parts):
    return reverse(f"files:{name}", args=[engagement.pk, *parts])


def put(engagement, role, circle, content=TEXT, name="plan.txt", **given):
    typed = {"file": SimpleUploadedFile(name, content), "file_id": uuid.uuid4(), "words": "Lees dit eens"}
    client = signed_in(engagement, role)
    return client.post(address(engagement, f"add_{circle}"), typed | given, headers=EN)


def shelf(engagement, role, circle):
    return signed_in(engagement, role).get(address(engagement, circle), headers=EN)


def fetch(engagement, role, circle, file):
    return signed_in(engagement, role).get(address(engagement, f"fetch_{circle}", file.pk))


def test_coachee_and_coach_share_what_nobody_else_sees_or_can_fetch(engagement):
    assert put(engagement, Role.COACHEE, "pair").status_code == 302
    file = File.objects.get()

    shown = shelf(engagement, Role.COACH, "pair").content.decode()
    assert "plan.txt" in shown
    assert "Lees dit eens" in shown
    assert fetch(engagement, Role.COACH, "pair", file).content == TEXT
    for role in (Role.MANAGER, Role.SPONSOR):
        assert fetch(engagement, role, "pair", file).status_code == 403
        assert fetch(engagement, role, "everyone", file).status_code == 404
        assert "plan.txt" not in shelf(engagement, role, "everyone").content.decode()
    other = make_engagement()
    assert fetch(other, Role.COACHEE, "pair", file).status_code == 404


def test_a_quotation_mark_that_a_browser_sends_as_a_code_stands_in_the_name_as_it_was(engagement):
    put(engagement, Role.COACHEE, "pair", name="notitie %22a%22.txt")

    assert File.objects.get().name == 'notitie "a".txt'


def test_what_the_organisation_puts_there_the_coachee_sees_too(engagement):
    put(engagement, Role.SPONSOR, "everyone")

    for role in (Role.COACHEE, Role.COACH, Role.MANAGER):
        assert "plan.txt" in shelf(engagement, role, "everyone").content.decode()


def test_in_a_consultancy_there_is_one_circle_with_everybody():
    engagement = make_engagement(shape=Shape.CONSULTANCY)
    put(engagement, Role.CONSULTANT, "everyone")

    assert "plan.txt" in shelf(engagement, Role.SPONSOR, "everyone").content.decode()
    assert shelf(engagement, Role.CONSULTANT, "pair").status_code == 403


@pytest.mark.parametrize(
    "name", ["Plan “najaar” مرحبا 🙂.txt", "a\r\nX-Evil: 1.txt", '"; filename=x.html.txt', "n" * 300]
)
def test_it_comes_as_a_file_to_keep_that_no_browser_runs_whatever_its_name(engagement, name):
    put_file(
        engagement,
        Circle.PAIR,
        by=person_of(engagement, Role.COACHEE),
        file_id=uuid.uuid4(),
        name=name,
        file=Incoming("txt", TEXT),
    )
    answer = fetch(engagement, Role.COACH, "pair", File.objects.get())

    disposition = answer["Content-Disposition"]
    assert disposition.startswith('attachment; filename="')
    assert "\r" not in disposition + "\n"[1:]
    assert disposition.count("filename=") == 1
    assert disposition.endswith(".txt")
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Content-Type"] == "text/plain"
    assert "X-Evil" not in answer


def test_neither_name_nor_words_nor_bytes_can_be_read_in_the_database_or_on_the_disk(
    engagement, settings, tmp_path
):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    put(engagement, Role.COACHEE, "pair", TEXT * 200_000)  # more than one piece, and more than memory was for
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, words FROM files_file")
        rows = cursor.fetchall()
        cursor.execute("SELECT content FROM files_piece")
        rows += cursor.fetchall()
    stored = b"".join(bytes(value) for row in rows for value in row)

    for secret in (b"plan.txt", b"Lees dit", b"Geheim"):
        assert secret not in stored
    assert list(tmp_path.iterdir()) == []
    file = File.objects.get()
    assert Piece.objects.count() == -(-len(TEXT) * 200_000 // PIECE)
    assert content_of(file) == TEXT * 200_000


def test_a_piece_moved_to_another_file_opens_nowhere(engagement):
    put(engagement, Role.COACHEE, "pair")
    put(engagement, Role.COACHEE, "pair")
    first, second = Piece.objects.all()
    raw = "UPDATE files_piece SET content = (SELECT content FROM files_piece WHERE id = %s) WHERE id = %s"
    with connection.cursor() as cursor:
        cursor.execute(raw, [Piece._meta.pk.get_db_prep_value(one.pk, connection) for one in (first, second)])

    with pytest.raises(Unreadable):
        content_of(second.file)


def test_a_second_press_puts_it_there_once(engagement):
    one = uuid.uuid4()
    for _press in (1, 2):
        assert put(engagement, Role.COACH, "everyone", file_id=one).status_code == 302

    assert File.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "because"),
    [(b"<svg/>", "a drawing in code"), (b"", "empty"), (b"x" * (2**20 + 1), "at most 1 MB")],
)
def test_what_is_not_taken_is_refused_with_the_reason_and_the_words_stay(
    engagement, settings, content, because
):
    settings.FILE_MB = 1
    shown = put(engagement, Role.COACHEE, "pair", content, name="drawing.png").content.decode()

    assert because in shown
    assert "Lees dit eens" in shown
    assert not File.objects.exists()


def test_an_engagement_holds_so_much_and_no_more(engagement, settings):
    settings.FILE_MB, settings.FILES_MB = 1, 1
    put(engagement, Role.COACHEE, "pair", b"x" * 700_000)

    assert (
        "together hold at most 1 MB"
        in put(engagement, Role.COACH, "everyone", b"x" * 700_000).content.decode()
    )
    assert File.objects.count() == 1


def test_who_put_it_there_takes_it_away_bytes_and_all_and_nobody_else_does(engagement):
    put(engagement, Role.COACHEE, "pair")
    file = File.objects.get()
    away = address(engagement, "take_away_pair", file.pk)

    with pytest.raises(Refused):
        take_away(file, by=person_of(engagement, Role.COACH))
    signed_in(engagement, Role.COACH).post(away)
    assert Piece.objects.exists()
    for _press in (1, 2):
        assert signed_in(engagement, Role.COACHEE).post(away).status_code == 302

    assert not Piece.objects.exists()
    assert fetch(engagement, Role.COACH, "pair", file).status_code == 404


def test_a_letter_says_that_there_is_something_without_a_name_and_once_until_they_looked(engagement):
    put(engagement, Role.COACHEE, "pair")
    put(engagement, Role.COACHEE, "pair")
    coach, coachee = person_of(engagement, Role.COACH), person_of(engagement, Role.COACHEE)
    [letter] = Letter.objects.filter(template="new_file", to_address=coach.email)
    words = " ".join(letter.open().values())

    for hidden in ("plan.txt", "Lees dit", coachee.name):
        assert hidden not in words
    assert address(engagement, "pair") in words
    shelf(engagement, Role.COACH, "pair")
    put(engagement, Role.COACHEE, "pair")
    assert Letter.objects.filter(template="new_file", to_address=coach.email).count() == 2


def test_it_stands_on_today_until_it_was_looked_at_also_after_another_was_taken_away(engagement):
    def asked(role):
        page = signed_in(engagement, role).get(reverse("today"), headers=EN).content.decode()
        return "Look at what was put there for you" in page

    put(engagement, Role.COACHEE, "pair")
    assert (asked(Role.COACH), asked(Role.COACHEE)) == (True, False)
    shelf(engagement, Role.COACH, "pair")
    assert not asked(Role.COACH)
    take_away(File.objects.get(), by=person_of(engagement, Role.COACHEE))
    put(engagement, Role.COACHEE, "pair")
    assert asked(Role.COACH)


@pytest.mark.parametrize("stage", [Stage.CLOSED, Stage.DROPPED])
def test_afterwards_it_can_be_fetched_and_nothing_changes_any_more(engagement, stage):
    put(engagement, Role.COACH, "pair")
    file = File.objects.get()
    engagement.stage = stage
    engagement.save()

    assert fetch(engagement, Role.COACHEE, "pair", file).content == TEXT
    assert 'type="file"' not in shelf(engagement, Role.COACH, "pair").content.decode()
    assert put(engagement, Role.COACHEE, "pair").status_code == 403
    away = address(engagement, "take_away_pair", file.pk)
    assert signed_in(engagement, Role.COACH).post(away).status_code == 403


def test_without_the_key_of_the_engagement_nothing_of_it_opens(engagement):
    put(engagement, Role.COACHEE, "pair")
    keys.shred(engagement.data_key_id)

    with pytest.raises(Unreadable):
        content_of(File.objects.get())


def test_a_stranger_finds_nothing_and_one_alone_has_nobody_to_share_with():
    alone = make_engagement(without=(Role.COACHEE, Role.MANAGER, Role.SPONSOR), stage=Stage.PREPARING)

    assert "Nobody to share with yet" in shelf(alone, Role.COACH, "everyone").content.decode()
    client = signed_in(alone, Role.COACH)
    client.force_login(make_person())
    assert client.get(address(alone, "everyone")).status_code == 404


def test_two_hundred_files_cost_no_more_questions_than_one(engagement):
    client = signed_in(engagement, Role.COACH)
    asked = []
    for many in (1, 200):
        fill(engagement, many)
        client.get(address(engagement, "pair"))
        with CaptureQueriesContext(connection) as questions:
            client.get(address(engagement, "pair"))
        asked.append(len(questions))

    assert asked[0] == asked[1] <= 10


def fill(engagement, until):
    facts = {"engagement": engagement, "circle": "pair", "role": Role.COACHEE, "kind": "txt", "size": 9}
    facts |= {"put_by": person_of(engagement, Role.COACHEE), "put_at": clock.now()}
    there = engagement.files.count()
    rows = [File(number=number, **facts) for number in range(there + 1, until + 1)]
    for row in rows:
        row.name = "x.txt"
    File.objects.bulk_create(rows)
