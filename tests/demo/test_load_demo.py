"""The worked cases, as they lie in the demo: everything in them went through the actions of the rooms."""

import re
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from driehoek.access import Permission, Role, Stage
from driehoek.agreements.queries import (
    agreed_criteria,
    agreed_deliverables,
    agreed_goals,
    terms,
    version_in_force,
    version_offered,
)
from driehoek.agreements.queries.foresight import warnings
from driehoek.agreements.queries.proof import fingerprint_of
from driehoek.blended.models import Phase
from driehoek.demo.case import CASES, FOLDER, read_case
from driehoek.experiments.queries import experiments_of
from driehoek.intake.queries import all_handed_in, compared, voices
from driehoek.kit import clock
from driehoek.measures.queries import last_seen, verdicts
from driehoek.plans.queries import State, deliveries
from driehoek.results.queries import document, ledger, talks
from driehoek.sessions.models import Note
from driehoek.sessions.queries import held_count
from driehoek.sessions.wording import CYCLE
from driehoek.web.queries.today import today_for
from tests.makers import person_of

PILOT, LEADING, ORDERS = "Een pilot", "Leidinggeven", "Bestellingen"
INVENTED = re.compile(r"\b(86|22|62|70|83|33) ?(%|procent)")


def test_demo_is_not_loaded_where_people_are_already(told):
    with pytest.raises(CommandError, match="people here already"):
        call_command("load_demo")


def test_every_stage_that_goes_on_can_be_seen(told):
    stages = {told(begin).stage for begin in (PILOT, LEADING, ORDERS, "Als collega", "Rustig")}

    assert stages == set(Stage) - {Stage.PAUSED, Stage.DROPPED}


def test_what_was_signed_still_stands(told):
    for begin in (PILOT, LEADING, ORDERS):
        version = version_in_force(told(begin))
        assert fingerprint_of(version) == version.fingerprint
        signers = {party["role"] for party in terms(version)["parties"] if party["signs"]}
        assert set(version.signatures.values_list("role", flat=True)) == signers


def test_what_was_known_beforehand_was_agreed_with_its_reason(told):
    for begin in (PILOT, LEADING, ORDERS):
        for one in agreed_criteria(told(begin)):
            said = warnings(one.terms, one.foresight) if one.foresight else []
            assert all(warning.reason for warning in said), (one.measure, said)


def test_the_clause_on_the_price_names_the_hours_that_hold_for_cancelling(told):
    for begin in (LEADING, "Rustig"):
        said = terms(version_offered(told(begin)) or version_in_force(told(begin)))
        assert f"{said['logistics']['cancel_hours']} uur" in said["clauses"]["costs"]


def test_everybody_answered_the_six_questions_and_differs_somewhere(told):
    for begin in (PILOT, LEADING, ORDERS):
        found = voices(told(begin))
        assert all_handed_in(found)
        rows = [row for question in compared(found, "nl") for row in question.rows]
        assert {"differs"} <= {row.state for row in rows}


def test_pilot_has_seven_sessions_of_an_hour_every_three_weeks_of_which_four_were_held(told):
    engagement = told(PILOT)
    sessions = list(engagement.sessions.all())
    gaps = {b.starts_at.date() - a.starts_at.date() for a, b in pairwise(sessions)}

    assert (len(sessions), held_count(engagement), {one.minutes for one in sessions}) == (7, 4, {60})
    assert gaps == {timedelta(weeks=3)}
    assert (
        timedelta(0) < engagement.sessions.filter(held_at=None)[0].starts_at - clock.now() < timedelta(days=7)
    )


def test_pilot_has_one_goal_with_three_learning_goals_and_a_review_after_three_sessions(told):
    engagement = told(PILOT)
    goal = agreed_goals(engagement)[0]

    assert len(agreed_goals(engagement)) == 1
    assert len(goal.learning_goals) == 3
    assert all(goal.levels.values())
    assert terms(version_in_force(engagement))["logistics"]["review_after_session"] == 3


def test_every_part_of_a_session_that_was_held_is_filled(told):
    for begin in (PILOT, LEADING):
        for session in told(begin).sessions.filter(held_at__isnull=False):
            assert set(session.notes.values_list("part", flat=True)) >= set(Note.Part) - set(CYCLE)
            assert session.reflection.text
            assert session.private_notes.get().text


def test_one_conversation_of_the_pilot_went_to_and_fro_and_round_the_reflection_cycle(told):
    session = told(PILOT).sessions.get(number=3)

    assert set(session.notes.values_list("part", flat=True)) >= set(CYCLE)
    went = [turn.phase for turn in session.turns.all()]
    assert went == ["opening", "reality", "goal", "cycle", "options", "will"]


