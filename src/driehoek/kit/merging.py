"""Putting together what two people changed in one text, line by line, without losing a line of either."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

Lines = list[str]


def merge(base: str, mine: str, theirs: str) -> str | None:
    """The text with both changes in it, or None where both changed the same lines and a person must choose.

    `base` is the text from which both started. What both added at one place stands there twice, theirs first:
    two people who write on at the end both keep their words. A line added right before or right behind lines
    that the other changed stays on its side of them; within them nobody can tell where it belongs.

    >>> merge("a\\nb", "a\\nb\\nmine", "theirs\\na\\nb")
    'theirs\\na\\nb\\nmine'
    >>> merge("a", "a\\nadded", "A, but clearer")
    'A, but clearer\\nadded'
    >>> merge("a", "mine", "theirs") is None
    True
    """
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    found: Lines = []
    for was, ours, others in _pieces(_lines(base), _lines(mine), _lines(theirs)):
        if ours == others or others == was:
            found += ours
        elif ours == was:
            found += others
        else:
            together = _side_by_side(was, ours, others)
            if together is None:
                return None
            found += together
    return "\n".join(found)


@dataclass(frozen=True, slots=True)
class _Change:
    """Lines that stand in the place of some lines, or, where it begins as it ends, between two."""

    begin: int
    end: int
    lines: tuple[str, ...]

    def meets(self, other: "_Change") -> bool:
        """Whether no order can be told: both took one line away, or one added within what the other took."""
        return self.begin < other.end and other.begin < self.end


def _side_by_side(was: Lines, ours: Lines, others: Lines) -> Lines | None:
    """Two changes of the same stretch one after the other, or None where they meet."""
    mine, theirs = _changes(was, ours), _changes(was, others)
    mine = [one for one in mine if one not in theirs]  # done by both alike
    if any(one.meets(other) for one in mine for other in theirs):
        return None
    found, at = Lines(), 0
    for one in sorted([*theirs, *mine], key=lambda one: (one.begin, one.end)):
        found += [*was[at : one.begin], *one.lines]
        at = one.end
    return [*found, *was[at:]]


def _changes(base: Lines, changed: Lines) -> list[_Change]:
    codes = SequenceMatcher(None, base, changed, autojunk=False).get_opcodes()
    return [_Change(a, b, tuple(changed[c:d])) for code, a, b, c, d in codes if code != "equal"]


def _lines(text: str) -> Lines:
    return text.split("\n") if text else []


def _pieces(base: Lines, mine: Lines, theirs: Lines) -> Iterator[tuple[Lines, Lines, Lines]]:
    """The three texts cut at every line that all three share, so that a change stands by itself."""
    at = ours = others = 0
    for line, in_mine, in_theirs in _shared(base, mine, theirs):
        yield base[at:line], mine[ours:in_mine], theirs[others:in_theirs]
        yield [base[line]], [base[line]], [base[line]]
        at, ours, others = line + 1, in_mine + 1, in_theirs + 1
    yield base[at:], mine[ours:], theirs[others:]


def _shared(base: Lines, mine: Lines, theirs: Lines) -> Iterator[tuple[int, int, int]]:
    """Each line of `base` that both kept, with its place in the three texts."""
    kept = dict(_kept(base, theirs))
    for line, in_mine in _kept(base, mine):
        if line in kept:
            yield line, in_mine, kept[line]


def _kept(base: Lines, changed: Lines) -> Iterator[tuple[int, int]]:
    for block in SequenceMatcher(None, base, changed, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            yield block.a + step, block.b + step
