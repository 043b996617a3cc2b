"""The key that seals, checked once. Importing this module loads the whole library for signatures."""

from functools import cached_property
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from pyhanko.sign.general import get_pyca_cryptography_hash
from pyhanko.sign.signers import SimpleSigner


class Signer(SimpleSigner):
    """Like that of the library, which reads and checks an RSA key anew for each of the two signatures it
    makes per document: two thirds of the time of sealing.
    """

    @classmethod
    def like(cls, read: SimpleSigner) -> "Signer":
        """The same signer: the library reads a file into its own kind, whoever asks."""
        return cls(
            signing_cert=read.signing_cert,
            signing_key=read.signing_key,
            cert_registry=read.cert_registry,
            signature_mechanism=read.signature_mechanism,
        )

    @cached_property
    def _key(self) -> Any:
        return serialization.load_der_private_key(self.signing_key.dump(), password=None)

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        mechanism = self.get_signature_mechanism_for_digest(digest_algorithm)
        if isinstance(self._key, RSAPrivateKey) and mechanism.signature_algo == "rsassa_pkcs1v15":
            return self._key.sign(data, PKCS1v15(), get_pyca_cryptography_hash(digest_algorithm))
        return super().sign_raw(data, digest_algorithm)
