"""Handing over what was promised, accepting it or saying why not, and doing it again as agreed."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from driehoek.access import Role, Stage
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.outbox.models import Letter
from driehoek.plans import actions
from driehoek.plans.models import DeliveryStep
from driehoek.plans.queries import State, deliveries, delivery_of
from tests.makers import person_of
from tests.plans.makers import SIGNED, accept, hand_over, make_promising, promised_in, reject
from tests.racing import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def engagement():
    return make_promising()


def state(engagement: Engagement, number: int = 1) -> State:
    return deliveries(engagement)[number - 1].state


def steps(engagement: Engagement) -> list[str]:
    return list(engagement.delivery_steps.order_by("at", "number").values_list("what", flat=True))


def test_what_was_promised_is_handed_over_and_accepted_each_by_whom_and_when(engagement):
    hand_over(engagement)
    clock.move_to(SIGNED + timedelta(days=2))
    accept(engagement, reason="Mooi zo")

    first, last = deliveries(engagement)[0].steps
    assert state(engagement) is State.ACCEPTED
    assert (first.by, first.said) == (person_of(engagement, Role.CONSULTANT), "Op de gedeelde schijf")
    assert (last.by, last.said) == (person_of(engagement, Role.SPONSOR), "Mooi zo")
    assert last.at.date() - first.at.date() == timedelta(days=2)


def test_accepting_needs_no_reason(engagement):
    hand_over(engagement)

    assert accept(engagement).said == ""


def test_rejecting_needs_a_reason(engagement):
    hand_over(engagement)

    with pytest.raises(Refused) as refusal:
        reject(engagement, reason="  ")
    assert refusal.value.field == "reason"
    assert state(engagement) is State.HANDED_OVER


def test_what_is_rejected_is_done_again_within_the_agreed_days_and_can_then_be_accepted(engagement):
    hand_over(engagement)
    step = reject(engagement)

    assert step.again_by == SIGNED.date() + timedelta(days=14)
    assert deliveries(engagement)[0].due_on == date(2026, 12, 17)
    hand_over(engagement, note="Nu met de retouren")
    accept(engagement)
    assert steps(engagement) == ["handed_over", "rejected", "handed_over", "accepted"]


def test_after_the_agreed_rounds_it_is_rejected_for_good_and_the_agreement_says_what_happens(engagement):
    hand_over(engagement)
    reject(engagement)
    hand_over(engagement, note="Nog eens")

    assert reject(engagement, reason="Weer niet").again_by is None
    assert state(engagement) is State.REJECTED
    with pytest.raises(Refused, match="rounds are used up"):
        hand_over(engagement, note="En nog eens")


def test_where_nothing_is_done_again_the_first_rejection_is_the_last():
    engagement = make_promising(rounds=0)
    hand_over(engagement)

    assert reject(engagement).again_by is None
    assert state(engagement) is State.REJECTED


def test_what_was_rejected_for_good_is_accepted_after_all_with_what_was_agreed_instead():
    engagement = make_promising(rounds=0)
    hand_over(engagement)
    reject(engagement)

    with pytest.raises(Refused) as refusal:
        accept(engagement, reason=" ")
    accept(engagement, reason="Voor de helft van de prijs")

    assert refusal.value.field == "reason"
    assert state(engagement) is State.ACCEPTED
    assert steps(engagement) == ["handed_over", "rejected", "accepted"]


@pytest.mark.parametrize("deed", [accept, reject])
def test_nothing_is_judged_before_it_was_handed_over(engagement, deed):
    with pytest.raises(Refused, match="not handed over yet"):
        deed(engagement)
    assert steps(engagement) == []


@pytest.mark.parametrize("deed", [hand_over, accept, reject])
def test_a_double_press_is_one_step_and_one_letter(engagement, deed):
    if deed is not hand_over:
        hand_over(engagement)
    before = Letter.objects.count()

    assert deed(engagement) == deed(engagement)
    assert Letter.objects.count() == before + 1


def test_two_tabs_of_the_sponsor_have_one_outcome(engagement):
    hand_over(engagement)
    accept(engagement)

    with pytest.raises(Refused, match="accepted on 3 December 2026"):
        reject(engagement)
    assert state(engagement) is State.ACCEPTED


def test_who_looked_at_an_earlier_hand_over_looks_again_first(engagement):
    seen = hand_over(engagement).number
    reject(engagement)
    hand_over(engagement, note="Opnieuw")

    for deed in (accept, reject):
        with pytest.raises(Refused, match="handed over anew"):
            deed(engagement, seen=seen)
    assert state(engagement) is State.HANDED_OVER


def test_what_lies_with_the_sponsor_is_not_handed_over_a_second_time(engagement):
    hand_over(engagement)

    with pytest.raises(Refused, match="handed over already"):
        hand_over(engagement, note="Andere woorden")


def test_the_same_words_after_a_rejection_are_a_new_step(engagement):
    hand_over(engagement)
    reject(engagement)
    hand_over(engagement)

    assert steps(engagement) == ["handed_over", "rejected", "handed_over"]


def test_a_thing_that_was_never_promised_is_refused(engagement):
    who = person_of(engagement, Role.CONSULTANT)

    with pytest.raises(Refused, match="does not promise this"):
        actions.hand_over(engagement, uuid4(), by=who, note="Iets")


def test_nothing_is_handed_over_or_judged_once_it_is_closed(engagement):
    hand_over(engagement)
    Engagement.objects.filter(pk=engagement.pk).update(stage=Stage.CLOSED)

    for deed in (accept, reject, lambda there: hand_over(there, note="Nog iets")):
        with pytest.raises(Refused, match="closed"):
            deed(engagement)


def test_what_is_late_counts_its_days_until_it_is_handed_over(engagement):
    clock.move_to(SIGNED + timedelta(weeks=4, days=3))
    assert deliveries(engagement)[0].days_over() == 3

    hand_over(engagement)

    assert deliveries(engagement)[0].days_over() == 0


def test_letters_go_to_the_other_side_and_hold_none_of_the_words(engagement):
    hand_over(engagement, note="Geheim verslag عقد 🔒")
    reject(engagement, reason="Geheime reden")
    hand_over(engagement, note="Nog een geheim")
    accept(engagement, reason="Geheim akkoord")

    letters = [
        one
        for one in Letter.objects.order_by("queued_at")
        if one.template in ("your_turn", "delivery_accepted")
    ]
    sponsor, consultant = (person_of(engagement, role).email for role in (Role.SPONSOR, Role.CONSULTANT))
    assert [one.to_address for one in letters] == [sponsor, consultant, sponsor, consultant]
    assert "eheim" not in "".join(str(one.open()) for one in letters)


def test_a_step_can_stand_there_once_only_whatever_the_code_does(engagement):
    step = hand_over(engagement)

    with pytest.raises(IntegrityError), transaction.atomic():
        DeliveryStep.objects.create(
            engagement=engagement,
            deliverable=step.deliverable,
            number=step.number,
            what="accepted",
            by=step.by,
            at=clock.now(),
        )


def test_everything_costs_two_queries_however_much_happened(django_assert_num_queries):
    engagement = make_promising(promised=("design", "test", "go_live"))
    for number in (1, 2, 3):
        hand_over(engagement, number)

    with django_assert_num_queries(2):
        assert len(deliveries(engagement)) == 3
    assert delivery_of(engagement, promised_in(engagement, 2)).agreed.number == 2


@pytest.mark.django_db(transaction=True)
def test_accepting_and_rejecting_at_the_same_moment_have_one_outcome():
    engagement = make_promising()
    hand_over(engagement)

    brought = at_once(lambda: accept(engagement), lambda: reject(engagement))

    assert sum(isinstance(one, Refused) for one in brought) == 1
    assert engagement.delivery_steps.count() == 2
