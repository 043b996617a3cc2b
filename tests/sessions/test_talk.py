"""Writing during a conversation: everything keeps, nothing crosses over."""

import pytest

from driehoek.access import Role
from driehoek.intake.actions import keep_estimate
from driehoek.kit import clock
from driehoek.method.questions import find_questions, question_bank
from driehoek.sessions.actions import write_notes, write_private_note
from driehoek.sessions.models import mark_of
from driehoek.sessions.queries import notes_of, private_note
from tests.makers import person_of
from tests.sessions.makers import held, make_coaching, make_session, page, signed_in

pytestmark = pytest.mark.django_db
EN = {"accept-language": "en"}


@pytest.fixture
def session():
    return make_session(make_coaching())


def desk(session, role, phase):
    client = signed_in(session.engagement, role)
    answer = client.get(page(session.engagement, "talk", 1), {"phase": phase}, headers=EN)
    form = answer.context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    return client, {"phase": phase, "view": "together"} | typed


def press(session, client, typed):
    return client.post(page(session.engagement, "note", 1), typed, headers=EN)


def texts(session):
    return {part: note.text for part, note in notes_of(session).items()}


def test_back_and_forth_between_the_phases_keeps_every_word(session):
    said = {"goal": "Een plan", "reality": "Twee komen niet", "options": "Bellen", "will": "Morgen"}
    for phase in ("goal", "will", "reality", "options", "goal", "reality"):
        client, typed = desk(session, Role.COACHEE, phase)
        answer = press(session, client, typed | {phase: said[phase], "go": "options"})
        assert answer.url.endswith("?phase=options")

    assert texts(session) == said


def test_the_four_parts_of_the_opening_are_kept_together(session):
    client, typed = desk(session, Role.COACHEE, "opening")
    said = {"stuck": "Kiezen", "practised": "Drie dingen", "happened": "Ruzie", "wanted": "Rust"}

    press(session, client, typed | said)

    assert texts(session) == said


@pytest.mark.parametrize(("number", "looks_back"), [(1, False), (2, True)])
def test_only_a_session_with_one_before_it_asks_about_last_time(session, number, looks_back):
    make_session(session.engagement, 2)
    client = signed_in(session.engagement, Role.COACHEE)

    for name in ("prepare", "talk"):
        asked = client.get(page(session.engagement, name, number), headers=EN).content.decode()
        assert ("last time" in asked.partition("<main")[2]) is looks_back, name


def test_leaving_for_another_phase_keeps_what_was_typed_on_this_one(session):
    client, typed = desk(session, Role.COACH, "goal")

    press(session, client, typed | {"goal": "Samen", "private": "Niet helpen", "go": "close"})

    assert texts(session) == {"goal": "Samen"}
    assert private_note(session, person_of(session.engagement, Role.COACH)).text == "Niet helpen"


def test_private_notes_are_on_no_page_of_the_coachee(session):
    write_private_note(session, text="MIJN-ONGEDULD", by=person_of(session.engagement, Role.COACH))
    client = signed_in(session.engagement, Role.COACHEE)

    for name in ("index", "talk", "show", "close", "prepare", "reflect", "reflection"):
        place = [] if name == "index" else [1]
        body = client.get(page(session.engagement, name, *place)).content.decode()
        assert "MIJN-ONGEDULD" not in body
        assert 'name="private"' not in body
        assert "view-mine" not in body


def test_a_coachee_who_sends_a_private_field_writes_nothing(session):
    client, typed = desk(session, Role.COACHEE, "goal")

    press(session, client, typed | {"private": "Van wie is dit?"})

    assert session.private_notes.count() == 0


def test_a_stale_form_shows_both_texts_and_a_second_press_keeps_the_typed_one(session):
    client, typed = desk(session, Role.COACHEE, "reality")
    other, theirs = desk(session, Role.COACH, "reality")
    press(session, other, theirs | {"reality": "De coach schreef dit"})

    answer = press(session, client, typed | {"reality": "De coachee schreef dat"})
    body = answer.content.decode()
    again = press(session, client, typed | {"reality": "De coachee schreef dat"} | marks(answer))

    assert "Marijke was writing too. Both versions are here." in body
    assert "De coach schreef dit" in body
    assert "De coachee schreef dat" in body
    assert again.status_code == 302
    assert texts(session) == {"reality": "De coachee schreef dat"}


