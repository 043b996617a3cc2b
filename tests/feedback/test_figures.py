"""Every figure of a report says over how many people and which sentences it is, and compares like with like.

Cases that come seldom are here too: one or two who answered, everybody alike, a manager who did not consent.
"""

import json
import re

import pytest
from django.urls import reverse

from driehoek.access import Role
from driehoek.feedback.actions import (
    answer_yourself,
    begin_round,
    close_early,
    hand_in,
    hand_to_coach,
    keep_draft,
    name_rater,
)
from driehoek.feedback.models import Round
from driehoek.feedback.queries.written import apart
from driehoek.kit.errors import Refused
from tests.feedback.makers import (
    ITEMS,
    answer,
    make_couple,
    make_later,
    make_open,
    make_round,
    raters,
    token_of,
)
from tests.makers import person_of
from tests.sessions.makers import signed_in

pytestmark = pytest.mark.django_db
SIX = ("manager", *("peers",) * 6)


def closed(one, *rows, own=()):
    """Each of those who are asked gives a row, in the order of the list; None is left open."""
    for rater, row in zip(raters(one), rows, strict=False):
        if row is not None:
            answer(rater, *row)
    if own:
        token = answer_yourself(one)
        keep_draft(token, scores=dict(zip(ITEMS, own, strict=False)))
        hand_in(token)
    return close_early(one)


def report(one, role=Role.COACHEE, language="en"):
    page = reverse("feedback:report", args=[one.engagement_id, one.pk])
    shown = signed_in(one.engagement, role).get(page, headers={"accept-language": language})
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown.content.decode()))


def kept(one):
    return json.loads(Round.objects.get(pk=one.pk).report)


def test_a_difference_is_worked_out_exactly_and_rounded_once():
    assert str(apart(3.04, 3.15)) == "0.1", "not 3.2 less 3.0"
    first = closed(make_open(groups=SIX), *[(n, n, n) for n in (3, 4, 4, 4, 4, 3, 3)])
    later = closed(make_later(first), *[(n, n, n) for n in (3, 5, 4, 5, 4, 4, 4)])

    shown = report(later)
    assert "The others: from 3.7 to 4.3, 0.7 higher. Each number is rounded by itself." in shown
    assert "Difference" in shown
    assert "+0.7" in shown
    assert "+0.6" not in shown


def test_less_than_a_tenth_is_not_called_higher_or_lower():
    groups = ("peers",) * 7
    first = closed(make_open(groups=groups), *[(3, 3, n) for n in (4, *(3,) * 6)])
    later = closed(make_later(first), *[(3, 3, n) for n in (4, 4, *(3,) * 5)])

    [one] = kept(later)["since"]["changes"]
    assert (one["before"], one["after"]) == ("64/21", "65/21")
    assert "The others: 3.0 then and 3.1 now, less than 0.1 apart." in report(later)


def test_person_manager_and_others_are_compared_over_the_sentences_that_all_of_them_answered():
    """The manager could not say the first, the person left the last open: all over two sentences."""
    one = closed(
        make_open(groups=SIX, behaviours=["listening", "priorities"]),
        (None, 4, 2),
        *[(n, 3, 5 - n % 2) for n in (2, 3, 2, 3, 2, 3)],
        own=(5, 4, 5),
    )

    listening = kept(one)["behaviours"][1]
    assert listening["id"] == "listening"
    assert listening["over"] == ["asks-on", "changes-mind"]
    assert (listening["means"]["self"], listening["means"]["manager"]) == ("9/2", "3")
    shown = report(one)
    assert "This is over 2 of the 3 sentences: those of which everybody drawn here has a number." in shown
    assert "Dit gaat over 2 van de 3 zinnen" in report(one, Role.COACH, "nl")


def test_whoever_answered_too_few_of_the_same_sentences_is_not_drawn_and_that_is_said():
    one = closed(
        make_open(groups=SIX), (None, None, 4), *[(n, 3, 4) for n in (2, 3, 2, 3, 2, 3)], own=(4, 4, 4)
    )

    [part] = kept(one)["behaviours"]
    assert part["over"] == list(ITEMS)
    assert set(part["means"]) == {"self", "peers"}
    shown = report(one)
    assert (
        "Not drawn: Line manager. Too few of the same sentences have a number; the table has those there are."
        in shown
    )
    assert "You put yourself 0.8 higher" in shown


def test_every_figure_says_over_how_many_people_it_is():
    groups = (*SIX, "reports", "reports", "reports")
    one = closed(
        make_open(groups=groups),
        (3, 3, 3),
        (2, 3, None),
        *[(n, 3, 4) for n in (3, 2, 3, 2, 3)],
        *[(4, 2, 3), (3, 2, 3), (4, 3, 2)],
        own=(4, 4, 4),
    )

    shown = report(one)
    assert "Colleagues 5 to 6 people" in shown
    assert "Team members 3 people" in shown
    assert "The others together 9 to 10 people" in shown, "the line manager is one of them"
    assert "4.0 (5 people)" in shown, "of six one could not say"
    assert shown.count("(5 people)") == 1
    assert "De anderen samen 9 tot 10 mensen" in report(one, language="nl")


