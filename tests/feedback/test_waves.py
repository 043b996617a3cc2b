"""What a later round tells of the change since the first, and that nobody who came or left is found in it."""

import json
import re

import pytest
from django.urls import reverse

from driehoek.access import Role
from driehoek.feedback.actions import close_early
from driehoek.feedback.models import Round
from tests.feedback.makers import EN, answer, make_later, make_open, raters
from tests.sessions.makers import signed_in

pytestmark = pytest.mark.django_db
SIX = ("manager", *("peers",) * 6)
THEN, NOW = (3, 2, 3, 4, 3, 2, 4), (4, 3, 4, 4, 4, 3, 4)


def closed(one, scores):
    for rater, score in zip(raters(one), scores, strict=True):
        answer(rater, score, score, score)
    return close_early(one)


def report(one, role=Role.COACHEE, language="en"):
    page = reverse("feedback:report", args=[one.engagement_id, one.pk])
    return signed_in(one.engagement, role).get(page, headers={"accept-language": language}).content.decode()


def told(one):
    [change] = json.loads(Round.objects.get(pk=one.pk).report)["since"]["changes"]
    return change


def test_the_later_round_tells_what_changed_how_sure_and_how_it_was_worked_out():
    first = closed(make_open(groups=SIX), THEN)
    later = closed(make_later(first), NOW)

    assert "What changed since" not in report(first)
    shown = report(later, Role.COACH)
    for said in (
        "What changed since “at the start”",
        "The others: from 3.0 to 3.7, 0.7 higher. Chance alone is an unlikely explanation.",
        "6 people who answered every sentence both times, each compared with themselves (colleagues; paired",
        "Line manager: 3.0 → 4.0.",
        "these numbers cannot say whether because of it",
        '<td data-label="Could lie from">+0.1 to +1.3</td>',
    ):
        assert said in shown
    assert "Wat er veranderde sinds" in report(later, language="nl")


def test_a_change_that_chance_could_have_made_is_called_that_and_too_little_is_said_kindly():
    first = closed(make_open(groups=SIX), THEN)
    assert "It can also be chance" in report(closed(make_later(first), (3, 3, 3, 2, 4, 3, 4)))

    few = closed(make_open(groups=("peers",) * 3), (2, 3, 4))
    shown = report(closed(make_later(few), (3, 4, 4)))
    assert (
        "Too few answered to say whether that is change or chance. That is not the same as nothing" in shown
    )

    nobody = closed(make_open(groups=("peers",) * 3), (2, 3, 4))
    shown = report(close_early(make_later(nobody)))
    assert "How the others changed cannot be said: too few answered" in shown


@pytest.mark.parametrize(
    ("low", "high", "written"),
    [(-0.04, 1.84, "−0.1 to +1.9"), (0.04, 1.84, "0.0 to +1.9"), (0.3, 1.8, "+0.3 to +1.8")],
)
def test_the_ends_of_a_margin_are_never_written_further_inwards(low, high, written):
    first = closed(make_open(groups=SIX), THEN)
    later = closed(make_later(first), NOW)
    kept = json.loads(later.report)
    for change in kept["since"]["changes"]:
        change |= {"low": low, "high": high}
    later.report = json.dumps(kept)
    later.save(update_fields=["report"])

    shown = report(later)

    assert f'<td data-label="Could lie from">{written}</td>' in shown
    assert ("It can also be chance" in shown) is (low < 0), "where zero is in it, zero is seen to be in it"


def test_between_the_waves_somebody_who_left_or_came_is_not_computable():
    """Whoever knows both reports and the change adds and subtracts: only sums over everybody come out."""
    first = closed(make_open(groups=SIX), THEN)
    later = closed(make_later(first, without=("Rater 6",), Nieuw="peers"), (4, 3, 4, 4, 4, 3, 5))

    change = told(later)
    assert (change["method"], change["n_before"], change["n_after"]) == ("welch", 6, 6)
    assert "one of them could be found" in report(later)
    means = [
        json.loads(Round.objects.get(pk=one.pk).report)["behaviours"][0]["means"]["peers"]
        for one in (first, later)
    ]
    assert [change["before"], change["after"]] == means, "nothing but what both reports told already"


