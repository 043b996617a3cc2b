"""An agreement as it goes on paper: the same words whoever downloads it, in the language of the agreement."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from driehoek.agreements.models import Draft, Version
from driehoek.agreements.queries.draft import draft_as_it_stands
from driehoek.agreements.queries.evidence_page import as_it_stands_since, evidence
from driehoek.agreements.queries.frozen import versions
from driehoek.agreements.queries.language import language_of, language_signed
from driehoek.agreements.queries.reading import reading, reading_of_draft
from driehoek.engagements.models import Engagement
from driehoek.method.texts import Language
from driehoek.people.models import Person


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed, under what name, in which language, and since when nothing in it changed.

    `version` is None for a draft.
    """

    version: Version | None
    data: dict[str, Any]
    name: str
    language: Language
    since: datetime


def sheet_of(engagement: Engagement, number: int, person: Person) -> Sheet | None:
    """A version, or the draft under the number it would get; None for any other number: 2 to 5 queries."""
    found = versions(engagement)
    shown = next((one for one in found if one.number == number), None)
    if shown is None and number != (found[0].number + 1 if found else 1):
        return None
    draft = None if shown else draft_as_it_stands(engagement)
    language = language_signed(shown) if shown else language_of(engagement, draft)
    with override(language):
        said = _said(engagement, person, shown or draft, found)
        since = as_it_stands_since(found, said.get("signatures", ())) if shown else _written_at(draft)
        proof = evidence(shown, said.get("signatures", ()), found, now=since)
        name = _("%(title)s, version %(number)d") % {"title": said["paper"]["title"], "number": number}
    return Sheet(shown, said["paper"] | {"evidence": proof}, name, language, since)


def _said(
    engagement: Engagement, person: Person, shown: Version | Draft | None, found: list[Version]
) -> dict[str, Any]:
    if isinstance(shown, Version):
        return reading(engagement, shown, person, among=found)
    return reading_of_draft(engagement, person, last=found[0] if found else None, draft=shown)


def _written_at(draft: Draft | None) -> datetime:
    """When the draft was last written on; of one that was not, when nothing was yet."""
    return (draft and draft.changed_at) or datetime.fromtimestamp(0).astimezone()
