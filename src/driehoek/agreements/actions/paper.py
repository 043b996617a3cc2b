"""Printing an agreement; what everybody signed is sealed once and kept."""

import hashlib
import hmac
import json

from django.db import IntegrityError, transaction

from driehoek.agreements.models import SealedCopy, Version
from driehoek.agreements.queries.sheet import Sheet
from driehoek.agreements.queries.verifying import mark_of
from driehoek.documents.pdf import render
from driehoek.documents.seal import seal_here, sealed_with
from driehoek.kit import clock


def printed(sheet: Sheet) -> bytes:
    """The PDF: of a version that came into force the copy that was sealed, made at the first download.

    Refuses what is too long to print, and when the seal cannot be used.
    """
    version = sheet.version
    if version is None or version.in_force_at is None:  # a draft or an offer proves nothing
        return _on_paper(sheet)
    state = state_of(version, sheet)
    there = version.copies.filter(state=state).first()
    return bytes((there or _sealed(version, sheet, state)).pdf)


def state_of(version: Version, sheet: Sheet) -> str:
    """The same for as long as the same words would be sealed with the same certificate.

    Keyed, so that nobody can guess from it the words that only some may read.
    """
    said = json.dumps([sheet.data, sheet.language, sealed_with()], default=str, sort_keys=True)
    key = version.salt or version.fingerprint
    return hmac.new(key.encode(), said.encode(), hashlib.sha256).hexdigest()


def _sealed(version: Version, sheet: Sheet, state: str) -> SealedCopy:
    pdf = seal_here(_on_paper(sheet), reason=mark_of(version))
    try:
        with transaction.atomic():
            return SealedCopy.objects.create(version=version, state=state, pdf=pdf, made_at=clock.now())
    except IntegrityError:  # somebody else downloaded it at the same moment
        return version.copies.get(state=state)


def _on_paper(sheet: Sheet) -> bytes:
    title = sheet.data["title"]
    return render("agreement", sheet.data, language=sheet.language, title=title, now=sheet.since)
