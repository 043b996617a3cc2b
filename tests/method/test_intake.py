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
