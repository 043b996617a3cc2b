"""Writing goals down: one sentence each, at most three."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from driehoek.access import Role
from driehoek.agreements.actions import save_goal
from driehoek.kit.errors import Refused
from tests.agreements.makers import GOAL, make_criterion, make_goal, make_preparing, signed_in
from tests.makers import person_of

pytestmark = pytest.mark.django_db

TYPED = {
    "by_when": "2027-01-15",
    "ability": "can",
    "action": "een projectplan maken",
    "about": "de pilot",
    "shown_by": "zeven handtekeningen",
    "why": "er dan een basis ligt",
    "matters_to": "both",
    "learning_goals": "Vragen stellen\nRuimte laten",
    "language": "nl",
    "level_m2": "Niets",
    "level_m1": "Een opzet",
    "level_0": "Een plan",
    "level_p1": "Een proef",
    "level_p2": "Geld",
}


@pytest.fixture
def engagement():
    return make_preparing()


@pytest.fixture
def coachee(engagement) -> Client:
    return signed_in(engagement, Role.COACHEE)


def page_of(engagement, number=1):
    return reverse("agreements:goal", args=[engagement.pk, number])


def test_a_goal_is_written_and_read_as_one_dutch_sentence(engagement, coachee):
    answer = coachee.post(page_of(engagement), TYPED, follow=True)

    assert "Uiterlijk 15 januari 2027 kan ik een projectplan maken" in answer.content.decode()
    assert engagement.goals.get().learning_goals.splitlines() == ["Vragen stellen", "Ruimte laten"]


def test_a_goal_written_in_english_gets_an_english_sentence(engagement, coachee):
    english = {"action": "make a plan", "about": "the pilot", "shown_by": "signatures", "why": "it lasts"}

    answer = coachee.post(page_of(engagement), TYPED | english | {"language": "en"}, follow=True)

    assert "By 15 January 2027 I can make a plan" in answer.content.decode()


def test_the_sentence_is_shown_without_keeping_anything(engagement, coachee):
    answer = coachee.post(page_of(engagement), {"show": "1", "action": "luisteren", "language": "nl"})

    assert "Ik kan luisteren." in answer.content.decode()
    assert "luisteren</textarea>" in answer.content.decode()
    assert not answer.context["form"].errors
    assert not engagement.goals.exists()


def test_a_fourth_goal_is_refused_with_the_reason(engagement, coachee):
    for number in (1, 2, 3):
        make_goal(engagement, number=number)

    shown = coachee.get(page_of(engagement, 4))
    answer = coachee.post(page_of(engagement, 4), TYPED | {"action": "nog iets"})

    assert "at most three goals" in shown.content.decode()
    assert "at most three goals" in answer.context["form"].non_field_errors()[0]
    assert "nog iets</textarea>" in answer.content.decode()
    assert engagement.goals.count() == 3


def test_the_way_to_a_fourth_goal_is_not_hidden(engagement, coachee):
    for number in (1, 2, 3):
        make_goal(engagement, number=number)

    assert (
        page_of(engagement, 4)
        in coachee.get(reverse("agreements:goals", args=[engagement.pk])).content.decode()
    )


@pytest.mark.parametrize("typed", ["0001-01-01", "1999-12-31", "2101-01-01"])
def test_a_date_nobody_can_have_meant_is_refused_beside_the_field(engagement, coachee, typed):
    answer = coachee.post(page_of(engagement), TYPED | {"by_when": typed})

    assert answer.context["form"].errors["by_when"] == ["Choose a date between 2000 and 2100."]
    assert "een projectplan maken</textarea>" in answer.content.decode()


def test_the_action_refuses_an_odd_date_too(engagement):
    with pytest.raises(Refused) as refusal:
        make_goal(engagement, by_when=date(1, 1, 1))

    assert refusal.value.field == "by_when"


def test_a_text_of_ten_million_characters_is_refused_and_kept(engagement, coachee):
    answer = coachee.post(page_of(engagement), TYPED | {"why": "w" * 10_000_000})

    assert "10,000,000" in answer.context["form"].errors["why"][0]
    assert "20,000" in answer.context["form"].errors["why"][0]
    assert answer.status_code == 200
    assert not engagement.goals.exists()


def test_odd_signs_are_kept_as_they_are(engagement, coachee):
    coachee.post(page_of(engagement), TYPED | {"action": "dansen 💃🏽 en\x00 'zingen' <b>"})

    assert engagement.goals.get().action == "dansen 💃🏽 en 'zingen' <b>"


def test_pressing_twice_writes_one_goal(engagement, coachee):
    coachee.post(page_of(engagement), TYPED)
    coachee.post(page_of(engagement), TYPED)

    assert engagement.goals.count() == 1
    assert engagement.goals.get().revision == 1


def test_two_writers_at_once_keep_both_texts(engagement, coachee):
    make_goal(engagement)
    opened_at = {"revision": "1"}
    save_goal(
        engagement, by=person_of(engagement, Role.COACH), number=1, revision=1, **GOAL | {"why": "het moet"}
    )

    answer = coachee.post(page_of(engagement), TYPED | opened_at | {"why": "ik het wil"})

    page = answer.content.decode()
    assert "was writing too. Both versions are below." in page
    assert "omdat het moet" in page
    assert "ik het wil</textarea>" in page

    coachee.post(page_of(engagement), TYPED | {"why": "ik het wil", "revision": "2"})
    assert engagement.goals.get().why == "ik het wil"


def test_a_goal_is_removed_after_asking_and_the_next_moves_up(engagement, coachee):
    first, second = make_goal(engagement), make_goal(engagement, number=2, action="luisteren")
    make_criterion(first)
    url = reverse("agreements:remove_goal", args=[engagement.pk, 1])

    asked = coachee.get(url)
    coachee.post(url)

    assert "It cannot be brought back" in asked.content.decode()
    assert [(goal.pk, goal.position) for goal in engagement.goals.all()] == [(second.pk, 1)]


def test_pressing_remove_twice_is_harmless(engagement, coachee):
    make_goal(engagement)
    url = reverse("agreements:remove_goal", args=[engagement.pk, 1])

    assert [coachee.post(url).status_code for _ in range(2)] == [302, 302]


def test_the_manager_reads_the_goals_and_cannot_change_them(engagement):
    make_goal(engagement)
    manager = signed_in(engagement, Role.MANAGER)

    page = manager.get(reverse("agreements:goals", args=[engagement.pk])).content.decode()

    assert "Uiterlijk 15 januari 2027" in page
    assert "Change goal" not in page
    assert manager.post(page_of(engagement), TYPED).status_code == 403
