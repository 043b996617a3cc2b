"""As whom somebody signs reads in one language on every page and on paper, with the role in it."""

import pytest
from django.utils.translation import override

from driehoek.access import Role
from driehoek.agreements.wording import capacity_words
from tests.agreements.makers import (
    address,
    make_draft,
    make_offered,
    make_preparing,
    put_signature,
    signed_in,
    typed_by,
)
from tests.documents.sheets import sheets
from tests.makers import make_organisation

pytestmark = pytest.mark.django_db


def signed_as(version, role, language):
    """Sign with what stands ready on the page, in this language."""
    client = signed_in(version.engagement, role, language)
    form = client.get(address("sign", version.engagement)).context["form"]
    ready = form["capacity"].value()
    answer = client.post(address("sign", version.engagement), typed_by(version, role, capacity=ready))
    assert answer.status_code == 302, answer.context["form"].errors
    return ready


def printed(version, language):
    answer = signed_in(version.engagement, Role.COACH, language).get(address("pdf", version.engagement, 1))
    return " ".join(sheets(answer.content))


@pytest.fixture
def version():
    return make_offered(make_preparing(organisation=make_organisation("De Vliet")))


@pytest.mark.parametrize(
    ("role", "nl", "en"),
    [
        (Role.COACHEE, "coachee, voor mezelf", "coachee, for myself"),
        (Role.COACH, "coach, bij De Vliet", "coach, at De Vliet"),
        (Role.MANAGER, "leidinggevende, namens De Vliet", "line manager, on behalf of De Vliet"),
    ],
)
def test_what_stands_ready_names_the_role_and_reads_in_the_language_of_the_reader(version, role, nl, en):
    assert signed_as(version, role, "en") == en

    client = signed_in(version.engagement, Role.COACHEE, "nl")
    page = client.get(address("version", version.engagement, 1)).content.decode()
    assert nl in page
    assert en not in page


@pytest.mark.parametrize(
    ("written_in", "words"), [("nl", "coachee, voor mezelf"), ("en", "coachee, for myself")]
)
@pytest.mark.parametrize("signer", ["nl", "en"])
def test_on_paper_it_reads_in_the_language_of_the_agreement(written_in, words, signer):
    engagement = make_preparing()
    make_draft(engagement, language=written_in)
    version = make_offered(engagement)
    signed_as(version, Role.COACHEE, signer)

    assert words in printed(version, signer)


def test_own_words_stay_as_they_were_typed(version):
    put_signature(version, Role.MANAGER, capacity="als lid van het MT")

    assert "line manager, als lid van het MT" in printed(version, "en")


@pytest.mark.parametrize(
    ("role", "capacity", "reads"),
    [
        (Role.MANAGER, "on behalf of Noorderlicht", "leidinggevende, namens Noorderlicht"),
        (Role.SPONSOR, "namens X & Zn. (BV)", "opdrachtgever, namens X & Zn. (BV)"),
        (Role.COACH, "as coach", "als coach"),
        (Role.COACHEE, "for myself", "coachee, voor mezelf"),
        (Role.CONSULTANT, "as consultant", "als adviseur"),
        (Role.CONSULTANT, "Consultant, at De Brug", "adviseur, bij De Brug"),
    ],
)
def test_what_was_signed_before_reads_in_one_language_as_well(role, capacity, reads):
    with override("nl"):
        assert capacity_words(role, capacity) == reads
