"""The one language in which an agreement is written, whoever reads it."""

from collections.abc import Mapping
from typing import Final

from driehoek.access import Role
from driehoek.agreements.models import Draft, Version
from driehoek.agreements.queries.clauses import clauses_for
from driehoek.engagements.models import Engagement
from driehoek.method.situations import situations
from driehoek.method.texts import LANGUAGES, Language

_LEADS: Final = (Role.COACH, Role.CONSULTANT)


def language_of(engagement: Engagement, draft: Draft | None) -> Language:
    """The language that was chosen; until then that of the one who began it: no queries with parties."""
    return _known(draft.language if draft else "") or first_language(engagement)


def first_language(engagement: Engagement) -> Language:
    """The language of who began it, or who leads the work when that is somebody else.

    No queries with prefetched parties.
    """
    there = list(engagement.parties.all())
    began = [one for one in there if one.person_id == engagement.made_by_id]
    leads = [one for one in there if one.role_ in _LEADS]
    return next((found for one in (*began, *leads) if (found := _known(one.person.language))), LANGUAGES[0])


def language_signed(version: Version) -> Language:
    """The language a version is in; one from before this was chosen has that of who began the engagement.

    No queries with prefetched parties.
    """
    return _known(version.said["logistics"].get("language", "")) or first_language(version.engagement)


def said_in(engagement: Engagement, language: Language, texts: Mapping[str, str]) -> dict[str, str]:
    """The same clauses, with every standard text that nobody changed in this language: no queries."""
    known = _standard_texts(engagement, language)
    return {name: known.get((name, text), text) for name, text in texts.items()}


def _standard_texts(engagement: Engagement, language: Language) -> dict[tuple[str, str], str]:
    """By clause and text in another language: the same standard text in this one."""
    found: dict[tuple[str, str], str] = {}
    here, roles = situations(language), list(Role)
    own = {one.id: one.start for one in clauses_for(engagement.shape_, roles, language)}
    for other in LANGUAGES:
        if other != language:
            for name, one in situations(other).items():
                found |= {(part, text): here[name].clauses[part] for part, text in one.clauses.items()}
            for clause in clauses_for(engagement.shape_, roles, other):
                found |= {(clause.id, clause.start): own[clause.id]} if clause.start else {}
    return found


def _known(code: str) -> Language | None:
    return next((one for one in LANGUAGES if one == code), None)
