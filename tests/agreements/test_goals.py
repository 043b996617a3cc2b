"""Writing goals down: one sentence each, at most three."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from driehoek.access import Role, Shape
from driehoek.agreements.actions import save_goal
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from tests.agreements.makers import (
    GOAL,
    WRITTEN,
    address,
    amend,
    make_criterion,
    make_draft,
    make_goal,
    make_preparing,
    signed_by_all,
    signed_in,
)
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
CRITERION_TYPED = {
    "measure": "Score",
    "form": "level",
    "direction": "up",
    "target": "7",
    "window_starts": "2026-12-01",
    "deadline": "2027-01-15",
}


@pytest.fixture(autouse=True)
def _now():
    clock.move_to(WRITTEN)


@pytest.fixture
def engagement():
    return make_preparing()


@pytest.fixture
def coachee(engagement) -> Client:
    return signed_in(engagement, Role.COACHEE)


def new(engagement):
    return reverse("agreements:goal", args=[engagement.pk])


def page_of(goal):
    return reverse("agreements:goal", args=[goal.engagement_id, goal.pk])


def removal_of(goal):
    return reverse("agreements:remove_goal", args=[goal.engagement_id, goal.pk])


def three_goals(engagement):
    return [make_goal(engagement, number=n, action=words) for n, words in enumerate(("a", "b", "c"), start=1)]


def test_a_goal_is_written_and_read_as_one_dutch_sentence(engagement, coachee):
    answer = coachee.post(new(engagement), TYPED, follow=True)

    assert "Uiterlijk 15 januari 2027 kan ik een projectplan maken" in answer.content.decode()
    assert engagement.goals.get().learning_goals.splitlines() == ["Vragen stellen", "Ruimte laten"]


def test_a_goal_written_in_english_gets_an_english_sentence(engagement, coachee):
    english = {"action": "make a plan", "about": "the pilot", "shown_by": "signatures", "why": "it lasts"}

    answer = coachee.post(new(engagement), TYPED | english | {"language": "en"}, follow=True)

    assert "By 15 January 2027 I can make a plan" in answer.content.decode()


def test_the_sentence_is_shown_without_keeping_anything(engagement, coachee):
    answer = coachee.post(new(engagement), {"show": "1", "action": "luisteren", "language": "nl"})

    assert "Ik kan luisteren." in answer.content.decode()
    assert "luisteren</textarea>" in answer.content.decode()
    assert not answer.context["form"].errors
    assert not engagement.goals.exists()


def test_a_script_is_told_the_sentence_of_what_was_typed_and_nothing_is_kept(engagement, coachee):
    typed = TYPED | {"by_when": "15-01-2027", "why": ""}
    answer = coachee.post(address("sentence", engagement), typed)
    in_english = coachee.post(address("sentence", engagement), {"action": "listen", "language": "en"})

    assert answer.json()["sentence"] == (
        "Uiterlijk 15 januari 2027 kan ik een projectplan maken, met betrekking tot de pilot; "
        "dat blijkt uit zeven handtekeningen."
    )
    assert in_english.json() == {"sentence": "I can listen.", "language": "en"}
    assert not engagement.goals.exists()


@pytest.mark.parametrize(("language", "says"), [("nl", "Van belang voor: beide"), ("en", "Matters to: both")])
def test_for_whom_a_goal_matters_goes_on_in_small_letters_on_page_and_in_the_agreement(
    engagement, language, says
):
    make_draft(engagement)
    reader = signed_in(engagement, Role.MANAGER, language)

    for name in ("goals", "index"):
        page = " ".join(reader.get(address(name, engagement)).content.decode().split())
        assert says in page


def test_a_choice_that_stands_ticked_is_not_said_to_be_left_empty(engagement):
    goal = make_goal(engagement)
    page = signed_in(engagement, Role.COACH).get(address("criterion", engagement, goal.pk)).content.decode()

    for name in ("counted", "anchor", "span"):
        legend = page.partition(f'name="{name}"')[0].rpartition("<legend>")[2]
        assert "(optional)" not in legend.partition("</legend>")[0]
    assert "(optional)" in page.partition('name="unit"')[0].rpartition("<label")[2]


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SPONSOR])
def test_who_writes_no_goals_is_told_no_sentence(engagement, role):
    answer = signed_in(engagement, role).post(address("sentence", engagement), TYPED)
    assert answer.status_code == 403


def test_a_fourth_goal_is_refused_with_the_reason(engagement, coachee):
    three_goals(engagement)

    shown = coachee.get(new(engagement))
    answer = coachee.post(new(engagement), TYPED | {"action": "nog iets"})

    assert "at most three goals" in shown.content.decode()
    assert "<textarea" not in shown.content.decode()
    assert "Write them as you would say them" not in shown.content.decode()
    assert "at most three goals" in answer.context["form"].non_field_errors()[0]
    assert "nog iets</textarea>" in answer.content.decode()
    assert engagement.goals.count() == 3


def test_a_long_list_of_learning_goals_is_refused_and_kept(engagement, coachee):
    lines = "\n".join(f"leren {number}" for number in range(13))
    answer = coachee.post(new(engagement), TYPED | {"learning_goals": lines})

    assert "At most 12 learning goals" in answer.context["form"].errors["learning_goals"][0]
    assert "leren 12" in answer.content.decode()


def test_signs_that_turn_words_around_are_not_kept(engagement, coachee):
    coachee.post(new(engagement), TYPED | {"why": "ik betaal \u202e0001\u202c euro"})
    assert engagement.goals.get().why == "ik betaal 0001 euro"


def test_beside_three_goals_stands_why_there_is_no_fourth_and_no_way_to_one(engagement, coachee):
    three_goals(engagement)

    page = coachee.get(reverse("agreements:goals", args=[engagement.pk])).content.decode()

    assert "at most three goals" in page
    assert f'href="{new(engagement)}"' not in page


@pytest.mark.parametrize("typed", ["0001-01-01", "1999-12-31", "2101-01-01"])
def test_a_date_nobody_can_have_meant_is_refused_beside_the_field(engagement, coachee, typed):
    answer = coachee.post(new(engagement), TYPED | {"by_when": typed})

    assert answer.context["form"].errors["by_when"] == ["Choose a date between 2000 and 2100."]
    assert "een projectplan maken</textarea>" in answer.content.decode()


def test_a_day_that_has_passed_is_refused_beside_the_field_and_today_is_not(engagement, coachee):
    answer = coachee.post(new(engagement), TYPED | {"by_when": "2020-01-01"})

    assert answer.context["form"].errors["by_when"] == ["This day has passed. Choose today or a later day."]
    assert "een projectplan maken</textarea>" in answer.content.decode()
    assert not engagement.goals.exists()

    coachee.post(new(engagement), TYPED | {"by_when": clock.today().isoformat()})
    assert engagement.goals.get().by_when == clock.today()


def test_a_day_before_the_work_begins_is_refused_with_that_day(engagement, coachee):
    make_draft(engagement, first_session_on=date(2027, 1, 20), ends_on=date(2027, 6, 1))
    goal = engagement.goals.get()

    answer = coachee.post(page_of(goal), TYPED | {"by_when": "2027-01-19", "revision": "1"})

    [refusal] = answer.context["form"].errors["by_when"]
    assert refusal.startswith("This lies before the first day of the work, 20 January 2027.")
    assert coachee.post(page_of(goal), TYPED | {"by_when": "2027-01-20", "revision": "1"}).status_code == 302


def test_a_day_that_passed_since_it_was_agreed_blocks_no_other_change(engagement, coachee):
    make_draft(engagement)
    signed_by_all(engagement)
    goal = engagement.goals.get()
    clock.move_to(clock.now() + timedelta(days=90))
    amend(engagement)

    changed = coachee.post(page_of(goal), TYPED | {"why": "het nog steeds telt", "revision": "1"})
    refused = coachee.post(page_of(goal), TYPED | {"by_when": "2027-01-16", "revision": "2"})

    assert changed.status_code == 302
    assert engagement.goals.get().why == "het nog steeds telt"
    assert "This day has passed" in refused.context["form"].errors["by_when"][0]


def test_the_action_refuses_an_odd_date_too(engagement):
    with pytest.raises(Refused) as refusal:
        make_goal(engagement, by_when=date(1, 1, 1))

    assert refusal.value.field == "by_when"


def test_a_text_of_ten_million_characters_is_refused_and_kept(engagement, coachee):
    answer = coachee.post(new(engagement), TYPED | {"why": "w" * 10_000_000})

    assert "10,000,000" in answer.context["form"].errors["why"][0]
    assert "20,000" in answer.context["form"].errors["why"][0]
    assert answer.status_code == 200
    assert not engagement.goals.exists()


def test_odd_signs_are_kept_as_they_are(engagement, coachee):
    coachee.post(new(engagement), TYPED | {"action": "dansen 💃🏽 en\x00 'zingen' <b>"})

    assert engagement.goals.get().action == "dansen 💃🏽 en 'zingen' <b>"


def test_pressing_twice_writes_one_goal(engagement, coachee):
    coachee.post(new(engagement), TYPED)
    coachee.post(new(engagement), TYPED)

    assert engagement.goals.count() == 1
    assert engagement.goals.get().revision == 1


def test_two_writers_at_once_keep_both_texts(engagement, coachee):
    goal, opened_at = make_goal(engagement), {"revision": "1"}
    coach = person_of(engagement, Role.COACH)
    save_goal(engagement, by=coach, goal_id=goal.pk, revision=1, **GOAL | {"why": "het moet"})

    answer = coachee.post(page_of(goal), TYPED | opened_at | {"why": "ik het wil"})

    page = answer.content.decode()
    assert "was writing too. Both versions are here." in page
    assert "omdat het moet" in page
    assert "ik het wil</textarea>" in page

    coachee.post(page_of(goal), TYPED | {"why": "ik het wil", "revision": "2"})
    assert engagement.goals.get().why == "ik het wil"


def test_a_goal_is_removed_after_asking_and_the_next_moves_up(engagement, coachee):
    first, second = make_goal(engagement), make_goal(engagement, number=2, action="luisteren")
    make_criterion(first)

    asked = coachee.get(removal_of(first))
    coachee.post(removal_of(first))

    assert "It cannot be brought back" in asked.content.decode()
    assert [(goal.pk, goal.position) for goal in engagement.goals.all()] == [(second.pk, 1)]


def test_pressing_remove_twice_removes_one_goal(engagement, coachee):
    first, second, third = three_goals(engagement)

    assert [coachee.post(removal_of(first)).status_code for _ in range(2)] == [302, 302]

    assert [(goal.pk, goal.position) for goal in engagement.goals.all()] == [(second.pk, 1), (third.pk, 2)]


def test_a_page_left_open_while_the_goals_moved_up_still_changes_its_own_goal(engagement, coachee):
    first, second, _third = three_goals(engagement)
    coachee.post(removal_of(first))

    coachee.post(page_of(second), TYPED | {"action": "van de tweede", "revision": "1"})

    assert [goal.action for goal in engagement.goals.all()] == ["van de tweede", "c"]


def test_a_criterion_typed_while_the_goals_moved_up_comes_under_its_own_goal(engagement, coachee):
    first, second, _third = three_goals(engagement)
    page = reverse("agreements:criterion", args=[engagement.pk, second.pk])
    coachee.post(removal_of(first))

    coachee.post(page, CRITERION_TYPED)

    assert engagement.criteria.get().goal_id == second.pk


def test_words_for_a_goal_that_was_removed_meanwhile_can_be_kept_as_a_new_one(engagement, coachee):
    goal = make_goal(engagement)
    coachee.post(removal_of(goal))

    answer = coachee.post(page_of(goal), TYPED | {"revision": "1"})

    page = answer.content.decode()
    assert "This goal was removed meanwhile." in page
    assert f'action="{new(engagement)}"' in page
    assert "een projectplan maken</textarea>" in page
    coachee.post(new(engagement), TYPED | {"revision": "1"})
    assert engagement.goals.get().action == "een projectplan maken"


def test_two_people_writing_a_first_goal_at_the_same_time_write_two(engagement, coachee):
    coachee.post(new(engagement), TYPED)

    signed_in(engagement, Role.COACH).post(new(engagement), TYPED | {"action": "iets anders"})

    assert [goal.action for goal in engagement.goals.all()] == ["een projectplan maken", "iets anders"]


def test_the_manager_reads_the_goals_and_cannot_change_them(engagement):
    make_goal(engagement)
    manager = signed_in(engagement, Role.MANAGER)

    page = manager.get(reverse("agreements:goals", args=[engagement.pk])).content.decode()

    assert "Uiterlijk 15 januari 2027" in page
    assert "Change goal" not in page
    assert manager.post(new(engagement), TYPED).status_code == 403


def test_a_criterion_for_a_goal_that_was_removed_meanwhile_is_answered_with_a_sentence(engagement, coachee):
    goal = make_goal(engagement)
    page = reverse("agreements:criterion", args=[engagement.pk, goal.pk])
    coachee.post(removal_of(goal))

    answer = coachee.post(page, CRITERION_TYPED, follow=True)

    assert "This goal has been removed meanwhile" in answer.content.decode()
    assert engagement.criteria.count() == 0
    assert coachee.get(page).status_code == 404


def test_where_nobody_is_coached_a_goal_matters_to_the_organisation_and_that_is_not_asked():
    engagement = make_preparing(shape=Shape.CONSULTANCY)
    consultant = signed_in(engagement, Role.CONSULTANT)

    page = consultant.get(new(engagement))
    field = page.context["form"]["matters_to"]
    consultant.post(new(engagement), TYPED | {"matters_to": field.value()})

    assert "The coachee" not in page.content.decode()
    assert field.is_hidden
    assert engagement.goals.get().matters_to == "organisation"
