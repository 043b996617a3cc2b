"""The six questions: alone first, then side by side."""

import pytest
from django.db import connection

from driehoek.access import Role, Shape, Stage
from driehoek.audit.models import Look
from driehoek.intake.models import IntakeForm
from driehoek.kit import clock
from driehoek.vault import keys
from tests.intake.makers import answer, at, preparing, url
from tests.makers import make_engagement, make_party, make_person

pytestmark = pytest.mark.django_db

ANSWERING = (Role.COACHEE, Role.COACH, Role.MANAGER, Role.SPONSOR)


def word_of(role):
    return f"eigenwoord-van-{role}-zelf"


def everyone_answers(client, engagement, roles=ANSWERING):
    for role in roles:
        answer(client, engagement, role, word_of(role))


def reads(client, engagement, role, text):
    browser = at(client, engagement, role)
    pages = [browser.get(url(name, engagement), follow=True) for name in ("questions", "compare", "waiting")]
    return any(text in page.content.decode() for page in pages)


@pytest.mark.parametrize("reader", ANSWERING)
def test_nobody_reads_anything_of_another_before_the_last_has_handed_in(client, reader):
    engagement = preparing()
    everyone_answers(client, engagement, (Role.COACHEE, Role.COACH, Role.MANAGER))
    at(client, engagement, Role.SPONSOR).post(url("question", engagement, 2), {"responsible": "nog een klad"})

    others = [role for role in ANSWERING if role is not reader]

    assert not any(reads(client, engagement, reader, word_of(role)) for role in others)
    assert reads(client, engagement, reader, "nog een klad") is (reader is Role.SPONSOR)


@pytest.mark.parametrize("reader", ANSWERING)
def test_everyone_reads_everything_once_the_last_has_handed_in(client, reader):
    engagement = preparing()
    everyone_answers(client, engagement)

    page = at(client, engagement, reader).get(url("compare", engagement)).content.decode()

    assert all(f"<mark>{word_of(role)}</mark>" in page for role in ANSWERING)


def test_coach_answers_in_the_words_of_a_coach_and_stands_in_a_column_of_their_own(client):
    engagement = preparing()
    asks = at(client, engagement, Role.COACH).get(url("question", engagement, 2)).context["screen"].asks
    everyone_answers(client, engagement)

    page = at(client, engagement, Role.SPONSOR).get(url("compare", engagement))

    assert asks == "Waarop ben jij aanspreekbaar, en waarop juist niet?"
    assert [voice.role for voice in page.context["voices"]] == list(ANSWERING)
    assert "views--4" in page.content.decode()


def test_nothing_is_read_before_the_coach_has_handed_in(client):
    engagement = preparing()
    everyone_answers(client, engagement, (Role.COACHEE, Role.MANAGER, Role.SPONSOR))

    assert not reads(client, engagement, Role.COACHEE, word_of(Role.SPONSOR))
    answer(client, engagement, Role.COACH, "Ik sta in voor het gesprek")
    assert reads(client, engagement, Role.COACHEE, word_of(Role.SPONSOR))


def test_consultant_and_sponsor_compare_in_a_consultancy_engagement(client):
    engagement = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.PREPARING)
    everyone_answers(client, engagement, (Role.MANAGER, Role.SPONSOR))
    assert at(client, engagement, Role.CONSULTANT).get(url("compare", engagement)).status_code == 302

    answer(client, engagement, Role.CONSULTANT, "woord van de adviseur")

    assert reads(client, engagement, Role.SPONSOR, "adviseur")


@pytest.mark.parametrize("number", range(1, 7))
def test_where_nobody_is_coached_no_question_speaks_of_somebody_who_is(client, number):
    engagement = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.PREPARING)
    for role in (Role.MANAGER, Role.SPONSOR, Role.CONSULTANT):
        screen = at(client, engagement, role).get(url("question", engagement, number)).context["screen"]
        said = f"{screen.asks} {screen.question.why}"
        assert not any(word in said for word in ("medewerker", "coach", "Leren kost"))


def test_what_everybody_left_open_is_called_that(client):
    engagement = preparing()
    everyone_answers(client, engagement)

    page = at(client, engagement, Role.SPONSOR).get(url("compare", engagement)).content.decode()
    assert "Door iedereen opengelaten" in page
    assert "Door sommigen opengelaten" not in page


def test_who_waits_sees_only_whether_the_others_handed_in(client):
    engagement = preparing()
    everyone_answers(client, engagement, (Role.COACHEE,))

    page = at(client, engagement, Role.COACH).get(url("compare", engagement), follow=True)

    assert page.context["voices"][0].handed_in
    assert [voice.handed_in for voice in page.context["voices"]] == [True, False, False, False]
    assert page.content.decode().count("Ingeleverd") == 1


