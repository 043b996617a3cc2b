"""Small experiments: begun today, judged once on the last day, read by one person, one step further."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from driehoek.access import Role, Shape
from driehoek.engagements.models import Engagement
from driehoek.experiments import actions, queries
from driehoek.experiments.models import Experiment
from driehoek.experiments.queries import Figure
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.outbox.actions import choose_letters
from driehoek.outbox.models import Letter
from driehoek.vault.models import DataKey
from tests.makers import make_member, make_organisation, make_person

pytestmark = pytest.mark.django_db
DAY_ZERO = datetime(2026, 12, 1, 9, tzinfo=UTC)
BEFORE = (Decimal(3), Decimal(4), Decimal(3), Decimal(2), Decimal(4))
AFTER = (Decimal(4), Decimal(4), Decimal(4), Decimal(3), Decimal(5))
FIRST = {
    "problem": "Iedereen wacht op mij",
    "figure1-measure": "Wachttijd",
    "figure1-unit": "uur",
    "figure1-direction": "down",
    "figure1-target": "2",
    "figure1-before": "7,5",
}
LAST = {"after1": "5", "learned": "Klein beginnen helpt", "decision": "engagement"}


@pytest.fixture(autouse=True)
def _day_zero():
    clock.move_to(DAY_ZERO)
    with translation.override("en"):
        yield


def signed_in(person):
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


def begin(client, kind="A", **given):
    return client.post(reverse("experiments:plan", args=[kind]), FIRST | {"once": uuid4()} | given)


def make_experiment(person=None, kind="B", before=BEFORE, target="0.2", **given):
    figure = Figure("Mean over six behaviours", "points", "up", Decimal(target), before)
    return actions.start_experiment(
        person or make_person(), kind=kind, figures=[figure], once=uuid4(), **given
    )


def on_the_last_day(experiment, late=0):
    clock.move_to(clock.now() + (experiment.ends_on - clock.today()) + timedelta(days=late))


def judged(experiment, after=AFTER, decision="engagement", learned="It helps to begin small"):
    on_the_last_day(experiment)
    return actions.evaluate(
        experiment, measured_on=clock.today(), after=[after], learned=learned, decision=decision
    )


def address(experiment, name="show"):
    return reverse(f"experiments:{name}", args=[experiment.pk])


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


def make_coach():
    person = make_person()
    make_member(make_organisation(), person, is_coach=True)
    return person


@pytest.mark.parametrize(
    ("kind", "shape", "role"),
    [
        ("A", Shape.CONSULTANCY, Role.CONSULTANT),
        ("B", Shape.COACHING, Role.COACH),
        ("C", Shape.BLENDED, Role.COACH),
    ],
)
def test_one_press_makes_an_engagement_that_starts_from_what_was_measured(kind, shape, role):
    person = make_coach()
    experiment = judged(
        make_experiment(person, kind=kind, problem="Iedereen wacht op mij", behaviours="Laat werk liggen")
    )

    for _press in range(2):
        answer = signed_in(person).post(address(experiment, "go_on"))

    engagement = Engagement.objects.get()
    criterion = engagement.criteria.get()
    assert answer.url == reverse("engagement", args=[engagement.pk])
    assert (engagement.shape_, engagement.roles_of(person)) == (shape, {role})
    assert (criterion.measure, criterion.baseline) == ("Mean over six behaviours", Decimal("4.000"))
    assert criterion.target == Decimal("0.2")
    assert engagement.problem == ("" if kind == "A" else "Iedereen wacht op mij")
    kept = signed_in(person).get(address(experiment)).content.decode()
    assert "Iedereen wacht op mij" in kept, "what does not go along stays to be read"
    assert engagement.goals.get().shown_by == "“Laat werk liggen”"


@pytest.mark.parametrize(
    ("unit", "direction", "before", "target", "after", "form", "asked"),
    [
        ("hours", "down", "12", "8", "3", "level", "4"),
        ("hours", "down", "12", "8", "0", "level", "4"),
        ("hours", "down", "12", "2", "9", "absolute_change", "2"),
        ("hours", "down", "-1", "2", "-4", "absolute_change", "2"),
        ("percent", "up", "70", "20", "92", "level", "90"),
        ("points", "up", "70", "20", "92", "absolute_change", "20"),
    ],
)
def test_what_went_so_well_that_it_cannot_come_again_asks_to_be_held_and_not_for_the_impossible(
    unit, direction, before, target, after, form, asked
):
    person = make_coach()
    figure = Figure("Time it takes", unit, direction, Decimal(target), (Decimal(before),))
    experiment = actions.start_experiment(person, kind="A", figures=[figure], once=uuid4())
    judged(experiment, after=(Decimal(after),))

    signed_in(person).post(address(experiment, "go_on"))

    criterion = Engagement.objects.get().criteria.get()
    assert (criterion.form, criterion.target) == (form, Decimal(asked))
    assert criterion.baseline == Decimal(after), "it starts from what was measured last"


def test_between_two_percentages_lie_percentage_points_in_the_picture_too():
    figure = Figure("Right the first time", "percent", "up", Decimal(10), (Decimal(70),))
    experiment = actions.start_experiment(make_person(), kind="C", figures=[figure], once=uuid4())
    judged(experiment, after=(Decimal("79.9"),))

    page = signed_in(experiment.person).get(address(experiment)).content.decode()

    assert "+9.9 percentage points" in page
    assert "+9.9 percent<" not in page
    assert "+9.9 percent." not in page


def test_counting_behaviour_never_sounds_like_multiplying_it():
    client = signed_in(make_person())
    given = {"figure1-direction": "up", "figure2-direction": "up", "figure2-target": "4"}
    given |= {"figure2-measure": "How often it happens per week", "figure2-unit": "", "figure2-before": "3"}
    assert (
        'name="figure2-unit" value'
        not in client.get(reverse("experiments:plan", args=["C"])).content.decode()
    )

    begin(client, "C", **given)

    page = client.get(address(Experiment.objects.get())).content.decode()
    assert "at least 4 higher: 7 or more" in page


def test_what_was_learned_stays_with_whoever_learned_it():
    person = make_coach()
    experiment = judged(make_experiment(person), learned="alleenvanmij")
    signed_in(person).post(address(experiment, "go_on"))
    engagement = Engagement.objects.get()

    said = signed_in(person).get(reverse("agreements:index", args=[engagement.pk])).content.decode()

    assert "Mean over six behaviours" in said
    assert "alleenvanmij" not in said
    assert "alleenvanmij" in signed_in(person).get(address(experiment)).content.decode()


def test_who_hosts_nowhere_is_told_who_can_go_on_and_begins_nothing():
    experiment = judged(make_experiment())
    client = signed_in(experiment.person)

    assert "Show them this page" in client.get(address(experiment)).content.decode()
    assert client.post(address(experiment, "go_on")).status_code == 200
    assert Engagement.objects.count() == 0


def test_nothing_goes_on_before_it_was_judged():
    person = make_coach()

    answer = signed_in(person).post(address(make_experiment(person), "go_on"))

    assert answer.status_code == 200
    assert Engagement.objects.count() == 0


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