def test_on_a_phone_the_number_of_a_group_stands_beside_how_many_it_is_over():
    groups = (*SIX, "reports", "reports", "reports")
    one = closed(make_open(groups=groups), *[(n, 3, 4) for n in (3, 2, 3, 2, 3, 4, 3, 4, 2, 3)])

    place = reverse("feedback:report", args=[one.engagement_id, one.pk])
    coachee = signed_in(one.engagement, Role.COACHEE)
    page = coachee.get(place, headers={"accept-language": "en"}).content.decode()

    assert 'data-label="Colleagues (6 people)"' in page
    assert 'data-label="Team members (3 people)"' in page
    assert 'data-label="Line manager"' in page, "one person, who is named"


def test_somebody_who_answers_as_the_others_do_is_named_to_the_coach():
    one = closed(make_open(groups=SIX), *[(n, n, n) for n in (3, 2, 4, 2, 4, 2, 4)], own=(3, 3, 3))
    name = person_of(one.engagement, Role.COACHEE).first_name_only

    assert f"{name} and the others: 3.0." in report(one, Role.COACH)
    assert "You and the others: 3.0." in report(one)


def test_what_stands_behind_the_numbers_is_folded_out_with_method_conditions_minimum_and_source():
    first = closed(make_open(groups=SIX), *[(n, 3, 4) for n in (3, 2, 3, 4, 2, 3, 4)])
    later = closed(make_later(first), *[(n, 4, 4) for n in (3, 3, 3, 4, 3, 4, 4)])

    shown = report(later)
    assert shown.count("How this was worked out") == 2
    for said in (
        "Colleagues: 6; Line manager: 1",
        "What must hold for that",
        "A group from 3 people on, words of others from 5, how far answers lie apart from 8.",
        "Chin &amp; Ozsoyoglu (1982)",
        "Center for Creative Leadership",
        "Student (1908), Biometrika 6, 1-25",
        "6 people who answered every sentence both times",
        "Two numbers from 3 people on, how sure the change is from 5 on",
        "Where everybody came out exactly alike, a margin would tell each answer",
        "No method above says anything about that.",
    ):
        assert said in shown, said
    assert "Hoe dit is berekend" in report(later, language="nl")


def test_below_eight_answers_no_word_is_said_on_whether_people_agree():
    few = report(closed(make_open(groups=("peers",) * 7), *[(n, 3, 3) for n in (3, 2, 3, 4, 2, 3, 4)]))
    assert "Whether they agree Nothing is said about that." in few
    assert "(spread" not in few

    rows = [(n, m, m) for n, m in zip((3, 2, 3, 4, 2, 3, 4, 5), (1, 2, 3, 4, 5, 1, 2, 3), strict=True)]
    many = report(closed(make_open(groups=("peers",) * 8), *rows))
    assert "(spread 1.0)" in many
    assert "A small spread means alike, not right." in many


@pytest.mark.parametrize("came", [0, 1, 2])
def test_of_one_or_two_who_answered_nothing_is_told_and_of_three_their_mean(came):
    rows = [(2, 3, 4), (3, 3, 4), (4, 3, 3)]
    few = closed(make_open(groups=("peers",) * 3), *rows[:came])

    shown = report(few)
    assert "Too few people answered to show how others see this." in shown
    assert "Not shown: colleagues. A group begins at 3" in shown
    assert not re.search(r"Colleagues \d|Colleagues: \d", shown)
    whole = report(closed(make_open(groups=("peers",) * 3), *rows))
    assert "The others: 3.2." in whole
    assert "The others together 3 people" in whole


@pytest.mark.parametrize("score", [1, 5])
def test_when_all_give_the_same_end_of_the_scale_nothing_is_shown_and_it_is_said_why(score):
    one = closed(make_open(groups=SIX), (3, 3, 3), *[(score,) * 3] * 6)

    shown = report(one)
    assert kept(one)["behaviours"][0]["means"] == {"manager": "3"}
    assert "Colleagues: 6" in shown
    assert "Too few people answered" not in shown
    assert "No number of the others can be shown here: too few of a group answered" in shown
    assert "or the number would tell what each of them said." in shown


def test_a_manager_who_did_not_want_to_be_recognised_and_a_person_who_did_not_answer_are_named_as_absent():
    one = make_open(groups=SIX)
    manager = raters(one, "manager")[0]
    keep_draft(token := token_of(manager), scores={"lets-finish": 5})
    with pytest.raises(Refused, match="can be recognised"):
        hand_in(token)
    closed(one, None, *[(n, 3, 4) for n in (3, 2, 3, 4, 2, 3)])

    assert kept(one)["absent"] == ["self", "manager"]
    shown = report(one)
    assert "Nothing came in from the line manager." in shown
    assert "You did not answer about yourself" in shown
    assert "Johan did not answer, so there is nothing to set beside" in report(one, Role.COACH)
    assert "Line manager" not in shown.split("What is not shown")[0].split("Feedback")[-1]


