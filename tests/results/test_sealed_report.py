"""The released report as a file: sealed, with a mark of its own, whoever saves it."""

import shutil
import subprocess
from datetime import timedelta

import pytest
from django.db import connection

from driehoek.access import Role, Stage
from driehoek.documents.seal import read_seal, sealer
from driehoek.kit import clock
from driehoek.results.models import Release, SealedReport
from tests.measures.makers import as_, make_agreed
from tests.results.makers import make_release, make_report, page, pdf_of

pytestmark = pytest.mark.django_db
WORDS = "Ik vraag nu eerst wat iemand nodig heeft"


@pytest.fixture
def release(db) -> Release:
    engagement = make_agreed(stage=Stage.CLOSING)
    make_report(engagement, Role.COACHEE, WORDS)
    return make_release(engagement, Role.SPONSOR, ["coachee_report"])


def said_by(program, *arguments):
    found = shutil.which(program)
    assert found, f"{program} is needed here; on Debian: apt-get install poppler-utils qpdf"
    return subprocess.run([found, *arguments], capture_output=True, text=True)


def test_a_program_that_is_not_ours_calls_the_seal_of_a_released_report_valid(release, tmp_path):
    file = tmp_path / "verslag.pdf"
    file.write_bytes(pdf_of(release))

    said = said_by("pdfsig", str(file)).stdout
    assert "Signature Validation: Signature is Valid." in said
    assert "Total document signed" in said
    assert said_by("qpdf", "--check", str(file)).returncode == 0


@pytest.mark.parametrize("place", [0.1, 0.4])
def test_that_program_sees_one_changed_byte(release, tmp_path, place):
    changed = bytearray(pdf_of(release))
    changed[int(len(changed) * place)] ^= 1
    file = tmp_path / "changed.pdf"
    file.write_bytes(changed)

    assert "Signature is Valid" not in said_by("pdfsig", str(file)).stdout


def test_everybody_saves_it_with_the_same_mark_of_a_report(release):
    marks = {
        read_seal(pdf_of(release, role), sealer=sealer()).reason for role in (Role.COACHEE, Role.SPONSOR)
    }
    assert marks == {f"driehoek report {release.pk} {release.fingerprint}"}


def test_whoever_saves_it_again_gets_the_same_bytes(release):
    first = pdf_of(release, Role.SPONSOR)
    clock.move_to(clock.now() + timedelta(days=40))

    assert pdf_of(release, Role.SPONSOR) == first
    assert pdf_of(release, Role.COACHEE) == first
    assert SealedReport.objects.count() == 1


def test_another_certificate_seals_it_anew_and_both_files_stay_intact(release, settings, tmp_path):
    first = pdf_of(release)
    theirs = read_seal(first, sealer=sealer()).reason
    settings.SEAL = tmp_path / "other.p12"

    second = pdf_of(release)

    assert second != first
    assert read_seal(second, sealer=sealer()).reason == theirs
    assert SealedReport.objects.count() == 2


def test_the_copy_is_kept_encrypted(release):
    pdf_of(release)

    with connection.cursor() as cursor:
        cursor.execute("SELECT pdf FROM results_sealedreport")
        [[kept]] = cursor.fetchall()
    assert not bytes(kept).startswith(b"%PDF")


def test_the_paper_says_where_to_check_it(release, settings, tmp_path):
    file = tmp_path / "verslag.pdf"
    file.write_bytes(pdf_of(release))

    assert f"{settings.BASE_URL}/verify/" in said_by("pdftotext", "-layout", str(file), "-").stdout


def test_a_certificate_that_cannot_be_used_is_said_beside_the_document(release, settings, tmp_path):
    settings.SEAL = tmp_path / "odd.p12"
    settings.SEAL.write_bytes(b"not a certificate")

    client = as_(release.engagement, Role.SPONSOR)
    shown = page(client, "released_pdf", release.engagement, release.pk)

    assert "The seal of this installation cannot be used now." in shown.content.decode()
    assert WORDS in shown.content.decode()


def test_what_was_sealed_once_is_not_sealed_again(release, monkeypatch):
    first = pdf_of(release)
    monkeypatch.setattr("driehoek.results.actions.paper.seal_here", None)

    assert pdf_of(release) == first
