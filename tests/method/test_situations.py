"""Starting points are data: complete in both languages, and a mistake in a file names the file."""

from decimal import Decimal

import pytest

from driehoek.evidence.criteria import FORMS
from driehoek.method import situations as room
from driehoek.method.situations import mistakes, situation, situations
from driehoek.method.smart import SmartParts, goal_sentence
from driehoek.method.texts import LANGUAGES, BadTextFile, read_toml

SALES = "sales-falling"


@pytest.mark.parametrize("language", LANGUAGES)
def test_three_situations_each_with_work_for_both_and_something_to_measure(language):
    found = situations(language)

    assert set(found) == {SALES, "staff-leaving", "system-unused"}
    for one in found.values():
        assert {work.by for work in one.work} == {"coach", "consultant"}
        assert len(one.measures) == 2
        assert all(Decimal(measure.target) > 0 for measure in one.measures)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(situations("nl")))
def test_the_goal_of_a_situation_makes_a_sentence(name, language):
    goal = situations(language)[name].goal
    parts = SmartParts(
        ability=goal["ability"],
        what=goal["action"],
        about=goal["about"],
        shown_by=goal["shown_by"],
        why=goal["why"],
    )
    assert goal["why"] in goal_sentence(parts, language)


def with_work_of(*professions):
    work = [{"by": one, "text": {"nl": "Doen", "en": "Do"}} for one in professions]
    return situation(mistaken(work=work), SALES, "en")


@pytest.mark.parametrize(
    ("professions", "shapes"),
    [
        (["coach"], {"coaching"}),
        (["consultant"], {"consultancy"}),
        (["coach", "consultant"], {"coaching", "consultancy", "blended"}),
    ],
)
def test_a_situation_fits_the_kind_of_help_in_which_everybody_finds_work_in_it(professions, shapes):
    one = with_work_of(*professions)
    assert {shape for shape in room.DOING if one.fits(shape)} == shapes


def test_the_forms_are_those_that_can_be_judged():
    assert set(FORMS) == room.FORMS


PROMISE = {"id": "x", "sort": "design", "week": 4, "name": "Name", "accepted_when": "When"}


def mistaken(**changes):
    return {**read_toml("situations", SALES), **changes}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"id": "another"}, "id says 'another'"),
        ({"title": {"nl": "Alleen Nederlands"}}, "needs a text in nl and in en"),
        ({"goal": {}}, "'ability' is missing"),
        ({"work": [{"by": "coach"}]}, "text"),
        ({"measures": [{"id": "x", "surprise": 1}]}, "surprise"),
        ({"shape": "magic"}, "shape: 'magic' is not a kind of help"),
        ({"work": [{"by": "wizard", "text": "x"}]}, "work: by: 'wizard' is neither coach nor consultant"),
        ({"clauses": {"nonsense": {"nl": "a", "en": "b"}}}, "clauses: 'nonsense' is not a clause"),
        ({"clauses": {"means": {"nl": "a"}}}, "clauses: means: needs a text in nl and in en"),
        ({"clauses": {"means": "a"}}, "clauses: means: needs a text in nl and in en"),
        (
            {"deliverables": [PROMISE | {"sort": "party"}]},
            "deliverables: 'x' cannot be delivered: sort 'party'",
        ),
        ({"deliverables": [PROMISE | {"week": "4"}]}, "deliverables: 'x' cannot be delivered: week must be"),
        ({"deliverables": [PROMISE | {"name": {"nl": "Naam"}}]}, "needs a text in nl and in en"),
    ],
)
def test_a_mistake_names_the_file_and_what_is_wrong(changes, sentence):
    with pytest.raises(BadTextFile, match=r"sales-falling\.toml") as refusal:
        situation(mistaken(**changes), SALES, "nl")
    assert sentence in str(refusal.value)


@pytest.mark.parametrize(
    ("field", "value"),
    [("form", "gut_feeling"), ("direction", "sideways"), ("months", 0), ("target", "much"), ("target", 4)],
)
def test_a_measure_nobody_could_judge_is_refused(field, value):
    measures = [dict(one) for one in mistaken()["measures"]]
    measures[0][field] = value
    with pytest.raises(BadTextFile, match=rf"measures: 'conversion' cannot be judged: {field}"):
        situation(mistaken(measures=measures), SALES, "nl")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_situation_has_texts_to_start_from_for_clauses_that_have_none_of_their_own(language):
    for one in situations(language).values():
        assert {"how_long", "means", "deliverables", "reviews"} <= set(one.clauses)


def test_nothing_is_wrong_in_the_files_that_are_shipped():
    assert mistakes() == []
