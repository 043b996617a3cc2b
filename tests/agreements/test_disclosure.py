"""The disclosure table: chosen together, except for the row that is the coachee's own."""

from hashlib import sha256

import pytest

from driehoek.access import DisclosureTable, Kind, Level, Role, default_table
from driehoek.agreements import actions
from driehoek.agreements.models import Version
from driehoek.agreements.queries import draft_as_it_stands, table_in, terms
from driehoek.agreements.queries.draft import table_as_it_stands
from driehoek.agreements.queries.sight import rows
from driehoek.documents.fingerprint import short
from driehoek.engagements.models import Engagement
from driehoek.kit.errors import Refused
from tests.agreements.makers import (
    address,
    make_draft,
    make_in_force,
    make_offered,
    make_preparing,
    put_signature,
    signed_in,
)
from tests.makers import make_person, person_of

pytestmark = pytest.mark.django_db

SECRET = "Ik zeg altijd ja en klap dan dicht."


@pytest.fixture
def engagement():
    return make_preparing(manager=make_person("Anneke de Graaf"), without=(Role.SPONSOR,))


def choices(**given):
    plain = {
        f"{kind}__manager": "never" for kind in ("attendance", "plan", "attainment", "reports", "results")
    }
    return plain | {"measurements__manager": "after_release"} | given


def write_blocks(engagement, *, shared=False):
    actions.save_stumbling_blocks(
        engagement, by=person_of(engagement, Role.COACHEE), text=SECRET, shared=shared
    )


def test_the_table_is_chosen_on_the_page(engagement):
    signed_in(engagement, Role.COACH).post(
        address("disclosure", engagement), choices(attendance__manager="count")
    )

    table = table_as_it_stands(engagement, draft_as_it_stands(engagement))
    assert table.level(Kind.ATTENDANCE, Role.MANAGER) is Level.COUNT
    assert table.level(Kind.REPORTS, Role.MANAGER) is Level.NEVER


def test_the_page_says_what_everyone_sees_and_why_a_row_is_fixed(engagement):
    page = signed_in(engagement, Role.COACHEE).get(address("disclosure", engagement)).content.decode()

    assert "Without a private conversation there is no coaching." in page
    assert "Anneke" in page
    assert "session_content__manager" not in page


@pytest.mark.parametrize("shared", [False, True])
def test_the_coachee_decides_who_reads_the_stumbling_blocks_and_the_table_says_so(engagement, shared):
    table = default_table(engagement.shape_).as_json()
    table["stumbling_blocks"] = {"manager": "always" if shared else "never"}
    named = [(party.role_, party.name) for party in engagement.parties_in_order]

    found = rows(engagement.shape_, DisclosureTable.from_json(table, engagement.shape_), named)

    (row,) = [one for one in found if one.kind is Kind.STUMBLING_BLOCKS]
    assert row.releases == person_of(engagement, Role.COACHEE).first_name_only


@pytest.mark.parametrize(
    "table",
    [
        {"session_content": {"manager": "always"}},
        {"attendance": {"manager": "always"}},
        {"attendance": {"coachee": "never"}},
        {"nonsense": {"manager": "never"}},
    ],
)
def test_what_can_never_be_opened_is_refused(engagement, table):
    with pytest.raises(Refused, match="This choice does not exist"):
        actions.choose_disclosure(engagement, by=person_of(engagement, Role.COACH), table=table)


def test_the_coach_cannot_share_the_stumbling_blocks(engagement):
    table = default_table(engagement.shape_).as_json() | {"stumbling_blocks": {"manager": "always"}}

    actions.choose_disclosure(engagement, by=person_of(engagement, Role.COACH), table=table)

    chosen = table_as_it_stands(engagement, draft_as_it_stands(engagement))
    assert chosen.level(Kind.STUMBLING_BLOCKS, Role.MANAGER) is Level.NEVER
    assert signed_in(engagement, Role.COACH).get(address("stumbling_blocks", engagement)).status_code == 403


def test_choosing_the_rest_leaves_the_coachees_choice_alone(engagement):
    write_blocks(engagement, shared=True)

    make_draft(engagement)

    chosen = table_as_it_stands(engagement, draft_as_it_stands(engagement))
    assert chosen.level(Kind.STUMBLING_BLOCKS, Role.MANAGER) is Level.ALWAYS


