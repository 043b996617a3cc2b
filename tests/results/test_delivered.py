"""The pages on which something is handed over, accepted or rejected, and what the whole of it says."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from driehoek.access import Level, Role, Stage
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.measures.actions import record_value
from driehoek.plans.queries import State, deliveries
from driehoek.results.queries import acceptance
from driehoek.web.queries.rooms import steps_in
from driehoek.web.queries.under_way import newest_under_way
from tests.agreements.makers import (
    make_criterion,
    make_deliverable,
    make_draft,
    make_in_force,
    make_preparing,
)
from tests.makers import make_engagement, make_person, person_of
from tests.plans.makers import SIGNED, accept, hand_over, make_promising, promised_in, reject
from tests.results.makers import page, send

pytestmark = pytest.mark.django_db

ODD = "🚚 تم التسليم " + "w" * 180


@pytest.fixture
def engagement():
    return make_promising(promised=("design", "test", "go_live"))


def signed_in(engagement: Engagement, role: Role) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person_of(engagement, role))
    return client


def asked(engagement: Engagement, role: Role) -> list[str]:
    person = person_of(engagement, role)
    return [step.title for one in newest_under_way(person) for step in steps_in(one, person)]


def put(engagement: Engagement, **row: str) -> None:
    """Under the agreement in force the manager sees what was delivered, as this says."""
    table = engagement.disclosure | {"deliverables": row}
    Engagement.objects.filter(pk=engagement.pk).update(disclosure=table)


def test_the_consultant_hands_over_and_the_sponsor_accepts_through_the_pages(engagement):
    promised = promised_in(engagement)
    send(signed_in(engagement, Role.CONSULTANT), "hand_over", engagement, promised, note=ODD)
    sponsor = signed_in(engagement, Role.SPONSOR)

    asks = page(sponsor, "judge", engagement, promised).content.decode()
    send(sponsor, "judge", engagement, promised, accepts="yes", reason="", seen=1)

    assert ODD in asks
    shown = page(sponsor, "deliverables", engagement).content.decode()
    assert "Accepted by Pieter de Veer on 3 December 2026" in shown
    assert "Of three deliverables one has been accepted. Two are still to be handed over." in shown


def test_each_page_says_what_comes_next_or_who_looks_at_it_where_nothing_is_asked(engagement):
    def waits(role):
        return signed_in(engagement, role).get(reverse("engagement", args=[engagement.pk])).content.decode()

    clock.move_to(SIGNED)
    assert "Next to be handed over: " in waits(Role.CONSULTANT)
    assert "Next to be handed over: " in waits(Role.SPONSOR)

    hand_over(engagement)

    assert "The sponsor looks at what was handed over" in waits(Role.CONSULTANT)


def test_a_rejection_without_a_reason_loses_nothing_that_was_typed(engagement):
    hand_over(engagement)
    sponsor = signed_in(engagement, Role.SPONSOR)

    answer = send(sponsor, "judge", engagement, promised_in(engagement), accepts="no", reason=" ", seen=1)

    assert "Without a reason nobody can mend it" in answer.content.decode()
    assert 'value="no"' in answer.content.decode()
    assert deliveries(engagement)[0].state is State.HANDED_OVER


def test_a_stale_page_of_the_sponsor_keeps_the_words_and_says_to_look_again(engagement):
    hand_over(engagement)
    reject(engagement)
    hand_over(engagement, note="Opnieuw")
    sponsor = signed_in(engagement, Role.SPONSOR)

    answer = send(
        sponsor, "judge", engagement, promised_in(engagement), accepts="no", reason="Mijn reden", seen=1
    )

    assert "handed over anew" in answer.content.decode()
    assert "Mijn reden" in answer.content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"accepts": "maybe"},
        {"accepts": "no"},
        {"accepts": "yes", "seen": "x"},
        {"accepts": ["yes", "no"]},
    ],
)
def test_an_odd_answer_is_a_page_with_a_sentence(engagement, typed):
    hand_over(engagement)

    answer = send(signed_in(engagement, Role.SPONSOR), "judge", engagement, promised_in(engagement), **typed)

    assert answer.status_code == 200
    assert deliveries(engagement)[0].state is State.HANDED_OVER


def test_after_the_last_round_the_pages_say_what_can_be_done_and_the_sponsor_accepts_after_all():
    engagement = make_promising(rounds=0)
    hand_over(engagement)
    reject(engagement)
    sponsor, promised = signed_in(engagement, Role.SPONSOR), promised_in(engagement)

    ways = page(sponsor, "deliverables", engagement).content.decode()
    asks = page(sponsor, "judge", engagement, promised).content.decode()
    theirs = page(signed_in(engagement, Role.CONSULTANT), "deliverables", engagement).content.decode()
    send(sponsor, "judge", engagement, promised, accepts="yes", reason="Voor de helft", seen=2)

    assert "Accept it after all" in ways
    assert ("Accept it after all" in theirs, "Talk about it together." in theirs) == (False, True)
    assert 'value="no"' not in asks
    assert deliveries(engagement)[0].state is State.ACCEPTED


def test_what_is_not_handed_over_yet_has_no_page_to_judge_it(engagement):
    answer = page(signed_in(engagement, Role.SPONSOR), "judge", engagement, promised_in(engagement))

    assert answer.status_code == 302


def test_the_sponsor_is_asked_to_look_and_the_consultant_for_what_is_due_or_rejected(engagement):
    assert asked(engagement, Role.CONSULTANT) == []
    clock.move_to(SIGNED + timedelta(weeks=3))
    assert "Hand over what is due" in asked(engagement, Role.CONSULTANT)
    assert "Look at what was handed over" not in asked(engagement, Role.SPONSOR)

    hand_over(engagement)
    assert "Look at what was handed over" in asked(engagement, Role.SPONSOR)
    assert "Hand over what is due" not in asked(engagement, Role.CONSULTANT)

    reject(engagement)
    assert "Look at what was handed over" not in asked(engagement, Role.SPONSOR)
    assert "Do again what was not accepted" in asked(engagement, Role.CONSULTANT)


def test_before_a_rejection_the_sponsor_reads_how_often_it_can_be_done_again():
    for rounds, words in ((0, "No agreed round is left"), (1, "done again once"), (2, "done again 2 times")):
        engagement = make_promising(promised=("design",), rounds=rounds)
        hand_over(engagement)
        there = promised_in(engagement)
        shown = page(signed_in(engagement, Role.SPONSOR), "judge", engagement, there).content.decode()
        assert words in shown


def test_what_was_agreed_about_the_price_stands_beside_what_is_rejected_for_good():
    engagement = make_promising(promised=("design",), rounds=0)
    hand_over(engagement)
    reject(engagement)

    shown = page(signed_in(engagement, Role.SPONSOR), "deliverables", engagement).content.decode()
    assert "Over rework" in shown
    assert "Over penalty" in shown


def test_after_the_last_round_both_are_led_to_each_way_on_and_the_path_stops_there():
    engagement = make_promising(promised=("design", "test"), rounds=0)
    hand_over(engagement)
    reject(engagement)
    clock.move_to(SIGNED + timedelta(weeks=7))
    talk = "Talk about what was rejected for good"

    assert asked(engagement, Role.CONSULTANT)[0] == talk
    assert "Hand over what is due" not in asked(engagement, Role.CONSULTANT)
    assert asked(engagement, Role.SPONSOR)[0] == talk
    shown = signed_in(engagement, Role.SPONSOR).get(reverse("engagement", args=[engagement.pk]))
    states = [(stop["label"], stop["state"]) for stop in shown.context["page"].path if "state" in stop]
    assert ("Design", "stuck") in states
    assert states[-1][1] == "waits"
    ways = page(signed_in(engagement, Role.CONSULTANT), "deliverables", engagement).content.decode()
    assert "Over rework" in ways
    assert reverse("messages:everyone", args=[engagement.pk]) in ways

    accept(engagement, reason="Voor de helft van de prijs")
    assert asked(engagement, Role.SPONSOR)[:1] != [talk]


def test_a_consultancy_in_which_nothing_is_released_says_nothing_of_who_may_read_it(engagement):
    Engagement.objects.filter(pk=engagement.pk).update(stage=Stage.CLOSING)
    shown = signed_in(engagement, Role.SPONSOR).get(reverse("engagement", args=[engagement.pk]))

    assert "Everyone looks back at what came of it." in shown.content.decode()
    assert "who may read it" not in shown.content.decode()


def test_what_is_over_is_said_gently(engagement):
    clock.move_to(SIGNED + timedelta(weeks=4, days=3))

    assert (
        "Three days over"
        in page(signed_in(engagement, Role.SPONSOR), "deliverables", engagement).content.decode()
    )


def test_the_manager_reads_it_only_when_the_agreement_says_so(engagement):
    manager = signed_in(engagement, Role.MANAGER)
    assert page(manager, "deliverables", engagement).status_code == 200

    put(engagement, manager=str(Level.NEVER), sponsor=str(Level.ALWAYS))

    assert page(manager, "deliverables", engagement).status_code == 403


def test_the_sponsor_reads_it_whatever_stands_in_the_table(engagement):
    put(engagement, manager=str(Level.NEVER), sponsor=str(Level.NEVER))

    assert page(signed_in(engagement, Role.SPONSOR), "deliverables", engagement).status_code == 200


@pytest.mark.parametrize(
    ("name", "role"), [("hand_over", Role.SPONSOR), ("judge", Role.CONSULTANT), ("judge", Role.MANAGER)]
)
def test_nobody_does_the_part_of_another(engagement, name, role):
    hand_over(engagement)

    assert page(signed_in(engagement, role), name, engagement, promised_in(engagement)).status_code == 403


def test_a_stranger_finds_nothing(engagement, client):
    client.force_login(make_person())

    for name, more in (("deliverables", []), ("hand_over", [promised_in(engagement)])):
        assert page(client, name, engagement, *more).status_code == 404


@pytest.mark.parametrize("role", [Role.COACHEE, Role.COACH, Role.MANAGER, Role.SPONSOR])
def test_in_a_coaching_nobody_finds_deliverables_or_a_way_to_them(role):
    coaching = make_engagement()
    client = signed_in(coaching, role)

    assert page(client, "deliverables", coaching).status_code in (403, 404)
    shown = client.get(reverse("engagement", args=[coaching.pk])).content.decode()
    assert reverse("results:deliverables", args=[coaching.pk]) not in shown


def make_judged():
    """A deliverable that is handed over, and the criterion by which it is judged."""
    clock.move_to(SIGNED)
    engagement = make_preparing(shape="consultancy")
    make_draft(engagement)
    goal = engagement.goals.get()
    tied = make_criterion(goal, measure="Fouten per order", form="level", target=Decimal(7))
    one = engagement.deliverables.get()
    make_deliverable(engagement, deliverable_id=one.pk, revision=1, judged_by=[tied.pk])
    make_in_force(engagement)
    engagement = Engagement.objects.get(pk=engagement.pk)
    hand_over(engagement)
    return engagement, one, tied


def test_the_criteria_by_which_something_is_judged_stand_beside_it():
    engagement, one, tied = make_judged()
    by = person_of(engagement, Role.CONSULTANT)
    clock.move_to(SIGNED + timedelta(days=10))
    record_value(engagement, tied.pk, by=by, on=clock.today(), value=Decimal("7.5"))

    judged = page(signed_in(engagement, Role.SPONSOR), "judge", engagement, one.pk).content.decode()

    assert "Fouten per order" in judged
    assert "Now 7.5" in judged
    assert "Not due yet" in judged


def test_whoever_judges_reads_that_the_value_beside_it_came_after_the_deadline():
    engagement, one, tied = make_judged()
    by, on = person_of(engagement, Role.CONSULTANT), (SIGNED + timedelta(days=10)).date()
    clock.move_to(SIGNED + timedelta(days=400))
    record_value(engagement, tied.pk, by=by, on=on, value=Decimal("7.5"), reason="Known only now")

    judged = page(signed_in(engagement, Role.SPONSOR), "judge", engagement, one.pk).content.decode()

    assert "This value was entered after the deadline" in judged


def test_who_may_not_read_the_measurements_sees_only_what_was_agreed():
    engagement = make_promising()
    table = engagement.disclosure | {"measurements": {"sponsor": "never", "manager": "never"}}
    Engagement.objects.filter(pk=engagement.pk).update(disclosure=table)
    fresh = Engagement.objects.get(pk=engagement.pk)

    found = acceptance(fresh, person_of(fresh, Role.SPONSOR))

    assert "criteri" not in found.summary
    assert all(tied.answer is None for one in found.deliverables for tied in one.criteria)


def test_the_whole_is_said_honestly_open_ones_first(engagement):
    hand_over(engagement, 1)
    accept(engagement, 1)
    hand_over(engagement, 2)
    reject(engagement, 2)

    summary = acceptance(engagement, person_of(engagement, Role.SPONSOR)).summary

    assert summary == (
        "Of three deliverables one has been accepted. One was rejected and is done again. "
        "One is still to be handed over. One criterion is not due yet."
    )


def test_when_all_is_accepted_and_a_criterion_was_missed_both_are_said():
    engagement = make_promising()
    hand_over(engagement)
    accept(engagement)
    clock.move_to(SIGNED + timedelta(days=60))

    summary = acceptance(engagement, person_of(engagement, Role.SPONSOR)).summary

    assert summary == "Everything that was promised has been accepted. One criterion cannot be judged."


def test_what_was_reached_is_told_with_how_sure_that_is():
    engagement = make_promising()
    criterion = engagement.criteria.get()
    clock.move_to(SIGNED + timedelta(days=10))
    by = person_of(engagement, Role.CONSULTANT)
    record_value(engagement, criterion.pk, by=by, on=clock.today(), value=Decimal(9))
    clock.move_to(SIGNED + timedelta(days=60))

    summary = acceptance(engagement, person_of(engagement, Role.SPONSOR)).summary

    assert summary.endswith("The criterion was reached. How sure that is: cannot be said.")


def test_closing_says_where_the_deliverables_stand_and_nothing_of_a_coachee(engagement):
    hand_over(engagement)
    Engagement.objects.filter(pk=engagement.pk).update(stage=Stage.CLOSING)

    for role, name in (
        (Role.CONSULTANT, "close"),
        (Role.CONSULTANT, "index"),
        (Role.SPONSOR, "index"),
        (Role.SPONSOR, "received"),
    ):
        shown = strip_tags(page(signed_in(engagement, role), name, engagement).content.decode())
        assert "One lies with the sponsor." in shown, name
        assert "coachee" not in shown.casefold(), name


def test_pages_stay_within_ten_queries_and_cost_the_same_for_twelve(django_assert_max_num_queries):
    counted = []
    for promised in (("design",), ("other",) * 12):
        engagement = make_promising(promised=promised, consultant=make_person(), sponsor=make_person())
        hand_over(engagement)
        sponsor = signed_in(engagement, Role.SPONSOR)
        pages = [f"results:{name}" for name in ("deliverables", "index", "received")]
        addresses = [reverse(name, args=[engagement.pk]) for name in (*pages, "engagement")]
        addresses.append(reverse("results:judge", args=[engagement.pk, promised_in(engagement)]))
        for address in addresses:
            sponsor.get(address)  # the first look of a day is written down
            with django_assert_max_num_queries(10) as asks:
                sponsor.get(address)
            counted.append(len(asks))

    assert counted[:5] == counted[5:]