def test_a_conflict_on_one_part_does_not_hold_up_the_others(session):
    client, typed = desk(session, Role.COACHEE, "opening")
    write_notes(session, texts={"stuck": "Van de coach"}, by=person_of(session.engagement, Role.COACH))

    press(session, client, typed | {"stuck": "Van mij", "wanted": "Rust"})

    assert texts(session) == {"stuck": "Van de coach", "wanted": "Rust"}


def test_an_old_page_does_not_put_back_what_it_did_not_touch(session):
    client, typed = desk(session, Role.COACHEE, "opening")
    write_notes(session, texts={"stuck": "Van de coach"}, by=person_of(session.engagement, Role.COACH))

    answer = press(session, client, typed | {"wanted": "Rust"})

    assert answer.status_code == 302
    assert texts(session) == {"stuck": "Van de coach", "wanted": "Rust"}


def test_the_same_press_twice_simply_works(session):
    client, typed = desk(session, Role.COACH, "goal")

    first = press(session, client, typed | {"goal": "Een plan", "private": "Stil blijven"})
    second = press(session, client, typed | {"goal": "Een plan", "private": "Stil blijven"})

    assert (first.status_code, second.status_code) == (302, 302)
    assert texts(session) == {"goal": "Een plan"}
    assert notes_of(session)["goal"].revision == 1


def test_two_windows_of_one_coach_do_not_overwrite_the_private_note(session):
    client, typed = desk(session, Role.COACH, "goal")
    write_private_note(session, text="Eerste venster", by=person_of(session.engagement, Role.COACH))

    answer = press(session, client, typed | {"private": "Tweede venster"})

    assert "Eerste venster" in answer.content.decode()
    assert "Tweede venster" in answer.content.decode()


def test_a_question_from_the_bank_goes_to_the_end_of_the_notes_without_javascript(session):
    client, typed = desk(session, Role.COACH, "reality")

    press(session, client, typed | {"reality": "Twee komen niet.", "ask": "where-stuck"})

    assert texts(session)["reality"] == "Twee komen niet.\n\nAt which point do you get stuck?"


def test_questions_on_a_scale_stand_together_beside_the_notes(session):
    desk = signed_in(session.engagement, Role.COACH).get(talk_in("reality", session)).context["desk"]

    scaling = {question.id for question in find_questions(phase="reality", kind="scaling")}
    assert {one["id"] for one in dict(desk.bank)["Op een schaal"]} == scaling


def test_an_unknown_question_is_nothing(session):
    client, typed = desk(session, Role.COACH, "reality")

    answer = press(session, client, typed | {"reality": "Zo", "ask": "no-such"})

    assert (answer.status_code, texts(session)) == (302, {"reality": "Zo"})


def test_ten_megabytes_of_text_are_refused_beside_the_field_and_stay_there(session):
    client, typed = desk(session, Role.COACH, "goal")
    long = "a" * 10_000_000

    answer = press(session, client, typed | {"goal": long, "private": "Blijft staan"})

    assert answer.status_code == 200
    assert "10,000,000" in answer.context["form"].errors["goal"][0]
    assert long in answer.content.decode()
    assert "Blijft staan" in answer.content.decode()


def test_emoji_and_strange_characters_come_back_as_typed(session):
    client, typed = desk(session, Role.COACH, "goal")

    press(session, client, typed | {"goal": "👩‍👩‍👧 \x00<script>alert(1)</script>\r\n\u200fRTL"})
    body = signed_in(session.engagement, Role.COACHEE).get(page(session.engagement, "show", 1))

    assert texts(session)["goal"] == "👩‍👩‍👧 <script>alert(1)</script>\n\u200fRTL"
    assert "<script>alert" not in body.content.decode()


def test_an_emptied_note_is_gone(session):
    write_notes(session, texts={"goal": "Weg"}, by=person_of(session.engagement, Role.COACH))
    client, typed = desk(session, Role.COACHEE, "goal")

    press(session, client, typed | {"goal": ""})

    assert texts(session) == {}


