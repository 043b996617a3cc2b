"""Each kind of criterion says in fitting words why it is sure, or why nobody can tell; always with its n."""

import re
from datetime import UTC, datetime, time
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import translation

from driehoek.access import Shape
from driehoek.agreements.queries import AgreedCriterion
from driehoek.evidence.certainty import Certainty
from driehoek.evidence.certainty_of_criterion import certainty_of
from driehoek.evidence.criteria import judge
from driehoek.kit import clock
from driehoek.kit.charts import draw
from driehoek.measures.models import Observation
from driehoek.measures.queries import CriterionState
from driehoek.measures.wording import behind, counts, three_answers
from driehoek.measures.wording.charts import margin_chart, series_chart
from driehoek.measures.wording.sure import interval_words
from driehoek.measures.wording.verdicts import Answer
from tests.measures.makers import NOW
from tests.measures.test_sure import AFTER, seen, terms

NO_MARGIN = "No margin of error was worked out."


def flat(*values):
    return [[str(one)] for one in values]


LOW, HIGH = [[str(70 + n * 7 % 5)] for n in range(12)], [[str(90 + n * 7 % 5)] for n in range(12)]
FIVE, MORE = flat(3, 4, 3, 4, 3), flat(5, 6, 5, 6, 5)
RATE = {"counted": "weighted", "before": [["41", "3100"]], "direction": "down"}
KINDS = {
    # name: (terms, values, the whole or the beginning of what it says, the facts below it, the method)
    "level with a start that was agreed": (
        terms("level", "5", baseline=Decimal(3)),
        flat(4, 5, 6, 6),
        "To work out how sure a level is takes at least 12 values from before the period and as many from "
        "in it. Here there are 0 and 4.",
        "4 values",
        NO_MARGIN,
    ),
    "level without a start and with many values": (
        terms("level", "5"),
        flat(*range(1, 21)),
        "To work out how sure a level is takes at least 12 values from before the period and as many from "
        "in it. Here there are 0 and 20.",
        "20 values",
        NO_MARGIN,
    ),
    "level with few values from before": (
        terms("level", "5", before=flat(3, 4)),
        flat(6),
        "To work out how sure a level is takes at least 12 values from before the period and as many from "
        "in it. Here there are 2 and 1.",
        "Means beside each other, 2 before, 1 after",
        "Means beside each other. The mean before",
    ),
    "level with some values from before": (
        terms("level", "5", before=FIVE),
        MORE,
        "An indication, and no more: on average 3.4 punten before and 5.4 punten after.",
        "Means and overlap (NAP, Tau), 5 before, 5 after",
        "Means and overlap (NAP, Tau). The two means",
    ),
    "level with a long series": (
        terms("level", "85", before=LOW),
        HIGH,
        "Chance alone is an unlikely explanation: it lies between",
        "interval of 95%, 12 before, 12 after",
        "Two lines through the values",
    ),
    "change from a start that was agreed": (
        terms("absolute_change", "2", baseline=Decimal(3)),
        flat(4, 6),
        "There is one value from before, so nobody can tell how much it goes up and down by itself.",
        "the agreed start, then 2 values",
        NO_MARGIN,
    ),
    "change with few values": (
        terms("absolute_change", "2", before=flat(3, 4)),
        flat(6),
        "There are too few values to tell a change from what goes up and down by itself. "
        "That is not the same as no effect.",
        "Means beside each other, 2 before, 1 after",
        "Means beside each other",
    ),
    "percentage from a start that was agreed": (
        terms("relative_change", "0.15", baseline=Decimal("5.8")),
        flat("6.1", "6.9"),
        "There is one value from before, so nobody can tell how much it goes up and down by itself.",
        "the agreed start, then 2 values",
        NO_MARGIN,
    ),
    "percentage over a long series": (
        terms("relative_change", "0.15", before=LOW),
        HIGH,
        "Chance alone is an unlikely explanation: it lies between +",
        "interval of 95%, 12 before, 12 after",
        "Two lines through the values",
    ),
    "share without of how many": (
        terms("share_at_least", "0.8"),
        flat("0.6", "0.75"),
        "Of how many this is a share is not written down, so no margin of error can be given.",
        "2 values",
        NO_MARGIN,
    ),
    "share of so many": (
        terms("share_at_least", "0.8"),
        [["14", "17"]],
        "It may lie anywhere between 58.9% and 93.9%",
        "Interval of a share (Wilson), interval of 95%, 14 of 17",
        "Interval of a share (Wilson). The share in the period",
    ),
    "share of halves": (
        terms("share_at_least", "0.8"),
        [["9.5", "10"]],
        "What was counted are no whole numbers, so no margin of error can be given.",
        "1 value",
        NO_MARGIN,
    ),
    "count": (
        terms("count", "6"),
        flat(6),
        "Everything was counted, so there is no margin of error.",
        "Counted in full, 1 value",
        "Counted in full. Everything was counted",
    ),
    "count that falls short": (
        terms("count", "6"),
        flat(2, 5),
        "Everything was counted, so there is no margin of error.",
        "Counted in full, 2 values",
        "Counted in full. Everything was counted",
    ),
    "level of what is a part of a whole": (
        terms("level", "0.8", counted="weighted"),
        [["90", "100"], ["180", "200"]],
        "Chance alone is an unlikely explanation: it lies between",
        "Interval of a share (Wilson), interval of 95%, 270 of 300",
        "Interval of a share (Wilson)",
    ),
    "level of a rate": (
        terms("level", "2", counted="weighted", before=[["41", "10"]], direction="down"),
        [["30", "10"]],
        "Also with chance reckoned in it falls short: it lies between",
        "Exact interval of a rate, interval of 95%, 30 in 10",
        "Exact interval of a rate",
    ),
    "percentage of a rate": (
        terms("relative_change", "0.5", **RATE),
        [["18", "3000"]],
        "It may lie anywhere between −",
        "Exact comparison of two rates, interval of 95%, 41 of 3,100 before, 18 of 3,000 after",
        "Exact comparison of two rates",
    ),
    "percentage of a rate with a start that nobody counted": (
        terms("relative_change", "0.5", counted="weighted", baseline=Decimal("0.5")),
        [["90", "100"]],
        "What it started from was not counted in the same way, so no margin of error can be given.",
        "90 of 100",
        NO_MARGIN,
    ),
    "difference of two shares": (
        terms("absolute_change", "0.1", counted="weighted", before=[["70", "100"]]),
        [["90", "100"], ["180", "200"]],
        "Chance alone is an unlikely explanation: it lies between",
        "interval of 95%, 70 of 100 before, 270 of 300 after",
        "Interval of the difference of two shares",
    ),
    "difference of two rates": (
        terms("absolute_change", "1", counted="weighted", before=[["41", "10"]], direction="down"),
        [["30", "10"]],
        "For a difference between two rates no margin of error is worked out.",
        "41 in 10 before, 30 in 10 after",
        NO_MARGIN,
    ),
    "rate of halves": (
        terms("level", "0.8", counted="weighted"),
        [["9.5", "10"]],
        "What was counted are no whole numbers, so no margin of error can be given.",
        "9.5 of 10",
        NO_MARGIN,
    ),
}


