"""The way a conversation went, as a picture."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from driehoek.kit.templatetags.look import clock_time
from driehoek.sessions.models import Session
from driehoek.sessions.wording import phase_words

LEFT, TOP, ROW, WIDE = 112, 20, 30, 560


@dataclass(frozen=True, slots=True)
class Stop:
    """One turn in the picture."""

    x: float
    y: float
    label: str
    at: str


@dataclass(frozen=True, slots=True)
class Way:
    """The turns of one session from left to right, a line for each phase; in user units of an SVG."""

    stops: tuple[Stop, ...]
    rows: tuple[tuple[float, str], ...]

    width: int = LEFT + WIDE + 16
    left: int = LEFT
    right: int = LEFT + WIDE

    @property
    def height(self) -> float:
        return TOP + ROW * len(self.rows)

    @property
    def began(self) -> str:
        return self.stops[0].at

    @property
    def ended(self) -> str:
        return self.stops[-1].at

    @property
    def line(self) -> str:
        return "M" + "L".join(f"{stop.x:.1f} {stop.y:.1f}" for stop in self.stops)

    @property
    def sentence(self) -> str:
        """The same in words, for whoever does not see the picture."""
        return ", ".join(f"{stop.label} {stop.at}" for stop in self.stops)


def way_of(session: Session) -> Way | None:
    """Which way the conversation of this session went; None before it went anywhere: 1 query."""
    zone = session.engagement.zone
    return draw_way([(turn.phase, clock_time(localtime(turn.at, zone))) for turn in session.turns.all()])


def draw_way(turns: Sequence[tuple[str, str]]) -> Way | None:
    """The picture of these phases, each with its time in words."""
    if len(turns) < 2:
        return None
    words = phase_words() | {"closing": _("Rounding off")}
    if "cycle" not in dict(turns):  # most conversations do without
        del words["cycle"]
    rows = {phase: TOP + ROW * place for place, phase in enumerate(words)}
    step = WIDE / (len(turns) - 1)
    stops = (Stop(LEFT + step * place, rows[one], words[one], at) for place, (one, at) in enumerate(turns))
    return Way(tuple(stops), tuple((y, words[phase]) for phase, y in rows.items()))
