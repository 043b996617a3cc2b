"""What stands behind an answer is told, and nothing in it claims more than the numbers can carry."""

import ast
import inspect
import re
from datetime import date
from decimal import Decimal
from typing import get_args

import pytest
from django.urls import reverse
from django.utils import translation

from driehoek.access import Role, Shape
from driehoek.evidence import certainty, certainty_of_criterion, certainty_of_series
from driehoek.evidence.certainty import Certain
from driehoek.evidence.certainty_of_criterion import certainty_of
from driehoek.evidence.criteria import Reason, Status, judge
from driehoek.kit import clock
from driehoek.measures.models import Observation
from driehoek.measures.wording import behind as words
from driehoek.measures.wording import sure, three, verdicts
from tests.makers import person_of
from tests.measures.makers import NOW, as_, make_agreed, measure
from tests.measures.test_sure import AFTER, seen, terms
from tests.measures.test_verdicts import page
from tests.results.makers import composed

LANGUAGES = ["nl", "en"]
CLAIMS = {
    "nl": r"bewezen|bewijs\b|dankzij|veroorza|leidde tot"
    r"|\bdoor (?:de|het|deze|dit) (?:coaching|traject|advies|begeleiding|sessies)",
    "en": r"\bprove|\bproof|thanks to|\bcaused|due to|led to"
    r"|\bby (?:the|this) (?:coach|engagement|advice|work|sessions)",
}
THIRD = {"Because of the coaching?", "Because of the advice?", "Door de coaching?", "Door het advies?"}


