"""A sealed PDF: one changed byte is seen, by us and by programs that are not ours."""

import shutil
import stat
import subprocess
from datetime import UTC, datetime
from unittest import mock

import pytest
from cryptography.hazmat.primitives import serialization

from driehoek.documents.certificate import Sealer, UnusableCertificate, make_certificate
from driehoek.documents.seal import Broken, NotSealed, read_seal, seal
from tests.documents.papers import make_paper, render

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
MARK = "driehoek agreement 3f2a"


@pytest.fixture(scope="module")
def sealer(tmp_path_factory):
    one = Sealer(tmp_path_factory.mktemp("keys") / "seal.p12")
    make_certificate(one, name="https://coach.example.org", now=NOW)
    return one


@pytest.fixture(scope="module")
def plain():
    return render("agreement", make_paper(), language="nl", title="Afspraken", now=NOW)


@pytest.fixture(scope="module")
def sealed(plain, sealer):
    return seal(plain, sealer=sealer, reason=MARK)


def ask(program, *arguments):
    found = shutil.which(program)
    assert found, f"{program} is needed here; on Debian: apt-get install poppler-utils qpdf"
    return subprocess.run([found, *arguments], capture_output=True, text=True)


def is_intact(pdf, sealer):
    try:
        return read_seal(pdf, sealer=sealer).is_intact
    except NotSealed:
        return False  # changed so much that it no longer is a sealed PDF


def test_sealed_document_is_intact_and_ours(sealed, sealer):
    read = read_seal(sealed, sealer=sealer)
    assert (read.is_intact, read.is_ours, read.reason) == (True, True, MARK)


def test_a_program_that_is_not_ours_calls_the_seal_valid(sealed, tmp_path):
    file = tmp_path / "agreement.pdf"
    file.write_bytes(sealed)

    said = ask("pdfsig", str(file)).stdout
    assert "Signature Validation: Signature is Valid." in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    assert ask("qpdf", "--check", str(file)).returncode == 0


@pytest.mark.parametrize("place", [0.05, 0.3, 0.5])
def test_one_changed_byte_is_seen_by_us_and_by_others(sealed, sealer, tmp_path, place):
    changed = bytearray(sealed)
    changed[int(len(sealed) * place)] ^= 1
    file = tmp_path / "changed.pdf"
    file.write_bytes(changed)

    assert not is_intact(bytes(changed), sealer)
    assert "Signature is Valid" not in ask("pdfsig", str(file)).stdout


def test_one_changed_byte_in_the_seal_itself_is_seen(sealed, sealer):
    """Where no signature looks: its own digits, what fills its room, and the names of its methods."""
    opens = sealed.index(b"<3082")
    closes = sealed.index(b">", opens)
    places = [opens, opens + 51, opens + 59, opens + 2391, closes - 1, closes - 9, closes]
    for place in [*places, *range(opens + 7, closes, 97)]:
        for bit in (1, 0x20):
            changed = bytearray(sealed)
            changed[place] ^= bit
            assert bytes(changed) != sealed
            assert not is_intact(bytes(changed), sealer), (place - opens, bit)


def test_a_seal_that_no_longer_fits_together_is_told_from_none_at_all(sealed, plain, sealer):
    torn = sealed.replace(b"/ByteRange", b"/ByteRangf")
    with pytest.raises(Broken):
        read_seal(torn, sealer=sealer)
    with pytest.raises(NotSealed) as never:
        read_seal(plain, sealer=sealer)
    assert never.type is NotSealed


def test_something_added_behind_the_seal_is_seen(sealed, sealer):
    assert not read_seal(sealed + b"\n% and one more promise\n", sealer=sealer).is_intact


def test_a_second_seal_by_somebody_else_is_not_ours(plain, sealer, tmp_path):
    stranger = Sealer(tmp_path / "stranger.p12")
    make_certificate(stranger, name="https://coach.example.org", now=NOW)

    read = read_seal(seal(plain, sealer=stranger, reason=MARK), sealer=sealer)
    assert read.is_intact
    assert not read.is_ours


@pytest.mark.parametrize("strange", [b"", b"hello", b"%PDF-1.7\nnothing", b"PK\x03\x04", b"%PDF-1.7" * 9999])
def test_what_is_no_sealed_pdf_is_called_so(strange, sealer):
    with pytest.raises(NotSealed):
        read_seal(strange, sealer=sealer)


def test_a_pdf_without_a_seal_and_one_cut_short_are_called_so(plain, sealed, sealer):
    for one in (plain, sealed[:-300], sealed[: len(sealed) // 2]):
        with pytest.raises(NotSealed):
            read_seal(one, sealer=sealer)


def test_the_certificate_is_made_once_and_only_its_owner_reads_it(sealer):
    before = sealer.path.read_bytes()
    make_certificate(sealer, name="https://another.example.org", now=NOW)

    assert sealer.path.read_bytes() == before
    assert stat.S_IMODE(sealer.path.stat().st_mode) == 0o600


def test_a_certificate_of_ones_own_with_a_password_works(plain, tmp_path):
    own = Sealer(tmp_path / "own.p12", b"a password")
    make_certificate(own, name="Terpstra Coaching", now=NOW)

    assert read_seal(seal(plain, sealer=own, reason=MARK), sealer=own).is_ours
    with pytest.raises(UnusableCertificate):
        seal(plain, sealer=Sealer(own.path, b"another"), reason=MARK)


def test_a_file_that_is_no_certificate_is_named(plain, tmp_path):
    odd = tmp_path / "odd.p12"
    odd.write_bytes(b"not a certificate")

    for wrong in (Sealer(odd), Sealer(tmp_path / "absent.p12")):
        with pytest.raises(UnusableCertificate, match=wrong.path.name):
            print(wrong.certificate)
        with pytest.raises(UnusableCertificate, match=wrong.path.name):
            seal(plain, sealer=wrong, reason=MARK)


def test_the_key_is_read_and_checked_once_for_many_seals(plain, sealer):
    seal(plain, sealer=sealer, reason=MARK)
    with mock.patch.object(serialization, "load_der_private_key", side_effect=AssertionError("read again")):
        assert read_seal(seal(plain, sealer=sealer, reason=MARK), sealer=sealer).is_ours
