import pytest

from driehoek.method.intake import (
    HELP_RELATIONSHIPS,
    INTAKE_QUESTIONS,
    OCCASIONS,
    PARTIES,
    exploratory_agenda,
    help_relationships,
    intake_questions,
    occasions,
)
from driehoek.method.questions import (
    GROW_PHASES,
    PHASES,
    BadQuestionFile,
    closing_questions,
    find_questions,
    gather,
    grow_steps,
    opening_questions,
    question_bank,
    read_questions,
    reflection_steps,
)
from driehoek.method.texts import LANGUAGES, BadTextFile, in_language, read_toml


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_six_questions_are_put_to_every_party(language):
    questions = intake_questions(language)

    assert tuple(question.id for question in questions) == INTAKE_QUESTIONS
    assert all(set(question.asks) == set(PARTIES) for question in questions)
    assert [part.id for part in questions[0].parts] == ["three_months", "six_months"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_agenda_relationships_and_occasions_are_complete(language):
    assert len(exploratory_agenda(language)) == 3
    assert all(point.prompts for point in exploratory_agenda(language))
    assert tuple(row.id for row in help_relationships(language)) == HELP_RELATIONSHIPS
    assert all(len(row.questions) == 3 for row in help_relationships(language))
    assert tuple(row.id for row in occasions(language)) == OCCASIONS


def test_the_bank_holds_sixty_questions_or_more_and_every_phase_has_some():
    assert len(question_bank()) >= 60
    assert all(len(find_questions(phase=phase)) >= 5 for phase in PHASES)


def test_every_question_asks_in_both_languages():
    for question in question_bank().values():
        assert question.in_language("nl").endswith(("?", "."))
        assert question.in_language("en").endswith(("?", "."))
        assert question.nl != question.en


@pytest.mark.parametrize(
    ("tag", "values"),
    [
        ("quadrant", ["inner_individual", "outer_individual", "inner_collective", "outer_collective"]),
        ("stakeholder", ["employees", "manager", "sponsor", "colleagues", "customers", "home"]),
        ("message_side", ["content", "expression", "appeal", "relation"]),
        ("self_steering", ["low", "high"]),
        ("help_relationship", HELP_RELATIONSHIPS),
    ],
)
def test_every_tag_leads_to_a_question(tag, values):
    for value in values:
        assert find_questions(**{tag: value}), value


def test_opening_closing_grow_and_reflection_have_their_fixed_number():
    assert len(opening_questions()) == 4
    assert len(closing_questions()) == 2
    assert tuple(step.id for step in grow_steps("nl")) == GROW_PHASES
    assert len(reflection_steps("en")) == 5


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        ({"phase": "goal"}, "at least one question"),
        ({"phase": "goal", "question": [{"id": "a", "nl": "Wat?"}]}, "goal.toml: a has no text in en"),
        ({"phase": "goal", "question": [{"nl": "Wat?"}]}, "a question without an id"),
        (
            {"phase": "goal", "question": [{"id": "a", "nl": "x", "en": "y", "source": "009"}]},
            "source is '009'",
        ),
        ({"phase": "goal", "question": [{"id": "a", "nl": "x", "en": "y"}]}, "'source'"),
    ],
)
def test_a_wrong_question_file_names_itself(raw, complaint):
    with pytest.raises(BadQuestionFile, match=r"goal\.toml") as refusal:
        read_questions(raw, "goal.toml")
    assert complaint in str(refusal.value)


def test_a_file_of_no_phase_and_an_id_used_twice_are_refused():
    question = {"id": "a", "nl": "Wat?", "en": "What?", "source": "001"}

    with pytest.raises(BadQuestionFile, match=r"chat\.toml: is not a phase"):
        gather({"chat.toml": {}})
    with pytest.raises(BadQuestionFile, match=r"will\.toml: a is already used"):
        gather({f"{phase}.toml": {"phase": phase, "question": [question]} for phase in ("goal", "will")})


@pytest.mark.parametrize(
    ("node", "complaint"),
    [
        ({"title": {"nl": "Kort"}}, "a.toml: title"),
        ({"title": {"nl": "Kort", "en": ""}}, "a.toml: title"),
        ({"rows": [{"nl": "Kort", "en": ["x"]}]}, r"a.toml: rows\[0\]"),
        ({"nl": ["a", "b"], "en": ["a"]}, "number of lines"),
    ],
)
def test_a_text_without_its_other_language_names_its_place(node, complaint):
    with pytest.raises(BadTextFile, match=complaint):
        in_language(node, "nl", "a.toml")


def test_a_file_that_is_not_there_is_named():
    with pytest.raises(BadTextFile, match=r"nowhere\.toml"):
        read_toml("texts", "nowhere")
