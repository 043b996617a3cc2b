"""Small experiments: a plan that is begun today, read by one person."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from driehoek.experiments import actions, queries
from driehoek.experiments.models import Experiment
from driehoek.experiments.queries import Figure
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.outbox.actions import choose_letters
from driehoek.outbox.models import Letter
from driehoek.vault.models import DataKey
from tests.experiments.makers import (
    DAY_ZERO,
    FIRST,
    address,
    begin,
    judged,
    make_coach,
    make_experiment,
    on_the_last_day,
    signed_in,
)
from tests.makers import make_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", ["A", "B", "C"])
def test_whole_plan_is_read_and_taken_along_without_an_account_and_nothing_is_kept(client, kind, language):
    seen = client.get(reverse("experiments:plan", args=[kind]), headers={"accept-language": language})
    days = client.get(reverse("experiments:calendar", args=[kind]))

    assert len(seen.context["steps"]) >= 4
    assert days.content.count(b"BEGIN:VEVENT") == len(seen.context["steps"])
    assert b"20261201" in days.content
    assert Experiment.objects.count() == 0


def test_outcome_of_the_route_leads_to_its_plan(client):
    client.post(reverse("route:begin"), {"problem": "Orders gaan mis"})
    for number in range(1, 8):
        client.post(
            reverse("route:question", args=[number]), {"answer": "technical" if number == 1 else "open"}
        )

    said = client.get(reverse("route:result")).content.decode()

    assert f'href="{reverse("experiments:plan", args=["A"])}"' in said


def test_visitor_is_asked_to_sign_in_and_comes_back_to_the_plan(client):
    answer = begin(client)

    assert answer.status_code == 302
    assert reverse("experiments:plan", args=["A"]) in answer.url


def test_today_is_day_zero_with_what_was_measured_today():
    person = make_person()

    answer = begin(signed_in(person))

    made = Experiment.objects.get()
    assert answer.url == address(made)
    assert (made.person, made.ends_on - made.started_on) == (person, timedelta(days=7))  # five working days
    assert queries.figures_of(made)[0].before == (Decimal("7.5"),)


def test_blended_one_measures_the_output_and_the_behaviour():
    second = {name.replace("1", "2", 1): value for name, value in FIRST.items() if name.startswith("figure")}

    begin(signed_in(make_person()), "C", behaviours="Het team vult zelf de lijst", **second)

    assert len(queries.figures_of(Experiment.objects.get())) == 2


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("target", "0"),
        ("target", "-2"),
        ("target", "8"),
        ("target", "0,0001"),
        ("target", "1234567890"),
        ("before", ""),
        ("before", "drie"),
        ("before", "9 " * 31),
        ("target", "-1"),
        ("measure", ""),
    ],
)
def test_what_cannot_be_measured_is_said_beside_its_field_and_nothing_typed_is_lost(field, typed):
    answer = begin(signed_in(make_person()), **{f"figure1-{field}": typed})

    assert field in answer.context["figures"][0].errors
    assert "Iedereen wacht op mij" in answer.content.decode()
    assert Experiment.objects.count() == 0


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"target": "0"}, "Write a number above 0, and at most 7.5: it starts there"),
        ({"target": "-2"}, "Write a number above 0, and at most 7.5: it starts there"),
        ({"target": "9"}, "Write a number above 0, and at most 7.5: it starts there"),
        ({"before": "3 3 4", "target": "4"}, "at most 3.333: it starts there"),
        ({"before": "0 0"}, "It starts at 0 and cannot get lower than that."),
        ({"direction": "up", "target": "-2"}, "Write a number above 0, without a sign"),
        ({"target": "0,0001"}, "At most nine figures before the decimal sign fit here"),
    ],
)
def test_target_that_nothing_or_anything_reaches_gets_the_range_beside_it(given, said):
    answer = begin(signed_in(make_person()), **{f"figure1-{name}": typed for name, typed in given.items()})

    assert said in " ".join(answer.context["figures"][0].errors["target"])
    assert f'value="{given.get("target", "2")}"' in answer.content.decode()
    assert Experiment.objects.count() == 0


def test_target_is_held_where_no_page_asked_for_it_and_what_starts_below_zero_may_fall_further():
    with pytest.raises(Refused, match="above 0"):
        make_experiment(target="0")
    loss = Figure("Result", "euros", "down", Decimal(5), (Decimal(-3),))
    assert actions.target_trouble(loss) == ""


def test_pressing_twice_begins_once_and_an_eleventh_is_refused():
    person, once = make_person(), uuid4()
    for _press in range(2):
        begin(signed_in(person), once=once)
    assert Experiment.objects.count() == 1

    for _more in range(9):
        make_experiment(person)
    assert "Ten experiments are running" in begin(signed_in(person)).content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["show", "stop", "go_on", "throw_away"])
def test_experiment_of_another_does_not_exist(name, method):
    experiment = make_experiment()

    answer = getattr(signed_in(make_person()), method)(address(experiment, name))

    assert answer.status_code == (405 if method == "get" and name != "show" else 404)
    assert Experiment.objects.filter(pk=experiment.pk).exists()


def test_every_word_of_it_lies_sealed_in_the_database():
    make_experiment(problem="geheimewoorden", behaviours="geheimgedrag")

    with connection.cursor() as cursor:
        cursor.execute("SELECT problem, behaviours, figures, learned FROM experiments_experiment")
        row = cursor.fetchone()

    assert not any(word in bytes(one) for one in row for word in (b"geheim", b"behaviours", b"points"))


def test_letters_come_halfway_and_on_the_last_day_and_once_after_and_say_nothing_of_it():
    experiment = make_experiment(problem="geheimewoorden")
    told = []
    for days in (0, 27, 28, 29, 56, 57, 59, 60, 90):
        clock.move_to(DAY_ZERO + timedelta(days=days))
        told.append(actions.remind_of_experiments())

    assert told == [0, 0, 1, 0, 1, 0, 1, 0, 0]
    halfway, last, _later = (str(one.open()) for one in Letter.objects.order_by("queued_at"))
    assert "halfway" in halfway or "halverwege" in halfway
    assert "last day" in last or "laatste dag" in last
    assert not any(word in halfway + last for word in ("geheim", "behaviours"))
    assert str(experiment.pk) in last


def test_worker_that_slept_sends_one_letter_and_not_three():
    make_experiment()
    clock.move_to(DAY_ZERO + timedelta(days=200))

    assert [actions.remind_of_experiments() for _turn in range(2)] == [1, 0]


def test_no_letter_after_the_verdict_nor_to_who_wants_none():
    judged(make_experiment())
    quiet = make_experiment(person := make_person())
    choose_letters(person.email, wanted=())
    on_the_last_day(quiet)

    assert actions.remind_of_experiments() == 0


def test_thrown_away_means_that_its_key_is_gone_too():
    experiment = make_experiment()

    signed_in(experiment.person).post(address(experiment, "throw_away"))

    assert not Experiment.objects.exists()
    assert not DataKey.objects.filter(pk=experiment.data_key_id).exists()


def test_pages_ask_the_same_with_one_and_with_many():
    person = make_coach()
    experiment = judged(make_experiment(person))
    client = signed_in(person)

    def asked(url):
        with CaptureQueriesContext(
            connection,
        ) as found:
            client.get(url)
        return len(found)

    lists, one = asked(reverse("experiments:plans")), asked(address(experiment))
    for _more in range(8):
        make_experiment(person)

    assert asked(reverse("experiments:plans")) == lists <= 10
    assert asked(address(experiment)) == one <= 10