def test_waiting_is_not_written_down_as_having_read(client):
    engagement = preparing()
    at(client, engagement, Role.COACH).get(url("compare", engagement), follow=True)
    assert not Look.objects.filter(kind="intake").exists()

    everyone_answers(client, engagement)
    at(client, engagement, Role.COACH).get(url("compare", engagement))

    assert Look.objects.filter(kind="intake", role=Role.COACH).count() == 1


@pytest.mark.parametrize("name", ["questions", "question"])
def test_administrator_does_not_answer_and_finds_the_door_closed(client, name):
    engagement = preparing()
    more = [1] if name == "question" else []

    assert at(client, engagement, Role.ORG_ADMIN).get(url(name, engagement, *more)).status_code == 403


@pytest.mark.parametrize("name", ["questions", "compare", "waiting"])
def test_stranger_finds_nothing(client, name):
    engagement = preparing()

    assert at(client, engagement, make_person()).get(url(name, engagement)).status_code == 404


def test_administrator_reads_no_answers(client):
    engagement = preparing()
    everyone_answers(client, engagement)

    assert at(client, engagement, Role.ORG_ADMIN).get(url("compare", engagement)).status_code == 403
    assert "eigenwoord-van-" not in client.get(url("waiting", engagement)).content.decode()


def test_each_question_is_kept_as_a_draft_and_leads_to_the_next(client):
    engagement = preparing()
    at(client, engagement, Role.MANAGER)
    first = {"outcome.three_months": "Minder klachten", "outcome.six_months": "Rust"}

    reply = client.post(url("question", engagement, 1), first)

    assert reply.url == url("question", engagement, 2)
    page = client.get(url("question", engagement, 1)).content.decode()
    assert "Minder klachten" in page
    assert "Rust" in page


def test_keep_and_stop_leads_to_the_overview_and_so_does_the_last_question(client):
    engagement = preparing()
    at(client, engagement, Role.MANAGER)

    stopped = client.post(url("question", engagement, 2), {"responsible": "Ik", "stop": "1"})
    last = client.post(url("question", engagement, 6), {"escalation.escalation": "Eerst samen"})

    assert stopped.url == last.url == url("questions", engagement)


@pytest.mark.parametrize("number", [0, 7, 12345678])
def test_question_that_does_not_exist_is_not_found(client, number):
    engagement = preparing()

    assert at(client, engagement, Role.MANAGER).get(url("question", engagement, number)).status_code == 404


def test_handing_in_nothing_is_refused_with_a_reason(client):
    engagement = preparing()

    page = at(client, engagement, Role.MANAGER).post(url("questions", engagement), {"hand_in": "1"})

    assert "Beantwoord minstens één vraag" in page.content.decode()


def test_handing_in_twice_is_the_same_as_once(client):
    engagement = preparing()
    answer(client, engagement, Role.MANAGER, "Ik")
    handed_in_at = IntakeForm.objects.get().handed_in_at

    client.post(url("questions", engagement), {"hand_in": "1"})

    assert IntakeForm.objects.get().handed_in_at == handed_in_at


def test_answers_are_taken_back_and_changed_until_everyone_has_handed_in(client):
    engagement = preparing()
    answer(client, engagement, Role.MANAGER, "Eerste gedachte")

    client.post(url("questions", engagement), {"take_back": "1"})
    form = client.get(url("question", engagement, 2)).context["form"]
    client.post(url("question", engagement, 2), {"responsible": "Tweede", "opened": form["opened"].value()})

    assert "Tweede" in client.get(url("questions", engagement)).content.decode()


def test_changing_after_handing_in_is_refused_and_the_words_stay(client):
    engagement = preparing()
    answer(client, engagement, Role.MANAGER, "Eerste gedachte")

    page = client.post(url("question", engagement, 2), {"responsible": "Toch anders"})

    assert "Neem ze eerst terug" in page.content.decode()
    assert "Toch anders" in page.content.decode()


def test_what_everyone_has_read_is_never_changed_again(client):
    engagement = preparing()
    everyone_answers(client, engagement)

    page = at(client, engagement, Role.COACHEE).post(url("questions", engagement), {"take_back": "1"})

    assert "De antwoorden liggen open voor iedereen" in page.content.decode()
    assert reads(client, engagement, Role.SPONSOR, "eigenwoord-van-")


def test_somebody_who_joins_later_answers_without_having_read(client):
    engagement = preparing(without=(Role.SPONSOR,))
    everyone_answers(client, engagement, (Role.COACHEE, Role.COACH, Role.MANAGER))
    assert reads(client, engagement, Role.COACH, "eigenwoord-van-")

    make_party(engagement, Role.SPONSOR)

    assert not reads(client, engagement, Role.SPONSOR, "eigenwoord-van-")
    assert reads(client, engagement, Role.COACH, "eigenwoord-van-")
    page = at(client, engagement, Role.MANAGER).post(url("questions", engagement), {"take_back": "1"})
    assert "De antwoorden liggen open voor iedereen" in page.content.decode()
    answer(client, engagement, Role.SPONSOR, "laatste")
    assert reads(client, engagement, Role.COACH, "laatste")


