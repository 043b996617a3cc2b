"""What is told of a closed round, laid out for a page: only what was frozen when it closed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from statistics import fmean
from typing import Final

from django.utils.translation import gettext as _

from driehoek.evidence.profile import FEWEST_AROUND, FEWEST_COMMENTS, MANAGER, SELF, Profile, Told, thawed
from driehoek.feedback.models import Round
from driehoek.feedback.queries.rounds import asked_in
from driehoek.feedback.queries.written import apart
from driehoek.feedback.wording import GROUP_WORDS
from driehoek.kit.dots import Dots, Row, draw_dots
from driehoek.kit.templatetags.look import decimal, listed
from driehoek.method.questionnaires import Behaviour, Questionnaire

AROUND: Final = "around"
_MARKS: Final = {SELF: "ring", AROUND: "dot", MANAGER: "square"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A mean on the page: of which group, and how far its answers lie apart where that may be told."""

    group: str
    mean: Fraction | None
    spread: float | None = None

    @property
    def words(self) -> str:
        """To one decimal; the exact number says no more of a group this small."""
        return "" if self.mean is None else decimal(float(self.mean), 1)


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of behaviour: what the drawing shows in a sentence, the drawing, and the same as a table."""

    name: str
    finding: str
    dots: Dots | None
    lines: list[tuple[str, list[Cell]]]
    rows: list[Row]
    """What is drawn, for a drawing elsewhere."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was written at one open question: by others in an order that means nothing, and by the person."""

    question: str
    words: tuple[str, ...]
    own: str


@dataclass(frozen=True, slots=True)
class Report:
    """One page, for coachee and coach alike."""

    told: Profile
    asked: Questionnaire
    name: str
    is_own: bool
    """Whether the reader is the person it is about."""

    @property
    def parts(self) -> Iterator[Part]:
        """The kinds of behaviour as they were asked."""
        for seen, asked in zip(self.told.behaviours, self.asked.behaviours, strict=True):
            yield self._part(seen, asked)

    @property
    def columns(self) -> list[str]:
        """The groups of the tables."""
        return [self._called(group) for group in self._shown]

    @property
    def groups(self) -> list[tuple[str, int]]:
        """How many answered, of each group that is shown."""
        return [(self._called(group), count) for group, count in self.told.counts.items()]

    @property
    def hidden(self) -> list[str]:
        """What is not shown and why, a sentence each."""
        least, found = {"least": FEWEST_AROUND}, list[str]()
        if self.told.taken_together:
            words = _(
                "Fewer than %(least)s answered in each of these, so they are taken together: %(names)s."
            )
            found.append(words % (least | self._names(self.told.taken_together)))
        if self.told.hidden:
            words = _(
                "Not shown: %(names)s. A group begins at %(least)s, and nothing here lets you work it out."
            )
            found.append(words % (least | self._names(self.told.hidden)))
        words = _(
            "A sentence has no number where fewer than %(least)s of a group answered it, or where the number "
            "would tell what each of them said."
        )
        return [*found, words % least]

    @property
    def said(self) -> list[Said]:
        """The open questions at which there is something to read."""
        comments, own = self.told.comments or {}, self.told.own_words
        every = [
            Said(one.asked(self.name), comments.get(one.id, ()), own.get(one.id, ""))
            for one in self.asked.open
        ]
        return [one for one in every if one.words or one.own]

    @property
    def fewest_words(self) -> int:
        """From how many people on words are shown; 0 where they are."""
        return FEWEST_COMMENTS if self.told.comments is None else 0

    @property
    def few_words(self) -> str:
        """Why no words of others stand there."""
        words = _(
            "Words of others are shown from %(most)s people on, not counting the line manager. Fewer "
            "answered."
        )
        return words % {"most": FEWEST_COMMENTS}

    @property
    def own_name(self) -> str:
        """Above the words of the person themselves."""
        return _("What you wrote yourself") if self.is_own else self.name

    @property
    def highest(self) -> str:
        """What the upper end of the scale says."""
        return self.asked.scale.labels[-1]

    @property
    def _shown(self) -> list[str]:
        seen = {group for part in self.told.behaviours for group in part.means}
        return [group for group in GROUP_WORDS if group in seen]

    def _names(self, groups: tuple[str, ...]) -> dict[str, str]:
        return {"names": listed([self._called(group).lower() for group in groups])}

    def _called(self, group: str) -> str:
        if group == SELF:
            return _("You") if self.is_own else self.name
        return _("The others together") if group == AROUND else str(dict(GROUP_WORDS)[group])

    def _part(self, seen: Told, asked: Behaviour) -> Part:
        lines = [
            (
                item.asked(self.name),
                [Cell(self._called(g), one.means.get(g), one.spreads.get(g)) for g in self._shown],
            )
            for one, item in zip(seen.items, asked.items, strict=True)
        ]
        rows, scale = list(self._rows(seen)), self.asked.scale
        drawn = draw_dots(rows, lowest=scale.lowest, highest=scale.highest) if rows else None
        return Part(asked.name, self._finding(seen), drawn, lines, rows)

    def _rows(self, seen: Told) -> Iterator[Row]:
        """The person and the others first, joined; then each group by itself."""
        means: dict[str, Fraction | None] = {SELF: seen.own, AROUND: seen.around}
        means |= {group: seen.means.get(group) for group in self._shown if group != SELF}
        for group, mean in means.items():
            if mean is not None:
                words = decimal(float(mean), 1)
                parts = tuple(float(one.means[group]) for one in seen.items if group in one.means)
                mark = _MARKS.get(group, "small")
                yield Row(self._called(group), float(mean), mark, words, parts, _spread_of(seen, group))

    def _finding(self, seen: Told) -> str:
        """One sentence: the difference as it is, and no word on what is better."""
        own, others = seen.own, seen.around
        if others is None:
            return _("Too few people answered to show how others see this.")
        facts = {"name": self.name, "others": decimal(float(others), 1)}
        if own is None:
            return _("The others: %(others)s.") % facts
        facts |= {"own": decimal(float(own), 1)}
        above = apart(others, own)
        facts |= {"apart": decimal(abs(above), 1)}
        if not above:
            return (_("You and the others: %(own)s.") if self.is_own else _("Both: %(own)s.")) % facts
        if self.is_own:
            higher = _("You put yourself %(apart)s higher than the others do: %(own)s and %(others)s.")
            lower = _("You put yourself %(apart)s lower than the others do: %(own)s and %(others)s.")
        else:
            higher = _("%(name)s answers %(apart)s higher than the others do: %(own)s and %(others)s.")
            lower = _("%(name)s answers %(apart)s lower than the others do: %(own)s and %(others)s.")
        return (higher if above > 0 else lower) % facts


def _spread_of(seen: Told, group: str) -> float | None:
    """How far the answers to one sentence lie apart on average: only where that is told of every sentence."""
    told = [one for one in seen.items if group in one.means]
    squares = [one.spreads[group] ** 2 for one in told if group in one.spreads]
    return sqrt(fmean(squares)) if squares and len(squares) == len(told) else None


def report_of(one: Round, name: str, *, is_own: bool) -> Report:
    """The page of a closed round, for the person themselves (`is_own`) or their coach: no queries.

    Raises ValueError for a round that was not closed.
    """
    if not one.report:
        raise ValueError("this round has not been closed")
    return Report(thawed(json.loads(one.report)), asked_in(one), name, is_own)
