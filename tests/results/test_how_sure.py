"""What a released report says of how sure it is, is true: counted from the criteria, with the n of each."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from driehoek.access import Role, Stage
from driehoek.agreements.queries.frozen import Later
from driehoek.kit import clock
from driehoek.measures.models import Observation
from driehoek.measures.queries import verdicts
from driehoek.results.queries.conclusion import sure_lines
from tests.documents.sheets import sheets
from tests.makers import person_of
from tests.measures.makers import NOW, as_, make_agreed, score
from tests.results.makers import composed, make_release, page, pdf_of

pytestmark = pytest.mark.django_db
SHARE = {"form": "share_at_least", "direction": "up", "target": Decimal("0.8"), "baseline": None, "unit": ""}
COUNT = {"form": "count", "target": Decimal(6), "baseline": None}


@pytest.fixture(autouse=True)
def _now():
    clock.move_to(NOW)


def measured(*values, language="nl", **given):
    """An engagement with a goal for each value, of which some may be None: nothing measured."""
    engagement = make_agreed(goals=len(values), stage=Stage.CLOSING, **given)
    person = person_of(engagement, Role.SPONSOR)
    person.language = language
    person.save(update_fields=["language"])
    coach = person_of(engagement, Role.COACH)
    for criterion, value in zip(engagement.criteria.order_by("goal__position"), values, strict=True):
        if value is None:
            continue
        number, out_of = value if isinstance(value, tuple) else (value, None)
        Observation.objects.create(
            engagement=engagement,
            criterion=criterion,
            on=date(2027, 1, 10),
            value=Decimal(number),
            out_of=out_of and Decimal(out_of),
            entered_by=coach,
            entered_at=clock.now(),
        )
    return engagement


def read(engagement, *items):
    return composed(engagement, Role.SPONSOR, list(items or ["measurements"]))


def test_summary_counts_of_how_many_criteria_it_could_be_worked_out():
    lede = read(measured(("14", "17"), "0.87", ("1", "20"), criterion=SHARE))["lede"]

    counted = "niet aangetoond bij één, uitgesloten bij één, niet te zeggen bij één"
    assert f"Hoe zeker dat is, per criterium: {counted}." in lede
    assert "niet berekend" not in lede


def test_what_was_agreed_only_afterwards_is_not_counted_in_the_summary():
    [fixed, other] = verdicts(measured(("14", "17"), ("1", "20"), criterion=SHARE))
    later = replace(other, criterion=replace(other.criterion, later=Later(2, date(2027, 1, 5), None)))

    assert sure_lines([fixed, later]) == sure_lines([fixed]) != sure_lines([fixed, other])
    assert sure_lines([later]) == []


def test_summary_does_not_deny_what_stands_below_it():
    document = read(measured("6", "2", criterion=COUNT))

    assert "per criterium: aangetoond bij één, uitgesloten bij één." in document["lede"]
    assert "Hoe zeker de gemeten waarden zijn" not in str(document)


@pytest.mark.parametrize(
    ("language", "says"), [("nl", "Hoe zeker dat is: aangetoond."), ("en", "How sure that is: demonstrated.")]
)
def test_one_answer_for_all_is_said_once(language, says):
    assert says in read(measured("6", "7", criterion=COUNT, language=language))["lede"]


def test_before_the_period_is_over_nothing_was_worked_out_yet():
    clock.move_to(datetime(2027, 1, 11, 9, tzinfo=UTC))

    assert "Hoe zeker dat is: nog niet berekend." in read(measured(("14", "17"), criterion=SHARE))["lede"]


def test_scores_alone_are_opinions_and_nothing_is_worked_out_of_them():
    engagement = measured(("14", "17"), criterion=SHARE)
    score(engagement, Role.COACHEE, 1)

    assert (
        "Hoe zeker dat is, is niet berekend: een score is een oordeel."
        in read(engagement, "attainment")["lede"]
    )


def test_only_what_is_open_stands_among_what_nobody_knows():
    engagement = measured(("14", "17"), ("1", "20"), criterion=SHARE)
    open_one, _shut = (one.measure for one in engagement.criteria.order_by("goal__position"))

    unknown = next(one for one in read(engagement)["sections"] if one["heading"] == "Wat we niet weten")

    assert Counter("Hoe zeker" in line for line in unknown["blocks"][0]["items"])[True] == 1
    assert f"Hoe zeker dit is: {open_one}." in str(unknown)


def test_every_share_stands_beside_its_n_on_the_page_and_on_paper():
    engagement = measured(("4", "6"), "0.87", criterion=SHARE)
    printed = " ".join(
        " ".join(sheets(pdf_of(make_release(engagement, Role.SPONSOR, ["measurements"])))).split()
    )

    for found in (str(read(engagement)), printed):
        assert "66,67% (4 van de 6)" in found
        assert "87% (van hoeveel is niet bekend)" in found
        assert "4 van de 6" in found.partition("Hoe zeker?")[2]


def test_chart_on_the_page_of_a_report_is_the_drawing_of_the_paper_with_letters_that_can_be_read():
    release = make_release(measured(("4", "6"), criterion=SHARE), Role.SPONSOR, ["measurements"])

    shown = page(as_(release.engagement, Role.SPONSOR), "released", release.engagement, release.pk)

    assert 'viewBox="0 0 640 210"' in shown.content.decode()
    assert 'viewBox="0 0 1000' not in shown.content.decode()


def test_how_sure_is_a_table_with_room_for_its_words():
    document = read(measured(("4", "6"), "0.87", criterion=SHARE))
    blocks = next(one for one in document["sections"] if "gemeten" in one["heading"])["blocks"]

    table = [one for one in blocks if one["kind"] == "table"][1]
    assert table["head"] == ["Criterium", "Hoe zeker?", "Waarom", "Methode en aantal"]
    assert table["widths"][2] == max(table["widths"])
    assert [row[1]["text"] for row in table["rows"]] == ["Niet aangetoond", "Niet te zeggen"]
    assert all(row[3] for row in table["rows"])
