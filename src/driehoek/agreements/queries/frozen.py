"""What was agreed: read from the bytes under the fingerprint, never from the rows being edited."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any, Final, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.timezone import localdate

from driehoek.access import DisclosureTable, Role, Shape
from driehoek.agreements.models import Version
from driehoek.agreements.queries.written import terms_as_written
from driehoek.engagements.models import HERE, Engagement
from driehoek.evidence.criteria import CriterionTerms
from driehoek.kit.prepared import Prepared
from driehoek.method.smart import Ability, SmartParts, Speaker, goal_sentence, speaker_of
from driehoek.method.texts import Language
from driehoek.people.models import Person

Terms = Mapping[str, Any]

_CURRENT: Final = Prepared(
    lambda: Version.objects.filter(
        Q(state=Version.State.OFFERED) | Q(in_force_at__isnull=False), engagement=HERE
    ).order_by("number")
)


@dataclass(frozen=True, slots=True)
class AgreedGoal:
    """A goal as it was signed; `language` is the one it was written in."""

    goal_id: UUID
    number: int
    written: Mapping[str, Any]
    speaker: Speaker
    learning_goals: tuple[str, ...]
    levels: Mapping[int, str]
    matters_to: str
    language: str
    by_when: date
    brought_by: str = ""

    @property
    def sentence(self) -> str:
        """The goal as one sentence, in the language it was written in."""
        return sentence_of(self.written, self.speaker)


@dataclass(frozen=True, slots=True)
class AgreedCriterion:
    """A criterion as it was signed, ready to be judged."""

    criterion_id: UUID
    goal: AgreedGoal
    measure: str
    unit: str
    terms: CriterionTerms
    foresight: Mapping[str, Any] | None = None
    later: "Later | None" = None

    @property
    def goal_id(self) -> UUID:
        return self.goal.goal_id

    @property
    def language(self) -> str:
        """What it is called is written in the language of its goal."""
        return self.goal.language


@dataclass(frozen=True, slots=True)
class Later:
    """That a criterion is not as it was when the work began: by which version, since when, what it was first.

    `first` is None for one that was added.
    """

    number: int
    on: date
    first: AgreedCriterion | None


def version_in_force(engagement: Engagement) -> Version | None:
    """The version that holds, or None before everybody signed: 1 query."""
    return in_force_among(current_versions(engagement))


def current_versions(engagement: Engagement) -> list[Version]:
    """The version in force and the one that lies open for signing, as far as there are: 1 query."""
    found = with_earlier(_CURRENT.ask(engagement=engagement))
    return [one for one in found if one.state in (Version.State.OFFERED, Version.State.IN_FORCE)]


def version_offered(engagement: Engagement) -> Version | None:
    """The version that lies open for signing: 1 query."""
    return engagement.versions.select_related("offered_by").filter(state=Version.State.OFFERED).first()


def versions(engagement: Engagement) -> list[Version]:
    """Every version with who offered it, the latest first, whatever became of it: 1 query."""
    return with_earlier(list(engagement.versions.select_related("offered_by").order_by("-number")))


def with_earlier(found: list[Version]) -> list[Version]:
    """The same versions, all there are of one engagement, each with those in force before it: no queries."""
    for one in found:
        before = (other for other in found if other.in_force_at and other.number < one.number)
        one.earlier = sorted(before, key=lambda other: other.number)
    return found


def ever_agreed(engagement: Engagement, what: str) -> frozenset[str]:
    """The ids of all goals, or of all criteria, that were ever in force: 1 query."""
    found = engagement.versions.filter(in_force_at__isnull=False)
    return frozenset(one["id"] for version in found for one in terms(version)[what])


def version_to_read(among: Iterable[Version]) -> Version | None:
    """The version that holds, else the one on offer, from `versions`: no queries."""
    by_state = {version.state: version for version in among}
    return by_state.get(Version.State.IN_FORCE) or by_state.get(Version.State.OFFERED)


def in_force_among(found: Iterable[Version]) -> Version | None:
    """The version that holds, None before everybody signed one: no queries."""
    return next((one for one in found if one.state == Version.State.IN_FORCE), None)


def terms(version: Version) -> Terms:
    """Everything a version says, as plain data: no queries."""
    return version.said


def agreed_goals(engagement: Engagement, version: Version | None = None) -> list[AgreedGoal]:
    """The goals of the version in force, in order; none before there is one: 1 query, none with `version`."""
    held = version or version_in_force(engagement)
    return goals_in(terms(held)) if held else []


def agreed_criteria(engagement: Engagement, version: Version | None = None) -> list[AgreedCriterion]:
    """The criteria of the version in force, by goal: 1 query, none with `version`."""
    held = version or version_in_force(engagement)
    return criteria_of(held) if held else []


def criteria_of(version: Version) -> list[AgreedCriterion]:
    """The same of one version, each with what became of it after the start: at most 1 query."""
    first = earlier_of(version)[:1]
    known = {one.criterion_id: one for one in criteria_in(terms(first[0]))} if first else None
    return [
        replace(
            _since_signing(version, one),
            later=None if known is None else _later(version, one, known.get(one.criterion_id)),
        )
        for one in criteria_in(terms(version))
    ]


def _since_signing(version: Version, one: AgreedCriterion) -> AgreedCriterion:
    """With its days where they are counted from the signing, once there was one.

    An amendment of something else does not move them: it is the first signing since it is counted so.
    """
    since = None
    for signed in (version, *reversed(earlier_of(version))) if _from_signing(one) else ():
        there = {other.criterion_id: other for other in criteria_in(terms(signed))}.get(one.criterion_id)
        if there is None or not _from_signing(there):
            break
        since = signed.in_force_at and localdate(signed.in_force_at, ZoneInfo(terms(signed)["time_zone"]))
    return replace(one, terms=one.terms.counted_from(since)) if since else one


def _from_signing(one: AgreedCriterion) -> bool:
    return one.terms.anchor is not None and one.terms.anchor.kind == "signing"


def dropped_from(version: Version) -> list[tuple[AgreedCriterion, Version]]:
    """Criteria of earlier versions that this one no longer has, with the version that dropped each.

    At most 1 query.
    """
    line = [*earlier_of(version), version]
    found: dict[UUID, tuple[AgreedCriterion, Version]] = {}
    for before, after in pairwise(line):
        left = {one.criterion_id for one in criteria_in(terms(after))}
        gone = (one for one in criteria_in(terms(before)) if one.criterion_id not in left)
        found |= {one.criterion_id: (one, after) for one in gone}
    return list(found.values())


def earlier_of(version: Version) -> Sequence[Version]:
    """The versions in force before this one, the first of all first: at most 1 query."""
    if version.earlier is None:
        there = Version.objects.filter(engagement=version.engagement_id, in_force_at__isnull=False)
        version.earlier = list(there.filter(number__lt=version.number).order_by("number"))
    return version.earlier


def _later(version: Version, one: AgreedCriterion, first: AgreedCriterion | None) -> Later | None:
    """Since which version it is there, or reads as it does; None when it reads as it did at the start."""
    if first is not None and _same(first, one):
        return None
    since = version
    for before in reversed(earlier_of(version)):
        there = {other.criterion_id: other for other in criteria_in(terms(before))}.get(one.criterion_id)
        if there is None or (first is not None and not _same(there, one)):
            break
        since = before
    return Later(since.number, localdate(since.in_force_at or since.offered_at), first)


def _same(one: AgreedCriterion, other: AgreedCriterion) -> bool:
    return (one.measure, one.terms) == (other.measure, other.terms)


def goals_in(agreed: Terms) -> list[AgreedGoal]:
    """The goals of one version: no queries."""
    return [
        AgreedGoal(
            goal_id=UUID(goal["id"]),
            number=goal["number"],
            written=goal,
            speaker=speaker_of(agreed["shape"]),
            learning_goals=tuple(goal["learning_goals"]),
            levels={int(level): text for level, text in goal["levels"].items()},
            matters_to=goal["matters_to"],
            language=goal["language"],
            by_when=date.fromisoformat(goal["by_when"]),
            brought_by=goal.get("brought_by", ""),
        )
        for goal in agreed["goals"]
    ]


def criteria_in(agreed: Terms) -> list[AgreedCriterion]:
    """The criteria of one version, by goal: no queries."""
    goals = {goal.goal_id: goal for goal in goals_in(agreed)}
    names = {one["id"]: one["name"] for one in agreed.get("deliverables", ())}
    found = []
    for written in agreed["criteria"]:
        found.append(
            AgreedCriterion(
                criterion_id=UUID(written["id"]),
                goal=goals[UUID(written["goal"])],
                measure=written["measure"],
                unit=written["unit"],
                terms=terms_as_written(written, names),
                foresight=written.get("foresight"),
            )
        )
    return found


def table_in(agreed: Terms) -> DisclosureTable:
    """The disclosure table of one version: no queries."""
    return DisclosureTable.from_json(agreed["disclosure"], Shape(agreed["shape"]))


def signers_in(agreed: Terms) -> dict[Role, str]:
    """Who must sign this version: role and the id of the person, as the version names them: no queries."""
    return {Role(party["role"]): party["person"] for party in agreed["parties"] if party["signs"]}


def roles_signing(agreed: Terms, person: Person) -> list[Role]:
    """The roles in which `person` signs this version: no queries."""
    return [role for role, signer in signers_in(agreed).items() if signer == str(person.pk)]


def sentence_of(goal: Mapping[str, Any], speaker: Speaker) -> str:
    """The goal as one sentence, in the language it was written in."""
    parts = SmartParts(
        by_when=date.fromisoformat(goal["by_when"]),
        ability=cast(Ability, goal["ability"]),
        what=goal["action"],
        about=goal["about"],
        shown_by=goal["shown_by"],
        why=goal["why"],
    )
    return goal_sentence(parts, cast(Language, goal["language"]), speaker)