def noon(day):
    return datetime.combine(day, time(12), tzinfo=UTC)


def state_of(agreed, rows, unit="punten", source="typed"):
    values = seen(*rows)
    verdict = judge(agreed, values, AFTER)
    kept = tuple(
        Observation(source=source, on=one.on, value=one.value, out_of=one.out_of, entered_at=noon(one.on))
        for one in values
    )
    return CriterionState(AgreedCriterion(uuid4(), None, "Dit", unit, agreed), kept, verdict)


@pytest.fixture(autouse=True)
def _now():
    clock.move_to(NOW)
    with translation.override("en"):
        yield


@pytest.mark.parametrize("kind", KINDS)
def test_reason_and_number_fit_the_kind_of_criterion_and_agree_with_the_method_that_is_folded_out(kind):
    agreed, rows, says, facts, method = KINDS[kind]
    state = state_of(agreed, rows)

    _reached, sure, _because = three_answers(state, Shape.COACHING, state.certainty)
    told = dict(behind.behind(state, Shape.COACHING, state.certainty))

    assert sure.says.startswith(says)
    assert sure.facts.endswith(facts)
    assert told["How sure? How that was worked out"].startswith(method)
    assert sure.facts.endswith(told["How much stands behind it"].rstrip("."))
    says_ends = bool(re.search(r"(lies|anywhere) between", sure.says))
    assert says_ends == ("interval of 95%" in sure.facts) == (state.certainty.low is not None)
    if says_ends:
        assert re.search(r"\(\d{4}\)", told["Source of the method"])


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_nobody_calls_talks_questions_or_orders_people(kind, language):
    agreed, rows, *_rest = KINDS[kind]
    state = state_of(agreed, rows)
    with translation.override(language):
        _reached, sure, _because = three_answers(state, Shape.COACHING, state.certainty)
    assert not re.search(r"\b(people|person|mensen|mens)\b", f"{sure.says} {sure.facts}")
    assert "%(" not in sure.says + sure.facts


