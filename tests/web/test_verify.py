"""Whoever holds a sealed document can ask whether it is unaltered and still holds, and learns no more."""

import pytest
from django.urls import reverse

from driehoek.access import Role
from driehoek.agreements.models import Version
from driehoek.documents.seal import read_seal, sealer
from tests.agreements.makers import GOAL, make_in_force, make_offered, make_preparing, signed_in
from tests.web.makers import ask_about

pytestmark = pytest.mark.django_db


def pdf_of(version: Version, role: Role = Role.COACHEE) -> bytes:
    address = reverse("agreements:pdf", args=[version.engagement_id, version.number])
    return signed_in(version.engagement, role).get(address).content


@pytest.fixture
def version(db) -> Version:
    return make_in_force(make_preparing())


def test_a_stranger_reads_that_it_is_unaltered_and_in_force_and_nothing_of_it(client, version):
    page = ask_about(client, pdf_of(version)).content.decode()

    assert "Unaltered, and in force" in page
    assert version.engagement.title not in page
    assert GOAL["action"] not in page
    assert not any(party.person.name in page for party in version.engagement.parties.all())


def test_the_page_speaks_dutch_too(client, version):
    assert "Ongewijzigd, en van kracht" in ask_about(client, pdf_of(version), "nl").content.decode()


def test_one_changed_byte_is_called_altered(client, version):
    document = bytearray(pdf_of(version))
    document[len(document) // 3] ^= 1

    assert "Altered</h2>" in " ".join(ask_about(client, bytes(document)).content.decode().split())


def test_an_older_version_is_unaltered_but_no_longer_holds(client, version):
    document = pdf_of(version)
    Version.objects.filter(pk=version.pk).update(state=Version.State.SUPERSEDED)

    assert "a later version has replaced it" in ask_about(client, document).content.decode()


def test_what_was_only_offered_is_not_sealed(client):
    offered = make_offered(make_preparing())
    assert "Not a sealed document" in ask_about(client, pdf_of(offered)).content.decode()


@pytest.mark.parametrize("strange", [b"hello", b"%PDF-1.7 nothing", b"\x00" * 5000])
def test_a_file_of_another_kind_gets_a_sentence(client, strange):
    answer = ask_about(client, strange)
    assert answer.status_code == 200
    assert "Not a sealed document" in answer.content.decode()


def test_an_empty_file_and_no_file_are_refused_beside_the_field(client):
    empty, nothing = ask_about(client, b""), client.post("/verify/", {}, HTTP_ACCEPT_LANGUAGE="en")

    assert empty.context["form"].errors["document"][0].startswith("This file is empty.")
    assert nothing.context["form"].errors["document"] == ["Choose the PDF you want to check."]


def test_a_file_of_more_than_ten_megabytes_is_refused(client):
    answer = ask_about(client, b"%PDF-1.7" + b" " * (10 * 2**20))
    assert "larger than 10 MB" in answer.context["form"].errors["document"][0]


def test_everybody_gets_the_same_mark_whatever_they_may_read(version):
    marks = {read_seal(pdf_of(version, role), sealer=sealer()).reason for role in (Role.COACHEE, Role.COACH)}
    assert marks == {f"driehoek agreement {version.pk} {version.fingerprint}"}


def test_a_certificate_that_cannot_be_used_is_said_in_a_sentence(version, settings, tmp_path):
    settings.SEAL = tmp_path / "odd.p12"
    settings.SEAL.write_bytes(b"not a certificate")
    address = reverse("agreements:pdf", args=[version.engagement_id, version.number])

    answer = signed_in(version.engagement, Role.COACHEE).get(address, follow=True)
    assert "The seal of this installation cannot be used now." in answer.content.decode()