def test_coachee_of_the_pilot_is_asked_for_a_question_and_nobody_else_reads_the_talks(told):
    engagement = told(PILOT)
    johan, anneke = person_of(engagement, Role.COACHEE), person_of(engagement, Role.MANAGER)

    assert today_for(johan).next.url == reverse("sessions:prepare", args=[engagement.pk, 5])
    assert not engagement.lets(anneke, Permission.READ_SESSION)


def test_manager_case_held_twelve_sessions_for_three_goals_and_was_closed(told):
    engagement = told(LEADING)

    assert (held_count(engagement), len(agreed_goals(engagement))) == (12, 3)
    assert engagement.stage == Stage.CLOSED
    assert {one.verdict.status for one in verdicts(engagement)} == {"reached", "not_reached"}


def test_closing_talk_of_the_manager_case_was_left_unanswered(told):
    talk = talks(told(LEADING))[Role.SPONSOR]

    assert (talk.answer, talk.answered_at) == ("open", None)


def test_one_result_is_welcome_to_the_coachee_and_not_to_the_sponsor(told):
    rows = [{mark.role: mark.view for _party, mark in row.marks if mark} for row in ledger(told(LEADING))]

    assert [row["coachee"] for row in rows] == ["desired"] * 5
    assert [row.get("sponsor", "not judged") for row in rows] == ["not judged"] * 4 + ["undesired"]


def test_unexpected_results_stand_in_the_ledger(told):
    unexpected = [row.result for row in ledger(told(LEADING)) if not row.result.expected]

    assert len(unexpected) == 2
    assert not any(result.intended for result in unexpected)


def test_sponsor_reads_exactly_what_was_released(told):
    engagement = told(LEADING)
    release = engagement.releases.first()
    ellen = Client(headers={"accept-language": "nl"})
    ellen.force_login(person_of(engagement, Role.SPONSOR))

    page = ellen.get(reverse("results:released", args=[engagement.pk, release.pk]))

    assert page.status_code == 200
    assert document(release)["lede"] in page.content.decode()


def test_order_errors_were_read_from_a_file_and_halved_as_agreed(told):
    engagement = told(ORDERS)
    errors, users = verdicts(engagement)

    assert {row.source for row in errors.observations} == {"file"}
    assert len(errors.observations) == 24
    assert [row.criterion.terms.anchor.kind for row in (errors, users)] == ["milestone"] * 2
    assert (errors.criterion.terms.form, errors.verdict.status) == ("relative_change", "reached")
    assert (users.criterion.terms.form, users.verdict.status) == ("share_at_least", "reached")
    inside = [row for row in errors.observations if row.on >= errors.criterion.terms.window_starts]
    sums = sum(row.value for row in inside), sum(row.out_of for row in inside)
    assert (errors.criterion.terms.counted, errors.verdict.value) == ("weighted", Fraction(*map(int, sums)))
    assert len(agreed_criteria(engagement)) == 2


def test_design_test_and_going_live_are_due_in_week_four_eight_and_twelve_from_the_first_day(told):
    orders = told(ORDERS)
    promised = {one.sort: one for one in agreed_deliverables(orders)}
    begins = date.fromisoformat(terms(version_in_force(orders))["logistics"]["starts_on"])

    assert list(promised) == ["design", "test", "go_live", "training", "handover", "report"]
    assert [promised[sort].week for sort in ("design", "test", "go_live")] == [4, 8, 12]
    assert all(one.due_on == begins + timedelta(weeks=one.week) for one in promised.values())


def test_the_orders_ran_to_acceptance_and_the_test_only_at_the_second_time(told):
    found = deliveries(told(ORDERS))
    steps = {one.agreed.sort: [step.what for step in one.steps] for one in found}

    assert {one.state for one in found} == {State.ACCEPTED}
    assert steps["test"] == ["handed_over", "rejected", "handed_over", "accepted"]
    assert [steps[sort] for sort in ("design", "go_live")] == [["handed_over", "accepted"]] * 2


def test_one_waits_for_signatures_and_one_for_answers(told):
    offered, fresh = told("Rustig"), told("Als collega")

    assert list(version_offered(offered).signatures.values_list("role", flat=True)) == [Role.COACH]
    assert [voice.handed_in for voice in voices(fresh)] == [True, False, False]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_no_figure_without_an_origin_is_printed(path: Path):
    assert not INVENTED.search(path.read_text())


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("ahead", range(7))
def test_day_zero_is_a_working_day_whatever_today_is(name, ahead):
    case = read_case(name, today=clock.today() + timedelta(days=ahead))

    assert case.day_zero.weekday() < 5


