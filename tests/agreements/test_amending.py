"""Changing an agreement that is in force: the old one holds until everybody signed, and the criteria tell."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from driehoek.access import Kind, Level, Permission, Role, Shape, Stage
from driehoek.agreements import actions
from driehoek.agreements.models import Criterion, Deliverable, Goal, Version
from driehoek.agreements.queries import (
    agreed_deliverables,
    goals_of,
    signers_in,
    snapshot,
    terms,
    version_in_force,
    versions,
)
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from tests.agreements.makers import (
    LOGISTICS,
    address,
    amend,
    author_of,
    change_target,
    fresh,
    make_criterion,
    make_deliverable,
    make_goal,
    make_in_force,
    make_preparing,
    put_signature,
    signed_by_all,
    signed_in,
)
from tests.makers import person_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def engagement():
    return make_preparing()


@pytest.fixture
def first(engagement):
    return make_in_force(engagement)


def test_nothing_of_an_agreement_in_force_changes_before_somebody_begins_a_change(engagement, first):
    with pytest.raises(Refused, match="Begin a change"):
        change_target(engagement)

    coach = signed_in(engagement, Role.COACH)
    assert coach.get(address("draft", engagement))["Location"] == address("change", engagement)
    assert "Change goal" not in coach.get(address("goals", engagement)).content.decode()


def test_words_sent_to_a_page_of_the_draft_after_signing_are_refused_and_kept(engagement, first):
    coach = signed_in(engagement, Role.COACH)

    page = coach.post(
        address("otherwise", engagement), {"notice_days": "14", "confidentiality": "Wat ik net typte"}
    ).content.decode()

    assert "Begin a change to it first" in page
    assert "Wat ik net typte" in page


def test_the_old_version_holds_until_the_last_signature(engagement, first):
    amend(engagement)
    change_target(engagement)
    who = author_of(engagement)
    actions.record_three_way_meeting(fresh(engagement), by=who, met_on=clock.today())
    second = actions.offer(fresh(engagement), by=who)

    signing = list(signers_in(terms(second)))
    for role in signing[:-1]:
        put_signature(second, role)
        assert version_in_force(fresh(engagement)).number == 1
        assert fresh(engagement).fingerprint_in_force == first.fingerprint
    put_signature(second, signing[-1])

    assert version_in_force(fresh(engagement)).number == 2
    assert fresh(engagement).fingerprint_in_force == second.fingerprint
    first.refresh_from_db()
    assert first.state == Version.State.SUPERSEDED
    with pytest.raises(Refused, match="Begin a change"):
        change_target(engagement, "0.30")


def test_who_signs_a_change_reads_what_comes_first_and_what_holds_meanwhile(engagement, first):
    amend(engagement)
    change_target(engagement)
    coach = signed_in(engagement, Role.COACH)
    assert (
        "A new day of talking comes before signing."
        in coach.get(address("change", engagement)).content.decode()
    )
    actions.offer(fresh(engagement), by=author_of(engagement))
    coachee = signed_in(engagement, Role.COACHEE)

    page = coachee.get(address("sign", engagement)).content.decode()
    assert "First talk about version 2, then sign" in page
    assert "You sign version 2" not in page
    assert "Version 1 stays in force until everybody who must has signed this one." in page
    assert "Until then nothing starts" not in page

    actions.record_three_way_meeting(fresh(engagement), by=author_of(engagement), met_on=clock.today())
    assert "You sign version 2" in coachee.get(address("sign", engagement)).content.decode()


def test_who_begins_a_change_reads_that_a_new_talk_comes_first(engagement, first):
    page = signed_in(engagement, Role.COACH).get(address("change", engagement)).content.decode()

    assert "Before anyone signs you meet about it again, and write down that day." in page


def test_what_was_said_about_a_change_is_answered_before_it_leads_to_offering(engagement, first):
    amend(engagement)
    change_target(engagement)
    coach = signed_in(engagement, Role.COACH)
    assert "To offering" in coach.get(address("change", engagement)).content.decode()

    manager = person_of(engagement, Role.MANAGER)
    actions.comment(fresh(engagement), by=manager, part="goals", text="Dit is te hoog")

    page = coach.get(address("change", engagement)).content.decode()
    assert "Read the comments" in page
    assert "To offering" not in page


def test_the_table_of_who_sees_what_changes_with_the_last_signature_and_not_before(engagement, first):
    amend(engagement)
    opened = fresh(engagement).disclosure | {Kind.ATTENDANCE: {Role.MANAGER: Level.NEVER}}
    actions.choose_disclosure(fresh(engagement), by=author_of(engagement), table=opened)
    manager = person_of(engagement, Role.MANAGER)
    assert fresh(engagement).lets(manager, Permission.COUNT_SESSIONS)

    signed_by_all(engagement)

    assert not fresh(engagement).lets(manager, Permission.COUNT_SESSIONS)


def test_stumbling_blocks_that_are_being_rewritten_are_read_by_nobody_else_before_they_are_signed(engagement):
    coachee = person_of(engagement, Role.COACHEE)
    from tests.agreements.makers import make_draft

    make_draft(engagement)
    actions.save_stumbling_blocks(engagement, by=coachee, text="Ik zeg overal ja", shared=True)
    make_in_force(engagement)
    amend(engagement)
    actions.save_stumbling_blocks(fresh(engagement), by=coachee, text="Nog niet getekend", shared=True)

    manager = signed_in(engagement, Role.MANAGER)
    pages = [
        manager.get(url).content.decode()
        for url in (
            f"/engagements/{engagement.pk}/",
            address("change", engagement),
            address("index", engagement),
        )
    ]

    assert "Ik zeg overal ja" in pages[0]
    assert not any("Nog niet getekend" in page for page in pages)


def test_everybody_reads_word_by_word_what_differs_from_what_is_in_force(engagement, first):
    amend(engagement)
    change_target(engagement)

    page = signed_in(engagement, Role.MANAGER).get(address("change", engagement)).content.decode()

    assert "What is different from version 1" in page
    assert "<del>15</del>" in page or "<del>15" in page
    assert "<ins>20" in page


def test_a_change_is_talked_about_anew_before_it_is_signed(engagement, first):
    amend(engagement)
    change_target(engagement)
    version = actions.offer(fresh(engagement), by=author_of(engagement))

    with pytest.raises(Refused, match="First meet"):
        put_signature(version, Role.COACH)


def test_offering_without_a_difference_is_refused(engagement, first):
    amend(engagement)

    with pytest.raises(Refused, match="Nothing differs from version 1"):
        actions.offer(fresh(engagement), by=author_of(engagement))


def test_leaving_the_agreement_as_it_is_throws_the_whole_change_away(engagement, first):
    person = person_of(engagement, Role.COACHEE)
    amend(engagement)
    change_target(engagement)
    make_criterion(make_goal(engagement, number=2, about="iets anders"))
    actions.remove_goal(Goal.objects.get(engagement=engagement, position=1), by=author_of(engagement))
    days = LOGISTICS | {"session_count": 12}
    actions.save_draft(
        fresh(engagement), by=person, part="agreements:practical", clauses={"means": "iets"}, logistics=days
    )
    actions.save_stumbling_blocks(fresh(engagement), by=person, text="anders", shared=True)

    actions.drop_amendment(fresh(engagement), by=person)
    actions.drop_amendment(fresh(engagement), by=person)

    held = fresh(engagement)
    again = snapshot(held, held.draft, goals_of(held), 1)
    assert again == terms(first)
    with pytest.raises(Refused, match="Begin a change"):
        change_target(engagement)


def test_a_change_that_lies_open_for_signing_is_not_thrown_away(engagement, first):
    amend(engagement)
    change_target(engagement)
    actions.offer(fresh(engagement), by=author_of(engagement))

    with pytest.raises(Refused, match="Withdraw it first"):
        actions.drop_amendment(fresh(engagement), by=author_of(engagement))


def test_beginning_a_change_twice_keeps_what_was_written(engagement, first):
    coach = signed_in(engagement, Role.COACH)
    coach.post(address("begin_change", engagement))
    change_target(engagement)
    coach.post(address("begin_change", engagement))

    assert Criterion.objects.get(engagement=engagement).target == Decimal("0.20")


@pytest.mark.parametrize("role", [Role.MANAGER])
def test_an_organisation_reads_the_change_and_cannot_begin_one(engagement, first, role):
    client = signed_in(engagement, role)

    assert client.post(address("begin_change", engagement)).status_code == 403
    assert client.get(address("change", engagement)).status_code == 200


def test_closing_waits_until_a_change_that_lies_open_is_signed_or_taken_back(engagement, first):
    from driehoek.results.actions import begin_closing

    amend(engagement)
    change_target(engagement)
    version = actions.offer(fresh(engagement), by=author_of(engagement))
    coach = person_of(engagement, Role.COACH)

    with pytest.raises(Refused, match="Version 2 lies open for signing"):
        begin_closing(fresh(engagement), by=coach)
    actions.withdraw(version, by=author_of(engagement))
    begin_closing(fresh(engagement), by=coach)

    assert fresh(engagement).stage == Stage.CLOSING


def test_today_asks_everybody_to_sign_a_change_and_its_writer_to_finish_it(engagement, first):
    amend(engagement)
    change_target(engagement)
    coach, manager = (signed_in(engagement, role) for role in (Role.COACH, Role.MANAGER))
    assert "Finish the change to the agreement" in coach.get("/today/").content.decode()

    actions.record_three_way_meeting(fresh(engagement), by=author_of(engagement), met_on=clock.today())
    actions.offer(fresh(engagement), by=author_of(engagement))

    assert "Read and sign version 2" in manager.get("/today/").content.decode()


def test_the_days_lists_work_with_are_those_in_force_while_a_change_is_written(engagement, first):
    amend(engagement)
    later = LOGISTICS | {"first_session_on": date(2027, 1, 7), "ends_on": date(2027, 9, 1)}
    actions.save_draft(
        fresh(engagement), by=author_of(engagement), part="agreements:practical", clauses={}, logistics=later
    )

    assert version_in_force(fresh(engagement)).ends_on == LOGISTICS["ends_on"]
    clock.move_to(clock.now().replace(year=2027, month=6))
    assert "Begin the closing" in signed_in(engagement, Role.COACH).get("/today/").content.decode()
    clock.move_back()
    assert signed_by_all(engagement).ends_on == date(2027, 9, 1)


def test_a_change_keeps_the_days_that_were_agreed_and_takes_no_other_day_that_passed(engagement, first):
    clock.move_to(datetime(2026, 12, 10, 9, tzinfo=UTC))
    amend(engagement)
    keep = {"by": author_of(engagement), "part": "agreements:practical", "clauses": {}}
    days = LOGISTICS | {"session_count": 6}
    early = days | {"first_session_on": date(2026, 12, 4)}

    with pytest.raises(Refused, match="has passed"):
        actions.save_draft(fresh(engagement), logistics=early, **keep)
    actions.save_draft(fresh(engagement), logistics=days, **keep)

    assert terms(signed_by_all(engagement))["logistics"]["first_session_on"] == "2026-12-03"


def test_a_list_of_versions_knows_what_came_before_each_without_asking_again(
    engagement, first, django_assert_num_queries
):
    amend(engagement)
    change_target(engagement)
    clock.move_to(clock.now() + timedelta(days=3))
    signed_by_all(engagement)

    with django_assert_num_queries(1):
        found = versions(engagement)
    assert [[one.number for one in version.earlier] for version in found] == [[1], []]


def test_a_deliverable_that_a_change_would_drop_is_still_due_until_that_is_signed():
    engagement = make_preparing(shape=Shape.CONSULTANCY)
    make_in_force(engagement)
    [promise] = Deliverable.objects.filter(engagement=engagement)
    due = promise.agreed_on
    amend(engagement)
    make_deliverable(engagement, name="Iets anders", week=9)
    actions.remove_deliverable(promise, by=author_of(engagement))

    promise.refresh_from_db()
    assert (promise.agreed_on, promise.dropped_at is not None) == (due, True)
    signed_by_all(engagement)

    promise.refresh_from_db()
    assert promise.agreed_on is None
    assert [one.name for one in agreed_deliverables(fresh(engagement))] == ["Iets anders"]


def test_leaving_a_consultancy_as_it_is_brings_its_deliverables_back():
    engagement = make_preparing(shape=Shape.CONSULTANCY)
    version = make_in_force(engagement)
    [promise] = Deliverable.objects.filter(engagement=engagement)
    amend(engagement)
    make_deliverable(engagement, name="Iets anders", week=9)
    actions.remove_deliverable(promise, by=author_of(engagement))

    actions.drop_amendment(fresh(engagement), by=author_of(engagement))

    held = fresh(engagement)
    assert snapshot(held, held.draft, goals_of(held), 1) == terms(version)


def test_who_reads_the_goals_during_a_change_is_told_that_they_are_not_signed(engagement, first):
    manager = signed_in(engagement, Role.MANAGER)
    assert "not signed yet" not in manager.get(address("goals", engagement)).content.decode()

    amend(engagement)

    assert "not signed yet" in manager.get(address("goals", engagement)).content.decode()
