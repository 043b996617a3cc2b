"""What is typed is kept meanwhile: nothing of anybody is overwritten, and each writes only what is theirs."""

import pytest

from driehoek.access import Role, Stage
from driehoek.kit import clock
from driehoek.sessions.models import Note, PrivateNote, Reflection, mark_of
from tests.makers import make_person
from tests.sessions.makers import NOW, held, make_coaching, make_session, page, signed_in

pytestmark = pytest.mark.django_db
EN = {"accept-language": "en"}


@pytest.fixture
def engagement():
    clock.move_to(NOW)
    found = make_coaching()
    make_session(found)
    return found


def keep(engagement, role, name="keep", **parts):
    """Each part is its text, or the text it went on from and the text."""
    pairs = {part: ("", text) if isinstance(text, str) else text for part, text in parts.items()}
    data = {part: text for part, (_base, text) in pairs.items()}
    data |= {f"base_{part}": base for part, (base, _text) in pairs.items()}
    return signed_in(engagement, role).post(page(engagement, name, 1), data)


def note(engagement, part):
    return Note.objects.get(engagement=engagement, part=part).text


def test_what_was_typed_is_kept_and_the_answer_says_how_it_stands(engagement):
    answer = keep(engagement, Role.COACHEE, goal="Een plan ")

    assert note(engagement, "goal") == "Een plan"
    assert answer.json()["parts"] == {"goal": {"text": "Een plan", "mark": mark_of("Een plan")}}
    assert answer.json()["conflicts"] == {}
    assert answer.headers["Cache-Control"] == "no-store"


def test_lines_of_two_people_come_together(engagement):
    keep(engagement, Role.COACHEE, goal="Een plan\nSamen")
    keep(engagement, Role.COACHEE, goal=("Een plan\nSamen", "Een plan\nSamen\nIn mei"))

    answer = keep(engagement, Role.COACH, goal=("Een plan\nSamen", "Een kort plan\nSamen"))

    assert note(engagement, "goal") == "Een kort plan\nSamen\nIn mei"
    assert answer.json()["parts"]["goal"]["text"] == note(engagement, "goal")


def test_the_same_line_changed_by_two_is_left_for_a_person_to_choose(engagement):
    keep(engagement, Role.COACHEE, goal="Een plan", reality="Nu niets")
    keep(engagement, Role.COACHEE, goal=("Een plan", "Een groot plan"))

    answer = keep(
        engagement, Role.COACH, goal=("Een plan", "Een klein plan"), reality=("Nu niets", "Nu iets")
    )

    assert note(engagement, "goal") == "Een groot plan"
    assert note(engagement, "reality") == "Nu iets"
    conflict = answer.json()["conflicts"]["goal"]
    assert conflict["theirs"] == "Een groot plan"
    assert "Johan" in conflict["says"]


def test_a_line_added_beside_one_that_the_other_changed_comes_together(engagement):
    keep(engagement, Role.COACHEE, goal="Een plan")
    keep(engagement, Role.COACHEE, goal=("Een plan", "Een plan\nIn mei"))

    answer = keep(engagement, Role.COACH, goal=("Een plan", "Een kort plan"))

    assert answer.json()["conflicts"] == {}
    assert note(engagement, "goal") == "Een kort plan\nIn mei"


@pytest.mark.parametrize(("name", "part"), [("keep", "goal"), ("keep_own", "private")])
def test_the_same_line_changed_in_two_windows_of_one_person_names_nobody_else(engagement, name, part):
    keep(engagement, Role.COACH, name, **{part: "Een plan"})
    keep(engagement, Role.COACH, name, **{part: ("Een plan", "Een groot plan")})

    answer = keep(engagement, Role.COACH, name, **{part: ("Een plan", "Een klein plan")})

    conflict = answer.json()["conflicts"][part]
    assert conflict["says"].startswith("Je hebt dit in een ander venster van jezelf gewijzigd.")
    assert conflict["theirs"] == "Een groot plan"


def test_what_arrived_without_its_answer_is_what_the_page_went_on_from(engagement):
    keep(engagement, Role.COACH, goal="Een plan", private="Hij aarzelt")
    went_on = {"goal": "Een plan om te groeien", "private": "Hij aarzelt nog"}
    sent = {f"base_{part}": "" for part in went_on} | {
        "sent_goal": mark_of("Een plan"),
        "sent_private": f"{mark_of('Hij')} {mark_of('Hij aarzelt')}",
    }

    answer = signed_in(engagement, Role.COACH).post(page(engagement, "keep", 1), went_on | sent)

    assert answer.json()["conflicts"] == {}
    assert (note(engagement, "goal"), PrivateNote.objects.get().text) == tuple(went_on.values())


def test_asking_without_a_change_gives_what_the_other_wrote_and_writes_nothing(engagement):
    keep(engagement, Role.COACH, goal="Van Marijke")

    answer = keep(engagement, Role.COACHEE, goal="")

    assert answer.json()["parts"]["goal"]["text"] == "Van Marijke"
    assert Note.objects.get(engagement=engagement).written_by == Role.COACH


def test_an_emptied_text_leaves_nothing_behind(engagement):
    keep(engagement, Role.COACHEE, goal="Weg ermee")
    keep(engagement, Role.COACHEE, goal=("Weg ermee", ""))

    assert not Note.objects.exists()


