"""Whoever holds a released report can ask whether it is unaltered and still stands, and learns no more."""

from datetime import timedelta

import pytest
from django.test import Client

from driehoek.access import Role, Stage
from driehoek.kit import clock
from driehoek.results.models import Release
from tests.measures.makers import NOW, as_, make_agreed
from tests.results.makers import make_release, make_report, pdf_of, send
from tests.web.makers import ask_about

pytestmark = pytest.mark.django_db
WORDS = "Ik vraag nu eerst wat iemand nodig heeft"


@pytest.fixture
def release(db) -> Release:
    clock.move_to(NOW)
    engagement = make_agreed(stage=Stage.CLOSING)
    make_report(engagement, Role.COACHEE, WORDS)
    make_report(engagement, Role.COACH, "Ik zag je vertragen voor je besloot")
    return make_release(engagement, Role.SPONSOR, ["coachee_report"])


def said_of(document: bytes, language: str = "en") -> str:
    return " ".join(ask_about(Client(), document, language).content.decode().split())


def withdraw(release: Release) -> None:
    send(as_(release.engagement, Role.COACHEE), "withdraw", release.engagement, release.pk)


def release_another(release: Release, receiver: Role = Role.SPONSOR) -> Release:
    clock.move_to(NOW + timedelta(days=1))
    return make_release(release.engagement, receiver, ["coachee_report", "coach_report"])


@pytest.mark.parametrize(
    ("language", "heading", "sentence"),
    [
        (
            "en",
            "Unaltered, and it still stands",
            "This is a report that was released here on 1 February 2027.",
        ),
        (
            "nl",
            "Ongewijzigd, en nog steeds",
            "Dit is een verslag dat hier op 1 februari 2027 is vrijgegeven.",
        ),
    ],
)
def test_a_stranger_reads_that_it_was_released_and_when_and_nothing_of_it(
    release, language, heading, sentence
):
    said = said_of(pdf_of(release), language)

    assert heading in said
    assert sentence in said
    assert release.engagement.title not in said
    assert WORDS not in said
    assert release.fingerprint[:4] not in said
    assert not any(party.person.name in said for party in release.engagement.parties.all())


@pytest.mark.parametrize(
    ("language", "heading"), [("en", "Unaltered, but withdrawn"), ("nl", "Ongewijzigd, maar ingetrokken")]
)
def test_a_withdrawn_report_says_so(release, language, heading):
    document = pdf_of(release)
    withdraw(release)

    assert heading in said_of(document, language)


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("en", "Unaltered, but a later report was released"),
        ("nl", "Ongewijzigd, maar er is later een verslag"),
    ],
)
def test_a_report_that_was_followed_by_another_says_so_and_the_other_stands(release, language, heading):
    later = release_another(release)

    assert heading in said_of(pdf_of(release), language)
    assert "Unaltered, and it still stands" in said_of(pdf_of(later))


def test_a_later_report_counts_only_while_it_stands_and_for_the_same_reader(release):
    release_another(release, Role.MANAGER)
    withdraw(release_another(release))

    assert "Unaltered, and it still stands" in said_of(pdf_of(release))


@pytest.mark.parametrize("place", [0.1, 0.4, 0.8])
def test_one_changed_byte_is_called_altered_or_no_longer_sealed(release, place):
    document = bytearray(pdf_of(release))
    document[int(len(document) * place)] ^= 1

    said = said_of(bytes(document))
    assert "Altered</h2>" in said or "Not a sealed document" in said
    assert "1 February 2027." not in said.split("Sealed on")[0]


def test_a_report_of_another_installation_is_not_ours(release, settings, tmp_path):
    ours, settings.SEAL = settings.SEAL, tmp_path / "another.p12"
    document = pdf_of(release)
    settings.SEAL = ours

    said = said_of(document)
    assert "Sealed, but not here" in said
    assert "This is a report" not in said


def test_a_report_that_is_no_longer_kept_is_called_unknown(release):
    document = pdf_of(release)
    Release.objects.all().delete()

    assert "Sealed here, but no longer known" in said_of(document)
