"""What a programme lead ever gets: a fixed sentence below the table, signed with the rest."""

import pytest

from driehoek.access import Role, Shape
from driehoek.agreements import actions
from driehoek.agreements.models import Version
from driehoek.agreements.queries import check_fingerprints, signers_in, terms
from driehoek.documents.fingerprint import canonical, fingerprint
from driehoek.engagements.models import Engagement
from tests.agreements.makers import (
    address,
    make_draft,
    make_in_force,
    make_offered,
    make_preparing,
    put_signature,
    signed_in,
)
from tests.documents.sheets import sheets
from tests.makers import person_of

pytestmark = pytest.mark.django_db

SAYS = {
    "en": "only gets numbers over groups of at least 5 people, and never anything about one person.",
    "nl": "krijgt alleen cijfers over groepen van minstens 5 mensen, en nooit iets over één persoon.",
}
LINE = {"en": "What a programme lead gets", "nl": "Wat een programmaleider krijgt"}


@pytest.fixture
def engagement():
    return make_preparing()


def page_of(engagement, name, *args, language="en", role=Role.COACHEE):
    client = signed_in(engagement, role)
    answer = client.get(address(name, engagement, *args), HTTP_ACCEPT_LANGUAGE=language)
    return " ".join(answer.content.decode().split())


def on_paper(engagement, number, language="en"):
    client = signed_in(engagement, Role.SPONSOR)
    answer = client.get(address("pdf", engagement, number), HTTP_ACCEPT_LANGUAGE=language)
    return " ".join(sheets(answer.content))


def put_as_before(version, **kept):
    """Let a version say only `kept` about a programme lead, as it was frozen then."""
    said = terms(version)
    del said["programme_lead"]
    said |= kept
    version.canonical, version.fingerprint = canonical(said).decode(), fingerprint(said)
    version.save(update_fields=["canonical", "fingerprint"])
    return version


def make_as_before(engagement, **kept) -> Version:
    """A version in force that was signed when nothing, or something else, was said about a programme lead."""
    version = put_as_before(make_in_force(engagement), **kept)
    version.signatures.update(fingerprint=version.fingerprint)
    Engagement.objects.filter(pk=engagement.pk).update(fingerprint_in_force=version.fingerprint)
    return version


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_draft_says_it_below_the_table_with_nothing_to_choose(engagement, language):
    page = page_of(engagement, "disclosure", language=language)

    assert SAYS[language] in page[page.index("</table>") :]
    assert "programme_lead" not in page


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("shape", Shape)
def test_page_and_paper_of_every_kind_of_agreement_say_it(shape, language):
    engagement = make_preparing(shape=shape)
    make_draft(engagement, language=language)
    make_offered(engagement)

    assert SAYS[language] in page_of(engagement, "index", language=language, role=Role.SPONSOR)
    assert SAYS[language] in on_paper(engagement, 1, language)


def test_it_is_part_of_what_is_signed_as_a_number(engagement):
    said = terms(make_offered(engagement))

    assert said["programme_lead"] == {"groups_of": 5}
    assert fingerprint(said | {"programme_lead": {"groups_of": 1}}) != fingerprint(said)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_version_from_before_keeps_its_fingerprint_and_says_nothing_of_it(engagement, language):
    version = make_as_before(engagement)

    assert check_fingerprints() == []
    assert SAYS[language] not in page_of(engagement, "index", language=language)
    assert SAYS[language] not in on_paper(engagement, version.number, language)


def test_a_version_keeps_saying_the_number_it_was_signed_with(engagement):
    version = make_as_before(engagement, programme_lead={"groups_of": 8})

    assert check_fingerprints() == []
    assert "groups of at least 8 people" in page_of(engagement, "index")
    assert "groups of at least 8 people" in on_paper(engagement, version.number)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_draft_does_not_say_it_while_a_version_without_it_lies_open(engagement, language):
    put_as_before(make_offered(engagement))

    assert SAYS[language] not in page_of(engagement, "disclosure", language=language)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_change_that_only_adds_it_is_one_line_until_all_have_signed(engagement, language):
    make_as_before(engagement)
    started = Engagement.objects.get(pk=engagement.pk)
    actions.begin_amendment(started)
    written = page_of(engagement, "change", language=language)
    added = make_offered(started)
    offered = page_of(engagement, "sign", language=language, role=Role.SPONSOR)

    for page in (written, offered):
        differs = page[page.index('id="changes"') :].partition("</section>")[0]
        assert differs.count('<th scope="row">') == 1
        assert LINE[language] in differs
        assert SAYS[language] in differs
    for role in signers_in(terms(added)):
        put_signature(added, role)
    assert SAYS[language] in page_of(engagement, "index", language=language)
    assert check_fingerprints() == []


def test_a_change_to_a_version_that_says_it_does_not_show_it(engagement):
    make_in_force(engagement)
    started = Engagement.objects.get(pk=engagement.pk)
    actions.begin_amendment(started)
    who = person_of(engagement, Role.COACH)
    actions.save_draft(started, by=who, part="agreements:draft", clauses={"means": "Een boek."})

    page = page_of(engagement, "change")

    assert "Een boek." in page
    assert "What a programme lead gets" not in page
