"""Sealing a PDF so that any reader of PDF sees whether one byte of it was changed, and reading such a seal.

PAdES, certified with no changes allowed. The library behind it is heavy: only what seals or checks loads it.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings
from django.utils.translation import gettext as _

from driehoek.documents.certificate import Sealer, UnusableCertificate, make_certificate
from driehoek.kit import clock
from driehoek.kit.errors import Refused

FIELD = "Driehoek"
_PIECES = (b"/ByteRange", b"ETSI.CAdES.detached", b"adbe.pkcs7.detached")
_EMPTY = (
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
    b"xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \n"
    b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n160\n%%EOF\n"
)
"""A page with nothing on it: what a seal of ours looks like is seen by making one."""


def sealer() -> Sealer:
    """What this installation seals with; made at the first need when nobody put one there."""
    password = settings.SEAL_PASSWORD.encode() or None
    ours = Sealer(settings.SEAL, password)
    if not ours.path.exists():
        make_certificate(ours, name=settings.BASE_URL, now=clock.now())
    return ours


class NotSealed(Exception):
    """This is not a PDF, or nobody sealed it."""


class Broken(NotSealed):
    """There are pieces of a seal in it, and they no longer fit together."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What a seal says about the file it is in.

    `is_intact`: nothing was changed since. `is_ours`: made with the certificate of this installation.
    `reason` was sealed with the file; it holds our own mark, and only means something when both are true.
    """

    is_intact: bool
    is_ours: bool
    reason: str
    sealed_at: datetime | None


def seal(pdf: bytes, *, sealer: Sealer, reason: str) -> bytes:
    """The same document, sealed. `reason` is part of what is sealed. Raises UnusableCertificate."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter

    signer = _signer(sealer, sealer.state)
    about = signers.PdfSignatureMetadata(
        field_name=FIELD,
        reason=reason,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm="sha256",
    )
    sealed = signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), about, signer=signer)
    return bytes(sealed.getbuffer())


def seal_here(pdf: bytes, *, reason: str) -> bytes:
    """The same document, sealed with what this installation seals with. Refuses when that cannot be used."""
    try:
        return seal(pdf, sealer=sealer(), reason=reason)
    except UnusableCertificate as trouble:
        raise Refused(None, _unusable()) from trouble


def sealed_with() -> str:
    """Which certificate seals here: another one gives another answer. Refuses when it cannot be used."""
    ours = sealer()
    try:
        return _certificate(ours, ours.state).fingerprint(SHA256()).hex()
    except UnusableCertificate as trouble:
        raise Refused(None, _unusable()) from trouble


def _unusable() -> str:
    return _("The seal of this installation cannot be used now. Tell whoever runs the server.")


@lru_cache(maxsize=4)
def _signer(sealer: Sealer, _state: object) -> Any:
    """The key, read and checked once for each state of its file: checking takes longer than sealing."""
    from driehoek.documents.signer import Signer

    signer = Signer.load_pkcs12(str(sealer.path), passphrase=sealer.password)
    if signer is None:
        raise UnusableCertificate(f"{sealer.path} is not a PKCS#12 file, or its password is another one.")
    return Signer.like(signer)


def read_seal(pdf: bytes, *, sealer: Sealer) -> Seal:
    """What the last seal in this file says.

    Raises NotSealed, whatever strange file somebody sends, and Broken where there was a seal once.
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.diff_analysis import NO_CHANGES_DIFF_POLICY
    from pyhanko.sign.general import SigningError

    nothing = Broken if any(mark in pdf for mark in _PIECES) else NotSealed
    if not pdf[:1024].lstrip().startswith(b"%PDF-"):
        raise nothing
    try:
        found = PdfFileReader(BytesIO(pdf), strict=False).embedded_signatures
        if not found:
            raise nothing
        return _read(pdf, found[-1], sealer, NO_CHANGES_DIFF_POLICY)
    except NotSealed:
        raise
    except (
        PdfError,
        SigningError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
    ) as odd:
        # A broken or hostile file can fail in the parser in as many ways as there are files.
        raise nothing from odd


@lru_cache(maxsize=4)
def _certificate(sealer: Sealer, _state: object) -> x509.Certificate:
    return sealer.certificate


def _read(pdf: bytes, embedded: Any, sealer: Sealer, policy: Any) -> Seal:
    from asn1crypto.x509 import Certificate
    from cryptography.hazmat.primitives.serialization import Encoding
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    ours = _certificate(sealer, sealer.state).public_bytes(Encoding.DER)
    # Nothing is fetched from anywhere: whose seal it is, is seen by comparing certificates.
    context = ValidationContext(trust_roots=[Certificate.load(ours)], allow_fetching=False)
    status = validate_pdf_signature(embedded, signer_validation_context=context, diff_policy=policy)
    holds = status.intact and status.valid and status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    is_ours = embedded.signer_cert.dump() == ours
    return Seal(
        is_intact=holds and (not is_ours or _is_as_written(pdf, embedded, sealer)),
        is_ours=is_ours,
        reason=str(embedded.sig_object.get("/Reason", "")),
        sealed_at=embedded.self_reported_timestamp,
    )


def _is_as_written(pdf: bytes, embedded: Any, sealer: Sealer) -> bool:
    """Whether our seal itself stands in the file as we write it: no seal covers all of its own bytes.

    Its digits are capitals, and what is left of its room is filled with noughts. Around what was signed
    stands the same as in every seal of ours. Something else there means nothing to most readers of PDF, and
    is a changed byte all the same.
    """
    _start, opens, closes, _length = embedded.byte_range
    digits = pdf[opens + 1 : closes - 1]
    written = bytes.fromhex(digits.decode("ascii"))
    length = _length_of(written)
    if pdf[opens : opens + 1] + pdf[closes - 1 : closes] != b"<>":
        return False
    if digits != written[:length].hex().upper().encode() + b"0" * (len(digits) - 2 * length):
        return False
    return _around(written[:length]) == _around_ours(sealer, sealer.state)


@lru_cache(maxsize=4)
def _around_ours(sealer: Sealer, _state: object) -> tuple[bytes, ...]:
    from pyhanko.pdf_utils.reader import PdfFileReader

    made = PdfFileReader(BytesIO(seal(_EMPTY, sealer=sealer, reason="-"))).embedded_signatures[-1]
    return _around(bytes(made.pkcs7_content))


def _around(der: bytes) -> tuple[bytes, ...]:
    """Everything in a signature but what was signed and the signature itself."""
    from asn1crypto.cms import ContentInfo

    outer = ContentInfo.load(der)
    [signer] = outer["content"]["signer_infos"]
    parts = ("version", "digest_algorithms", "encap_content_info", "certificates", "crls")
    of_signer = ("version", "sid", "digest_algorithm", "signature_algorithm", "unsigned_attrs")
    return (
        outer["content_type"].dump(),
        *(outer["content"][name].dump() for name in parts),
        *(signer[name].dump() for name in of_signer),
    )


def _length_of(der: bytes) -> int:
    """How many bytes the first thing in DER takes, its own head included."""
    if der[1] < 0x80:
        return 2 + der[1]
    size = der[1] & 0x7F
    return 2 + size + int.from_bytes(der[2 : 2 + size], "big")
