from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driehoek.method.bank_words import axes, source_names
from driehoek.method.questions import (
    AXES,
    GROW_PHASES,
    PHASES,
    REFLECTION_STEPS,
    SOURCES,
    BadQuestionFile,
    closing_questions,
    count_questions,
    find_questions,
    gather,
    grow_steps,
    known_tags,
    mistakes,
    opening_questions,
    question_bank,
    read_questions,
    reflection_steps,
    surprising,
)
from driehoek.method.texts import LANGUAGES

BANK = tuple(question_bank().values())
VALUES = [(axis, value) for axis, values in AXES.items() for value in values]
ASKED = {"id": "a", "nl": "Wat?", "en": "What?", "source": "001"}


def test_nothing_is_wrong_in_the_files_that_are_shipped():
    assert mistakes() == []


def test_the_bank_holds_more_than_a_hundred_and_fifty_questions():
    assert len(BANK) >= 150


@pytest.mark.parametrize(("axis", "value"), VALUES)
def test_each_value_of_each_axis_has_at_least_six_questions(axis, value):
    assert len(find_questions(**{axis: value})) >= 6


@pytest.mark.parametrize(("phase", "axis"), [*product(("opening", *GROW_PHASES, "closing"), AXES)])
def test_each_phase_of_a_conversation_has_something_to_choose_on_each_axis(phase, axis):
    others = [value for value in AXES[axis] if count_questions(phase=phase)[axis][value]]

    assert len(others) >= 2


def test_every_question_asks_briefly_in_both_languages():
    for question in BANK:
        assert question.in_language("nl").endswith("?")
        assert question.in_language("en").endswith("?")
        assert question.nl != question.en
        assert max(len(question.nl), len(question.en)) <= 100, question.id


def test_no_question_asks_for_a_justification():
    for question in BANK:
        assert "waarom" not in question.nl.lower(), question.id
        assert "why" not in question.en.lower().split(), question.id


def test_no_question_speaks_of_a_problem_of_the_coachee_or_with_u():
    for question in BANK:
        assert not {"u", "uw"} & set(question.nl.lower().split()), question.id


def test_every_source_is_used_and_none_has_more_than_a_third():
    used = [question.source for question in BANK]

    assert set(used) == set(SOURCES)
    assert max(map(used.count, SOURCES)) < len(BANK) / 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_tag_and_source_has_a_name_of_its_own(language):
    assert {axis.id: tuple(axis.values) for axis in axes(language)} == AXES
    for axis in axes(language):
        assert len({axis.any, *axis.values.values()}) == len(axis.values) + 1
    assert len(set(source_names(language).values())) == len(SOURCES)


def test_questions_are_found_by_all_tags_at_once():
    found = find_questions(phase="will", self_steering="low", kind="scaling")

    assert [question.id for question in found] == ["half-a-point"]
    assert find_questions(phase="will", quadrant=None) == find_questions(phase="will")


@pytest.mark.parametrize("tags", [{"colour": "blue"}, {"phase": "chat"}])
def test_a_tag_that_is_not_there_is_a_mistake_and_no_empty_list(tags):
    with pytest.raises(ValueError, match="not in the bank"):
        find_questions(**tags)


@given(st.dictionaries(st.sampled_from([*AXES, "colour"]), st.sampled_from([v for _, v in VALUES])))
def test_the_count_beside_a_value_is_what_one_finds_by_choosing_it(chosen):
    asked = known_tags(chosen)

    for axis, counted in count_questions(**asked).items():
        for value, amount in counted.items():
            assert amount == len(find_questions(**(asked | {axis: value})))


@given(st.integers(1, len(BANK)), st.integers(0, 10_000))
def test_going_on_by_one_shows_every_question_once_before_any_comes_back(amount, start):
    some = BANK[:amount]

    shown = [surprising(some, number) for number in range(start, start + amount)]

    assert set(shown) == set(some)
    assert surprising(some, start + amount) == shown[0]


def test_the_next_surprise_is_most_often_of_another_moment():
    shown = [surprising(BANK, number).phase for number in range(len(BANK))]

    assert sum(one != other for one, other in pairwise(shown)) > len(BANK) * 0.9


def test_nothing_surprises_where_nothing_was_found():
    assert surprising((), 3) is None


def test_opening_closing_grow_and_reflection_have_their_fixed_number():
    assert len(opening_questions()) == 4
    assert len(closing_questions()) == 2
    assert tuple(step.id for step in grow_steps("nl")) == GROW_PHASES
    assert tuple(step.id for step in reflection_steps("en")) == REFLECTION_STEPS


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        ({"phase": "goal"}, "at least one question"),
        ({"phase": "goal", "question": [{"id": "a", "nl": "Wat?"}]}, "goal.toml: a has no text in en"),
        ({"phase": "goal", "question": [{"nl": "Wat?"}]}, "a question without an id"),
        ({"phase": "goal", "question": [ASKED | {"en": "Do it."}]}, "a does not ask anything in en"),
        ({"phase": "goal", "question": [ASKED | {"source": "009"}]}, "a: source is '009'"),
        ({"phase": "goal", "question": [ASKED | {"quadrant": "up"}]}, "a: quadrant is 'up'"),
        ({"phase": "goal", "question": [ASKED | {"phase": "chat"}]}, "a: phase is 'chat'"),
        ({"phase": "goal", "question": [ASKED | {"phase": "will"}]}, "multiple values"),
        ({"phase": "goal", "question": [ASKED | {"mood": "good"}]}, "a: got an unexpected keyword"),
        ({"phase": "goal", "question": [{"id": "a", "nl": "Wat?", "en": "What?"}]}, "'source'"),
    ],
)
def test_a_wrong_question_file_names_itself_and_the_question(raw, complaint):
    with pytest.raises(BadQuestionFile, match=r"goal\.toml") as refusal:
        read_questions(raw, "goal.toml")
    assert complaint in str(refusal.value)


def test_a_file_of_no_phase_an_id_used_twice_and_a_question_asked_twice_are_refused():
    def two(first, second):
        return {
            "goal.toml": {"phase": "goal", "question": [first]},
            "will.toml": {"phase": "will", "question": [second]},
        }

    with pytest.raises(BadQuestionFile, match=r"chat\.toml: is not a phase"):
        gather({"chat.toml": {}})
    with pytest.raises(BadQuestionFile, match=r"will\.toml: a is already used"):
        gather(two(ASKED, ASKED))
    with pytest.raises(BadQuestionFile, match=r"will\.toml: b asks the same as a"):
        gather(two(ASKED, ASKED | {"id": "b"}))


def test_every_phase_has_its_file():
    assert {question.phase for question in BANK} == set(PHASES)
