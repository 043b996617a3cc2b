"""What may be told of a short survey of one group: a share with its interval, and nobody singled out."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, Final

from driehoek.evidence.disclosure import Aggregate, audit
from driehoek.evidence.proportions import wilson_interval
from driehoek.evidence.undefined import Undefined

FEWEST: Final = 5
"""So many answers before anything of a survey is told. A constant, not a setting."""
FEWEST_SHARED: Final = 10
"""The same where one link is shared and nobody knows who answered, or how often."""

Shuffle = Callable[[list[str]], None]


@dataclass(frozen=True, slots=True)
class Filled:
    """What one person gave: scores by item, left out where they gave none, and words by question."""

    scores: Mapping[str, int] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Survey:
    """What was asked, of how many people, and from which answer on somebody counts as satisfied.

    `is_shared` where all have one link: then an answer is no person.
    """

    items: Sequence[str]
    lowest: int
    highest: int
    at_least: int
    invited: int
    open: Sequence[str] = ()
    is_shared: bool = False

    @property
    def fewest(self) -> int:
        """So many answers before anything is told."""
        return FEWEST_SHARED if self.is_shared else FEWEST


@dataclass(frozen=True, slots=True)
class ItemTold:
    """Of one item: how many of how many reached the value, between which ends the share lies, and the mean.

    `low` and `high` are None when everybody who was asked answered, for then there is nothing to estimate,
    and behind a shared link, where answers are no sample of people.
    """

    id: str
    n: int
    reached: int
    low: float | None
    high: float | None
    mean: Fraction | None

    @property
    def share(self) -> Fraction:
        """From 0 to 1, exact."""
        return Fraction(self.reached, self.n)


@dataclass(frozen=True, slots=True)
class SurveyTold:
    """All that anybody ever reads of a survey; `n` is None when nothing can be told.

    `is_shared` where these are answers and no people; `is_over` when more came in than people were asked.
    """

    n: int | None
    items: tuple[ItemTold, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_shared: bool = False
    is_over: bool = False

    def item(self, name: str) -> ItemTold | None:
        """What is told of one item."""
        return next((one for one in self.items if one.id == name), None)


def survey_told(answers: Sequence[Filled], asked: Survey, *, shuffle: Shuffle) -> SurveyTold:
    """Work out what may be told of a survey, once, when it has closed.

    Parameters
    ----------
    answers : one for each time it was handed in; whoever gave nothing at all does not count.
    asked : what was asked and of how many.
    shuffle : puts a list in an order nobody can foresee.

    Returns
    -------
    SurveyTold. Under 5 answers nothing is told, also not how many. Of an item answered by 5 or more the share
    that reached `at_least` is told with its Wilson interval, and the mean beside it, unless the disclosure
    audit finds that they tell somebody's answer: then the share alone, or nothing.

    Behind a shared link anybody can put in answers of their own and take them off again. So from 10 answers
    on the share alone is told, without interval, mean or words; nothing when more came in than were asked.

    Raises
    ------
    ValueError : a score off the scale.

    Source
    ------
    measures.md, sections 6 and 8.

    Example
    -------
    >>> asked = Survey(["ease"], 1, 10, at_least=7, invited=26)
    >>> given = [Filled({"ease": score}) for score in [8] * 16 + [5] * 4]
    >>> found = survey_told(given, asked, shuffle=lambda words: None).items[0]
    >>> found.reached, found.n, f"{found.low:.3f} {found.high:.3f}"
    (16, 20, '0.584 0.919')
    """
    if any(not asked.lowest <= n <= asked.highest for one in answers for n in one.scores.values()):
        raise ValueError("a score lies off the scale")
    given = [one for one in answers if one.scores or any(one.texts.values())]
    if len(given) < asked.fewest:
        return SurveyTold(None, is_shared=asked.is_shared)
    if asked.is_shared and len(given) > asked.invited:
        return SurveyTold(None, is_shared=True, is_over=True)
    items = (
        _item(name, [one.scores[name] for one in given if name in one.scores], asked) for name in asked.items
    )
    words = {} if asked.is_shared else _words(given, asked, shuffle)
    return SurveyTold(len(given), tuple(one for one in items if one), words, asked.is_shared)


def tell_apart(asked: Sequence[Collection[str]]) -> bool:
    """Whether the results of groups that were asked the same, taken together, are about fewer than five.

    Parameters
    ----------
    asked : who was asked, for each survey; one group twice is no more than that group.

    Returns
    -------
    True where some sum or difference of the results is about a group of one to four people, as if all had
    answered and had said the same each time; also where that is too much to work out.

    Source
    ------
    measures.md, section 8: every published aggregate is an equation; pairs alone are not enough.

    Example
    -------
    >>> tell_apart(["abcdef", "abcde"]), tell_apart(["abcdef", "abcdef"]), tell_apart(["abcde", "fghij"])
    (True, False, False)
    """
    groups = dict.fromkeys(frozenset(one) for one in asked)
    shown = [Aggregate(str(at), people, "mean") for at, people in enumerate(groups)]
    try:
        return not audit(shown, fewest=FEWEST, scale=(0, 1)).is_safe
    except Undefined:
        return True


def frozen_survey(told: SurveyTold) -> dict[str, Any]:
    """As plain data to keep; fractions stay exact."""
    items = [
        {name: getattr(one, name) for name in ItemTold.__slots__} | {"mean": one.mean and str(one.mean)}
        for one in told.items
    ]
    words = {name: list(words) for name, words in told.words.items()}
    said = {"is_shared": told.is_shared, "is_over": told.is_over}
    return {"n": told.n, "items": items, "words": words} | said


def thawed_survey(kept: Mapping[str, Any]) -> SurveyTold:
    """What `frozen_survey` kept.

    >>> told = SurveyTold(5, (ItemTold("a", 5, 3, 0.2, 0.8, Fraction(7, 2)),), {"q": ("x",)})
    >>> thawed_survey(frozen_survey(told)) == told
    True
    """
    items = [ItemTold(**one | {"mean": one["mean"] and Fraction(one["mean"])}) for one in kept["items"]]
    words = {name: tuple(words) for name, words in kept["words"].items()}
    said = {name: bool(kept.get(name)) for name in ("is_shared", "is_over")}
    return SurveyTold(kept["n"], tuple(items), words, **said)


def shared_of(told: SurveyTold, invited: int) -> SurveyTold:
    """An older report of a shared link, without what such a link cannot tell: nothing is added to it.

    >>> item = ItemTold("overall", 12, 9, 0.47, 0.91, Fraction(7))
    >>> old = SurveyTold(12, (item,), {"hinders": ("The help",)})
    >>> shared_of(old, 20).items[0].low, shared_of(old, 20).words, shared_of(old, 11).is_over
    (None, {}, True)
    >>> shared_of(SurveyTold(9, ()), 20).n
    """
    if told.n is None or told.n < FEWEST_SHARED:
        return SurveyTold(None, is_shared=True)
    if told.n > invited:
        return SurveyTold(None, is_shared=True, is_over=True)
    items = (replace(one, low=None, high=None, mean=None) for one in told.items if one.n >= FEWEST_SHARED)
    return SurveyTold(told.n, tuple(items), is_shared=True)


def _item(name: str, scores: Sequence[int], asked: Survey) -> ItemTold | None:
    n = len(scores)
    if n < asked.fewest:
        return None
    reached, mean = sum(score >= asked.at_least for score in scores), Fraction(sum(scores), n)
    people = frozenset(str(number) for number in range(n))
    share = Aggregate("share", people, "count", reached, at_least=asked.at_least)
    whole = Aggregate("mean", people, "mean", float(mean))
    ends = (asked.lowest, asked.highest)
    if not audit([share], fewest=FEWEST, scale=ends).is_safe:
        return None
    if asked.is_shared:
        return ItemTold(name, n, reached, None, None, None)
    is_safe = audit([share, whole], fewest=FEWEST, scale=ends).is_safe
    low, high = (None, None) if n == asked.invited else wilson_interval(reached, n)
    return ItemTold(name, n, reached, low, high, mean if is_safe else None)


def _words(given: Sequence[Filled], asked: Survey, shuffle: Shuffle) -> dict[str, tuple[str, ...]]:
    found = {}
    for question in asked.open:
        words = [one.texts[question] for one in given if one.texts.get(question)]
        shuffle(words)
        if words:
            found[question] = tuple(words)
    return found
