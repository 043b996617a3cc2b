"""What was agreed: read from the bytes under the fingerprint, never from the rows being edited."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, cast
from uuid import UUID

from driehoek.access import DisclosureTable, Role, Shape
from driehoek.agreements.models import Version
from driehoek.engagements.models import HERE, Engagement
from driehoek.evidence.criteria import CriterionTerms
from driehoek.kit.prepared import Prepared
from driehoek.method.smart import Ability, SmartParts, goal_sentence
from driehoek.method.texts import Language
from driehoek.people.models import Person

Terms = Mapping[str, Any]

_CURRENT: Final = Prepared(
    lambda: Version.objects.filter(
        engagement=HERE, state__in=[Version.State.OFFERED, Version.State.IN_FORCE]
    ).order_by("number")
)


@dataclass(frozen=True, slots=True)
class AgreedGoal:
    """A goal as it was signed; `language` is the one it was written in."""

    goal_id: UUID
    number: int
    sentence: str
    learning_goals: tuple[str, ...]
    levels: Mapping[int, str]
    matters_to: str
    language: str
    by_when: date


@dataclass(frozen=True, slots=True)
class AgreedCriterion:
    """A criterion as it was signed, ready to be judged."""

    criterion_id: UUID
    goal_id: UUID
    goal_number: int
    goal_sentence: str
    measure: str
    unit: str
    terms: CriterionTerms
    language: str = "nl"
    foresight: Mapping[str, Any] | None = None


def version_in_force(engagement: Engagement) -> Version | None:
    """The version that holds, or None before everybody signed: 1 query."""
    found = current_versions(engagement)
    return next((version for version in found if version.state == Version.State.IN_FORCE), None)


def current_versions(engagement: Engagement) -> list[Version]:
    """The version in force and the one that lies open for signing, as far as there are: 1 query."""
    return _CURRENT.ask(engagement=engagement)


def version_offered(engagement: Engagement) -> Version | None:
    """The version that lies open for signing: 1 query."""
    return engagement.versions.select_related("offered_by").filter(state=Version.State.OFFERED).first()


def versions(engagement: Engagement) -> list[Version]:
    """Every version with who offered it, the latest first, whatever became of it: 1 query."""
    return list(engagement.versions.select_related("offered_by").order_by("-number"))


def version_to_read(among: Iterable[Version]) -> Version | None:
    """The version that holds, else the one on offer, from `versions`: no queries."""
    by_state = {version.state: version for version in among}
    return by_state.get(Version.State.IN_FORCE) or by_state.get(Version.State.OFFERED)


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
    return criteria_in(terms(held)) if held else []


def goals_in(agreed: Terms) -> list[AgreedGoal]:
    """The goals of one version: no queries."""
    return [
        AgreedGoal(
            goal_id=UUID(goal["id"]),
            number=goal["number"],
            sentence=sentence_of(goal),
            learning_goals=tuple(goal["learning_goals"]),
            levels={int(level): text for level, text in goal["levels"].items()},
            matters_to=goal["matters_to"],
            language=goal["language"],
            by_when=date.fromisoformat(goal["by_when"]),
        )
        for goal in agreed["goals"]
    ]


def criteria_in(agreed: Terms) -> list[AgreedCriterion]:
    """The criteria of one version, by goal: no queries."""
    goals = {goal.goal_id: goal for goal in goals_in(agreed)}
    found = []
    for written in agreed["criteria"]:
        goal = goals[UUID(written["goal"])]
        found.append(
            AgreedCriterion(
                criterion_id=UUID(written["id"]),
                goal_id=goal.goal_id,
                goal_number=goal.number,
                goal_sentence=goal.sentence,
                measure=written["measure"],
                unit=written["unit"],
                terms=_criterion_terms(written),
                language=goal.language,
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


def sentence_of(goal: Mapping[str, Any]) -> str:
    """The goal as one sentence, in the language it was written in."""
    parts = SmartParts(
        by_when=date.fromisoformat(goal["by_when"]),
        ability=cast(Ability, goal["ability"]),
        what=goal["action"],
        about=goal["about"],
        shown_by=goal["shown_by"],
        why=goal["why"],
    )
    return goal_sentence(parts, cast(Language, goal["language"]))


def _criterion_terms(written: Mapping[str, Any]) -> CriterionTerms:
    return CriterionTerms(
        form=written["form"],
        direction=written["direction"],
        target=Decimal(written["target"]),
        window_starts=date.fromisoformat(written["window_starts"]),
        deadline=date.fromisoformat(written["deadline"]),
        baseline=None if written["baseline"] is None else Decimal(written["baseline"]),
        unit=written["unit"],
        counted=written.get("counted", "last"),
    )
