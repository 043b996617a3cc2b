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
CENTRE, WIDER, MIDDLE = (320.0, 230.0), 1.35, 24.0
ACROSS, DOWN = 640.0, 460.0
LETTERS = {"desk": (7.6, 16.0), "phone": (11.0, 22.0)}  # as wide and high as there, in units of the picture
LONGEST = 22  # more of a name is not drawn
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
class Label:
    """What stands at a dot, as a box around its words, in user units of an SVG."""

    words: str
    x: float
    y: float
    width: float
    height: float

    @property
    def baseline(self) -> float:
        """Where its letters stand."""
        return round(self.y + self.height * 0.27, 1)

    def runs_into(self, x: float, y: float, width: float, height: float) -> bool:
        """Whether it lies over a box around this middle."""
        return abs(self.x - x) < (self.width + width) / 2 and abs(self.y - y) < (self.height + height) / 2

    @property
    def is_inside(self) -> bool:
        is_across = self.width / 2 <= self.x <= ACROSS - self.width / 2
        return is_across and self.height / 2 <= self.y <= DOWN - self.height / 2


@dataclass(frozen=True, slots=True)
class Dot:
    """One person in the picture, in user units of an SVG."""

    name: str
    stance: str
    x: float
    y: float
    size: float

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
    """The coachee in the middle, the others as near, as large and as willing as the two see them.

    At each dot stands the name, on a desk and on a phone. Where there is no room for all of them stand the
    numbers of the list beside the picture.
    """

    dots: tuple[Dot, ...]
    desk: tuple[Label, ...] = ()
    phone: tuple[Label, ...] = ()
    x: float = CENTRE[0]
    y: float = CENTRE[1]
    rings: tuple[tuple[float, float], ...] = tuple((WIDER * ring, ring) for ring in RINGS.values())
    has_numbers: bool = False


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

    Each of `people` has name, stance, influence and closeness.
    """
    dots = []
    for place, one in enumerate(people):
        ring, size = RINGS[one["closeness"]], SIZES[one["influence"]]
        x, y = _on_ring(ring, place, len(people))
        dots.append(Dot(one["name"], one["stance"], x, y, size))
    numbers = _numbered(people)
    desk, phone = (_named(dots, LETTERS[screen]) or numbers for screen in ("desk", "phone"))
    return PeopleMap(tuple(dots), desk, phone, has_numbers=numbers in (desk, phone) and bool(dots))


def _on_ring(ring: float, place: int, count: int) -> tuple[float, float]:
    angle = -pi / 2 + 2 * pi * place / count
    return round(CENTRE[0] + WIDER * ring * cos(angle), 1), round(CENTRE[1] + ring * sin(angle), 1)


def _named(dots: Sequence[Dot], letter: tuple[float, float]) -> tuple[Label, ...]:
    """Every name right at its dot and over nothing else; nothing when there is no room for all of them."""
    found: list[Label] = []
    for dot in dots:
        free = (one for one in _around(dot, letter) if _is_free(one, dot, dots, found))
        label = next(free, None)
        if label is None:
            return ()
        found.append(label)
    return tuple(found)


def _around(dot: Dot, letter: tuple[float, float]) -> list[Label]:
    """Under and above it, the side away from the coachee first, and beside it."""
    words = dot.name if len(dot.name) <= LONGEST else f"{dot.name[: LONGEST - 1]}…"
    width, height = len(words) * letter[0], letter[1]
    down, side = dot.size * 1.2 + height / 2 + 1, dot.size * 1.2 + width / 2 + 5
    away = 1 if dot.y > CENTRE[1] else -1
    outward = 1 if dot.x >= CENTRE[0] else -1
    places = [(0, away * down), (0, -away * down), (outward * side, 0), (-outward * side, 0)]
    return [Label(words, round(dot.x + x, 1), round(dot.y + y, 1), width, height) for x, y in places]


def _is_free(label: Label, own: Dot, dots: Sequence[Dot], others: Sequence[Label]) -> bool:
    if not label.is_inside or label.runs_into(*CENTRE, 2 * MIDDLE, 2 * MIDDLE):
        return False
    if any(label.runs_into(one.x, one.y, 2 * one.size, 2 * one.size) for one in dots if one is not own):
        return False
    return not any(label.runs_into(one.x, one.y, one.width, one.height) for one in others)


def _numbered(people: Sequence[Mapping[str, Any]]) -> tuple[Label, ...]:
    """The numbers of the list, outside each dot, and on the outer ring inside, where there is room."""
    labels, (letter, height) = [], LETTERS["phone"]
    for place, one in enumerate(people):
        ring, beyond = RINGS[one["closeness"]], SIZES[one["influence"]] + 14
        x, y = _on_ring(ring + (-beyond if one["closeness"] == max(RINGS) else beyond), place, len(people))
        labels.append(Label(str(place + 1), x, y, 2 * letter, height))
    return tuple(labels)