def test_the_own_notes_of_the_coach_go_along_and_only_for_the_coach(engagement):
    mine = keep(engagement, Role.COACH, goal="Samen", private="Voor mij")
    theirs = keep(engagement, Role.COACHEE, goal=("Samen", "Samen"), private="Van Johan")

    assert mine.json()["parts"]["private"]["text"] == "Voor mij"
    assert set(theirs.json()["parts"]) == {"goal"}
    assert [one.text for one in PrivateNote.objects.all()] == ["Voor mij"]


def test_the_coach_cannot_write_the_question_of_the_coachee(engagement):
    assert keep(engagement, Role.COACH, "keep_question", question="Mijn vraag").status_code == 403
    assert keep(engagement, Role.COACH, question="Mijn vraag").json()["parts"] == {}
    assert keep(engagement, Role.COACHEE, "keep_question", question="Mijn vraag").status_code == 200
    assert note(engagement, "question") == "Mijn vraag"


def test_a_reflection_is_kept_while_it_is_written(engagement):
    keep(engagement, Role.COACHEE, "keep_reflection", reflection="Ik zag")
    keep(engagement, Role.COACHEE, "keep_reflection", reflection=("Ik zag", "Ik zag wat er gebeurde"))

    assert Reflection.objects.get().text == "Ik zag wat er gebeurde"


def test_own_notes_are_kept_on_their_own_page_too(engagement):
    keep(engagement, Role.COACH, "keep_own", private="Later bedacht")

    assert PrivateNote.objects.get().text == "Later bedacht"


def test_once_it_was_held_the_coach_is_led_to_look_back_on_their_own_part(engagement):
    place = page(engagement, "own_notes", 1)
    coach = signed_in(engagement, Role.COACH)
    before = coach.get(page(engagement, "show", 1), headers=EN).content.decode()
    held(engagement.sessions.get(number=1))

    after = coach.get(page(engagement, "show", 1), headers=EN).content.decode()
    theirs = signed_in(engagement, Role.COACHEE).get(page(engagement, "show", 1), headers=EN)

    assert place not in before
    assert f'href="{place}"' in after
    assert "What did you do that helped?" in coach.get(place, headers=EN).content.decode()
    assert place not in theirs.content.decode()


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SPONSOR])
@pytest.mark.parametrize("name", ["keep", "keep_question", "keep_own", "keep_reflection"])
def test_others_of_the_triangle_keep_nothing(engagement, role, name):
    if engagement.party(role):
        assert keep(engagement, role, name, goal="x", question="x", private="x").status_code == 403
    stranger = signed_in(engagement, Role.COACH)
    stranger.force_login(make_person())
    assert stranger.post(page(engagement, name, 1), {"goal": "x", "base_goal": ""}).status_code == 404
    assert not Note.objects.exists()


def test_a_text_that_is_far_too_long_is_refused_in_a_sentence_and_the_others_can_go(engagement):
    answer = keep(engagement, Role.COACHEE, goal="x" * 1_000_000)

    assert answer.status_code == 422
    assert "20.000" in answer.json()["errors"]["goal"]
    assert not Note.objects.exists()


def test_a_cancelled_session_says_why_nothing_is_kept(engagement):
    session = engagement.sessions.get()
    session.cancelled_at = clock.now()
    session.save()

    answer = keep(engagement, Role.COACHEE, goal="Te laat")

    assert answer.status_code == 409
    assert "gaat niet door" in answer.json()["says"]


def test_the_question_of_a_session_that_was_held_stays_as_it_was(engagement):
    held(engagement.sessions.get())

    assert keep(engagement, Role.COACHEE, "keep_question", question="Nog iets").status_code == 409


def test_nothing_is_kept_once_the_engagement_is_closed(engagement):
    engagement.stage = Stage.CLOSED
    engagement.save()

    assert keep(engagement, Role.COACHEE, goal="Na afloop").status_code == 403


def test_who_was_signed_out_is_sent_to_sign_in_and_no_form_is_put_aside_for_each_try(engagement, client):
    from driehoek.people.models import KeptForm

    answer = client.post(page(engagement, "keep", 1), {"goal": "x", "base_goal": ""})

    assert answer.status_code == 302
    assert not KeptForm.objects.exists()


def test_looking_again_costs_the_same_for_one_text_and_for_all(
    engagement, django_assert_num_queries, django_assert_max_num_queries
):
    client, parts = signed_in(engagement, Role.COACHEE), ["goal", "reality", "options", "will"]
    keep(engagement, Role.COACH, **dict.fromkeys(parts, "Begin"))
    every = dict.fromkeys(parts, "Begin") | {f"base_{part}": "Begin" for part in parts}
    one = {"goal": "Begin", "base_goal": "Begin"}
    client.post(page(engagement, "keep", 1), one)

    with django_assert_max_num_queries(13) as asked:
        client.post(page(engagement, "keep", 1), one)
    with django_assert_num_queries(len(asked)):
        client.post(page(engagement, "keep", 1), every)


def test_each_form_that_is_written_in_keeps_itself_and_shows_its_key_to_its_own_reader_only(engagement):
    mine = signed_in(engagement, Role.COACH).get(page(engagement, "talk", 1)).content.decode()
    theirs = signed_in(engagement, Role.COACHEE).get(page(engagement, "talk", 1)).content.decode()
    keys = [text.split('data-secret="')[1].split('"')[0] for text in (mine, theirs)]

    assert keys[0] != keys[1]
    assert page(engagement, "keep", 1) in mine
    for name, url in (("prepare", "keep_question"), ("reflect", "keep_reflection"), ("close", "keep")):
        shown = signed_in(engagement, Role.COACHEE).get(page(engagement, name, 1)).content.decode()
        assert f'data-keep="{page(engagement, url, 1)}"' in shown, name