def methods_in(module):
    """Every method the code can name: the second word of a Certainty, or of what judges an interval."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Certainty", "judged_by"):
            for one in ast.walk(node.args[1]) if len(node.args) > 1 else ():
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    yield one.value
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "method":
            yield from (
                one.value
                for one in ast.walk(node.value)
                if isinstance(one, ast.Constant) and one.value != "level" and isinstance(one.value, str)
            )


NAMED = {
    method
    for module in (certainty, certainty_of_series, certainty_of_criterion)
    for method in methods_in(module)
}


def templates():
    """Every text that can say something about a result."""
    for method in words.METHODS.values():
        yield from (str(method.does), str(method.holds))
    for table in (
        words.JUDGED,
        sure.REASONS,
        sure.STATUS_WORDS,
        sure.METHODS,
        verdicts.STATUS_WORDS,
        verdicts.REASON_SENTENCES,
        verdicts.POOLED_SENTENCES,
        verdicts.ON_TARGET,
    ):
        yield from map(str, table.values())
    yield from map(str, (words.CAUSE, sure.LATER, sure.NOT_ASKED, three.NOT_COMPARED))


def test_every_method_that_can_be_named_says_what_it_does_and_what_must_hold():
    assert {"wilson", "reml_ar1", "levels_nap_tau", "none", "paired_t", "welch", "count"} <= NAMED
    assert set(words.METHODS) == NAMED
    assert set(sure.METHODS) == NAMED - {"none"}
    assert all(str(one.holds) for name, one in words.METHODS.items() if name != "none")


def test_every_method_with_an_interval_names_where_it_stands():
    without = {"none", "count", "whole_group"}
    assert all(re.search(r"\((19|20)\d\d\)", words.METHODS[name].source) for name in NAMED - without)


def test_every_status_and_every_reason_has_its_words():
    assert set(verdicts.STATUS_WORDS) == set(get_args(Status))
    assert set(verdicts.REASON_SENTENCES) == set(get_args(Reason))
    assert set(sure.STATUS_WORDS) == set(get_args(Certain))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_claims_a_proof_or_a_cause(language):
    with translation.override(language):
        for one in templates():
            assert not re.search(CLAIMS[language], one, re.I), one


@pytest.mark.parametrize("language", LANGUAGES)
def test_too_little_is_said_kindly(language):
    kindly = {"nl": "iets anders dan geen effect", "en": "not the same as no effect"}[language]
    with translation.override(language):
        assert kindly in str(sure.REASONS["too_few_points"])
        assert kindly in str(verdicts.REASON_SENTENCES["nothing_measured"])
        for one in templates():
            assert not re.search(r"\b(fail|mislukt|slecht|invalid|ongeldig)", one, re.I), one


MEASURED = [
    (terms("count", "6"), [["6"]]),
    (terms("share_at_least", "0.8"), [["0.9"]]),
    (terms("share_at_least", "0.8"), [["5", "6"]]),
    (terms("level", "5", baseline=Decimal(3)), [["6"], ["7"]]),
    (terms("level", "5", before=[["3"], ["4"]]), [["6"]]),
    (terms("level", "5", before=[[str(n)] for n in (3, 4, 3, 4, 3)]), [[str(n)] for n in (5, 6, 5, 6, 5)]),
    (terms("level", "0.8", counted="weighted", before=[["70", "100"]]), [["90", "100"], ["180", "200"]]),
    (terms("absolute_change", "0.1", counted="weighted", before=[["70", "100"]]), [["90", "100"]]),
    (
        terms("relative_change", "0.5", direction="down", counted="weighted", before=[["41", "3100"]]),
        [["18", "3000"]],
    ),
    (terms("level", "2", direction="down", counted="weighted", before=[["41", "10"]]), [["30", "10"]]),
    (terms("level", "0.8", counted="weighted"), [["9.5", "10"]]),
    (terms("level", "5"), []),
]


class Criterion:
    def __init__(self, agreed):
        self.terms, self.unit = agreed, "punten"


class State:
    """As much of a criterion and its values as the words look at."""

    def __init__(self, agreed, rows):
        clock.move_to(NOW)
        values = seen(*rows)
        self.criterion = Criterion(agreed)
        self.verdict = judge(agreed, values, AFTER)
        self.certainty = certainty_of(agreed, values, self.verdict)
        self.observations = [
            Observation(source="sheet", on=one.on, value=one.value, out_of=one.out_of) for one in values
        ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("agreed", "rows"), MEASURED)
def test_what_is_folded_out_is_whole_and_claims_nothing(agreed, rows, language):
    state = State(agreed, rows)
    with translation.override(language):
        told = words.behind(state, Shape.COACHING, state.certainty)
        short = sure.sure(state.criterion, state.certainty, is_over=True)
        name = sure.method_name(state.certainty) if state.certainty else ""
    labels = [label for label, _text in told]
    assert len(labels) == len(set(labels))
    assert labels[-1] in THIRD
    for label, text in told:
        assert "%(" not in text
        assert not re.search(CLAIMS[language], text, re.I), text
        assert label in THIRD or not re.search(CLAIMS[language], label, re.I), label
    assert short.facts.startswith(name)


@pytest.mark.django_db
def test_the_page_folds_out_how_each_result_was_worked_out_and_where_the_numbers_come_from():
    clock.move_to(NOW)
    engagement = make_agreed()
    measure(engagement, [(date(2026, 11, 20), "3.1"), (date(2027, 1, 10), "3.9")])

    shown = page(engagement, language="nl").content.decode()

    assert "<summary>Hoe dit is berekend" in shown
    assert "Er is geen onzekerheidsmarge berekend" in shown
    assert "1 waarde ligt buiten de afgesproken periode en telt niet mee" in shown
    assert "uit een bestand: 2" in shown
    assert "Geen methode hierboven zegt daar iets over" in shown


@pytest.mark.django_db
def test_where_numbers_come_from_is_told_in_the_words_of_who_entered_them():
    clock.move_to(NOW)
    engagement = make_agreed()
    url = reverse("measures:enter", args=[engagement.pk, engagement.criteria.get().pk])
    as_(engagement, Role.COACH).post(
        url, {"on": "2027-01-10", "value": "3,9", "origin": "Het ordersysteem", "reason": "x"}
    )

    assert "typed: 1; Het ordersysteem" in page(engagement, language="en").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("goals", [1, 2])
def test_a_released_document_says_the_method_and_how_much_stands_behind_each(goals):
    clock.move_to(NOW)
    engagement = make_agreed(goals=goals, criterion={"form": "count", "target": Decimal(6), "baseline": None})
    person = person_of(engagement, Role.SPONSOR)
    person.language = "nl"
    person.save(update_fields=["language"])
    measure(engagement, [(date(2027, 1, 10), "6")])

    document = str(composed(engagement, Role.SPONSOR, ["measurements"]))

    assert "Alles geteld, 1 waarde" in document
    assert document.count("Hoe zeker?") == 1
