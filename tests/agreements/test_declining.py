"""Saying no and taking back: what was offered lapses, and only that."""

import pytest

from driehoek.access import Role
from driehoek.agreements import actions
from driehoek.agreements.models import Version
from driehoek.agreements.queries import signers_in, terms
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.kit.templatetags.look import day
from driehoek.outbox.models import Letter
from tests.agreements.makers import (
    address,
    amend,
    change_target,
    fresh,
    make_goal,
    make_in_force,
    make_offered,
    make_preparing,
    put_signature,
    signed_in,
    typed_by,
)
from tests.makers import make_person, person_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def engagement():
    return make_preparing(coachee=make_person("Saskia Holwerda"), without=(Role.SPONSOR,))


@pytest.fixture
def version(engagement):
    return make_offered(engagement)


def test_a_reason_to_decline_reopens_the_draft_and_is_read_by_all(engagement, version):
    put_signature(version, Role.COACH)

    signed_in(engagement, Role.MANAGER).post(
        address("decline", engagement, 1), {"reason": "De einddatum klopt niet."}
    )

    assert Version.objects.get(pk=version.pk).state == "declined"
    assert b"De einddatum klopt niet." not in bytes(
        Version.objects.filter(pk=version.pk).values_list("decline_reason", flat=True)[0]
    )
    page = signed_in(engagement, Role.COACHEE).get(address("index", engagement)).content.decode()
    assert "De einddatum klopt niet." in page
    assert make_goal(engagement, why="nu wel")


def test_who_writes_gets_a_letter_without_the_reason_and_the_page_names_who_declined_and_when(
    engagement, version
):
    signed_in(engagement, Role.MANAGER).post(address("decline", engagement, 1), {"reason": "Klopt niet."})

    letters = [one for one in Letter.objects.all() if "geweigerd" in one.open()["text"]]
    told = {person_of(engagement, role).email for role in (Role.COACHEE, Role.COACH)}
    assert {one.to_address for one in letters} == told
    assert not any("Klopt niet" in one.open()["text"] for one in letters)
    name, today = person_of(engagement, Role.MANAGER).name, day(clock.today())
    for role in (Role.COACH, Role.MANAGER):
        page = signed_in(engagement, role).get(address("index", engagement)).content.decode()
        assert f"{name} declined version 1 on {today}" in page


@pytest.mark.parametrize(("role", "offers"), [(Role.COACH, True), (Role.MANAGER, False)])
def test_only_who_offers_is_told_to_offer_the_next_version(engagement, version, role, offers):
    actions.decline(version, by=person_of(engagement, Role.MANAGER), reason="Nog niet.")

    page = signed_in(engagement, role).get(address("index", engagement)).content.decode()

    assert ("Then change the draft and offer a next version." in page) is offers
    assert ("Who writes the agreement has had a letter." in page) is not offers


def test_who_declines_a_change_lands_where_that_is_read(engagement):
    make_in_force(engagement)
    amend(engagement)
    change_target(engagement)
    actions.offer(fresh(engagement), by=person_of(engagement, Role.COACH))

    page = signed_in(engagement, Role.MANAGER).post(
        address("decline", engagement, 2), {"reason": "Klopt niet."}, follow=True
    )

    assert "Klopt niet." in page.content.decode()


def test_a_page_left_open_declines_only_the_version_it_shows(engagement, version):
    actions.withdraw(version, by=person_of(engagement, Role.COACH))
    make_offered(engagement)

    answer = signed_in(engagement, Role.MANAGER).post(
        address("decline", engagement, version.number), {"reason": "Nog niet."}
    )

    assert "Version 1 was taken back, and version 2 came after it" in answer.content.decode()
    assert "Nog niet.</textarea>" in answer.content.decode()
    assert [found.state for found in engagement.versions.all()] == ["withdrawn", "offered"]


def test_a_page_left_open_takes_back_only_the_version_it_shows(engagement, version):
    coach = signed_in(engagement, Role.COACH)
    there = coach.get(address("sign", engagement)).content.decode()
    actions.withdraw(version, by=person_of(engagement, Role.COACH))
    make_offered(engagement)

    coach.post(address("withdraw", engagement, 1))

    assert f'action="{address("withdraw", engagement, 1)}"' in there
    assert [found.state for found in engagement.versions.all()] == ["withdrawn", "offered"]


def test_a_decline_page_of_a_version_that_is_no_longer_offered_leads_to_the_agreement(engagement, version):
    actions.withdraw(version, by=person_of(engagement, Role.COACH))

    answer = signed_in(engagement, Role.MANAGER).get(address("decline", engagement, 1))

    assert answer["Location"] == address("index", engagement)


