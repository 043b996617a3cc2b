from itertools import product

import pytest

from driehoek.method.answers import BadAnswers
from driehoek.method.rulebook import BadRuleFile, read_rule, rulebook
from driehoek.method.style import (
    ABLE,
    RULES_IN_ORDER,
    STYLES,
    WILLING,
    StyleAnswers,
    choose_style,
    pitfalls,
    style_json,
    style_texts,
    two_hats,
    why,
)
from driehoek.method.texts import LANGUAGES, texts

EXAMPLES = [(rule, example) for rule in rulebook().values() for example in rule.examples]

BY_HAND = {
    ("low", "low"): "directing",
    ("low", "varying"): "directing",
    ("low", "high"): "directing",
    ("growing", "low"): "coaching",
    ("growing", "varying"): "coaching",
    ("growing", "high"): "coaching",
    ("high", "low"): "supporting",
    ("high", "varying"): "supporting",
    ("high", "high"): "delegating",
}


@pytest.mark.parametrize(("able", "willing"), list(product(ABLE, WILLING)))
def test_style_follows_the_table_and_urgency_asks_for_directing(able, willing):
    assert choose_style(able, willing, urgent=False).style == BY_HAND[able, willing]
    assert choose_style(able, willing, urgent=True).style == "directing"


def test_urgency_is_the_reason_given_also_when_the_task_is_new():
    assert choose_style("low", "high", urgent=True).rule_id == "steer-when-urgent"


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=lambda x: getattr(x, "id", ""))
def test_rule_keeps_its_own_examples(rule, example):
    answers = {question: answer for question, answer in example.items() if question != "fires"}

    assert rule.fires(answers) == example["fires"]


def test_every_rule_shows_both_sides_and_has_its_place_in_the_order():
    assert set(rulebook()) == set(RULES_IN_ORDER)
    for rule in rulebook().values():
        assert {example["fires"] for example in rule.examples} == {True, False}, rule.id


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('id = "broken"', "'when' is missing"),
        ("id = ", "Invalid value"),
        ('id = "broken"\n[when]\na = 1\nb = 2', "one question"),
        (
            'id = "other"\nversion = 1\nsource = "x"\nexample = []\n[when]\na = "b"\n'
            '[then]\nstyle = "directing"\n[says]\nnl = "x"\nen = "y"',
            "id says 'other'",
        ),
        (
            'id = "broken"\nversion = 1\nsource = "x"\n[when]\na = "b"\n[then]\nstyle = "directing"\n'
            '[says]\nnl = "x"',
            "'en' is missing",
        ),
    ],
)
def test_a_wrong_rule_file_names_itself(tmp_path, text, complaint):
    path = tmp_path / "broken.toml"
    path.write_text(text)

    with pytest.raises(BadRuleFile, match=r"broken\.toml") as refusal:
        read_rule(path)
    assert complaint in str(refusal.value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_style_says_what_to_do_what_to_ask_and_where_it_goes_wrong(language):
    for style in STYLES:
        words = style_texts(style, language)
        assert len(words.do) == 3
        assert len(words.questions) == 3
        assert words.pitfall
    assert len(pitfalls(language)) == 6
    assert len(two_hats(language)) == 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_advice_explains_itself(language):
    for able, willing, urgent in product(ABLE, WILLING, (True, False)):
        advice = choose_style(able, willing, urgent)
        assert why(advice, language).endswith(".")
        assert all(row.points_to == advice.style for row in advice.because)


def test_the_form_has_a_label_for_every_answer():
    questions = texts("style", "nl")["questions"]

    assert set(ABLE) < set(questions["able"])
    assert set(WILLING) < set(questions["willing"])
    assert {"yes", "no"} < set(questions["urgent"])


def test_texts_come_in_the_asked_language_and_the_style_stays_the_same():
    advice = choose_style("growing", "low", urgent=False)
    dutch, english = style_json(advice, "nl"), style_json(advice, "en")

    assert dutch["style"] == english["style"] == "coaching"
    assert dutch["now"] != english["now"]
    assert dutch["because"] == [{"question": "able", "answer": "growing", "points_to": "coaching"}]


def test_missing_unknown_and_wrong_answers_are_named_at_once():
    with pytest.raises(BadAnswers) as refusal:
        StyleAnswers.from_json({"able": "medium", "urgent": "yes", "name": "Anna"})

    assert refusal.value.problems == (
        '"willing" is missing.',
        '"able" must be one of "low", "growing", "high", not "medium".',
        '"urgent" must be true or false, not "yes".',
        '"name" is not a question here. The questions are able, willing, urgent.',
    )
