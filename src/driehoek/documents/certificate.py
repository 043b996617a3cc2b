"""The certificate of this installation, with which its documents are sealed."""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

YEARS = 10
BITS = 3072


class UnusableCertificate(Exception):
    """A sentence for whoever runs the server."""


@dataclass(frozen=True)
class Sealer:
    """A PKCS#12 file with a key and its certificate, ours or one that the operator put there."""

    path: Path
    password: bytes | None = None

    @property
    def state(self) -> tuple[int, int] | None:
        """What changes when somebody puts another file there; None while there is none."""
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size

    @property
    def certificate(self) -> x509.Certificate:
        """The certificate, to compare a seal with. Raises UnusableCertificate."""
        try:
            found = pkcs12.load_pkcs12(self.path.read_bytes(), self.password)
        except OSError as trouble:
            raise UnusableCertificate(f"The certificate {self.path} cannot be read.") from trouble
        except ValueError as trouble:
            raise UnusableCertificate(
                f"{self.path} is not a PKCS#12 file, or its password is another one."
            ) from trouble
        if found.cert is None or found.key is None:
            raise UnusableCertificate(f"{self.path} holds no certificate with its key.")
        return found.cert.certificate


def make_certificate(sealer: Sealer, *, name: str, now: datetime) -> None:
    """Write a new self-made certificate, unless there is one already. Only the owner can read the file.

    `name` stands in it as the one who seals, for example the address of the installation.
    """
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Driehoek {name}"[:64])])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_may_sign(), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    lock = BestAvailableEncryption(sealer.password) if sealer.password else NoEncryption()
    written = pkcs12.serialize_key_and_certificates(b"driehoek", key, certificate, None, lock)
    try:
        handle = os.open(sealer.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "wb") as file:
        file.write(written)


def _may_sign() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
