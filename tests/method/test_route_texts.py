import pytest

from driehoek.method.route import QUESTIONS, RouteAnswers, choose_route
from driehoek.method.route_texts import (
    answer_line,
    answer_lines,
    experiment_text,
    first_text,
    route_questions,
    route_text,
)
from driehoek.method.texts import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_is_a_screen_with_a_choice_to_leave_it_open(language):
    questions = route_questions(language)

    assert [question.id for question in questions] == list(QUESTIONS)
    assert all(question.choice_for(None).value == "" for question in questions[1:])


@pytest.mark.parametrize("language", LANGUAGES)
def test_choices_stand_for_the_answers_the_route_choice_understands(language):
    for question in route_questions(language)[1:]:
        answers = [choice.answer for choice in question.choices]
        expected = (
            ["technical", "behavioural", "both", None] if question.id == "nature" else [True, False, None]
        )
        assert answers == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_outcome_step_and_experiment_has_its_words(language):
    for route in ("consultancy", "coaching", "blended", "steer_first", "undecided"):
        assert route_text(route, language).headline
    assert first_text("define_measures", language).title
    assert first_text("make_agreement", language).title
    assert [experiment_text(one, language).days for one in ("A", "B", "C")] == [5, 56, 30]


def test_open_questions_are_shown_as_open():
    lines = answer_lines(RouteAnswers(nature="technical"), "nl")

    assert lines[0].means == "wijst naar advies"
    assert {line.means for line in lines if line.is_open} == {"nog open"}
    assert len(lines) == 7


def test_every_row_of_the_advice_can_be_said():
    advice = choose_route(RouteAnswers(nature="both", hard_deadline=False, build_capability=True))

    for row in (*advice.because, *advice.against, *advice.flips):
        assert answer_line(row, "nl").says
        assert answer_line(row, "en").says
