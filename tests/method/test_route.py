from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driehoek.method.answers import BadAnswers
from driehoek.method.route import (
    NATURES,
    POINTING_QUESTIONS,
    QUESTIONS,
    Flip,
    Pointer,
    RouteAnswers,
    choose_route,
    other_answers,
)

MAYBE = (True, False, None)
maybe = st.sampled_from(MAYBE)
any_answers = st.builds(
    RouteAnswers,
    problem=st.text(max_size=20),
    nature=st.sampled_from([*NATURES, None]),
    deliverable_needed=maybe,
    hard_deadline=maybe,
    build_capability=maybe,
    measurable=maybe,
    agreement_ready=maybe,
    crisis=maybe,
)

# The table a second time, by hand: nature, then (deliverable or deadline) yes, then capability yes.
BY_HAND = {
    ("technical", True, True): "blended",
    ("technical", True, False): "consultancy",
    ("technical", False, True): "blended",
    ("technical", False, False): "consultancy",
    ("behavioural", True, True): "blended",
    ("behavioural", True, False): "blended",
    ("behavioural", False, True): "coaching",
    ("behavioural", False, False): "coaching",
    ("both", True, True): "blended",
    ("both", True, False): "blended",
    ("both", False, True): "blended",
    ("both", False, False): "blended",
    (None, True, True): "blended",
    (None, True, False): "consultancy",
    (None, False, True): "coaching",
    (None, False, False): "undecided",
}


def test_every_combination_of_answers_gives_the_route_of_the_table():
    for nature, deliverable, deadline, capability, crisis in product([*NATURES, None], *[MAYBE] * 4):
        answers = RouteAnswers("", nature, deliverable, deadline, capability, None, None, crisis)
        consultant_asked = deliverable is True or deadline is True
        expected = "steer_first" if crisis else BY_HAND[nature, consultant_asked, capability is True]

        assert choose_route(answers).route == expected, answers


@given(any_answers)
def test_following_a_flip_gives_the_route_it_promises(answers):
    for flip in choose_route(answers).flips:
        assert choose_route(answers.with_answer(flip.question, flip.answer)).route == flip.route


@given(any_answers)
def test_a_flip_is_listed_exactly_when_the_route_changes(answers):
    advice = choose_route(answers)
    listed = {(flip.question, flip.answer) for flip in advice.flips}

    assert len(listed) == len(advice.flips)
    for question in POINTING_QUESTIONS:
        for answer in other_answers(question, answers.answer_to(question)):
            changed = choose_route(answers.with_answer(question, answer)).route != advice.route
            assert ((question, answer) in listed) == changed


@given(any_answers)
def test_reasons_hold_answers_that_were_given_and_no_answer_twice(answers):
    advice = choose_route(answers)
    rows = [*advice.because, *advice.against]

    assert all(answers.answer_to(row.question) == row.answer for row in rows)
    assert len({row.question for row in rows}) == len(rows)


@given(any_answers)
def test_a_route_that_was_chosen_has_a_reason(answers):
    advice = choose_route(answers)

    assert bool(advice.because) == (advice.route != "undecided")


@given(any_answers, st.text(max_size=10), maybe, maybe)
def test_problem_measure_and_agreement_do_not_change_the_route(answers, problem, measurable, agreement):
    other = replace(answers, problem=problem, measurable=measurable, agreement_ready=agreement)

    assert choose_route(other).route == choose_route(answers).route
    assert choose_route(other).flips == choose_route(answers).flips


def test_a_behavioural_problem_without_deliverable_shows_what_speaks_for_and_against():
    advice = choose_route(
        RouteAnswers(nature="behavioural", deliverable_needed=False, build_capability=False)
    )

    assert advice.because == (Pointer("nature", "behavioural", "coaching"),)
    assert advice.against == (Pointer("build_capability", False, "consultancy"),)


def test_a_technical_problem_without_deliverable_or_deadline_is_spoken_against():
    advice = choose_route(RouteAnswers(nature="technical", deliverable_needed=False, hard_deadline=False))

    assert advice.because == (Pointer("nature", "technical", "consultancy"),)
    assert advice.against == (
        Pointer("deliverable_needed", False, "coaching"),
        Pointer("hard_deadline", False, "coaching"),
    )


def test_a_blended_route_is_because_of_both_its_parts():
    advice = choose_route(RouteAnswers(nature="behavioural", hard_deadline=True))

    assert [row.points_to for row in advice.because] == ["coaching", "consultancy"]
    assert advice.against == ()


def test_a_crisis_is_the_only_reason_and_the_rest_speaks_against():
    advice = choose_route(RouteAnswers(nature="both", build_capability=True, crisis=True))

    assert advice.route == "steer_first"
    assert advice.because == (Pointer("crisis", True, "steer_first"),)
    assert {row.question for row in advice.against} == {"nature", "build_capability"}
    assert advice.flips == (Flip("crisis", False, "blended"),)


def test_without_a_measure_or_an_agreement_those_come_first_in_a_crisis_too():
    assert choose_route(RouteAnswers(crisis=True)).first == ("define_measures", "make_agreement")
    assert choose_route(RouteAnswers(measurable=False, agreement_ready=True)).first == ("define_measures",)
    assert choose_route(RouteAnswers(measurable=True, agreement_ready=True)).first == ()


@pytest.mark.parametrize(
    ("answers", "experiment"),
    [
        (RouteAnswers(nature="technical"), "A"),
        (RouteAnswers(nature="behavioural"), "B"),
        (RouteAnswers(nature="both"), "C"),
        (RouteAnswers(crisis=True), None),
        (RouteAnswers(), None),
    ],
)
def test_each_route_has_its_own_small_experiment(answers, experiment):
    assert choose_route(answers).experiment == experiment


def test_json_has_the_keys_of_the_contract():
    advice = choose_route(RouteAnswers(nature="technical", crisis=False)).to_json()

    assert list(advice) == ["route", "because", "against", "flips", "first", "experiment"]
    assert advice["because"] == [{"question": "nature", "answer": "technical", "points_to": "consultancy"}]
    assert advice["flips"][0] == {"question": "nature", "answer": "behavioural", "route": "coaching"}


def test_every_wrong_key_is_named_at_once():
    with pytest.raises(BadAnswers) as refusal:
        RouteAnswers.from_json({"problem": None, "nature": "Technical", "crisis": 1, "colour": "red"})

    problem, nature, crisis, colour = refusal.value.problems
    assert problem == '"problem" must be a text, not null.'
    assert nature == '"nature" must be "technical", "behavioural", "both" or null, not "Technical".'
    assert crisis == '"crisis" must be true, false or null, not a number.'
    assert colour.startswith('"colour" is not a question of the route choice.')


@pytest.mark.parametrize(("nature", "kind"), [(["technical"], "a list"), ({}, "an object"), (True, "true")])
def test_a_value_of_another_kind_is_named_and_does_not_break(nature, kind):
    with pytest.raises(BadAnswers, match=f"not {kind}"):
        RouteAnswers.from_json({"nature": nature})


def test_questions_left_out_or_null_are_open():
    assert RouteAnswers.from_json({}) == RouteAnswers.from_json(dict.fromkeys(QUESTIONS[1:]))