def test_a_change_over_some_of_the_sentences_says_which_part_and_a_manager_over_fewer_is_said():
    first = closed(
        make_open(groups=SIX), (3, None, 3), *[(n, 3, 4) for n in (2, 3, 2, 3, 2, 3)], own=(4, 4, 4)
    )
    later = make_later(first)
    raw = json.loads(later.asked)
    raw["behaviours"][0]["items"][0]["nl"] = "{name} luistert altijd."
    later.asked = json.dumps(raw)
    later.save()
    closed(later, (4, 4, 4), *[(n, 4, 4) for n in (2, 3, 2, 3, 2, 3)], own=(4, 5, 4))

    [change] = kept(later)["since"]["changes"]
    assert (change["items"], change["own_over"], change["manager_over"]) == (
        ["asks-on", "changes-mind"],
        2,
        1,
    )
    shown = report(later)
    assert "This is over 2 of the 3 sentences: those that were asked in the same words" in shown
    assert "Line manager: over 1 of the 2 sentences." in shown
    assert "The others 6 people" in shown


def test_a_change_of_who_came_says_how_many_then_and_how_many_now():
    first = closed(make_open(groups=("peers",) * 5), *[(n, 3, 4) for n in (2, 3, 2, 3, 2)])
    later = closed(make_later(first, Nieuw="peers"), *[(n, 4, 3) for n in (2, 3, 2, 3, 4, 3)])

    [change] = kept(later)["since"]["changes"]
    assert (change["n_before"], change["n_after"]) == (5, 6)
    assert "The others 5 then, 6 now" in report(later)


def test_a_report_of_before_figures_told_their_number_is_still_read_and_names_none():
    first = closed(make_open(groups=SIX), (3, 3, 3), *[(n, 3, 4) for n in (2, 3, 2, 3, 2, 3)], own=(4, 4, 4))
    later = closed(make_later(first), (4, 4, 4), *[(n, 4, 4) for n in (2, 3, 2, 3, 2, 3)], own=(4, 5, 4))
    now = report(later)
    for one in Round.objects.all():
        one.report = json.dumps(without(json.loads(one.report), *NEWER))
        one.save()

    shown = report(later)

    assert "over 0 of" not in shown
    assert "0 people" not in re.sub(r"[1-9]0 people", "", shown)
    assert [one in shown for one in ("The others: from", "You put yourself")] == [
        one in now for one in ("The others: from", "You put yourself")
    ]
    paper = reverse("feedback:report_pdf", args=[later.engagement_id, later.pk])
    assert signed_in(later.engagement, Role.COACHEE).get(paper).content.startswith(b"%PDF")


NEWER = ("counts", "over", "absent", "own_over", "manager_over")


def without(kept, *names):
    """As it was kept before these names; the counts of the whole round are older."""
    if isinstance(kept, dict):
        is_round = "comments" in kept
        return {
            name: without(one, *names)
            for name, one in kept.items()
            if name not in names or (is_round and name == "counts")
        }
    return [without(one, *names) for one in kept] if isinstance(kept, list) else kept


def test_an_alias_of_an_address_is_no_other_person():
    """Twice in a group, or in a group about oneself: then one answer is known and can be subtracted."""
    one = make_round(groups=("peers",))
    coachee = person_of(one.engagement, Role.COACHEE).email.replace("@", "+werk@")
    for address, said in (("rater0+thuis@example.org", "on the list already"), (coachee, "your own address")):
        with pytest.raises(Refused, match=said):
            name_rater(one, name="Iemand", email=address, group="peers")


@pytest.mark.parametrize(
    ("own", "field"),
    [
        (("", "lets people finish before judging."), "own2"),
        (("vraagt mij eerst", "Vraagt  mij eerst."), "own2"),
    ],
)
def test_a_sentence_is_asked_once(own, field):
    """Asked twice and left open once, it would tell by subtraction what whoever left it open said."""
    engagement = make_couple()
    with pytest.raises(Refused, match="asked already") as refused:
        begin_round(
            engagement,
            moment="baseline",
            behaviours=["listening"],
            own=own,
            by=person_of(engagement, Role.COACHEE),
        )
    assert refused.value.field == field


def test_the_coach_reads_every_sentence_before_the_letters_go_out():
    one = hand_to_coach(make_round(own=["vraagt mij eerst"]))
    page = reverse("feedback:check", args=[one.engagement_id, one.pk])
    shown = (
        signed_in(one.engagement, Role.COACH).get(page, headers={"accept-language": "en"}).content.decode()
    )

    for words in (
        "Johan lets people finish before judging.",
        "Johan vraagt mij eerst",
        "are better made into one",
    ):
        assert words in shown
