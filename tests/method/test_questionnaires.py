"""Questionnaires are data: complete in both languages, and a mistake in a file names the file."""

import pytest

from driehoek.method.questionnaires import mistakes, questionnaire, questionnaires
from driehoek.method.texts import LANGUAGES, BadTextFile, read_toml


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_raters_are_asked_takes_four_minutes_or_a_little_more(language):
    leading = questionnaires(language)["leading"]
    assert len(leading.behaviours) == 6
    assert all(len(behaviour.items) == 3 for behaviour in leading.behaviours)
    assert leading.minutes <= 5
    assert len(questionnaires(language)["six-behaviours"].items) == 6


def test_both_languages_ask_the_same_items():
    dutch, english = questionnaires("nl"), questionnaires("en")
    assert set(dutch) == set(english)
    for name, one in dutch.items():
        assert [item.id for item in one.items] == [item.id for item in english[name].items]
        assert one.scale.choices[0][0] == english[name].scale.lowest
        assert not {item.others for item in one.items} & {item.others for item in english[name].items}


def test_a_rater_reads_the_name_and_the_person_reads_i():
    item = questionnaires("nl")["leading"].items[0]
    assert item.asked("Johan") == "Johan zegt duidelijk wat nu eerst komt."
    assert item.asked("Johan", is_self=True) == "Ik zeg duidelijk wat nu eerst komt."


def test_no_file_has_a_mistake():
    assert mistakes() == []


def changed(**parts):
    return questionnaire(dict(read_toml("questionnaires", "six-behaviours")) | parts, "six-behaviours", "en")


ONE = {"id": "x", "nl": "{name} wacht.", "en": "{name} waits.", "self": {"nl": "Ik wacht.", "en": "I wait."}}


def behaviour(*items):
    return [{"id": "b", "name": {"nl": "B", "en": "B"}, "items": list(items)}]


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"id": "other"}, "id says"),
        ({"use": "everybody"}, "use 'everybody'"),
        ({"version": 0}, "version"),
        ({"behaviours": []}, "nothing to score"),
        ({"behaviours": behaviour(ONE, ONE)}, "two items"),
        ({"behaviours": behaviour(ONE | {"en": "Waits."})}, "names nobody"),
        ({"behaviours": behaviour(ONE | {"en": " "})}, "says nothing"),
        ({"behaviours": behaviour(ONE | {"self": {"nl": "Ik", "en": "{name}"}})}, "holds no name"),
        ({"behaviours": behaviour({"id": "x", "nl": "{name} wacht."})}, "'en' is missing"),
        ({"title": "Six"}, "six-behaviours.toml"),
        (
            {
                "scale": {
                    "lowest": 1,
                    "highest": 5,
                    "asks": {"nl": "?", "en": "?"},
                    "labels": {"nl": ["a"], "en": ["a"]},
                }
            },
            "a word for every step",
        ),
    ],
)
def test_a_mistake_names_the_file_and_what_is_wrong(parts, says):
    with pytest.raises(BadTextFile, match=r"six-behaviours\.toml") as refused:
        changed(**parts)
    assert says in str(refused.value)
