"""Printing what was released: sealed once, and kept as it was sealed."""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from driehoek.documents.pdf import render
from driehoek.documents.seal import seal_here, sealed_with
from driehoek.kit import clock
from driehoek.kit.templatetags.look import day
from driehoek.results.models import Release, SealedReport
from driehoek.results.queries import document
from driehoek.results.queries.verifying import mark_of


def printed(release: Release) -> tuple[bytes, str]:
    """The sealed PDF and its name: the copy that was made at the first download.

    Refuses what is too long to print, and when the seal cannot be used.
    """
    said = document(release)
    with override(said["language"]):
        frame, name = _frame(release), " ".join((_("Closing report"), f"{said['title']}.pdf"))
    state = _state_of(frame)
    there = release.copies.filter(state=state).first()
    return bytes((there or _sealed(release, said | frame, state)).pdf), name


def _state_of(frame: dict[str, Any]) -> str:
    """The same for as long as the same would be sealed with the same certificate; holds no released word."""
    around = json.dumps([frame, sealed_with()], default=str, sort_keys=True)
    return hashlib.sha256(around.encode()).hexdigest()


def _sealed(release: Release, sheet: dict[str, Any], state: str) -> SealedReport:
    title = sheet["title"]
    made = render("report", sheet, language=sheet["language"], title=title, now=release.released_at)
    pdf = seal_here(made, reason=mark_of(release))
    try:
        with transaction.atomic():
            return SealedReport.objects.create(release=release, state=state, pdf=pdf, made_at=clock.now())
    except IntegrityError:  # somebody else downloaded it at the same moment
        return release.copies.get(state=state)


def _frame(release: Release) -> dict[str, Any]:
    """What stands around the document on paper; nothing of it is under the fingerprint."""
    note = _("The fingerprint covers every word of this document as it was released.")
    check = _(
        "This file is sealed. Whoever holds it can give it to %(address)s, without an account. The page "
        "then says whether the file is unaltered and whether the release still stands, and nothing else."
    ) % {"address": f"{settings.BASE_URL}{reverse('verify')}"}
    words = {"page": _("{page} of {pages}"), "fingerprint": _("Fingerprint"), "fingerprint_note": note}
    return {
        "brand": "Driehoek",
        "stamp": _("Released on %(day)s") % {"day": day(release.released_at)},
        "fingerprint": release.fingerprint,
        "version_label": _("Agreement version %(number)s") % {"number": release.under.number},
        "words": words | {"check": check},
    }
