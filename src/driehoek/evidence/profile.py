"""What may be told of a 360 round: means of groups that are large enough, and nothing that singles one out.

Everything that is told of a group stays the same when two of its people swap their answers, and no item is
told whose answers must all be equal. So for each of them at least two values always remain possible.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from math import sqrt
from typing import Any, Final

FEWEST_AROUND: Final = 3
"""So many people make a group around one person. A constant, not a setting."""
FEWEST_COMMENTS: Final = 5
"""So many people, besides the manager, before a word of anybody is shown. A constant, not a setting."""
FEWEST_FOR_SPREAD: Final = 8
"""So many answers before it is told how far they lie apart. A constant, not a setting."""

SELF: Final = "self"
MANAGER: Final = "manager"
TOGETHER: Final = "together"
"""The groups that are too small, taken together."""

Shuffle = Callable[[list[str]], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What everybody was asked: items by behaviour, the ends of the scale, and the open questions."""

    behaviours: Mapping[str, Sequence[str]]
    lowest: int
    highest: int
    open: Sequence[str] = ()
    groups: Sequence[str] = ()
    """Everybody who was asked belongs to one of these, besides the person; in the order they are shown."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one person gave: a score by item, left out where they could not say, and words by question."""

    group: str
    scores: Mapping[str, int] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    """The same in every round for the same person; names nobody. Only `waves` looks at it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one item or one behaviour: a mean by group, and the mean of those means."""

    id: str
    means: Mapping[str, Fraction]
    spreads: Mapping[str, float] = field(default_factory=dict)
    items: tuple["Told", ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    """Of an item: how many answers each mean is over."""
    over: tuple[str, ...] = ()
    """Of a behaviour: the items that every mean of it is over, the same for all."""

    @property
    def own(self) -> Fraction | None:
        """What the person says themselves."""
        return self.means.get(SELF)

    @property
    def around(self) -> Fraction | None:
        """Each group that is shown weighs the same; a manager alone is not "the others"."""
        shown = [mean for group, mean in self.means.items() if group != SELF]
        return _mean(shown) if set(self.means) - {SELF, MANAGER} else None


@dataclass(frozen=True, slots=True)
class Profile:
    """All that anybody ever reads of a round."""

    counts: Mapping[str, int]
    """How many answered, of each group that is shown; the person and the manager are not counted."""
    hidden: tuple[str, ...]
    """Groups of which nothing is shown."""
    taken_together: tuple[str, ...]
    """Groups that are shown as one."""
    behaviours: tuple[Told, ...]
    comments: Mapping[str, tuple[str, ...]] | None
    """By question, in an order that means nothing; None where too few people answered."""
    own_words: Mapping[str, str]
    absent: tuple[str, ...] = ()
    """Of the person and the manager: who was asked and handed in nothing."""


def profile(answers: Sequence[Answer], asked: Asked, *, shuffle: Shuffle) -> Profile:
    """Work out what may be told of a round. Once, when it has closed: a second one over more answers would
    tell what was added.

    Parameters
    ----------
    answers : one for each person who handed in, in any order; scores are whole numbers on the scale.
    asked : what was asked, and of which groups.
    shuffle : puts a list in an order nobody can foresee, such as that of `secrets.SystemRandom`.

    Returns
    -------
    Profile, with means as exact fractions, unrounded. A group of fewer than 3 is taken together with other
    such groups, and hidden when they are still fewer than 3. An item is told of a group when at least 3 of it
    answered, their mean lies at no end of the scale, and a spread that is shown would not be zero. The means
    of a behaviour are over items that are told of everybody who has one, half of them at least; worked out
    from what is told, they tell nothing more. The manager and the person are told as they are.

    Raises
    ------
    ValueError : a score off the scale, or an answer of a group that was not asked.

    Source
    ------
    Complementary suppression and the threshold rules of 360 feedback: measures.md, sections 2.1 and 8.

    Example
    -------
    >>> asked = Asked({"listening": ["a"]}, 1, 5, groups=["peers", "reports"])
    >>> given = [Answer("peers", {"a": score}) for score in (2, 3, 5)] + [Answer("reports", {"a": 1})]
    >>> told = profile(given, asked, shuffle=lambda words: None)
    >>> told.behaviours[0].means, told.hidden, dict(told.counts)
    ({'peers': Fraction(10, 3)}, ('reports',), {'peers': 3})
    """
    given = [_checked(one, asked) for one in answers if one.scores or any(one.texts.values())]
    by_group = {group: [one for one in given if one.group == group] for group in (SELF, *asked.groups)}
    shown, small = _formed(by_group)
    behaviours = tuple(_behaviour(name, items, shown, asked) for name, items in asked.behaviours.items())
    return Profile(
        counts={group: len(found) for group, found in shown.items() if group not in (SELF, MANAGER)},
        hidden=() if TOGETHER in shown else tuple(small),
        taken_together=tuple(small) if TOGETHER in shown else (),
        behaviours=behaviours,
        comments=_comments(given, asked, shuffle),
        own_words=next((dict(one.texts) for one in by_group[SELF]), {}),
        absent=tuple(who for who in (SELF, MANAGER) if by_group.get(who) == []),
    )


def frozen(told: Profile) -> dict[str, Any]:
    """As plain data to keep; fractions stay exact."""
    return {
        "counts": dict(told.counts),
        "hidden": list(told.hidden),
        "together": list(told.taken_together),
        "behaviours": [_frozen(one) for one in told.behaviours],
        "comments": None if told.comments is None else {q: list(w) for q, w in told.comments.items()},
        "own": dict(told.own_words),
        "absent": list(told.absent),
    }


def thawed(kept: Mapping[str, Any]) -> Profile:
    """What `frozen` kept.

    >>> nothing = Profile({}, (), (), (Told("a", {"peers": Fraction(10, 3)}),), None, {})
    >>> thawed(frozen(nothing)) == nothing
    True
    """
    said = kept["comments"]
    return Profile(
        counts=kept["counts"],
        hidden=tuple(kept["hidden"]),
        taken_together=tuple(kept["together"]),
        behaviours=tuple(_thawed(one) for one in kept["behaviours"]),
        comments=None if said is None else {question: tuple(words) for question, words in said.items()},
        own_words=kept["own"],
        absent=tuple(kept.get("absent", ())),
    )


def _checked(one: Answer, asked: Asked) -> Answer:
    if one.group != SELF and one.group not in asked.groups:
        raise ValueError(f"nobody of {one.group!r} was asked")
    if any(not asked.lowest <= score <= asked.highest for score in one.scores.values()):
        raise ValueError("a score lies off the scale")
    return one


def _formed(by_group: Mapping[str, list[Answer]]) -> tuple[dict[str, list[Answer]], list[str]]:
    """The groups as they are shown, and which were too small: those make one more if that is large enough."""
    as_they_are = {group: found for group, found in by_group.items() if group in (SELF, MANAGER) and found}
    large = {group: found for group, found in by_group.items() if len(found) >= FEWEST_AROUND}
    small = [group for group in by_group if group not in large and group not in (SELF, MANAGER)]
    rest = [one for group in small for one in by_group[group]]
    together = {TOGETHER: rest} if len(rest) >= FEWEST_AROUND else {}
    return as_they_are | large | together, small


def over_the_same(
    groups: Sequence[str], told: Sequence[tuple[str, Collection[str]]], *, of: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of which groups there is one figure for several items, and the items that it is over: the same for all.

    As many groups as have at least half of the items in common; among as many, those with most items; among
    those, who comes first. `told` says of each item which groups have a number, `of` how many there are.

    >>> over_the_same(["peers", "self"], [("a", ["peers", "self"]), ("b", ["peers"])], of=2)
    (('peers', 'self'), ('a',))
    """
    for size in range(len(groups), 0, -1):
        found = [
            (some, tuple(item for item, has in told if set(some) <= set(has)))
            for some in combinations(groups, size)
        ]
        who, over = max(found, key=lambda pair: len(pair[1]))
        if over and 2 * len(over) >= of:
            return who, over
    return (), ()


def _behaviour(name: str, items: Sequence[str], shown: Mapping[str, list[Answer]], asked: Asked) -> Told:
    told = tuple(_item(item, shown, asked) for item in items)
    order = sorted(shown, key=lambda group: (group == MANAGER, group == SELF))  # groups before who is named
    who, over = over_the_same(order, [(one.id, one.means) for one in told], of=len(told))
    means = {
        group: _mean([one.means[group] for one in told if one.id in over]) for group in shown if group in who
    }
    return Told(name, means, items=told, over=over)


def _item(item: str, shown: Mapping[str, list[Answer]], asked: Asked) -> Told:
    means, spreads, counts = dict[str, Fraction](), dict[str, float](), dict[str, int]()
    for group, answers in shown.items():
        scores = [one.scores[item] for one in answers if item in one.scores]
        if scores and (group in (SELF, MANAGER) or _may_be_told(scores, asked)):
            means[group], counts[group] = _mean(scores), len(scores)
            if len(scores) >= FEWEST_FOR_SPREAD:
                spreads[group] = _spread(scores)
    return Told(item, means, spreads, counts=counts)


def _may_be_told(scores: Sequence[int], asked: Asked) -> bool:
    at_an_end = set(scores) in ({asked.lowest}, {asked.highest})
    all_equal = len(scores) >= FEWEST_FOR_SPREAD and len(set(scores)) == 1
    return len(scores) >= FEWEST_AROUND and not at_an_end and not all_equal


def _comments(given: Sequence[Answer], asked: Asked, shuffle: Shuffle) -> dict[str, tuple[str, ...]] | None:
    others = [one for one in given if one.group != SELF]
    if sum(one.group != MANAGER for one in others) < FEWEST_COMMENTS:
        return None
    found = {}
    for question in asked.open:
        words = [one.texts[question] for one in others if one.texts.get(question)]
        shuffle(words)
        found[question] = tuple(words)
    return found


def _mean(numbers: Sequence[int] | Sequence[Fraction]) -> Fraction:
    return Fraction(sum(numbers), len(numbers))


def _spread(scores: Sequence[int]) -> float:
    n = len(scores)  # in whole numbers until the last step, so that nothing is lost
    return sqrt(Fraction(n * sum(score * score for score in scores) - sum(scores) ** 2, n * (n - 1)))


def _frozen(told: Told) -> dict[str, Any]:
    return {
        "id": told.id,
        "means": {group: str(mean) for group, mean in told.means.items()},
        "spreads": dict(told.spreads),
        "items": [_frozen(item) for item in told.items],
        "counts": dict(told.counts),
        "over": list(told.over),
    }


def _thawed(kept: Mapping[str, Any]) -> Told:
    return Told(
        kept["id"],
        {group: Fraction(mean) for group, mean in kept["means"].items()},
        kept["spreads"],
        tuple(_thawed(item) for item in kept["items"]),
        kept.get("counts", {}),  # older reports tell neither
        tuple(kept.get("over", ())),
    )
