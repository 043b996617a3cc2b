"""The last day: judged once, with the three answers and what stands behind them."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from driehoek.experiments import actions
from driehoek.experiments.models import Experiment
from driehoek.experiments.queries import Figure
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from tests.experiments.makers import (
    AFTER,
    BEFORE,
    DAY_ZERO,
    LAST,
    address,
    judged,
    make_experiment,
    on_the_last_day,
    signed_in,
)
from tests.makers import make_person

pytestmark = pytest.mark.django_db


def test_it_is_judged_on_the_last_day_and_not_before():
    experiment = make_experiment()
    client = signed_in(experiment.person)
    assert "Give the three answers" not in client.get(address(experiment)).content.decode()
    early = client.post(address(experiment), LAST | {"after1": "4 4 4 3 5", "measured_on": "2026-12-02"})
    assert "Measure then, not before." in early.content.decode()

    on_the_last_day(experiment)
    assert "Give the three answers" in client.get(address(experiment)).content.decode()


def test_same_people_measured_again_give_the_three_answers_with_a_margin():
    experiment = judged(make_experiment())

    page = signed_in(experiment.person).get(address(experiment))
    one = page.context["outcomes"][0]

    assert one.reached.answer == "Reached"
    assert one.sure.answer == "Demonstrated"
    assert "5 before, 5 after" in one.sure.facts
    assert one.because.answer == "Cannot be said"
    assert "Go on with an engagement" in page.content.decode()
    assert "chart--ranges" in page.content.decode()


def test_one_number_before_and_one_after_says_that_nobody_can_tell_and_draws_no_margin():
    experiment = judged(make_experiment(kind="A", before=(Decimal(3),), target="1"), after=(Decimal(5),))

    page = signed_in(experiment.person).get(address(experiment))
    one = page.context["outcomes"][0]

    assert (one.reached.answer, one.sure.answer) == ("Reached", "Cannot be said")
    assert "There is one value from before" in one.sure.says
    assert one.chart.wide.rows[0].whisker == ""


def behind_it(page):
    return dict(page.context["outcomes"][0].behind)


def test_what_stands_behind_the_answers_names_method_conditions_source_numbers_and_what_it_cannot_say():
    experiment = judged(make_experiment())

    page = signed_in(experiment.person).get(address(experiment))
    told = behind_it(page)

    assert "The same people before and after (paired t)" in told["How sure? How that was worked out"]
    assert told["How much stands behind it"] == "5 before, 5 after."
    assert told["Measured on day 0"] == "3; 4; 3; 2; 4"
    assert "That the same people answered twice" in told["What must hold for that"]
    assert "Student (1908)" in told["Source of the method"]
    assert "never that it changed by it" in told["What it cannot say"]
    assert "How this was worked out" in page.content.decode()
    assert "What changed, changed during the experiment." in page.context["outcomes"][0].because.says


def test_numbers_that_are_no_people_are_not_paired_and_never_called_people():
    days = [tuple(map(Decimal, numbers)) for numbers in ((7, 8, 7, 9), (5, 5, 6, 4))]
    experiment = judged(make_experiment(kind="A", before=days[0], target="1"), after=days[1])
    on_the_last_day(waiting := make_experiment(kind="A", before=days[0], target="1"))

    page = signed_in(experiment.person).get(address(experiment))
    asked = signed_in(waiting.person).get(address(waiting)).content.decode()
    told = behind_it(page)

    assert "The numbers of both days beside each other (Welch)" in page.context["outcomes"][0].sure.facts
    assert "Welch (1947)" in told["Source of the method"]
    assert "people" not in " ".join(told.values()) + page.context["outcomes"][0].sure.facts
    assert "Measured in the same way as on day 0." in asked
    assert "The same people in the same order" not in asked


@pytest.mark.parametrize("kind", ["A", "B"])
def test_numbers_that_do_not_differ_name_no_method_and_how_many_there_are(kind):
    experiment = judged(make_experiment(kind=kind, before=(Decimal(3),) * 4), after=(Decimal(4),) * 4)

    page = signed_in(experiment.person).get(address(experiment))

    assert page.context["outcomes"][0].sure.facts == "4 before, 4 after"
    assert "No margin of error was worked out." in behind_it(page)["How sure? How that was worked out"]


def test_too_few_numbers_are_called_numbers_and_a_quotient_is_rounded_where_it_is_read():
    one = Decimal(1)
    experiment = judged(make_experiment(before=(one, one * 2), target="1"), after=(one * 5, one * 4, one * 5))

    page = signed_in(experiment.person).get(address(experiment))
    found = page.context["outcomes"][0]

    assert "With fewer than four numbers on either day" in found.sure.says
    assert "3.16667" not in page.content.decode()


def test_the_picture_has_how_many_and_a_margin_of_three_figures_and_the_numbers_are_folded_out_whole():
    experiment = judged(make_experiment())

    found = signed_in(experiment.person).get(address(experiment)).context["outcomes"][0]
    row = found.chart.narrow.rows[0]

    assert row.label.words == "Change: 5 before, 5 after"
    assert " ".join(line.words for line in row.words) == "+0.8 (+0.244 to +1.36)"
    assert found.chart.rows == ()


@pytest.mark.parametrize(
    ("unit", "said"), [("avonden", "1 avond "), ("evenings", "1 evening "), ("points", "1 point ")]
)
def test_of_one_thing_the_unit_is_in_the_singular(unit, said):
    figure = Figure("Late", unit, "down", Decimal(1), (Decimal(1),))
    experiment = actions.start_experiment(make_person(), kind="A", figures=[figure], once=uuid4())

    page = signed_in(experiment.person).get(address(experiment)).content.decode()

    assert f"Day 0: {said}" in page
    assert f"at least {said}" in page


@pytest.mark.parametrize("kind", ["A", "B", "C"])
@pytest.mark.parametrize("late", range(7))
def test_no_day_of_the_plan_but_the_first_falls_in_a_weekend_and_the_last_is_the_one_it_is_judged_on(
    kind, late
):
    clock.move_to(DAY_ZERO + timedelta(days=late))
    experiment = make_experiment(kind=kind)

    page = signed_in(experiment.person).get(address(experiment))
    read = signed_in(experiment.person).get(reverse("experiments:plan", args=[kind]))
    days = [on for _step, on in page.context["steps"]]

    assert days == sorted(set(days)) == [on for _step, on in read.context["steps"]]
    assert days[0] == experiment.started_on == clock.today()
    assert all(on.weekday() < 5 for on in days[1:])
    assert days[-1] == experiment.ends_on
    on_the_last_day(experiment, late=late)
    assert "Give the three answers" in signed_in(experiment.person).get(address(experiment)).content.decode()


def test_no_step_lies_behind_the_last_day_that_was_set_down():
    """As in one that began when its days were still days of the calendar."""
    experiment = make_experiment(kind="A")
    experiment.ends_on = experiment.started_on + timedelta(days=2)
    experiment.save()

    days = [on for _step, on in signed_in(experiment.person).get(address(experiment)).context["steps"]]

    assert days == sorted(days)
    assert days[-1] == experiment.ends_on


def test_stopped_before_the_last_day_keeps_what_was_learned_and_is_neither_reached_nor_missed():
    experiment = make_experiment()
    client = signed_in(experiment.person)
    clock.move_to(DAY_ZERO + timedelta(days=9))
    far = client.post(address(experiment, "stop"), {"learned": "x" * 4001})
    assert "x" * 4001 in far.content.decode()

    client.post(address(experiment, "stop"), {"learned": "De groep viel uiteen"})

    page = client.get(address(experiment)).content.decode()
    assert "Stopped on 10 December 2026, before the last day (26 January 2027)" in page
    assert "De groep viel uiteen" in page
    assert "Stop before the last day" not in page
    assert "begun on 1 December 2026, stopped" in client.get(reverse("experiments:plans")).content.decode()
    on_the_last_day(experiment)
    assert actions.remind_of_experiments() == 0
    with pytest.raises(Refused, match="judged already"):
        actions.stop_early(experiment, learned="")


def test_on_its_last_day_it_is_judged_and_not_stopped():
    experiment = make_experiment()
    on_the_last_day(experiment)

    answer = signed_in(experiment.person).post(address(experiment, "stop"), {"learned": "Toch niet"})

    assert "measure once more, and judge it" in answer.content.decode()
    assert "Toch niet" in answer.content.decode(), "what was typed waits in the form of the last day"
    assert Experiment.objects.get().decided_at is None


def test_measured_after_the_last_day_departs_from_the_plan_and_is_no_success():
    experiment = make_experiment()
    on_the_last_day(experiment, late=3)
    actions.evaluate(experiment, measured_on=clock.today(), after=[AFTER], learned="", decision="stop")

    page = signed_in(experiment.person).get(address(experiment))
    assert "departs from what was agreed" in page.context["outcomes"][0].reached.says


def test_verdict_stands_and_a_day_in_the_future_is_refused_beside_its_field():
    experiment = make_experiment()
    on_the_last_day(experiment)
    client = signed_in(experiment.person)
    far = client.post(address(experiment), LAST | {"after1": "4 4 4 3 5", "measured_on": "2027-12-02"})
    assert "measured_on" in far.context["form"].errors

    judged(experiment)
    with pytest.raises(Refused, match="judged already"):
        judged(experiment, after=BEFORE)


def test_between_two_percentages_lie_percentage_points_in_the_picture_too():
    figure = Figure("Right the first time", "percent", "up", Decimal(10), (Decimal(70),))
    experiment = actions.start_experiment(make_person(), kind="C", figures=[figure], once=uuid4())
    judged(experiment, after=(Decimal("79.9"),))

    page = signed_in(experiment.person).get(address(experiment)).content.decode()

    assert "+9.9 percentage points" in page
    assert "+9.9 percent<" not in page
    assert "+9.9 percent." not in page