def test_the_coachee_writes_and_chooses_on_one_page(engagement):
    signed_in(engagement, Role.COACHEE).post(
        address("stumbling_blocks", engagement), {"text": SECRET, "shared": "no"}
    )

    assert draft_as_it_stands(engagement).stumbling_blocks == SECRET


PAGES = ("index", "goals", "sign")


@pytest.mark.parametrize("moment", ["draft", "offered", "in_force"])
@pytest.mark.parametrize("shared", [False, True])
def test_the_manager_reads_the_stumbling_blocks_only_when_shared_and_in_force(engagement, moment, shared):
    write_blocks(engagement, shared=shared)
    number = 1
    {"draft": make_draft, "offered": make_offered, "in_force": make_in_force}[moment](engagement)
    manager = signed_in(engagement, Role.MANAGER)

    read = [manager.get(address(page, engagement), follow=True).content.decode() for page in PAGES]
    for page in ("version", "decline"):
        read.append(manager.get(address(page, engagement, number), follow=True).content.decode())

    assert any(SECRET in page for page in read) is (shared and moment == "in_force")
    assert manager.get(address("pdf", engagement, number)).status_code == 200


@pytest.mark.parametrize("shared", [False, True])
def test_what_is_signed_holds_a_seal_of_the_stumbling_blocks_and_not_their_text(engagement, shared):
    write_blocks(engagement, shared=shared)

    version = make_offered(engagement)

    assert SECRET not in version.canonical
    assert len(terms(version)["stumbling_blocks"]["commitment"]) == 64
    assert version.stumbling_blocks == SECRET
    page = signed_in(engagement, Role.MANAGER).get(address("sign", engagement)).content.decode()
    assert short(terms(version)["stumbling_blocks"]["commitment"]) in page


def test_an_empty_save_is_nothing_written(engagement):
    actions.save_stumbling_blocks(engagement, by=person_of(engagement, Role.COACHEE), text="", shared=False)
    coach, name = signed_in(engagement, Role.COACH), person_of(engagement, Role.COACHEE).first_name_only

    empty = coach.get(address("draft", engagement)).content.decode()
    write_blocks(engagement)
    written = coach.get(address("draft", engagement)).content.decode()

    assert f"Only {name} writes these." in empty
    assert f"{name} has written them down." in written


def test_the_coachee_alone_finds_text_and_key_of_the_seal(engagement):
    typed = {"text": f"{SECRET}\r\nEn ik vraag niets.", "shared": "yes"}
    signed_in(engagement, Role.COACHEE).post(address("stumbling_blocks", engagement), typed)
    version = make_in_force(engagement)

    pages = {
        role: signed_in(engagement, role).get(address("index", engagement)).content.decode()
        for role in (Role.COACHEE, Role.COACH, Role.MANAGER)
    }

    assert [role for role, page in pages.items() if version.salt in page] == [Role.COACHEE]
    sealed = f"{version.salt}\n{SECRET}\nEn ik vraag niets."
    assert sha256(sealed.encode()).hexdigest() in pages[Role.COACHEE]
    assert "The seal of your stumbling blocks" in pages[Role.COACHEE]


def test_without_stumbling_blocks_there_is_no_seal_to_show(engagement):
    make_offered(engagement)

    page = signed_in(engagement, Role.COACHEE).get(address("index", engagement)).content.decode()

    assert "The seal of your stumbling blocks" not in page


def test_coachee_and_coach_read_them_in_the_agreement(engagement):
    write_blocks(engagement)
    make_offered(engagement)

    for role in (Role.COACHEE, Role.COACH):
        assert SECRET in signed_in(engagement, role).get(address("sign", engagement)).content.decode()


def test_only_who_takes_part_stands_in_the_frozen_table(engagement):
    version = make_offered(engagement)

    assert {role for row in table_in(terms(version)).rows.values() for role in row} == {Role.MANAGER}


def test_the_checks_of_every_page_follow_the_signed_table(engagement):
    make_draft(engagement)
    actions.choose_disclosure(
        engagement, by=person_of(engagement, Role.COACH), table={"attendance": {"manager": "never"}}
    )
    version = make_offered(engagement)
    for role in (Role.COACHEE, Role.COACH, Role.MANAGER):
        put_signature(version, role)

    started = Engagement.objects.get(pk=engagement.pk)
    assert started.disclosure == terms(Version.objects.get(pk=version.pk))["disclosure"]
    assert started.table.level(Kind.ATTENDANCE, Role.MANAGER) is Level.NEVER
