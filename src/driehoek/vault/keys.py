"""Data keys: made, found, re-wrapped and destroyed."""

import base64
import uuid
from collections.abc import Iterable
from time import monotonic

from django.conf import settings
from django.db import transaction

from driehoek.kit import clock
from driehoek.vault import sealing
from driehoek.vault.models import DataKey
from driehoek.vault.sealing import Unreadable

_REMEMBER_SECONDS = 30  # a shredded key is forgotten by every process within this time
_known: dict[uuid.UUID, tuple[float, bytes]] = {}


def make_key() -> DataKey:
    """A new data key, wrapped by the current master key: 1 query."""
    row = DataKey(made_at=clock.now())
    row.master, row.wrapped = _wrap(row.id, sealing.new_key())
    row.save(force_insert=True)
    return row


def key(key_id: uuid.UUID) -> bytes:
    """The data key itself: 1 query, or none when it was used in the last half minute."""
    found = _known.get(key_id)
    if found and monotonic() - found[0] < _REMEMBER_SECONDS:
        return found[1]
    _known.pop(key_id, None)
    row = DataKey.objects.filter(pk=key_id).first()
    if row is None:
        raise Unreadable("the key was destroyed")
    return _remember(row)


def warm(rows: Iterable[DataKey]) -> None:
    """Unwrap and remember these keys, so that a list of many trajectories asks the database once."""
    for row in rows:
        _remember(row)


def forget(key_id: uuid.UUID | None = None) -> None:
    """Drop one key, or all keys, from the memory of this process."""
    if key_id is None:
        _known.clear()
    else:
        _known.pop(key_id, None)


@transaction.atomic
def shred(key_id: uuid.UUID) -> None:
    """Destroy a data key for good; what it sealed can never be read again."""
    DataKey.objects.filter(pk=key_id).delete()
    forget(key_id)
    transaction.on_commit(lambda: forget(key_id))  # another thread may have read the row until then


def unreadable() -> tuple[int, int]:
    """How many data keys no master key of this installation opens, and how many there are: 1 query."""
    missing = total = 0
    for row in DataKey.objects.iterator():
        total += 1
        try:
            _unwrap(row)
        except Unreadable:
            missing += 1
    return missing, total


@transaction.atomic
def rewrap() -> int:
    """Wrap every data key with the current master key; says how many were changed."""
    current = sealing.name_of(_wrapping_key(settings.MASTER_KEYS[0]))
    changed = 0
    for row in DataKey.objects.exclude(master=current).select_for_update():
        row.master, row.wrapped = _wrap(row.id, _unwrap(row))
        row.save(update_fields=["master", "wrapped"])
        changed += 1
    return changed


def seal_for_site(text: str, *, purpose: str) -> bytes:
    """Encrypt something that belongs to no trajectory, such as a queued mail."""
    secret = sealing.derive(settings.MASTER_KEYS[0], f"site {purpose}")
    return sealing.seal(secret, text.encode(), place=purpose.encode())


def open_for_site(sealed: bytes, *, purpose: str) -> str:
    """Decrypt what `seal_for_site` made for the same purpose, also under an older master key."""
    for master in settings.MASTER_KEYS:
        secret = sealing.derive(master, f"site {purpose}")
        try:
            return sealing.unseal(secret, bytes(sealed), place=purpose.encode()).decode()
        except Unreadable:
            continue
    raise Unreadable("no master key opens this")


def device_key(person_id: uuid.UUID) -> str:
    """The key with which a browser seals the unsent words of one person, in base64: no queries.

    It follows from the master key, so that it need not be stored anywhere.
    """
    secret = sealing.derive(settings.MASTER_KEYS[0], f"device of {person_id}")
    return base64.b64encode(secret).decode()


def _remember(row: DataKey) -> bytes:
    """Other threads may empty the memory at any moment, so what is asked for is also given back."""
    plain = _unwrap(row)
    if len(_known) > 5000:
        _known.clear()
    _known[row.pk] = (monotonic(), plain)
    return plain


def _wrapping_key(master: bytes) -> bytes:
    return sealing.derive(master, "wrap data keys")


def _wrap(key_id: uuid.UUID, plain: bytes) -> tuple[str, bytes]:
    wrapping = _wrapping_key(settings.MASTER_KEYS[0])
    return sealing.name_of(wrapping), sealing.seal(wrapping, plain, place=key_id.bytes)


def _unwrap(row: DataKey) -> bytes:
    for master in settings.MASTER_KEYS:
        wrapping = _wrapping_key(master)
        if sealing.name_of(wrapping) == row.master:
            return sealing.unseal(wrapping, bytes(row.wrapped), place=row.id.bytes)
    raise Unreadable("sealed with a master key this installation does not have")