def test_the_conversation_opens_where_the_writing_stopped(session):
    coach = person_of(session.engagement, Role.COACH)
    write_notes(session, texts={"goal": "Eerst"}, by=coach)
    with clock.moved_to(clock.now().replace(year=2030)):
        write_notes(session, texts={"options": "Later"}, by=coach)

    answer = signed_in(session.engagement, Role.COACH).get(page(session.engagement, "talk", 1))

    assert answer.context["desk"].phase == "options"


def test_reading_an_address_that_only_takes_notes_leads_to_the_conversation(session):
    answer = signed_in(session.engagement, Role.COACH).get(page(session.engagement, "note", 1))

    assert answer.url == page(session.engagement, "talk", 1)


def talk_in(phase, session):
    return f"{page(session.engagement, 'talk', session.number)}?phase={phase}"


def marks(answer):
    form = answer.context["form"]
    return {name: form[name].value() for name in form.fields if name.startswith("opened_")}


def test_the_mark_of_a_text_says_nothing_of_it():
    assert "nee" not in mark_of("Hoe zeg ik nee?")


def test_the_coach_finds_the_questions_that_suit_the_own_estimate_first_and_the_coachee_does_not(session):
    engagement = session.engagement
    coach = person_of(engagement, Role.COACH)

    def first_question(role):
        address = talk_in("options", session)
        return dict(signed_in(engagement, role).get(address).context["desk"].bank)[""][0]["id"]

    before = first_question(Role.COACH)
    keep_estimate(engagement, by=coach, relationship="co_expert")

    assert first_question(Role.COACH) == "one-step-bigger" != before
    assert first_question(Role.COACHEE) == before


@pytest.mark.parametrize("steering", ["low", "high"])
def test_questions_for_another_self_steering_than_the_coach_sees_come_last(session, steering):
    engagement = session.engagement
    coach = person_of(engagement, Role.COACH)
    keep_estimate(engagement, by=coach, relationship="seeker", self_steering=steering)

    page = signed_in(engagement, Role.COACH).get(talk_in("options", session))
    every = question_bank()
    offered = [every[row["id"]].self_steering for row in dict(page.context["desk"].bank)[""]]

    fits, differs = offered.index(steering), [one for one in offered if one not in (None, steering)]
    assert differs
    assert all(offered.index(one) > fits for one in differs)


def test_the_way_a_conversation_went_is_shown_once_it_was_held(session):
    for phase in ("opening", "goal", "reality", "goal", "options"):
        client, typed = desk(session, Role.COACHEE, phase)
        part = "wanted" if phase == "opening" else phase
        press(session, client, typed | {part: f"{typed.get(part, '')} {phase}"})
    before = signed_in(session.engagement, Role.COACH).get(page(session.engagement, "show", 1), headers=EN)
    held(session)

    after = signed_in(session.engagement, Role.COACH).get(page(session.engagement, "show", 1), headers=EN)

    assert before.context["way"] is None
    assert [stop.label for stop in after.context["way"].stops] == [
        "Opening",
        "Goal",
        "Reality",
        "Goal",
        "Options",
    ]
    assert "The way it went" in after.content.decode()


def test_writing_on_in_the_same_phase_is_no_turn_and_nor_is_what_is_added_afterwards(session):
    for text in ("een", "een twee"):
        client, typed = desk(session, Role.COACHEE, "goal")
        press(session, client, typed | {"goal": text})
    held(session)
    client, typed = desk(session, Role.COACHEE, "will")
    press(session, client, typed | {"will": "achteraf"})

    assert [turn.phase for turn in session.turns.all()] == ["goal"]


def test_the_reflection_cycle_is_a_place_of_its_own_with_its_five_steps(session):
    client, typed = desk(session, Role.COACHEE, "cycle")
    press(session, client, typed | {"act": "Ik hield mijn mond.", "essentials": "Het ging om vertrouwen."})

    assert texts(session) == {"act": "Ik hield mijn mond.", "essentials": "Het ging om vertrouwen."}
    said = client.get(page(session.engagement, "talk", 1), headers=EN).content.decode()
    assert said.count('aria-current="step"') == 1
    assert "What was it really about?" in said
