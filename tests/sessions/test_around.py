"""Before and after: the question, rounding off, looking back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from driehoek.access import Role
from driehoek.kit import clock
from driehoek.plans.actions import add_action, set_colour
from driehoek.sessions.actions import write_notes
from driehoek.sessions.models import Reflection
from driehoek.sessions.queries import notes_of
from tests.makers import person_of
from tests.sessions.makers import held, make_coaching, make_session, page, signed_in

pytestmark = pytest.mark.django_db
EN = {"accept-language": "en"}


def opened(client, engagement, name):
    answer = client.get(page(engagement, name, 1), headers=EN)
    form = answer.context["form"]
    return {n: v for n in form.fields if (v := form[n].value()) is not None} | {
        f"initial-{n}": form[n].initial for n in form.fields if form.fields[n].show_hidden_initial
    }


def test_the_coachee_writes_a_question_and_what_happened_and_the_coach_reads_them():
    engagement = make_coaching()
    make_session(engagement)
    client = signed_in(engagement, Role.COACHEE)

    typed = opened(client, engagement, "prepare")
    client.post(page(engagement, "prepare", 1), typed | {"question": "Hoe zeg ik nee?", "since": "Ruzie"})
    body = signed_in(engagement, Role.COACH).get(page(engagement, "talk", 1)).content.decode()

    assert "Hoe zeg ik nee?" in body
    assert "Ruzie" in body


def test_a_question_that_is_too_long_is_kept_in_the_field():
    engagement = make_coaching()
    make_session(engagement)

    answer = signed_in(engagement, Role.COACHEE).post(
        page(engagement, "prepare", 1), {"question": "q" * 20_001, "since": "Blijft"}
    )

    assert answer.context["form"].errors["question"]
    assert "q" * 20_001 in answer.content.decode()
    assert "Blijft" in answer.content.decode()
    assert notes_of(engagement.sessions.get()) == {}


def test_a_question_for_a_session_that_was_held_is_refused_and_stays_on_the_page():
    engagement = make_coaching()
    held(make_session(engagement))

    answer = signed_in(engagement, Role.COACHEE).post(
        page(engagement, "prepare", 1), {"question": "Te laat", "since": ""}, headers=EN
    )

    assert "This session has been held." in answer.content.decode()
    assert "Te laat" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "gone", "words"),
    [
        ("prepare", "held_at", "This session has been held"),
        ("prepare", "cancelled_at", "This session was cancelled"),
        ("close", "cancelled_at", "This session was cancelled"),
    ],
)
def test_what_is_over_says_so_before_anything_is_typed(name, gone, words):
    engagement = make_coaching()
    make_session(engagement, **{gone: clock.now()})

    answer = signed_in(engagement, Role.COACHEE).get(page(engagement, name, 1), headers=EN)

    assert words in answer.content.decode()
    assert "<textarea" not in answer.content.decode()
    assert page(engagement, "index") in answer.content.decode()


def test_a_session_is_not_held_before_it_begins_and_nothing_typed_is_lost():
    engagement = make_coaching()
    session = make_session(engagement, starts_at=clock.now() + timedelta(hours=3))
    client = signed_in(engagement, Role.COACH)

    typed = opened(client, engagement, "close") | {"yield": "Rust", "minutes": "60"}
    answer = client.post(page(engagement, "close", 1), typed, headers=EN)

    session.refresh_from_db()
    assert "Mark it as held once it has begun." in answer.context["form"].errors["minutes"][0]
    assert "Rust" in answer.content.decode()
    assert not session.is_held
    assert notes_of(session) == {}


def test_the_coach_rounds_a_session_off_with_what_it_brought_its_length_and_an_action():
    engagement = make_coaching()
    session = make_session(engagement)
    client = signed_in(engagement, Role.COACH)

    typed = opened(client, engagement, "close") | {
        "yield": "Rust",
        "way_of_working": "Ja",
        "minutes": "75",
        "text": "Karin bellen",
        "sort": "exercise",
    }
    answer = client.post(page(engagement, "close", 1), typed)

    session.refresh_from_db()
    action = engagement.actions.get()
    assert answer.url == page(engagement, "show", 1)
    assert (session.is_held, session.held_minutes) == (True, 75)
    assert {p: n.text for p, n in notes_of(session).items()} == {"yield": "Rust", "way_of_working": "Ja"}
    assert (action.text, action.sort, action.made_in_session) == ("Karin bellen", "exercise", session.pk)


def test_a_double_press_on_rounding_off_puts_one_action_on_the_plan():
    engagement = make_coaching()
    make_session(engagement)
    client = signed_in(engagement, Role.COACH)
    typed = opened(client, engagement, "close") | {"minutes": "60", "text": "Karin bellen"}

    first = client.post(page(engagement, "close", 1), typed)
    second = client.post(page(engagement, "close", 1), typed)

    assert (first.status_code, second.status_code) == (302, 302)
    assert engagement.actions.count() == 1


def test_the_coachee_writes_at_the_closing_but_does_not_mark_a_session_as_held():
    engagement = make_coaching()
    session = make_session(engagement)
    client = signed_in(engagement, Role.COACHEE)

    typed = opened(client, engagement, "close") | {"yield": "Rust", "minutes": "60"}
    client.post(page(engagement, "close", 1), typed)

    session.refresh_from_db()
    assert notes_of(session)["yield"].text == "Rust"
    assert not session.is_held


def test_colours_are_set_at_the_closing_and_an_untouched_one_stays_as_somebody_else_set_it():
    engagement = make_coaching()
    make_session(engagement)
    bell = add_action(engagement, text="Bellen", owner="coachee")
    plan = add_action(engagement, text="Plan", owner="coachee")
    client = signed_in(engagement, Role.COACHEE)
    typed = opened(client, engagement, "close") | {"stay": "1", f"colour_{bell.pk}": "done"}
    plan.colour = "red"
    plan.save()

    client.post(page(engagement, "close", 1), typed)

    bell.refresh_from_db()
    plan.refresh_from_db()
    assert bell.is_done
    assert plan.colour == "red"


def test_at_the_closing_the_coach_sees_how_the_coachee_says_it_goes_and_chooses_no_colour_for_them():
    engagement = make_coaching()
    make_session(engagement)
    theirs = add_action(engagement, text="Bellen", owner="coachee")
    set_colour(theirs, colour="amber", by=person_of(engagement, Role.COACHEE))
    own = add_action(engagement, text="Plan", owner="coach")
    client = signed_in(engagement, Role.COACH)
    typed = opened(client, engagement, "close") | {f"colour_{one.pk}": "red" for one in (theirs, own)}

    seen = client.get(page(engagement, "close", 1), headers=EN).content.decode()
    client.post(page(engagement, "close", 1), typed | {"stay": "1"})

    assert "Bellen" in seen
    assert "Johan says how it goes" in seen
    assert [one.colour for one in engagement.actions.order_by("made_at")] == ["amber", "red"]


def test_the_closing_asks_about_the_thirty_most_urgent_lines_and_leads_to_the_others():
    engagement = make_coaching()
    make_session(engagement)
    late = add_action(engagement, text="Eerst dit", owner="coach", due_on=date(2026, 1, 1))
    for number in range(99):
        add_action(engagement, text=f"Nog {number}", owner="coach", due_on=date(2027, 1, 1))
    client = signed_in(engagement, Role.COACH)

    answer = client.get(page(engagement, "close", 1), headers={"accept-language": "en"})
    form = answer.context["form"]
    kept = client.post(page(engagement, "close", 1), opened(client, engagement, "close"))

    assert len(form.colour_rows()) == 30
    assert str(late.pk) in form.actions
    assert "70 actions with more time stand on the plan." in answer.content.decode()
    assert kept.status_code == 302


def test_the_closing_says_that_the_coachee_is_asked_to_look_back_and_the_talk_is_of_today_only_today():
    engagement = make_coaching()
    make_session(engagement)
    make_session(engagement, 2, starts_at=clock.now() + timedelta(days=3))
    client = signed_in(engagement, Role.COACH)

    closing, today, later = (
        client.get(page(engagement, name, number), headers=EN).content.decode()
        for name, number in (("close", 1), ("talk", 1), ("talk", 2))
    )

    assert "Afterwards the coachee is asked to look back on it." in closing
    assert "What is it about today?" in today
    assert "What is it about?" in later


def test_keeping_and_staying_does_not_say_that_the_session_was_held():
    engagement = make_coaching()
    session = make_session(engagement)
    client = signed_in(engagement, Role.COACH)

    typed = opened(client, engagement, "close") | {"stay": "1", "yield": "Rust"}
    answer = client.post(page(engagement, "close", 1), typed)

    session.refresh_from_db()
    assert answer.url == page(engagement, "close", 1)
    assert not session.is_held


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"stay": "plan", "text": ""}, "Write down what will be done."),
        ({"stay": "plan", "text": "Bellen", "due_on": "2020-01-01"}, "This day lies behind you."),
    ],
)
def test_nothing_and_a_day_that_has_passed_do_not_go_on_the_plan(typed, words):
    engagement = make_coaching()
    make_session(engagement)
    client = signed_in(engagement, Role.COACH)

    answer = client.post(
        page(engagement, "close", 1), opened(client, engagement, "close") | typed, headers=EN
    )

    assert words in answer.content.decode()
    assert not engagement.actions.exists()


def test_who_gives_something_to_do_reads_who_is_not_told_of_it_by_the_plan():
    engagement = make_coaching()
    make_session(engagement)
    coach = signed_in(engagement, Role.COACH)

    pages = [page(engagement, "close", 1), reverse("plans:add", args=[engagement.pk])]

    for place in pages:
        said = coach.get(place, headers=EN).content.decode()
        assert "do not read the plan. Tell them yourselves what is asked." in said


@pytest.mark.parametrize("minutes", ["", "0", "4", "481", "een uur", "1e9"])
def test_a_length_that_cannot_be_is_refused_beside_the_field(minutes):
    engagement = make_coaching()
    make_session(engagement)
    client = signed_in(engagement, Role.COACH)

    typed = opened(client, engagement, "close") | {"minutes": minutes, "yield": "Blijft"}
    answer = client.post(page(engagement, "close", 1), typed)

    assert answer.context["form"].errors["minutes"]
    assert "Blijft" in answer.content.decode()


def test_the_same_question_typed_by_two_at_the_closing_shows_both_and_keeps_the_rest():
    engagement = make_coaching()
    session = make_session(engagement)
    client = signed_in(engagement, Role.COACH)
    typed = opened(client, engagement, "close")
    write_notes(session, texts={"yield": "Van de coachee"}, by=person_of(engagement, Role.COACHEE))

    typed |= {"yield": "Van de coach", "way_of_working": "Ja", "text": "Bellen", "minutes": "60"}
    answer = client.post(page(engagement, "close", 1), typed, headers=EN)

    body = answer.content.decode()
    assert "Van de coachee" in body
    assert "Van de coach<" in body
    assert engagement.actions.count() == 1
    assert answer.context["form"]["text"].value() == ""


def test_the_coachee_looks_back_and_the_coach_reads_it():
    engagement = make_coaching()
    held(make_session(engagement))
    client = signed_in(engagement, Role.COACHEE)

    typed = opened(client, engagement, "reflect") | {"reflection": "Spannend, en het lukte."}
    client.post(page(engagement, "reflect", 1), typed)
    body = signed_in(engagement, Role.COACH).get(page(engagement, "reflection", 1)).content.decode()

    assert "Spannend, en het lukte." in body


@pytest.mark.parametrize("name", ["reflect", "prepare"])
def test_an_empty_press_is_answered_with_what_to_do(name):
    engagement = make_coaching()
    make_session(engagement, starts_at=clock.now() + timedelta(days=1 if name == "prepare" else -1))
    coachee = signed_in(engagement, Role.COACHEE)
    empty = dict.fromkeys(opened(coachee, engagement, name), " ")

    answer = coachee.post(page(engagement, name, 1), empty, headers=EN)

    assert answer.status_code == 200
    assert "Nothing stands here yet." in answer.content.decode()


def test_a_reflection_before_the_session_began_is_refused_and_stays_in_the_field():
    engagement = make_coaching()
    make_session(engagement, starts_at=clock.now() + timedelta(days=1))

    answer = signed_in(engagement, Role.COACHEE).post(
        page(engagement, "reflect", 1), {"reflection": "Alvast"}, headers=EN
    )

    assert "This session has not begun yet." in answer.content.decode()
    assert "Alvast" in answer.content.decode()
    assert Reflection.objects.count() == 0


def test_a_reflection_changed_in_another_window_shows_both():
    engagement = make_coaching()
    held(make_session(engagement))
    client = signed_in(engagement, Role.COACHEE)
    typed = opened(client, engagement, "reflect")
    client.post(page(engagement, "reflect", 1), typed | {"reflection": "Eerste venster"})

    answer = client.post(page(engagement, "reflect", 1), typed | {"reflection": "Tweede venster"})

    assert "Eerste venster" in answer.content.decode()
    assert "Tweede venster" in answer.content.decode()