def test_list_that_is_ticked_off_has_no_margin_and_says_of_how_many_it_is():
    agreed, values = terms("share_at_least", "0.8"), seen(["5", "6"])
    ticked = [type(one)(one.on, one.value, one.out_of, ticked=True) for one in values]
    found = certainty_of(agreed, ticked, judge(agreed, ticked, AFTER))
    state = state_of(agreed, [["5", "6"]], source="seen")

    reached, sure, _because = three_answers(state, Shape.COACHING, found)

    assert sure.says == "A list that somebody ticks off tells what was seen, and has no margin of error."
    assert "83.33% (5 of 6)" in reached.says


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("share of so many", "82.35% (14 of 17)"),
        ("share without of how many", "75% (of how many is not known)"),
        ("level of what is a part of a whole", "0.9 punten (270 of 300)"),
        ("percentage of a rate", "0.006 punten (18 of 3,000)"),
        ("count", "6 punten"),
    ],
)
def test_share_or_rate_never_stands_without_of_how_many_it_is(kind, value):
    agreed, rows, *_rest = KINDS[kind]
    state = state_of(agreed, rows)

    assert Answer(state.criterion, state.verdict, state.observations).value == value


def test_start_of_a_share_says_that_nobody_knows_of_how_many_it_is():
    state = state_of(terms("share_at_least", "0.8", baseline=Decimal("0.2")), [["14", "17"]])
    rate = state_of(KINDS["percentage of a rate"][0], [["18", "3000"]])

    assert Answer(state.criterion, state.verdict).start == "20% (of how many is not known)"
    assert Answer(rate.criterion, rate.verdict).start.endswith("(41 of 3,100)")


def test_value_after_the_period_lends_its_number_to_no_other():
    agreed = terms("share_at_least", "0.8")
    rows = seen(["4", "6"])
    later = Observation(source="typed", on=AFTER, value=Decimal(9), out_of=Decimal(9))
    state = state_of(agreed, [["4", "6"]])
    verdict = judge(agreed, [*rows], AFTER)

    assert Answer(state.criterion, verdict, (*state.observations, later)).value.endswith("(4 of 6)")


def test_share_is_drawn_from_nothing_to_everything_and_each_point_says_of_how_many_it_is():
    chart = series_chart(state_of(terms("share_at_least", "0.8"), [["14", "17"], ["16", "18"]]), "")

    assert chart.scale == (0, 100)
    assert chart.behind == ("14 of 17", "16 of 18")
    assert chart.points[0][1] == Decimal("82.35")


def test_share_of_nobody_knows_how_many_says_so_beside_the_picture():
    chart = series_chart(state_of(terms("share_at_least", "0.8"), flat("0.87")), "")

    assert (chart.scale, chart.behind) == ((0, 100), ())
    assert "It is not known of how many each value is." in chart.caption


def test_percentage_within_the_whole_is_drawn_on_the_whole_and_one_beyond_it_is_not():
    small = series_chart(state_of(terms("level", "85", before=LOW), HIGH, unit="%"), "")
    beyond = series_chart(state_of(terms("level", "85", before=LOW), flat(140), unit="procent"), "")

    assert (small.scale, beyond.scale) == ((0, 100), None)


def test_margin_of_a_level_is_written_without_the_sign_of_a_change():
    chart = margin_chart(state_of(*KINDS["level of a rate"][:2]), "")

    assert not chart.is_change
    assert "30 in 10" in chart.rows[0].words


def test_nothing_is_ever_so_many_of_none():
    empty = Observation(source="typed", on=AFTER, value=Decimal(5), out_of=Decimal(0))

    assert counts.of_how_many([empty]) == ""
    assert counts.of_how_many([]) == ""


def test_ends_of_a_margin_in_the_table_are_those_that_are_said():
    chart = draw(margin_chart(state_of(*KINDS["share of so many"][:2]), ""))

    assert chart.rows[0][1:4] == ("82.4%", "58.9%", "93.9%")


def test_ends_of_a_margin_never_move_inwards_however_they_are_rounded():
    criterion = state_of(*KINDS["count"][:2]).criterion
    found = Certainty("not_demonstrated", "welch", "target_inside_interval", {}, 5.0, 1.2391, 8.7612)

    with translation.override("en"):
        assert interval_words(criterion, found) == "5 punten, 1.23 punten to 8.77 punten"