def test_nobody_waits_for_an_invitation_that_was_not_accepted(client):
    engagement = preparing(without=(Role.SPONSOR,))
    make_party(engagement, Role.SPONSOR, accepted_at=None, declined_at=clock.now())

    everyone_answers(client, engagement, (Role.COACHEE, Role.COACH, Role.MANAGER))

    assert reads(client, engagement, Role.COACH, "eigenwoord-van-")


def test_one_person_with_two_roles_answers_once(client):
    ellen = make_person("Ellen de Wit")
    engagement = preparing(manager=ellen, sponsor=ellen)
    everyone_answers(client, engagement, (Role.COACHEE, Role.COACH, Role.MANAGER))

    page = at(client, engagement, Role.COACH).get(url("compare", engagement))

    names = [voice.person.name for voice in page.context["voices"]]
    assert names == ["Saskia Holwerda", "Ruben Terpstra", "Ellen de Wit"]


def test_another_window_is_not_overwritten_and_both_texts_are_shown(client):
    engagement = preparing()
    at(client, engagement, Role.SPONSOR)
    stale = client.get(url("question", engagement, 2)).context["form"]["opened"].value()
    client.post(url("question", engagement, 2), {"responsible": "Uit venster een", "opened": stale})

    page = client.post(url("question", engagement, 2), {"responsible": "Uit venster twee", "opened": stale})

    words = page.content.decode()
    assert "Beide versies staan hier." in words
    assert "Uit venster een" in words
    assert "Uit venster twee" in words
    again = page.context["form"]
    form = {"responsible": again["responsible"].value(), "opened": again["opened"].value()}
    assert client.post(url("question", engagement, 2), form).status_code == 302


def test_differences_are_marked_and_silence_is_named(client):
    engagement = preparing()
    answer(client, engagement, Role.COACHEE, "Rust in mijn week")
    for role in (Role.COACH, Role.MANAGER):
        answer(client, engagement, role, "Rust in mijn week")
    answer(client, engagement, Role.SPONSOR, "Iets anders", number=4)

    page = at(client, engagement, Role.COACH).get(url("compare", engagement))

    state = {row.question.id: row.rows[0].state for row in page.context["compared"]}
    assert (state["responsible"], state["success"]) == ("silent", "silent")
    assert "Door sommigen opengelaten" in page.content.decode()


def test_answers_are_never_markup(client):
    engagement = preparing()
    everyone_answers(client, engagement, (Role.COACHEE, Role.COACH, Role.MANAGER))
    answer(client, engagement, Role.SPONSOR, "<script>alert(1)</script> 😀\x00")

    page = at(client, engagement, Role.COACH).get(url("compare", engagement)).content.decode()

    assert "<script>alert" not in page
    assert "😀" in page


def test_after_signing_the_answers_can_be_read_and_no_longer_given(client):
    engagement = preparing()
    everyone_answers(client, engagement)
    engagement.stage, engagement.fingerprint_in_force = Stage.ACTIVE, "f" * 64
    engagement.save()

    assert reads(client, engagement, Role.COACHEE, "eigenwoord-van-")
    assert client.post(url("question", engagement, 2), {"responsible": "x"}).status_code == 403


def test_answers_of_an_unfinished_intake_stay_closed_after_signing(client):
    engagement = preparing()
    everyone_answers(client, engagement, (Role.COACHEE,))
    engagement.stage, engagement.fingerprint_in_force = Stage.ACTIVE, "f" * 64
    engagement.save()

    page = at(client, engagement, Role.COACH).get(url("compare", engagement), follow=True)

    assert "de antwoorden blijven dicht" in page.content.decode()
    assert "eigenwoord-van-" not in page.content.decode()


def test_the_database_holds_no_answer_in_clear(client):
    engagement = preparing()
    answer(client, engagement, Role.COACHEE, "Herkenbare zin")

    with connection.cursor() as cursor:
        cursor.execute("select answers from intake_intakeform")
        assert b"Herkenbare" not in bytes(cursor.fetchone()[0])


@pytest.mark.parametrize("name", ["questions", "compare"])
def test_page_costs_at_most_ten_queries(client, django_assert_max_num_queries, name):
    engagement = preparing()
    everyone_answers(client, engagement)
    at(client, engagement, Role.MANAGER)
    keys.forget()

    with django_assert_max_num_queries(10):
        client.get(url(name, engagement))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("number", range(1, 7))
def test_every_question_is_put_to_every_party_in_both_languages(client, number, language):
    engagement = preparing()
    client.cookies["django_language"] = language

    for role in ANSWERING:
        page = at(client, engagement, role).get(url("question", engagement, number))
        assert page.context["screen"].asks in page.content.decode().replace("&#x27;", "'")
