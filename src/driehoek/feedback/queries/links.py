"""What somebody who holds a link may see: who asks, what, and their own draft."""

import json
from dataclasses import dataclass, field
from typing import Any, Final

from driehoek.engagements.models import Engagement
from driehoek.evidence.profile import FEWEST_AROUND, FEWEST_COMMENTS
from driehoek.feedback.models import Rater
from driehoek.feedback.queries.rounds import asked_in, coach_in, coachee_in
from driehoek.method.questionnaires import Questionnaire
from driehoek.people.models import Person
from driehoek.people.queries import hash_of
from driehoek.vault.sealing import Unreadable, derive, unseal

_OPEN: Final = "open"


@dataclass(slots=True)
class Draft:
    """What was filled in so far: a number by item, None where somebody cannot say, and words by question."""

    scores: dict[str, int | None] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    knows: bool = False  # a manager, that the answers will be recognised

    def packed(self) -> bytes:
        return json.dumps({"scores": self.scores, "texts": self.texts, "knows": self.knows}).encode()


def rater_by_link(token: str) -> Rater | None:
    """Who may answer with this link, now: 1 query. None for a link that is used, replaced, or too late."""
    if not token:
        return None
    found = Rater.objects.select_related("round__engagement__organisation", "round__engagement__data_key")
    rater = found.filter(link_hash=hash_of(token), round__state=_OPEN).first()
    return rater if rater and rater.round.takes_answers else None


def draft_of(rater: Rater, token: str) -> Draft:
    """What stands in the draft of this link; nothing when it was sealed with another: no queries."""
    if not rater.draft:
        return Draft()
    try:
        kept = unseal(draft_key(token), bytes(rater.draft), place=place_of(rater))
    except Unreadable:
        return Draft()
    return Draft(**json.loads(kept))


def draft_key(token: str) -> bytes:
    """The key of a draft follows from the link alone, which is stored nowhere."""
    return derive(token.encode(), "feedback draft")


def place_of(rater: Rater) -> bytes:
    """Binds a draft to its row."""
    return f"feedback draft {rater.pk}".encode()


@dataclass(frozen=True, slots=True)
class Invitation:
    """All that somebody who is asked should know before they begin."""

    rater: Rater
    asked: Questionnaire
    engagement: Engagement
    about: Person
    coach: str
    level: str
    """named, semi (3 or 4 in a group), anonymous (5 or more), or hidden: too few for any number."""
    together: bool
    """Whether the own group is so small that it is taken together with others."""
    with_words: bool
    """Whether so many are asked that what somebody writes can be shown."""

    @property
    def name(self) -> str:
        return self.about.first_name_only

    @property
    def is_self(self) -> bool:
        return self.rater.group == Rater.Group.SELF


def invitation_of(rater: Rater) -> Invitation:
    """Who is asked what by whom, and how recognisable they are: 3 queries."""
    one = rater.round
    groups = list(one.raters.values_list("group", flat=True))
    counts = {group: groups.count(group) for group in groups}
    small = sum(n for g, n in counts.items() if g not in ("self", "manager") and n < FEWEST_AROUND)
    own = counts[rater.group]
    together = rater.group not in ("self", "manager") and own < FEWEST_AROUND
    return Invitation(
        rater=rater,
        asked=asked_in(one),
        engagement=one.engagement,
        about=coachee_in(one.engagement).person,
        coach=coach_in(one.engagement).name,
        level=_level(rater.group, small if together else own),
        together=together,
        with_words=len(groups) - counts.get("self", 0) - counts.get("manager", 0) >= FEWEST_COMMENTS,
    )


def _level(group: str, among: int) -> str:
    if group in ("self", "manager"):
        return "named"
    if among < FEWEST_AROUND:
        return "hidden"
    return "anonymous" if among >= 5 else "semi"


def left_open(asked: Questionnaire, draft: Draft) -> dict[int, int]:
    """How many sentences of which page have no answer yet: no queries."""
    pages = enumerate(asked.behaviours, 1)
    counts = {n: sum(item.id not in draft.scores for item in one.items) for n, one in pages}
    return {n: count for n, count in counts.items() if count}


def answer_of(draft: Draft, asked: Questionnaire) -> dict[str, Any]:
    """What is handed in of a draft: numbers on the scale, and words where there are any."""
    known, on_scale = {item.id for item in asked.items}, range(asked.scale.lowest, asked.scale.highest + 1)
    scores = {item: n for item, n in draft.scores.items() if item in known and n in on_scale}
    words = {one.id: draft.texts[one.id].strip() for one in asked.open if draft.texts.get(one.id, "").strip()}
    return {"scores": scores, "texts": words}
