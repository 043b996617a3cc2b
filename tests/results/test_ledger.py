"""The result ledger: one row per result, a view per party, nobody for another."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from driehoek.access import Role, Shape, Stage
from driehoek.results.models import Mark
from driehoek.vault import keys
from tests.measures.makers import as_, make_agreed
from tests.results.makers import RESULT, make_mark, make_release, make_result, page, send

pytestmark = pytest.mark.django_db
TYPED = {**RESULT, "intended": "no", "expected": "no", "observable": "yes", "goal_id": ""}


def ledger(engagement, role, language="en"):
    return page(as_(engagement, role, language), "ledger", engagement).content.decode()


def test_result_nobody_intended_stands_in_the_ledger():
    engagement = make_agreed()

    answer = send(as_(engagement, Role.COACHEE), "add", engagement, **TYPED)

    assert answer.status_code == 302
    shown = ledger(engagement, Role.COACH, "nl")
    assert RESULT["text"] in shown
    assert "niet bedoeld" in shown
    assert "onverwacht" in shown


def test_pressing_twice_adds_one_row():
    engagement = make_agreed()

    for _press in range(2):
        send(as_(engagement, Role.COACHEE), "add", engagement, **TYPED)

    assert engagement.results.count() == 1


@pytest.mark.parametrize("left_out", ["text", "intended", "expected", "matters_to", "observable"])
def test_what_is_left_out_is_asked_and_the_rest_is_kept(left_out):
    engagement = make_agreed()
    data = {key: value for key, value in TYPED.items() if key != left_out}

    answer = send(as_(engagement, Role.COACHEE), "add", engagement, **data)

    assert answer.context["form"].errors.keys() == {left_out}
    assert "Ik vraag nu eerst" in answer.content.decode()


def test_goal_of_another_engagement_cannot_be_named():
    engagement, other = make_agreed(), make_agreed()

    data = TYPED | {"goal_id": str(other.goals.get().pk)}

    assert send(as_(engagement, Role.COACHEE), "add", engagement, **data).context["form"].errors["goal_id"]


def test_same_result_is_welcome_to_one_and_unwelcome_to_another():
    engagement = make_agreed(stage=Stage.CLOSING)
    result = make_result(engagement)
    make_release(engagement, Role.SPONSOR, ["results"])

    send(as_(engagement, Role.COACHEE), "mark", engagement, result.pk, view="desired", remark="Dit wilde ik")
    sponsor = as_(engagement, Role.SPONSOR)
    send(sponsor, "mark", engagement, result.pk, view="undesired", remark="Dit kost geld")

    shown = ledger(engagement, Role.COACH, "nl")
    for words in ("Gewenst", "Ongewenst", "Dit wilde ik", "Dit kost geld", "Niet beoordeeld"):
        assert words in shown


def test_everyone_marks_the_own_side_only():
    engagement = make_agreed()
    result = make_result(engagement)

    send(as_(engagement, Role.COACH), "mark", engagement, result.pk, view="desired", role="sponsor")

    assert list(Mark.objects.values_list("role", flat=True)) == ["coach"]


def test_marking_again_replaces_the_own_view():
    engagement = make_agreed()
    result = make_result(engagement)
    client = as_(engagement, Role.COACH)

    for view in ("desired", "desired", "no_view"):
        send(client, "mark", engagement, result.pk, view=view)

    assert list(Mark.objects.values_list("view", flat=True)) == ["no_view"]


def test_nothing_is_chosen_beforehand():
    engagement = make_agreed()
    result = make_result(engagement)

    shown = page(as_(engagement, Role.COACH), "mark", engagement, result.pk).content.decode()

    assert "checked" not in shown


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SPONSOR])
def test_row_that_was_not_released_does_not_exist_for_the_organisation(role):
    engagement = make_agreed(stage=Stage.CLOSING)
    result = make_result(engagement)

    answer = send(as_(engagement, role), "mark", engagement, result.pk, view="desired")

    assert answer.status_code == 404
    assert not Mark.objects.exists()


def test_sponsor_marks_only_the_rows_that_were_released():
    engagement = make_agreed(stage=Stage.CLOSING)
    released = make_result(engagement)
    make_release(engagement, Role.SPONSOR, ["results"])
    later = make_result(engagement, text="Later bijgekomen")
    client = as_(engagement, Role.SPONSOR)

    assert page(client, "mark", engagement, released.pk).status_code == 200
    assert page(client, "mark", engagement, later.pk).status_code == 404
    assert page(as_(engagement, Role.MANAGER), "mark", engagement, released.pk).status_code == 404
    assert "Later bijgekomen" not in page(client, "received", engagement).content.decode()


def test_sponsor_does_not_open_the_ledger_itself():
    assert page(as_(make_agreed(), Role.SPONSOR), "ledger", make_agreed()).status_code == 404
    engagement = make_agreed()
    assert page(as_(engagement, Role.SPONSOR), "ledger", engagement).status_code == 403


def test_sponsor_of_consultancy_reads_and_marks_the_ledger_by_the_clause():
    engagement = make_agreed(shape=Shape.CONSULTANCY)
    result = make_result(engagement, role=Role.CONSULTANT, text="Minder fouten in orders")

    answer = send(as_(engagement, Role.SPONSOR), "mark", engagement, result.pk, view="desired")

    assert answer.status_code == 302
    assert "Minder fouten in orders" in ledger(engagement, Role.SPONSOR)


def test_empty_ledger_asks_only_whoever_may_write_in_it():
    engagement = make_agreed(shape=Shape.CONSULTANCY)

    assert "Write down what came of it" in ledger(engagement, Role.CONSULTANT)
    assert "Write down what came of it" not in ledger(engagement, Role.SPONSOR)


def test_row_written_by_mistake_can_be_taken_out_by_its_writer():
    engagement = make_agreed()
    result = make_result(engagement)

    send(as_(engagement, Role.COACHEE), "remove", engagement, result.pk)

    assert not engagement.results.exists()


def test_row_of_another_stays():
    engagement = make_agreed()
    result = make_result(engagement)

    answer = send(as_(engagement, Role.COACH), "remove", engagement, result.pk)

    assert "written by somebody else" in answer.content.decode()
    assert engagement.results.exists()


def test_row_that_somebody_else_judged_stays():
    engagement = make_agreed()
    result = make_result(engagement)
    make_mark(result, Role.COACH)

    answer = send(as_(engagement, Role.COACHEE), "remove", engagement, result.pk)

    assert "gave a view" in answer.content.decode()
    assert engagement.results.exists()


def test_row_that_was_released_stays():
    engagement = make_agreed()
    result = make_result(engagement)
    make_release(engagement, Role.SPONSOR, ["results"])

    answer = send(as_(engagement, Role.COACHEE), "remove", engagement, result.pk)

    assert "was released" in answer.content.decode()
    assert engagement.results.exists()


def test_ledger_has_an_end():
    engagement = make_agreed()
    for number in range(40):
        make_result(engagement, text=f"Resultaat {number}")

    answer = send(as_(engagement, Role.COACHEE), "add", engagement, **TYPED)

    assert "at most 40 results" in answer.content.decode()
    assert RESULT["text"] in answer.content.decode()


@pytest.mark.parametrize("name", ["ledger", "release", "index"])
def test_pages_need_as_many_queries_for_one_result_as_for_forty(name):
    counts = []
    for count in (1, 40):
        engagement = make_agreed()
        for number in range(count):
            make_mark(make_result(engagement, text=f"Resultaat {number}"), Role.COACH)
        client = as_(engagement, Role.COACHEE)
        page(client, name, engagement)
        keys.forget()
        with CaptureQueriesContext(connection) as caught:
            page(client, name, engagement)
        counts.append(len(caught))

    assert counts[0] == counts[1] <= 10
