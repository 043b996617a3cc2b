"""What is sealed into the report of a round, and which round a seal belongs to."""

import re
from typing import Final
from uuid import UUID

from driehoek.feedback.models import Round
from driehoek.feedback.queries.paper import fingerprint_of
from driehoek.vault.sealing import Unreadable

_MARK: Final = re.compile(r"driehoek feedback ([0-9a-f-]{36}) ([0-9a-f]{64})")


def mark_of(one: Round) -> str:
    """What is sealed into the document: which round this is, and the fingerprint of what is told of it."""
    return f"driehoek feedback {one.pk} {fingerprint_of(one)}"


def round_marked(mark: str) -> Round | None:
    """The closed round whose report was sealed with this mark: 1 query, none for another mark."""
    if not (found := _MARK.fullmatch(mark)):
        return None
    one = Round.objects.select_related("engagement__data_key").filter(pk=UUID(found.group(1))).first()
    try:
        return one if one and one.report and fingerprint_of(one) == found.group(2) else None
    except Unreadable:  # its key is gone, and the words with it
        return None
