"""AES-256-GCM with associated data. Pure bytes; knows no database."""

import hashlib
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FORMAT = b"\x01"
_NONCE = 12


class Unreadable(Exception):
    """The bytes were changed, moved to another place, or sealed with another key."""


def new_key() -> bytes:
    """A fresh random key of 32 bytes."""
    return AESGCM.generate_key(256)


def derive(master: bytes, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose, so that no key serves two ends."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"driehoek " + purpose.encode()).derive(master)


def name_of(key: bytes) -> str:
    """A short public name by which a stored secret tells which master key opens it."""
    return hashlib.sha256(b"driehoek key name" + key).hexdigest()[:16]


def seal(key: bytes, plain: bytes, *, place: bytes) -> bytes:
    """Encrypt `plain` so that it opens only with `key` and only in the same `place`."""
    nonce = os.urandom(_NONCE)
    return FORMAT + nonce + AESGCM(key).encrypt(nonce, plain, place)


def unseal(key: bytes, sealed: bytes, *, place: bytes) -> bytes:
    """Decrypt; raises Unreadable when bytes, key or place do not belong together."""
    if sealed[:1] != FORMAT:
        raise Unreadable("unknown format")
    try:
        return AESGCM(key).decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], place)
    except InvalidTag as error:
        raise Unreadable("does not belong here or was changed") from error
