"""Subtraction, timing, order, ids, joins and files: what somebody with time and tools tries."""

import json
import re

import pytest
from django.db import connection
from django.urls import reverse

from driehoek.access import Role
from driehoek.feedback.actions import close_early, hand_in, keep_draft
from driehoek.feedback.models import Rater, Round
from driehoek.kit.errors import Refused
from tests.feedback.makers import EN, answer, make_later, make_open, raters, token_of, visit, words_of
from tests.feedback.test_attacks import dump, plain
from tests.sessions.makers import signed_in

pytestmark = pytest.mark.django_db
SIX = ("manager", *("peers",) * 6)


def every_row():
    """All rows of all tables by raw SQL, but what the framework keeps of itself."""
    tables = [name for name in connection.introspection.table_names() if not name.startswith("django_m")]
    return {
        name: {json.dumps([str(plain(v)) for v in row.values()]) for row in dump(name)} for name in tables
    }


def test_handing_in_leaves_no_trace_but_that_the_link_is_used_and_the_list_is_another():
    """No log, no letter, no counter, no moment: whoever watches the tables learns nothing else."""
    one = make_open()
    client, link = visit(token := token_of(raters(one, "peers")[0]))
    client.post(link)
    client.post(reverse("rater:page", args=[1]), {"lets-finish": "4"})
    before = every_row()
    client.post(reverse("rater:page", args=[2]), {"keep": "GEHEIM-WOORD"})
    after = every_row()

    changed = {name for name in after if before[name] != after[name]}
    assert changed - {"django_session"} == {"feedback_round", "feedback_rater"}
    assert len(after["feedback_rater"] - before["feedback_rater"]) == 1
    assert not [row for rows in after.values() for row in rows if token in row or "GEHEIM" in row]
    assert "feedback link" not in dict(client.session)


def test_two_who_answer_leave_the_same_rows_whoever_came_first():
    """But for the sealed list and the ids of the rows, which were drawn by lot before anybody answered."""
    seen = []
    for order in ((0, 1), (1, 0)):
        one = make_open(groups=("peers",) * 3)
        people = raters(one)
        for place in order:
            answer(people[place], 2 + place)
        rows = sorted(
            (rater.email, rater.link_hash == "", bytes(rater.draft), rater.has_answered)
            for rater in Rater.objects.filter(round=one).exclude(group="self")
        )
        given = Round.objects.get(pk=one.pk).given
        seen.append((rows[:2], sorted(row["scores"]["lets-finish"] for row in given)))

    assert seen[0] == seen[1]


def test_no_id_of_any_row_can_be_joined_with_an_answer_not_even_across_rounds():
    first = make_open(groups=SIX)
    for rater in raters(first):
        answer(rater, 2, 3, 4)
    later = make_later(close_early(first))
    for rater in raters(later):
        answer(rater, 3, 3, 4)

    joined = {str(pk) for pk in Rater.objects.values_list("pk", flat=True)}
    kept = json.dumps([one.given for one in Round.objects.all()])
    assert not [pk for pk in joined if pk in kept or pk.replace("-", "") in kept]
    keys = {row["key"] for one in Round.objects.all() for row in one.given}
    assert len(keys) == 7
    rows = "".join(row for rows in every_row().values() for row in rows)
    assert not [key for key in keys if key in rows]


def test_the_report_and_its_file_hold_no_name_address_or_key_of_anybody_who_was_asked():
    one = make_open(groups=SIX)
    for n, rater in enumerate(raters(one)):
        answer(rater, 2 + n % 3, 3, 3, texts={"keep": f"Woord {n}"})
    keys = [row["key"] for row in Round.objects.get().given]
    people = [word for rater in raters(one) for word in (rater.name, rater.email)]
    close_early(one)
    client = signed_in(one.engagement, Role.COACH)
    page = reverse("feedback:report", args=[one.engagement_id, one.pk])
    shown = client.get(page, headers=EN).content.decode()
    printed = words_of(client.get(f"{page}pdf/", headers=EN).content)

    for word in (*people, *keys):
        assert word not in shown
        assert word not in printed
    means = re.compile(r"(?<![\d.])\d\.\d(?![\d.])")
    assert set(means.findall(printed)) <= set(means.findall(shown)), (
        "the file tells no number that the page does not"
    )


def test_somebody_who_answers_half_counts_where_they_answered_and_nobody_is_singled_out_by_the_rest():
    one = make_open(groups=("peers",) * 4)
    for n, rater in enumerate(raters(one)):
        answer(rater, 2 + n % 2, *((3, 4) if n < 2 else ()))
    close_early(one)
    told = json.loads(Round.objects.get().report)["behaviours"][0]

    assert [("peers" in item["means"]) for item in told["items"]] == [True, False, False]
    assert told["items"][0]["counts"] == {"peers": 4}
    assert told["means"] == {}, "one of three sentences is no figure for the whole"
    page = reverse("feedback:report", args=[one.engagement_id, one.pk])
    shown = signed_in(one.engagement, Role.COACHEE).get(page, headers=EN).content.decode()
    assert "The others have a number for fewer than half of these sentences" in shown
    assert "Sentence by sentence, as a table" in shown


def test_whoever_hands_in_twice_from_two_tabs_counts_once_and_reads_why():
    one = make_open()
    token = token_of(raters(one, "peers")[0])
    first, link = visit(token)
    second, _link = visit(token)
    for client in (first, second):
        client.post(link)
        client.post(reverse("rater:page", args=[1]), {"lets-finish": "4"})
    first.post(reverse("rater:page", args=[2]), {})
    answered = second.post(reverse("rater:page", args=[2]), {})

    assert answered.status_code == 410
    assert "You have handed in" in answered.content.decode()
    assert len(Round.objects.get().given) == 1


def test_a_draft_that_is_never_handed_in_is_in_no_figure():
    one = make_open(groups=("peers",) * 4)
    people = raters(one)
    for rater in people[:3]:
        answer(rater, 3, 3, 4)
    keep_draft(token := token_of(people[3]), scores={"lets-finish": 5})
    close_early(one)

    told = json.loads(Round.objects.get().report)
    assert told["counts"] == {"peers": 3}
    assert told["behaviours"][0]["items"][0]["means"]["peers"] == "3"
    with pytest.raises(Refused):
        hand_in(token)
