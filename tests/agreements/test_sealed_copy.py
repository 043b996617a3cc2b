"""What everybody signed is sealed once for each state it is in, and kept sealed."""

import pytest
from django.db import connection
from django.test import override_settings

from driehoek.access import Role
from driehoek.agreements import actions
from driehoek.agreements.models import SealedCopy
from driehoek.agreements.queries.verifying import mark_of
from driehoek.documents.seal import read_seal, sealer
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
SECRET = "Ik zeg te snel ja"


def download(version, role=Role.COACH, language="en"):
    answer = signed_in(version.engagement, role, language).get(
        address("pdf", version.engagement, version.number)
    )
    assert answer.status_code == 200
    return answer.content


@pytest.fixture
def version():
    return make_in_force(make_preparing())


def test_whoever_downloads_it_again_gets_the_same_bytes(version):
    first = download(version)

    assert download(version) == first
    assert download(version, Role.SPONSOR, "nl") == first
    assert SealedCopy.objects.count() == 1
    assert read_seal(first, sealer=sealer()).is_intact


def test_an_offer_that_nobody_signed_since_is_the_same_file_too_and_is_not_kept():
    offered = make_offered(make_preparing())

    assert download(offered) == download(offered)
    before = download(offered)
    put_signature(offered, Role.COACH)
    assert download(offered) != before
    assert not SealedCopy.objects.exists()


def test_another_state_is_sealed_anew_and_the_older_file_stays_intact(version):
    old = download(version)
    actions.begin_amendment(Engagement.objects.get())
    make_draft(version.engagement, session_count=5)
    second = make_in_force(Engagement.objects.get())

    replaced = download(version)

    assert replaced != old
    assert "replaced by version 2" in " ".join(sheets(replaced))
    for one in (old, replaced):
        found = read_seal(one, sealer=sealer())
        assert (found.is_intact, found.reason) == (True, mark_of(version))
    assert download(second) != replaced


def test_words_that_only_some_may_read_stand_in_their_copy_only():
    engagement = make_preparing()
    coachee = person_of(engagement, Role.COACHEE)
    actions.save_stumbling_blocks(engagement, by=coachee, text=SECRET, shared=False)
    version = make_in_force(engagement)

    assert SECRET in " ".join(sheets(download(version)))
    assert SECRET not in " ".join(sheets(download(version, Role.SPONSOR)))
    assert download(version, Role.COACHEE) == download(version, Role.COACH)
    assert SealedCopy.objects.count() == 2


def test_another_certificate_seals_anew(version, tmp_path):
    before = download(version)

    with override_settings(SEAL=tmp_path / "another.p12"):
        after = download(version)
        assert read_seal(after, sealer=sealer()).is_ours

    assert after != before


def test_the_database_holds_no_readable_copy(version):
    pdf = download(version)

    with connection.cursor() as cursor:
        cursor.execute("SELECT pdf FROM agreements_sealedcopy")
        [kept] = cursor.fetchone()
    assert b"%PDF" in pdf
    assert b"%PDF" not in bytes(kept)
    assert b"driehoek agreement" not in bytes(kept)


def test_a_second_download_prints_and_seals_nothing(version, monkeypatch):
    first = download(version)
    for name in ("render", "seal_here"):
        monkeypatch.setattr(f"driehoek.agreements.actions.paper.{name}", None)

    assert download(version) == first


def test_the_disclosure_table_stands_on_paper_once():
    engagement = make_preparing()
    make_draft(engagement)
    version = make_in_force(engagement)

    words = " ".join(sheets(download(version)))

    assert words.count("Number of sessions held") == 1
    assert "sees how many, not when" not in words


def test_the_fingerprint_and_each_signer_stand_on_one_page_of_proof(version):
    *before, last = sheets(download(version))

    for one in version.signatures.all():
        assert one.typed_name in last
        assert one.sentence[:40] not in " ".join(before)