def test_declining_without_a_reason_is_refused(engagement, version):
    answer = signed_in(engagement, Role.MANAGER).post(address("decline", engagement, 1), {"reason": " "})

    assert answer.context["form"].errors["reason"]
    assert Version.objects.get(pk=version.pk).state == "offered"


def test_who_has_signed_cannot_decline(version, engagement):
    put_signature(version, Role.MANAGER)

    with pytest.raises(Refused, match="You have signed this version"):
        actions.decline(version, by=person_of(engagement, Role.MANAGER), reason="toch niet")


def test_only_who_offered_it_takes_it_back_and_not_after_the_last_signature(engagement, version):
    with pytest.raises(Refused, match="Only they can take it back"):
        actions.withdraw(version, by=person_of(engagement, Role.COACHEE))
    for role in signers_in(terms(version)):
        put_signature(version, role)

    with pytest.raises(Refused, match="in force"):
        actions.withdraw(version, by=person_of(engagement, Role.COACH))


def test_a_withdrawn_version_says_so_to_a_page_left_open(engagement, version):
    actions.withdraw(version, by=person_of(engagement, Role.COACH))

    answer = signed_in(engagement, Role.COACHEE).post(
        address("sign", engagement), typed_by(version, Role.COACHEE)
    )

    assert "Version 1 was taken back. Wait for the next one." in answer.content.decode()
    assert "Version 1 is no longer open for signing" in answer.content.decode()
    assert "You sign version 1" not in answer.content.decode()


def test_a_withdrawn_version_says_by_whom_and_when_and_asks_for_no_signature(engagement, version):
    actions.withdraw(version, by=person_of(engagement, Role.COACH))

    page = signed_in(engagement, Role.COACHEE).get(address("version", engagement, 1)).content.decode()

    name = person_of(engagement, Role.COACH).name
    assert f"{name} took version 1 back on {day(clock.today())}" in " ".join(page.split())
    assert "signatures are needed" not in page
    assert "Not yet" not in page


def test_who_reads_that_a_version_was_declined_in_a_letter_finds_the_same_step_on_today(engagement, version):
    actions.decline(version, by=person_of(engagement, Role.MANAGER), reason="Nog niet.")

    coachee = signed_in(engagement, Role.COACHEE)
    assert "Read why the version was declined" in coachee.get("/today/").content.decode()
    make_offered(engagement)
    assert "Read why the version was declined" not in coachee.get("/today/").content.decode()


def test_who_declined_is_not_asked_to_read_why(engagement, version):
    actions.decline(version, by=person_of(engagement, Role.COACHEE), reason="Nog niet.")

    page = signed_in(engagement, Role.COACHEE).get("/today/").content.decode()

    assert "Read why the version was declined" not in page


def test_of_a_declined_change_the_step_leads_to_where_it_is_read_and_ends_with_the_change(engagement):
    make_in_force(engagement)
    amend(engagement)
    change_target(engagement)
    declined = actions.offer(fresh(engagement), by=person_of(engagement, Role.COACH))
    actions.decline(declined, by=person_of(engagement, Role.MANAGER), reason="Nog niet.")

    coachee = signed_in(engagement, Role.COACHEE)
    shown = coachee.get("/today/").content.decode()
    assert "Read why the version was declined" in shown
    assert f'href="{address("change", engagement)}"' in shown
    actions.drop_amendment(fresh(engagement), by=person_of(engagement, Role.COACH))
    assert "Read why the version was declined" not in coachee.get("/today/").content.decode()


def test_the_words_of_who_declined_stand_without_a_form_as_large_as_the_card(engagement, version):
    actions.decline(version, by=person_of(engagement, Role.MANAGER), reason="Nog niet.")

    page = signed_in(engagement, Role.COACH).get(address("offer", engagement)).content.decode()

    card = page.split("declined version 1", 1)[1].split("</section>", 1)[0]
    assert "Nog niet." in card
    assert "<svg" not in card


def test_who_comes_by_the_letter_of_a_version_that_was_taken_back_reads_that_it_was(engagement, version):
    actions.withdraw(version, by=person_of(engagement, Role.COACH))

    answer = signed_in(engagement, Role.MANAGER).get(address("sign", engagement), follow=True)

    page = " ".join(answer.content.decode().split())
    name = person_of(engagement, Role.COACH).name
    assert f"{name} took version 1 back on {day(clock.today())}" in page
    assert "Nobody needs to sign it." in page
