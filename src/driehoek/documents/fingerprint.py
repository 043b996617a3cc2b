"""One fingerprint for what several people sign: SHA-256 over canonical JSON (RFC 8785)."""

import hashlib
from typing import Any

import rfc8785

_GROUPS_SHOWN = 8
_GROUP_LENGTH = 4


class NotCanonical(ValueError):
    """Something in the document has no single, lasting way of being written down."""


def canonical(data: Any) -> bytes:
    """Give the one byte sequence that stands for `data`, whatever order its keys came in.

    Parameters
    ----------
    data : dicts with text keys, lists, text, whole numbers, true, false, None.
        A number with decimals goes in as text ("7.5"): what is signed must look
        the same in every programming language and after every database.

    Raises
    ------
    NotCanonical : a float, a date or another type, a key that is not text, a whole
        number beyond 2**53 - 1, text that is not Unicode. The message names the place.

    Source
    ------
    RFC 8785, JSON Canonicalization Scheme (2020).

    Example
    -------
    >>> canonical({"b": 1, "a": ["é", None]})
    b'{"a":["\\xc3\\xa9",null],"b":1}'
    """
    _refuse_what_has_two_spellings(data, at="$")
    try:
        return rfc8785.dumps(data)
    except ValueError as problem:
        raise NotCanonical(str(problem)) from problem


def fingerprint(data: Any) -> str:
    """Give the fingerprint of `data`: 64 hexadecimal characters.

    Example
    -------
    >>> fingerprint({}) == fingerprint({"a": None})
    False
    """
    return hashlib.sha256(canonical(data)).hexdigest()


def grouped(whole: str) -> str:
    """Give a whole fingerprint in groups of four, for a page and for the sentence that is signed.

    Example
    -------
    >>> grouped("7c41e09a5d2f118b")
    '7c41 e09a 5d2f 118b'
    """
    return " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))


def short(whole: str) -> str:
    """Give the part of a fingerprint that people read to each other: eight groups of four.

    Example
    -------
    >>> short("7c41e09a5d2f118ba3e644700fb9c2d8" + 32 * "0")
    '7c41 e09a 5d2f 118b a3e6 4470 0fb9 c2d8'
    """
    shown = whole[: _GROUPS_SHOWN * _GROUP_LENGTH]
    return " ".join(shown[i : i + _GROUP_LENGTH] for i in range(0, len(shown), _GROUP_LENGTH))


def _refuse_what_has_two_spellings(value: Any, *, at: str) -> None:
    if value is None or isinstance(value, bool | int | str):
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise NotCanonical(f"{at}: the key {key!r} is not text.")
            _refuse_what_has_two_spellings(inner, at=f"{at}.{key}")
    elif isinstance(value, list | tuple):
        for position, inner in enumerate(value):
            _refuse_what_has_two_spellings(inner, at=f"{at}[{position}]")
    else:
        raise NotCanonical(f"{at}: {type(value).__name__} cannot be signed; write it as text.")
