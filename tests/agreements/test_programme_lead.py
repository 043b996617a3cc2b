"""What a programme lead ever gets: a fixed sentence below the table, signed with the rest."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from driehoek.access import Role, Shape
from driehoek.agreements import actions
from driehoek.agreements.models import Version
from driehoek.agreements.queries import check_fingerprints, terms
from driehoek.documents.fingerprint import canonical, fingerprint
from driehoek.engagements.models import Engagement
from tests.agreements.makers import address, make_in_force, make_offered, make_preparing, signed_in
from tests.makers import person_of

pytestmark = pytest.mark.django_db

SAYS = {
    "en": "only gets numbers over groups of at least 5 people, and never anything about one person.",
    "nl": "krijgt alleen cijfers over groepen van minstens 5 mensen, en nooit iets over één persoon.",
}


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
    return " ".join(" ".join(one.extract_text() for one in PdfReader(BytesIO(answer.content)).pages).split())


def make_as_before(engagement) -> Version:
    """A version in force that was signed when nothing was said about a programme lead."""
    version = make_in_force(engagement)
    said = terms(version)
    del said["programme_lead"]
    version.canonical, version.fingerprint = canonical(said).decode(), fingerprint(said)
    version.save(update_fields=["canonical", "fingerprint"])
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
    make_offered(engagement)

    assert SAYS[language] in page_of(engagement, "index", language=language, role=Role.SPONSOR)
    assert SAYS[language] in on_paper(engagement, 1, language)


def test_it_is_part_of_what_is_signed_as_a_number(engagement):
    said = terms(make_offered(engagement))

    assert said["programme_lead"] == {"groups_of": 5}
    assert fingerprint(said | {"programme_lead": {"groups_of": 1}}) != fingerprint(said)


def test_a_version_from_before_keeps_its_fingerprint_and_says_nothing_of_it(engagement):
    version = make_as_before(engagement)

    assert check_fingerprints() == []
    assert SAYS["en"] not in page_of(engagement, "index")
    assert SAYS["en"] not in on_paper(engagement, version.number)


def test_the_first_change_to_such_a_version_shows_it_as_new(engagement):
    make_as_before(engagement)
    started = Engagement.objects.get(pk=engagement.pk)
    actions.begin_amendment(started)

    page = page_of(engagement, "change")

    assert "What a programme lead gets" in page
    assert SAYS["en"] in page


def test_a_change_to_a_version_that_says_it_does_not_show_it(engagement):
    make_in_force(engagement)
    started = Engagement.objects.get(pk=engagement.pk)
    actions.begin_amendment(started)
    who = person_of(engagement, Role.COACH)
    actions.save_draft(started, by=who, part="agreements:draft", clauses={"means": "Een boek."})

    page = page_of(engagement, "change")

    assert "Een boek." in page
    assert "What a programme lead gets" not in page
