"""Levels that coachee and manager score, each alone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from driehoek.access import Role, Shape, Stage
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import Asking
from driehoek.kit import clock
from driehoek.measures import queries
from driehoek.outbox.models import Letter
from tests.makers import person_of
from tests.measures.makers import NOW, as_, make_agreed, score

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    clock.move_to(NOW)


def scored(engagement, role, *levels, moment="interim", language="en", remark="Gezien in het werk"):
    url = reverse("measures:score", args=[engagement.pk, moment])
    goals = list(engagement.goals.all())
    chosen = {f"level-{goal.pk}": level for goal, level in zip(goals, levels, strict=False)}
    remarks = {f"remark-{goal.pk}": remark for goal in goals}
    return as_(engagement, role, language).post(url, chosen | remarks)


def score_page(engagement, role, language="en", moment="interim"):
    url = reverse("measures:score", args=[engagement.pk, moment])
    return as_(engagement, role, language).get(url)


def test_coachee_scores_every_goal_with_a_remark():
    engagement = make_agreed(goals=2)

    answer = scored(engagement, Role.COACHEE, 1, -1)

    assert answer.status_code == 302
    scores = list(engagement.attainment_scores.order_by("goal__position"))
    assert [(row.level, row.remark, row.role) for row in scores] == [
        (1, "Gezien in het werk", "coachee"),
        (-1, "Gezien in het werk", "coachee"),
    ]


def test_goal_without_a_level_keeps_what_was_chosen_for_the_others():
    engagement = make_agreed(goals=2)

    answer = scored(engagement, Role.COACHEE, 1)

    assert answer.status_code == 200
    assert "Gezien in het werk" in answer.content.decode()
    assert engagement.attainment_scores.count() == 0


@pytest.mark.parametrize("level", ["3", "-3", "0.5", "veel"])
def test_level_that_does_not_exist_is_refused(level):
    engagement = make_agreed()

    assert scored(engagement, Role.COACHEE, level).context["form"].errors
    assert engagement.attainment_scores.count() == 0


def test_scoring_twice_is_scoring_once():
    engagement = make_agreed()

    for level in (0, 0, 1):
        scored(engagement, Role.COACHEE, level)

    assert list(engagement.attainment_scores.values_list("level", flat=True)) == [1]


def test_levels_written_out_beforehand_stand_beside_the_choices():
    engagement = make_agreed()

    words = score_page(engagement, Role.MANAGER).content.decode()

    assert "Een gedragen plan" in words
    assert "checked" not in words


def test_manager_scores_without_seeing_the_score_of_the_coachee():
    engagement = make_agreed()
    score(engagement, Role.COACHEE, 2, moment="interim", remark="Alleen voor mijn coach")

    answer = score_page(engagement, Role.MANAGER)

    assert "Alleen voor mijn coach" not in answer.content.decode()
    assert "checked" not in answer.content.decode()


def test_manager_finds_the_own_score_again():
    engagement = make_agreed()
    score(engagement, Role.MANAGER, -1, moment="interim", remark="Zo zie ik het")

    assert "Zo zie ik het" in score_page(engagement, Role.MANAGER).content.decode()


def test_chip_of_the_manager_says_who_reads_the_score():
    engagement = make_agreed()

    dutch = score_page(engagement, Role.MANAGER, "nl").content.decode()
    english = score_page(engagement, Role.MANAGER).content.decode()

    assert "Johan en Marijke, en jij je eigen score" in dutch
    assert "Johan and Marijke, and you your own score" in english


def test_coachee_and_coach_read_every_score():
    engagement = make_agreed()
    score(engagement, Role.COACHEE, 1, remark="Van Johan")
    score(engagement, Role.MANAGER, -2, remark="Van Anneke")

    for role in (Role.COACHEE, Role.COACH):
        words = as_(engagement, role).get(reverse("measures:index", args=[engagement.pk])).content.decode()
        assert "Van Johan" in words
        assert "Van Anneke" in words
        assert "−2" in words


@pytest.mark.parametrize("role", [Role.COACHEE, Role.COACH])
def test_the_level_of_the_manager_stays_covered_until_the_coachee_has_scored_or_two_weeks_are_over(role):
    engagement = make_agreed()
    score(engagement, Role.MANAGER, -2, moment="interim", remark="Van Anneke")

    def read():
        answer = as_(engagement, role).get(reverse("measures:index", args=[engagement.pk]))
        return answer.content.decode()

    assert ("Van Anneke" in read(), "The line manager has scored." in read()) == (False, True)
    with clock.moved_to(clock.now() + timedelta(days=15)):
        assert "Van Anneke" in read()
    score(engagement, Role.COACHEE, 1, moment="interim", remark="Van Johan")
    assert ("Van Anneke" in read(), "The line manager has scored." in read()) == (True, False)


@pytest.mark.parametrize("role", [Role.COACH, Role.SPONSOR])
def test_nobody_else_scores(role):
    assert score_page(make_agreed(), role).status_code == 403


def test_moment_that_does_not_exist_is_not_found():
    assert score_page(make_agreed(), Role.COACHEE, moment="halfway").status_code == 404


def test_in_consultancy_there_are_no_levels_to_score():
    engagement = make_agreed(shape=Shape.CONSULTANCY)

    assert score_page(engagement, Role.MANAGER).status_code == 404
    assert steps(engagement, Role.MANAGER) == []


def test_after_closing_nothing_is_scored_and_the_reason_is_said():
    answer = scored(make_agreed(stage=Stage.CLOSED), Role.COACHEE, 1)

    assert answer.status_code == 403
    assert "closed" in answer.content.decode()


def steps(engagement, role):
    person = person_of(engagement, role)
    found = queries.with_signs(
        Engagement.objects.seen_by(person).filter(pk=engagement.pk), Asking.by(person)
    ).get()
    return [step.url for step in queries.asked_of(found, person)]


def reviewed_after(engagement, session):
    days = {"first_session_on": date(2026, 9, 3), "every_weeks": 3, "review_after_session": session}
    engagement.versions.update(**days)


def test_interim_score_is_asked_from_the_day_of_the_review():
    engagement = make_agreed()
    reviewed_after(engagement, 3)
    asked = [reverse("measures:score", args=[engagement.pk, "interim"])]

    clock.move_to(datetime(2026, 10, 14, 9, tzinfo=UTC))
    before = steps(engagement, Role.MANAGER)
    clock.move_to(datetime(2026, 10, 15, 9, tzinfo=UTC))

    assert before == []
    assert steps(engagement, Role.MANAGER) == steps(engagement, Role.COACHEE) == asked


def test_end_score_is_asked_while_closing_until_it_is_given():
    engagement = make_agreed(stage=Stage.CLOSING)
    assert steps(engagement, Role.MANAGER) == [reverse("measures:score", args=[engagement.pk, "end"])]

    score(engagement, Role.MANAGER, 0)

    assert steps(engagement, Role.MANAGER) == []
    assert len(steps(engagement, Role.COACHEE)) == 1


def test_interim_score_is_not_rewritten_once_the_closing_has_begun():
    engagement = make_agreed()
    score(engagement, Role.COACHEE, -1, moment="interim", remark="Halverwege")
    Engagement.objects.update(stage=Stage.CLOSING)

    answer = scored(engagement, Role.COACHEE, 2)

    shown = answer.content.decode()
    assert "The interim score stands as it is" in shown
    assert "Halverwege" in shown
    assert list(engagement.attainment_scores.values_list("level", flat=True)) == [-1]


def test_end_is_not_scored_before_the_last_session_or_goal_is_there():
    engagement = make_agreed()

    clock.move_to(datetime(2027, 1, 14, 9, tzinfo=UTC))
    too_early = scored(engagement, Role.COACHEE, 1, moment="end")
    clock.move_to(datetime(2027, 1, 15, 9, tzinfo=UTC))
    in_time = scored(engagement, Role.COACHEE, 1, moment="end")

    assert "The end is scored from the day of the last session or goal" in too_early.content.decode()
    assert in_time.status_code == 302


def test_end_is_scored_from_the_last_agreed_session_though_the_goal_has_time_left():
    lasts = {"session_count": 3, "every_weeks": 2, "first_session_on": date(2026, 10, 1)}
    engagement = make_agreed(draft=lasts)

    clock.move_to(datetime(2026, 10, 28, 9, tzinfo=UTC))
    before = queries.can_be_scored(engagement, "end")
    clock.move_to(datetime(2026, 10, 29, 9, tzinfo=UTC))

    assert (before, queries.can_be_scored(engagement, "end")) == (False, True)


def test_interim_review_was_held_once_everybody_who_scores_did_so():
    engagement = make_agreed()

    def held():
        person = person_of(engagement, Role.COACHEE)
        found = queries.with_signs(
            Engagement.objects.seen_by(person).filter(pk=engagement.pk), Asking.by(person)
        )
        return queries.interim_review_held(found.get())

    score(engagement, Role.COACHEE, 0, moment="interim")
    one = held()
    score(engagement, Role.MANAGER, 0, moment="interim")

    assert (one, held()) == (False, True)


def test_first_who_scores_makes_one_letter_to_the_other_without_content():
    engagement = make_agreed()

    for _time in range(2):
        score(engagement, Role.COACHEE, 1, moment="interim", remark="Mijn eigen woorden")
    score(engagement, Role.MANAGER, 0, moment="interim")

    letter = Letter.objects.get(template="your_turn")
    assert letter.to_address == person_of(engagement, Role.MANAGER).email
    assert "Mijn eigen woorden" not in letter.open()["text"]
