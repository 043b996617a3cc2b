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
from driehoek.feedback.queries.behind import behind_report
from driehoek.feedback.queries.figures import how_many, items_over, people
from driehoek.feedback.queries.finding import finding_of
from driehoek.feedback.queries.rounds import asked_in
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
    fewer: str = ""
    """Over how many people, where not all of the group who answered gave a number here."""
    n: str = ""
    """How many of the group answered, where its number stands without the head of its column."""

    @property
    def label(self) -> str:
        """The group beside its number, never without how many that is over."""
        return f"{self.group} ({self.n})" if self.n and not self.fewer else self.group

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

    @property
    def has_table(self) -> bool:
        """Whether any sentence has a number, though they may have none together."""
        return any(cell.words for _words, cells in self.lines for cell in cells)


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
    def heads(self) -> list[tuple[str, str]]:
        """The same, each with how many answered."""
        counts = self.told.counts
        return [(self._called(g), people(counts[g]) if g in counts else "") for g in self._shown]

    @property
    def behind(self) -> list[tuple[str, str]]:
        """What stands behind the numbers, as pairs of a label and a text."""
        has_spread = any(one.spreads for part in self.told.behaviours for one in part.items)
        manager = [(self._called(MANAGER), 1)] if MANAGER in self._shown else []
        return behind_report([*self.groups, *manager], has_spread=has_spread)

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
        found += self._absent()
        words = _(
            "A sentence has no number where fewer than %(least)s of a group answered it, or where the number "
            "would tell what each of them said."
        )
        return [*found, words % least]

    def _absent(self) -> Iterator[str]:
        """Of one who is named that is no secret: their place in the drawing is empty."""
        for who in self.told.absent:
            if who == MANAGER:
                yield _(
                    "Nothing came in from the line manager. Not answering is fine, and so is not wanting to "
                    "be recognised."
                )
            elif self.is_own:
                yield _(
                    "You did not answer about yourself, so there is nothing to set beside what the "
                    "others say."
                )
            else:
                words = _("%(name)s did not answer, so there is nothing to set beside what the others say.")
                yield words % {"name": self.name}

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
        seen = {group for part in self.told.behaviours for one in part.items for group in one.means}
        return [group for group in GROUP_WORDS if group in seen]

    def _names(self, groups: tuple[str, ...]) -> dict[str, str]:
        return {"names": listed([self._called(group).lower() for group in groups])}

    def _called(self, group: str) -> str:
        if group == SELF:
            return _("You") if self.is_own else self.name
        return _("The others together") if group == AROUND else str(dict(GROUP_WORDS)[group])

    def _part(self, seen: Told, asked: Behaviour) -> Part:
        lines = [
            (item.asked(self.name), [self._cell(one, group) for group in self._shown])
            for one, item in zip(seen.items, asked.items, strict=True)
        ]
        rows, scale = list(self._rows(seen)), self.asked.scale
        drawn = draw_dots(rows, lowest=scale.lowest, highest=scale.highest) if rows else None
        finding = finding_of(
            seen, self.name, self._called, is_own=self.is_own, has_groups=bool(self.told.counts)
        )
        return Part(asked.name, finding, drawn, lines, rows)

    def _cell(self, one: Told, group: str) -> Cell:
        count, answered = one.counts.get(group), self.told.counts.get(group)
        fewer = "" if count is None or answered is None or count == answered else people(count)
        n = "" if answered is None else people(answered)
        return Cell(self._called(group), one.means.get(group), one.spreads.get(group), fewer, n)

    def _rows(self, seen: Told) -> Iterator[Row]:
        """The person and the others first, joined; then each group by itself."""
        means: dict[str, Fraction | None] = {SELF: seen.own, AROUND: seen.around}
        means |= {group: seen.means.get(group) for group in self._shown if group != SELF}
        for group, mean in means.items():
            if mean is not None:
                words = decimal(float(mean), 1)
                parts = tuple(float(one.means[group]) for one in items_over(seen) if group in one.means)
                mark, whole = _MARKS.get(group, "small"), seen.means if group == AROUND else (group,)
                n = "" if group == MANAGER else how_many(seen, whole)
                spread = _spread_of(seen, group)
                yield Row(self._called(group), float(mean), mark, words, parts, spread, n=n)


def _spread_of(seen: Told, group: str) -> float | None:
    """How far the answers to one sentence lie apart on average: only where that is told of every sentence."""
    told = [one for one in items_over(seen) if group in one.means]
    squares = [one.spreads[group] ** 2 for one in told if group in one.spreads]
    return sqrt(fmean(squares)) if squares and len(squares) == len(told) else None


def report_of(one: Round, name: str, *, is_own: bool) -> Report:
    """The page of a closed round, for the person themselves (`is_own`) or their coach: no queries.

    Raises ValueError for a round that was not closed.
    """
    if not one.report:
        raise ValueError("this round has not been closed")
    return Report(thawed(json.loads(one.report)), asked_in(one), name, is_own)
