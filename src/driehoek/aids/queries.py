"""What can be asked about scales and about the people around a question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any
from uuid import UUID

from driehoek.aids.models import Scale, Stakeholder
from driehoek.engagements.models import Engagement

MOST_SCALES, MOST_STAKEHOLDERS = 60, 24
TICKS = tuple((20 + 40 * number, number) for number in range(11))
CENTRE, WIDER = (320.0, 230.0), 1.35
LETTER, LONGEST, LOWEST = (
    (11.0, 22.0),
    22,
    450.0,
)  # as wide and high as on a phone; more of a name is not drawn
RINGS, SIZES = {1: 80.0, 2: 140.0, 3: 200.0}, {1: 9.0, 2: 14.0, 3: 20.0}


@dataclass(frozen=True, slots=True)
class ScaleShown:
    """One answer on a scale of 0 to 10, and where its marks stand in user units of an SVG."""

    facts: Mapping[str, Any]
    scale: Scale | None = None
    ticks: tuple[tuple[int, int], ...] = TICKS

    @property
    def now_x(self) -> int:
        now: int = self.facts["now"]
        return TICKS[now][0]

    @property
    def wanted_x(self) -> int | None:
        wanted = self.facts["wanted"]
        return None if wanted is None else TICKS[wanted][0]


@dataclass(frozen=True, slots=True)
class Dot:
    """One person in the picture, in user units of an SVG."""

    name: str
    stance: str
    x: float
    y: float
    size: float
    label_y: float

    @property
    def diamond(self) -> str:
        """Four corners around the middle, a little larger than the circle, so that both look as big."""
        half = self.size * 1.2
        return (
            f"M{self.x:.1f} {self.y - half:.1f}l{half:.1f} {half:.1f}"
            f"l{-half:.1f} {half:.1f}l{-half:.1f} {-half:.1f}z"
        )


@dataclass(frozen=True, slots=True)
class PeopleMap:
    """The coachee in the middle, the others as near, as large and as willing as the two see them."""

    dots: tuple[Dot, ...]
    x: float = CENTRE[0]
    y: float = CENTRE[1]
    rings: tuple[tuple[float, float], ...] = tuple((WIDER * ring, ring) for ring in RINGS.values())


def scales_of(engagement: Engagement) -> list[ScaleShown]:
    """Every answer on a scale, the latest first: 1 query."""
    return [ScaleShown(one.facts, one) for one in engagement.scales.order_by("-added_at")]


def scale_with(engagement: Engagement, scale_id: UUID) -> Scale | None:
    """The scale with this id: 1 query."""
    return engagement.scales.filter(pk=scale_id).first()


def stakeholders_of(engagement: Engagement) -> list[Stakeholder]:
    """Everybody on the map, in the order in which they were put there: 1 query."""
    return list(engagement.stakeholders.all())


def stakeholder_with(engagement: Engagement, stakeholder_id: UUID) -> Stakeholder | None:
    """The person with this id: 1 query."""
    return engagement.stakeholders.filter(pk=stakeholder_id).first()


def draw_map(people: Sequence[Mapping[str, Any]]) -> PeopleMap:
    """Everybody spread evenly around the coachee, from the top with the clock: no queries.

    Each of `people` has name, stance, influence and closeness. Up to a dozen names do not run into each
    other; above that the list beside the picture is what one reads.
    """
    dots: list[Dot] = []
    for place, one in enumerate(people):
        angle = -pi / 2 + 2 * pi * place / len(people)
        ring, size = RINGS[one["closeness"]], SIZES[one["influence"]]
        x, y = round(CENTRE[0] + WIDER * ring * cos(angle), 1), round(CENTRE[1] + ring * sin(angle), 1)
        dots.append(Dot(one["name"], one["stance"], x, y, size, _beside(dots, one["name"], x, y, size)))
    return PeopleMap(tuple(dots))


def _beside(others: Sequence[Dot], name: str, x: float, y: float, size: float) -> float:
    """How high a name stands: away from that of the coachee, and over no other when there is room."""
    above, under = y - size * 1.2 - 8, y + size + 16
    first, second = (above, under) if 0 <= CENTRE[1] - y < 100 else (under, above)
    away = LETTER[1] if first == under else -LETTER[1]
    free = (at for at in (first, second, first + away, first + 2 * away) if _is_free(others, name, x, at))
    return round(next(free, first), 1)


def _is_free(others: Sequence[Dot], name: str, x: float, at: float) -> bool:
    stands_clear = at <= CENTRE[1] - 8 or at >= CENTRE[1] + 8 + LETTER[1]
    return (
        stands_clear
        and LETTER[1] <= at <= LOWEST
        and not any(
            abs(one.label_y - at) < LETTER[1] and abs(one.x - x) < (_half(one.name) + _half(name))
            for one in others
        )
    )


def _half(name: str) -> float:
    return min(len(name), LONGEST) * LETTER[0] / 2