def test_each_of_the_three_phases_carries_a_signed_agreement_with_its_own_people(told):
    phases = {
        told(ORDERS): {Role.CONSULTANT, Role.MANAGER, Role.SPONSOR},
        told("Het ordersysteem in eigen handen"): {Role.CONSULTANT, Role.MANAGER, Role.SPONSOR},
        told("Van vraagbaak naar voortrekker"): {Role.COACHEE, Role.COACH, Role.MANAGER, Role.SPONSOR},
    }

    assert {one.engagement_id for one in Phase.objects.all()} == {one.pk for one in phases}
    for engagement, roles in phases.items():
        said = terms(version_in_force(engagement))
        assert {Role(one["role"]) for one in said["parties"]} == roles
        assert version_in_force(engagement).signatures.count() == len(roles)
        assert said["goals"]
        assert said["criteria"]
        assert said["disclosure"]
        assert engagement.observations.exists()


def test_the_consultant_of_the_first_two_phases_sees_nothing_of_what_is_said_in_the_third(told, client):
    coaching = told("Van vraagbaak naar voortrekker")
    consultant = told(ORDERS).parties.get(role=Role.CONSULTANT).person
    client.force_login(consultant)

    # He administers the organisation that hosts all three, so he knows that there is one, and whose.
    shown = [
        client.get(reverse(name, args=[one.pk])).content.decode()
        for name, one in (("blended:timeline", told(ORDERS)), ("engagement", coaching))
    ]

    for name in ("agreements:index", "agreements:goals", "measures:index", "sessions:index"):
        assert client.get(reverse(name, args=[coaching.pk])).status_code == 403
    for page in shown:
        for words in ("terugvragen", "Voorstellen van collega", "Sessie 1"):
            assert words not in page


def page(told, begin, role, name, *more):
    engagement = told(begin)
    visitor = Client(headers={"accept-language": "nl"})
    visitor.force_login(person_of(engagement, role))
    return visitor.get(reverse(name, args=[engagement.pk, *more])).content.decode()


@pytest.mark.parametrize(
    ("begin", "roles", "said"),
    [
        (LEADING, (Role.COACH, Role.COACHEE), "83% antwoordde “grotendeels” of meer: 10 van 12 mensen"),
        (ORDERS, (Role.CONSULTANT, Role.SPONSOR), "82% antwoordde 7 of meer: 14 van 17 mensen"),
    ],
)
def test_a_survey_that_closed_tells_a_share_with_how_many_and_how_sure(told, begin, roles, said):
    closed = told(begin).surveys.get(closed_at__isnull=False)
    for role in roles:
        shown = page(told, begin, role, "surveys:show", closed.pk)
        assert said in shown
        assert "kan het liggen van" in shown


def test_a_shared_link_tells_of_answers_and_not_of_people(told):
    closed = told(PILOT).surveys.get(closed_at__isnull=False)
    shown = page(told, PILOT, Role.COACHEE, "surveys:show", closed.pk)
    assert "73% van de antwoorden is “grotendeels” of meer: 8 van de 11." in shown
    assert "kan het liggen van" not in shown


def test_a_survey_is_open_for_coach_and_coachee_and_for_a_sponsor(told):
    for begin, role in ((PILOT, Role.COACH), (PILOT, Role.COACHEE), ("Het ordersysteem", Role.SPONSOR)):
        one = told(begin).surveys.get(closed_at=None)
        assert "Mensen antwoorden nu" in page(told, begin, role, "surveys:show", one.pk)


def test_what_the_users_answered_is_the_value_that_was_accepted_by(told):
    _errors, users = verdicts(told(ORDERS))

    assert [(row.source, row.rate) for row in users.observations] == [("asked", Fraction(14, 17))]


@pytest.mark.parametrize(
    ("begin", "role"), [(PILOT, Role.COACH), (PILOT, Role.COACHEE), (ORDERS, Role.SPONSOR)]
)
def test_coach_coachee_and_sponsor_try_something_out_and_have_judged_something(told, begin, role):
    person = person_of(told(begin), role)
    visitor = Client(headers={"accept-language": "nl"})
    visitor.force_login(person)
    running, judged = experiments_of(person)

    assert "De volgende dag van het plan is" in visitor.get(at(running)).content.decode()
    assert "Door het experiment?" in visitor.get(at(judged)).content.decode()
    assert reverse("experiments:plans") in visitor.get(reverse("today")).content.decode()


def at(experiment):
    return reverse("experiments:show", args=[experiment.pk])


def test_a_list_of_six_behaviours_was_ticked_off_three_times(told):
    [checklist] = told(PILOT).checklists.all()
    moments, rows = last_seen(checklist)

    assert ([row.ticks.count("y") for row in moments], len(rows)) == ([2, 3, 4], 6)
    assert "Een lijst afvinken" in page(told, PILOT, Role.COACHEE, "measures:index")