def test_what_is_told_of_a_change_is_the_same_whoever_of_two_gave_which_answers():
    """Two people change places with all their answers: no figure and no way of working it out moves."""
    seen = set()
    for places in ((0, 1), (1, 0)):
        then, now = [3, *(3, 2, 4, 3, 2, 4)], [4, *(2, 5, 4, 4, 3, 4)]
        for scores in (then, now):
            scores[1], scores[2] = (scores[1 + place] for place in places)
        first = closed(make_open(groups=SIX), then)
        seen.add(json.dumps(told(closed(make_later(first), now)), sort_keys=True))

    assert len(seen) == 1


def test_of_three_rounds_the_last_is_compared_with_the_first_and_all_are_looked_at_together():
    first = closed(make_open(groups=SIX), THEN)
    middle = closed(make_later(first, "interim"), NOW)
    last = closed(make_later(middle, "end", without=("Rater 6",)), NOW[:-1])

    assert told(middle)["method"] == "paired"
    assert told(last)["method"] == "welch"
    assert "What changed since “at the start”" in report(last)


def test_what_was_worded_anew_in_between_is_not_compared():
    first = closed(make_open(groups=SIX, behaviours=["listening", "word-kept"]), THEN)
    later = make_later(first)
    raw = json.loads(later.asked)
    raw["behaviours"][0]["items"][0]["nl"] = "{name} luistert altijd."
    for item in raw["behaviours"][1]["items"]:
        item["en"] += " Always."
    later.asked = json.dumps(raw)
    later.save()
    closed(later, NOW)

    assert told(later)["items"] == ["asks-on", "changes-mind"]
    assert "was not asked in the same words both times, so it is not compared." in report(later)


def test_another_scale_is_no_comparison():
    first = closed(make_open(groups=SIX), THEN)
    later = make_later(first)
    raw = json.loads(later.asked)
    raw["scale"] |= {
        "highest": 6,
        "labels": {lang: [*words, "x"] for lang, words in raw["scale"]["labels"].items()},
    }
    later.asked = json.dumps(raw)
    later.save()
    closed(later, NOW)

    assert json.loads(Round.objects.get(pk=later.pk).report)["since"]["changes"] == []
    assert "so it is not compared" in report(later)


def test_a_change_is_worked_out_once():
    first = closed(make_open(groups=SIX), THEN)
    later = closed(make_later(first), NOW)
    before = told(later)
    for one in (first, later):
        kept = Round.objects.get(pk=one.pk)
        kept.answers = json.dumps(kept.given[1:])
        kept.save()

    assert told(later) == before
    assert "from 3.0 to 3.7" in report(later)


def test_all_raters_in_one_group_are_told_as_that_group_and_nothing_is_hidden():
    one = closed(make_open(groups=("peers",) * 3), (2, 3, 4))

    shown = report(one)
    assert "Colleagues: <b>3</b>" in shown
    assert "Not shown:" not in shown
    assert "The others: 3.0." in shown


def test_a_comparison_costs_no_query_on_the_page(django_assert_max_num_queries):
    first = closed(make_open(groups=SIX), THEN)
    later = closed(make_later(first), NOW)
    client = signed_in(first.engagement, Role.COACHEE)
    page = reverse("feedback:report", args=[first.engagement_id, later.pk])
    client.get(page, headers=EN)

    with django_assert_max_num_queries(10):
        client.get(page, headers=EN)


def test_a_third_round_is_compared_with_the_one_before_as_well():
    first = closed(make_open(groups=SIX), THEN)
    middle = closed(make_later(first, "interim"), NOW)
    last = closed(make_later(middle), (5, 4, 5, 4, 4, 4, 5))

    assert "since_latest" not in json.loads(Round.objects.get(pk=middle.pk).report)
    shown = report(last)
    assert shown.index("What changed since “at the start”") < shown.index("What changed since “on the way”")
    assert "The others: from 3.7 to 4.3, 0.7 higher. Each number is rounded by itself." in shown
    assert shown.count('id="since-') == len(set(re.findall(r'id="since-[\d-]+"', shown)))


def test_one_who_left_after_the_second_round_is_not_found_between_the_two_comparisons():
    first = closed(make_open(groups=SIX), THEN)
    middle = closed(make_later(first, "interim"), NOW)
    last = closed(make_later(middle, without=("Rater 6",)), NOW[:-1])

    kept = json.loads(Round.objects.get(pk=last.pk).report)
    assert [kept[name]["changes"][0]["method"] for name in ("since", "since_latest")] == ["welch", "welch"]
