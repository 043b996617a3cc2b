"""Signing: everyone the same bytes, nothing starts before the last one."""

import re
from datetime import timedelta

import pytest

from driehoek.access import Role, Shape, Stage
from driehoek.agreements import actions
from driehoek.agreements.models import Signature, Version
from driehoek.agreements.queries import signers_in, table_in, terms
from driehoek.documents.fingerprint import grouped
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.outbox.models import Letter
from tests.agreements.makers import (
    address,
    make_draft,
    make_goal,
    make_in_force,
    make_offered,
    make_preparing,
    put_signature,
    signed_in,
    typed_by,
)
from tests.makers import make_member, make_party, make_person, person_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def engagement():
    return make_preparing(coachee=make_person("Saskia Holwerda"), without=(Role.SPONSOR,))


@pytest.fixture
def version(engagement):
    return make_offered(engagement)


def fresh(engagement):
    return Engagement.objects.get(pk=engagement.pk)


def test_whoever_can_sign_jumps_there_from_the_top_of_the_page(engagement, version):
    page = signed_in(engagement, Role.COACHEE).get(address("sign", engagement)).content.decode()

    assert page.index('href="#sign"') < page.index('id="sign"')
    put_signature(version, Role.COACHEE)
    assert (
        'href="#sign"'
        not in signed_in(engagement, Role.COACHEE).get(address("sign", engagement)).content.decode()
    )


def test_the_whole_fingerprint_stands_on_the_page_and_in_the_sentence_that_is_signed(engagement, version):
    whole = grouped(version.fingerprint)
    browser = signed_in(engagement, Role.COACHEE)

    page = browser.get(address("sign", engagement)).content.decode()
    browser.post(address("sign", engagement), typed_by(version, Role.COACHEE))

    assert len(whole.replace(" ", "")) == 64
    assert re.sub(r"<[^>]+>", "", re.search(r'<p class="finger">(.*?)</p>', page)[1]).strip() == whole
    assert whole in version.signatures.get(role=Role.COACHEE).sentence


def test_nothing_starts_until_everyone_who_must_has_signed(engagement, version):
    for role in (Role.COACHEE, Role.COACH):
        put_signature(version, role)
        assert fresh(engagement).stage == Stage.PREPARING

    put_signature(version, Role.MANAGER)

    started = fresh(engagement)
    assert (started.stage, started.started_on) == (Stage.ACTIVE, clock.today())
    assert started.fingerprint_in_force == version.fingerprint
    assert Version.objects.get(pk=version.pk).state == "in_force"


def test_the_table_in_force_is_the_one_that_was_signed(engagement):
    table = {"measurements": {"manager": "always"}, "reports": {"manager": "never"}}
    make_draft(engagement)
    actions.choose_disclosure(engagement, by=person_of(engagement, Role.COACH), table=table)

    signed = make_in_force(engagement)

    assert fresh(engagement).table == table_in(terms(signed))
    assert fresh(engagement).disclosure["measurements"] == {"manager": "always"}
    assert fresh(engagement).disclosure["session_content"] == {"manager": "never"}


def test_coachee_coach_and_manager_sign_a_coaching_agreement(version):
    assert set(signers_in(terms(version))) == {Role.COACHEE, Role.COACH, Role.MANAGER}


def test_consultant_and_sponsor_sign_a_consultancy_agreement():
    consultancy = make_preparing(shape=Shape.CONSULTANCY, without=(Role.MANAGER,))

    version = make_in_force(consultancy)

    assert set(signers_in(terms(version))) == {Role.CONSULTANT, Role.SPONSOR}
    assert fresh(consultancy).stage == Stage.ACTIVE


def test_coachee_and_coach_alone_need_nobody_else():
    alone = make_preparing(without=(Role.MANAGER, Role.SPONSOR))

    make_in_force(alone)

    assert fresh(alone).stage == Stage.ACTIVE


def test_signing_goes_through_the_page(engagement, version):
    coachee = signed_in(engagement, Role.COACHEE)

    page = coachee.get(address("sign", engagement)).content.decode()
    coachee.post(address("sign", engagement), typed_by(version, Role.COACHEE))

    assert version.fingerprint in page
    assert "checked" not in page
    signature = version.signatures.get()
    assert signature.typed_name == "Saskia Holwerda"
    assert signature.fingerprint == version.fingerprint
    assert "I have read version 1, with fingerprint" in signature.sentence


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("en", "3 signatures are needed", "Everybody has signed"),
        ("nl", "Er zijn 3 handtekeningen nodig", "Iedereen heeft getekend"),
    ],
)
def test_how_many_signatures_are_needed_is_said_until_all_are_there(
    engagement, version, language, before, after
):
    manager = signed_in(engagement, Role.MANAGER, language)

    assert before in manager.get(address("sign", engagement)).content.decode()
    for role in signers_in(terms(version)):
        put_signature(version, role)

    page = manager.get(address("index", engagement)).content.decode()
    assert after in page
    assert before not in page


def test_a_box_that_was_not_ticked_is_no_signature(engagement, version):
    answer = signed_in(engagement, Role.COACHEE).post(
        address("sign", engagement), typed_by(version, Role.COACHEE, agrees="")
    )

    assert "Tick this sentence yourself" in answer.context["form"].errors["agrees"][0]
    assert not version.signatures.exists()


