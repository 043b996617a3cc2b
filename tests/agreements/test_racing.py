"""Two people at the same moment: one outcome, and nobody is told otherwise."""

import pytest

from driehoek.access import Role, Stage
from driehoek.agreements import actions
from driehoek.agreements.models import Version
from driehoek.agreements.queries import signers_in, terms
from driehoek.agreements.queries.sheet import sheet_of
from driehoek.engagements.actions import pause
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.outbox.models import Letter
from tests.agreements.makers import (
    amend,
    author_of,
    change_target,
    fresh,
    make_draft,
    make_in_force,
    make_offered,
    make_preparing,
    put_signature,
)
from tests.makers import person_of
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def engagement():
    return make_preparing(without=(Role.SPONSOR,))


def test_the_last_two_signatures_at_once_start_it_exactly_once(engagement):
    version = make_offered(engagement)
    put_signature(version, Role.COACH)

    brought = at_once(
        lambda: put_signature(version, Role.COACHEE), lambda: put_signature(version, Role.MANAGER)
    )

    assert not [what for what in brought if isinstance(what, Exception)], brought
    started = Engagement.objects.get(pk=engagement.pk)
    assert (started.stage, started.fingerprint_in_force) == (Stage.ACTIVE, version.fingerprint)
    assert Version.objects.get(pk=version.pk).state == "in_force"
    assert version.signatures.count() == 3
    assert Letter.objects.filter(template="agreement_in_force").count() == 3


def test_one_person_signing_in_two_windows_at_once_signs_once(engagement):
    version = make_offered(engagement)

    brought = at_once(*[lambda: put_signature(version, Role.COACHEE)] * 4)

    assert {str(signature.pk) for signature in brought} == {str(version.signatures.get().pk)}


def test_offering_in_two_windows_at_once_offers_one_version(engagement):
    make_draft(engagement)
    coach = person_of(engagement, Role.COACH)

    brought = at_once(*[lambda: actions.offer(engagement, by=coach)] * 3)

    assert {version.pk for version in brought} == {engagement.versions.get().pk}


def test_a_signature_and_taking_back_at_once_leave_one_truth(engagement):
    version = make_offered(engagement)
    put_signature(version, Role.COACH)
    put_signature(version, Role.COACHEE)
    coach = person_of(engagement, Role.COACH)

    brought = at_once(
        lambda: put_signature(version, Role.MANAGER), lambda: actions.withdraw(version, by=coach)
    )

    state = Version.objects.get(pk=version.pk).state
    stage = Engagement.objects.get(pk=engagement.pk).stage
    assert (state, stage) in {("in_force", Stage.ACTIVE), ("withdrawn", Stage.PREPARING)}
    assert sum(isinstance(what, Refused) for what in brought) == 1


def test_beginning_a_change_in_two_windows_at_once_begins_it_once(engagement):
    make_in_force(engagement)

    brought = at_once(*[lambda: actions.begin_amendment(fresh(engagement))] * 3)

    assert not [what for what in brought if isinstance(what, Exception)], brought
    assert len({draft.amending_since for draft in brought}) == 1


def test_pausing_while_a_change_is_begun_leaves_one_of_them_told(engagement):
    make_in_force(engagement)
    coach = person_of(engagement, Role.COACH)

    brought = at_once(
        lambda: actions.begin_amendment(fresh(engagement)),
        lambda: pause(fresh(engagement), by=coach, reason="Druk"),
    )

    held = fresh(engagement)
    refused = [what for what in brought if isinstance(what, Refused)]
    assert held.stage == Stage.PAUSED
    assert bool(held.draft.amending_since) is not bool(refused)
    assert [version.state for version in held.versions.all()] == ["in_force"]


def test_the_last_signature_under_a_change_and_dropping_it_at_once_leave_one_truth(engagement):
    make_in_force(engagement)
    amend(engagement)
    change_target(engagement)
    coach = author_of(engagement)
    actions.record_three_way_meeting(fresh(engagement), by=coach, met_on=clock.today())
    version = actions.offer(fresh(engagement), by=coach)
    *others, last = signers_in(terms(version))
    for role in others:
        put_signature(version, role)

    brought = at_once(
        lambda: put_signature(version, last),
        lambda: actions.withdraw(version, by=coach),
    )

    failed = [what for what in brought if isinstance(what, Exception)]
    assert len(failed) == 1, brought
    states = [one.state for one in fresh(engagement).versions.order_by("number")]
    assert states in (["superseded", "in_force"], ["in_force", "withdrawn"])


def test_two_first_downloads_at_once_give_the_same_file(engagement):
    version = make_in_force(engagement)
    who = person_of(engagement, Role.COACH)
    sheet = sheet_of(fresh(engagement), version.number, who)

    brought = at_once(lambda: actions.printed(sheet), lambda: actions.printed(sheet))

    assert brought[0] == brought[1]
    assert version.copies.count() == 1
