"""How far an agreement has come: the draft, the meeting, and what became of the last version."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from driehoek.access import Role, Shape
from driehoek.agreements.models import Comment, Draft, Signature, Version
from driehoek.agreements.queries.draft import first_facts, receivers_of
from driehoek.engagements.models import HERE, Engagement
from driehoek.engagements.queries import Planned
from driehoek.intake.models import IntakeForm
from driehoek.kit import clock
from driehoek.kit.prepared import Prepared

HELD = (Version.State.OFFERED, Version.State.IN_FORCE)


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides whether an agreement can be offered and signed now.

    `amending` says that a change to what is in force is being written.
    `parted` says that coachee and coach, with nobody else in it, wrote down that they do not go on.
    `handed_in` holds the roles that have answered the six questions.
    """

    draft: Draft
    met_on: date | None
    parted: bool
    last_state: str
    handed_in: frozenset[str]
    amending: bool = False
    open_comments: int = 0

    @property
    def is_offered(self) -> bool:
        return self.last_state == Version.State.OFFERED


def _standing() -> QuerySet[Engagement]:
    versions = Version.objects.filter(engagement=OuterRef("pk")).order_by("-number")
    offered = versions.order_by().filter(state=Version.State.OFFERED)
    signatures = Signature.objects.filter(version__in=offered.values("pk"))
    open_ones = Comment.objects.filter(engagement=OuterRef("pk"), outcome=Comment.Outcome.OPEN)
    comments = open_ones.order_by().values("engagement")
    forms = IntakeForm.objects.filter(engagement=OuterRef("pk"), handed_in_at__isnull=False)
    return (
        Engagement.objects.select_related("draft")
        .annotate(
            acquainted_on=F("acquaintance__met_on"),
            goes_on=F("acquaintance__goes_on"),
            signed_after=Subquery(versions.filter(state__in=HELD).values("met_on")[:1]),
            signed_offer=Exists(signatures),
            open_comments=Coalesce(Subquery(comments.annotate(n=Count("pk")).values("n")), 0),
            last_state=Subquery(versions.values("state")[:1]),
            **{f"handed_in_{role}": Exists(forms.filter(party__role=role)) for role in Role},
        )
        .filter(pk=HERE)
    )


_STANDING: Final = Prepared(_standing)


def standing(engagement: Engagement) -> Standing:
    """How far the agreement has come: 1 query with prefetched parties."""
    roles = [party.role for party in engagement.parties.all()]
    found: Any = _STANDING.ask(engagement=engagement.pk)[0]
    alone = not receivers_of(engagement) and engagement.shape_ is not Shape.CONSULTANCY
    draft = getattr(found, "draft", None) or Draft(engagement=engagement, **first_facts(engagement))
    return Standing(
        draft=draft,
        met_on=_met_on(found, draft, alone=alone),
        parted=alone and found.goes_on is False,
        last_state=found.last_state or "",
        handed_in=frozenset(role for role in roles if getattr(found, f"handed_in_{role}")),
        amending=draft.amending_since is not None,
        open_comments=found.open_comments,
    )


def met_as_planned(now: Standing, planned: Planned) -> date | None:
    """The day for which the meeting about this was planned, once it is over: no queries.

    A change is talked about anew, so the meeting about what came before is not the one.
    """
    since, on = now.draft.amending_since, planned.past_day
    return on if on and (since is None or on >= since.date()) else None


def _met_on(found: Any, draft: Draft, *, alone: bool) -> date | None:
    """The day on which they talked about this, never one to come. Two may have done so getting acquainted."""
    day = draft.three_way_met_on
    if found.signed_after and (found.signed_offer or not draft.amending_since):
        day = found.signed_after  # signed on the strength of that talk; a change is talked about anew
    if not day and alone and found.goes_on is not False:
        day = found.acquainted_on
    return day if day and day <= clock.today(found.time_zone) else None