@pytest.mark.parametrize("name", ["saskia holwerda", "Holwerda, Saskia", " SASKIA  HOLWERDA "])
def test_ones_own_name_is_recognised_however_it_is_written(version, name):
    assert put_signature(version, Role.COACHEE, typed_name=name)


@pytest.mark.parametrize("name", ["Johan Verbeek", "Saskia", "x", "Saskia Johan"])
def test_another_name_is_refused_with_the_name_we_know(engagement, version, name):
    answer = signed_in(engagement, Role.COACHEE).post(
        address("sign", engagement), typed_by(version, Role.COACHEE, typed_name=name)
    )

    assert "Saskia Holwerda" in answer.context["form"].errors["typed_name"][0]
    assert not version.signatures.exists()


def test_a_name_of_one_emoji_can_sign():
    engagement = make_preparing(coachee=make_person("🌷"), without=(Role.MANAGER, Role.SPONSOR))

    assert put_signature(make_offered(engagement), Role.COACHEE, typed_name="🌷")


def test_pressing_sign_twice_gives_one_signature(engagement, version):
    coachee = signed_in(engagement, Role.COACHEE)

    answers = [
        coachee.post(address("sign", engagement), typed_by(version, Role.COACHEE)).status_code
        for _ in range(2)
    ]

    assert answers == [302, 302]
    assert version.signatures.count() == 1


def test_a_second_press_on_the_last_signature_ends_at_the_agreement(engagement, version):
    put_signature(version, Role.COACH)
    put_signature(version, Role.MANAGER)
    coachee = signed_in(engagement, Role.COACHEE)
    coachee.post(address("sign", engagement), typed_by(version, Role.COACHEE))

    again = coachee.post(address("sign", engagement), typed_by(version, Role.COACHEE), follow=True)

    assert again.redirect_chain[-1] == (address("index", engagement), 302)
    assert version.signatures.count() == 3


def test_a_page_from_before_the_next_version_cannot_sign_that_one(engagement, version):
    actions.withdraw(version, by=person_of(engagement, Role.COACH))
    make_goal(engagement, number=1, why="het anders moet")
    newer = make_offered(engagement)

    answer = signed_in(engagement, Role.COACHEE).post(
        address("sign", engagement), typed_by(version, Role.COACHEE)
    )

    page = answer.content.decode()
    assert "showed another text than this version" in page
    assert f'value="{newer.fingerprint}"' in page
    assert "checked" not in page
    assert not Signature.objects.exists()


def test_what_changed_stands_first_on_a_second_version(engagement, version):
    actions.withdraw(version, by=person_of(engagement, Role.COACH))
    make_goal(engagement, number=1, why="het anders moet")
    make_offered(engagement)

    page = signed_in(engagement, Role.COACHEE).get(address("sign", engagement)).content.decode()

    assert page.index("What is different from version 1") < page.index("Who and when")
    assert page.index("er dan twee jaar een stevige basis ligt") < page.index("omdat het anders moet")


def test_nobody_signs_before_the_parties_have_met(engagement):
    version = make_offered(engagement, met=False)

    with pytest.raises(Refused, match="First meet"):
        put_signature(version, Role.COACHEE)

    actions.record_three_way_meeting(
        engagement, by=person_of(engagement, Role.COACH), met_on=clock.today() - timedelta(days=1)
    )
    assert put_signature(version, Role.COACHEE)


def test_a_meeting_still_to_come_is_refused_beside_the_field(engagement):
    tomorrow = clock.today() + timedelta(days=1)

    answer = signed_in(engagement, Role.COACH).post(address("meeting", engagement), {"met_on": tomorrow})

    assert "still to come" in answer.context["form"].errors["met_on"][0]


def test_somebody_who_joined_later_stops_the_signing(engagement, version):
    make_party(engagement, Role.SPONSOR)

    with pytest.raises(Refused, match="Who takes part has changed"):
        put_signature(version, Role.COACHEE)


def test_an_administrator_cannot_sign(engagement, version):
    admin = make_member(engagement.organisation, is_admin=True).person

    with pytest.raises(Refused, match="You are not one of them"):
        actions.sign(
            version,
            by=admin,
            fingerprint=version.fingerprint,
            typed_name=admin.name,
            capacity="admin",
            sentence="",
        )
    client = signed_in(engagement, Role.ORG_ADMIN)
    assert client.post(address("sign", engagement), {}).status_code == 403


def test_letters_go_to_those_who_must_sign_and_to_all_when_it_holds(engagement, version):
    offered = Letter.objects.filter(template="agreement_offered").values_list("to_address", flat=True)
    assert set(offered) == {person_of(engagement, role).email for role in (Role.COACHEE, Role.MANAGER)}

    for role in signers_in(terms(version)):
        put_signature(version, role)

    assert Letter.objects.filter(template="agreement_in_force").count() == 3


def test_a_text_changed_in_the_database_can_no_longer_be_signed(version):
    version.canonical = version.canonical.replace("projectplan", "wensenlijst")
    version.save(update_fields=["canonical"])

    with pytest.raises(Refused, match="no longer matches its fingerprint"):
        put_signature(version, Role.COACHEE)
