"""The last page of a signed agreement on paper: what proves who signed which words, and when."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from driehoek.agreements.models import Signature, Version
from driehoek.agreements.queries.frozen import terms
from driehoek.agreements.queries.paper import signature_in_words
from driehoek.agreements.queries.paper_goals import Block, table
from driehoek.documents.fingerprint import short
from driehoek.kit.addresses import reverse
from driehoek.kit.templatetags.look import day

SIGNS_SHOWN = 16  # of a fingerprint, in a list of versions: enough to tell them apart


def evidence(
    version: Version | None, signatures: Sequence[Signature], among: Iterable[Version], *, now: datetime
) -> dict[str, Any] | None:
    """What `documents.pdf` prints on a page of its own; nothing before anybody signed. No queries.

    `among` are all versions of this agreement. Every party reads each of them in full anyway.
    """
    if version is None or not signatures:
        return None
    return {
        "heading": _("Evidence"),
        "computed": _(
            "The fingerprint is the SHA-256 value of the whole text of this version, "
            "first written out as canonical JSON (RFC 8785), so that the same text always gives the same one."
        ),
        "signers_heading": _("Who signed"),
        "signers": _signers(version, signatures),
        "blocks": [
            {"kind": "heading", "text": _("All versions of this agreement")},
            _versions(sorted(among, key=lambda one: one.number)),
            {"kind": "text", "text": _("As it has stood since %(moment)s.") % {"moment": exact(now)}},
            {"kind": "heading", "text": _("How to check this")},
            *_check(version),
        ],
    }


def as_it_stands_since(among: Iterable[Version], signatures: Iterable[Signature]) -> datetime:
    """The last moment at which something happened to these versions: no queries."""
    moments = [
        moment
        for one in among
        for moment in (one.offered_at, one.in_force_at, one.declined_at, one.withdrawn_at)
        if moment
    ]
    return max(*moments, *(one.signed_at for one in signatures), moments[0])


def exact(moment: datetime) -> str:
    """A moment to the second with the time zone it is told in: no queries."""
    here = timezone.localtime(moment)
    shift = f"{here:%z}"
    facts = {"day": day(here), "time": f"{here:%H:%M:%S}", "zone": f"UTC{shift[:3]}:{shift[3:]}"}
    return _("%(day)s, %(time)s (%(zone)s)") % facts


def _signers(version: Version, signatures: Sequence[Signature]) -> list[dict[str, str]]:
    """Everybody who must sign, as the page of the agreement says it, but to the second."""
    signed = {one.role: one for one in signatures}
    found = []
    for party in terms(version)["parties"]:
        if party["signs"]:
            one = signed.get(party["role"])
            to_the_second = {"signed_at": exact(one.signed_at)} if one else {}
            found.append(signature_in_words(party, one) | to_the_second)
    return found


def _versions(found: Sequence[Version]) -> Block:
    held = [one for one in found if one.in_force_at]
    until = {one.pk: later for one, later in pairwise(held)}
    rows = [
        [
            str(one.number),
            exact(one.offered_at),
            _became(one, until.get(one.pk)),
            _held(one, until.get(one.pk)),
            short(one.fingerprint[:SIGNS_SHOWN]),
        ]
        for one in found
    ]
    head = [
        _("Version"),
        _("Offered"),
        _("What became of it"),
        _("In force"),
        _("Its fingerprint begins with"),
    ]
    return table(head, rows, widths=[10, 24, 18, 24, 24])


def _became(version: Version, later: Version | None) -> str:
    words = {
        Version.State.OFFERED: _("lies open for signing"),
        Version.State.IN_FORCE: _("in force"),
        Version.State.DECLINED: _("declined"),
        Version.State.WITHDRAWN: _("taken back"),
        Version.State.SUPERSEDED: _("replaced by a later one"),
    }
    if later is not None:
        return _("replaced by version %(number)d") % {"number": later.number}
    return words[Version.State(version.state)]


def _held(version: Version, later: Version | None) -> str:
    if version.in_force_at is None:
        return _("never") if version.state != Version.State.OFFERED else _("not yet")
    since = exact(version.in_force_at)
    if later is None or later.in_force_at is None:
        return _("from %(since)s") % {"since": since}
    return _("from %(since)s until %(until)s") % {"since": since, "until": exact(later.in_force_at)}


def _check(version: Version) -> list[Block]:
    if version.in_force_at is None:
        words = _(
            "This file carries no seal, because not everybody has signed. Once the version is in force "
            "its PDF is sealed, and whoever holds it can check it at the address below."
        )
    else:
        words = _(
            "This file is sealed. Whoever holds it can give it to the page below, without an account. "
            "The page then says whether the file is unaltered and whether this version still holds, "
            "and tells nothing of what was agreed. Compare the fingerprint above with that of another copy: "
            "if they are the same, so is every word that was agreed."
        )
    place = {"label": _("Address"), "value": f"{settings.BASE_URL}{reverse('verify')}"}
    return [{"kind": "text", "text": words}, {"kind": "facts", "items": [place]}]
