"""One closed round among others: who is in which figure, and what a further figure would give away."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from driehoek.evidence.disclosure import Aggregate, audit
from driehoek.evidence.profile import FEWEST_AROUND, MANAGER, SELF, TOGETHER, Answer, Asked, Profile
from driehoek.evidence.undefined import Undefined


@dataclass(frozen=True, slots=True)
class Wave:
    """One closed round: everything that was answered, and what was told of it."""

    name: str
    answers: Sequence[Answer]
    told: Profile


def label(answer: Answer, told: Profile) -> str:
    """The group under which an answer is shown: its own, or the small ones taken together."""
    return TOGETHER if answer.group in told.taken_together else answer.group


def shown(wave: Wave, item: str) -> dict[str, frozenset[str]]:
    """The keys of those over whom the report of this round tells a mean of one sentence, by group."""
    means = next((one.means for part in wave.told.behaviours for one in part.items if one.id == item), {})
    given = [(label(one, wave.told), one) for one in wave.answers if item in one.scores]
    return {
        group: frozenset(one.key for name, one in given if name == group)
        for group in means
        if group not in (SELF, MANAGER)
    }


def gives_nobody_away(wave: Wave, item: str, further: Sequence[frozenset[str]], asked: Asked) -> bool:
    """Whether further means over these people, beside those of the report, still tell no single answer.

    Parameters
    ----------
    wave, item : which sentence of which round.
    further : whose means would be told as well, by key.
    asked : for the ends of the scale.

    Example
    -------
    >>> from driehoek.evidence.profile import profile
    >>> asked = Asked({"b": ["a"]}, 1, 5, groups=["peers"])
    >>> given = [Answer("peers", {"a": score}, key=key) for key, score in zip("pqrs", (3, 4, 2, 4))]
    >>> wave = Wave("start", given, profile(given, asked, shuffle=lambda words: None))
    >>> [gives_nobody_away(wave, "a", [frozenset(keys)], asked) for keys in ("pqrs", "pqr")]
    [True, False]
    """
    told = shown(wave, item)
    new = {keys for keys in further if not _follows(keys, told)}
    if not new:
        return True
    if any(whole & keys and not whole <= keys for whole in _with_spread(wave, item, told) for keys in new):
        return False  # a spread is a sum of squares: beside sums over parts it can leave one way only
    scores = {one.key: one.scores[item] for one in wave.answers if item in one.scores}
    figures = [
        Aggregate(name, keys, "mean", float(Fraction(sum(scores[key] for key in keys), len(keys))))
        for name, keys in {**told, **{f"further {n}": keys for n, keys in enumerate(new)}}.items()
    ]
    try:
        return audit(figures, fewest=FEWEST_AROUND, scale=(asked.lowest, asked.highest)).is_safe
    except Undefined:  # too many different sets to look through
        return False


def _with_spread(wave: Wave, item: str, told: Mapping[str, frozenset[str]]) -> list[frozenset[str]]:
    """The groups of which it is told how far their answers to one sentence lie apart."""
    spreads = next((one.spreads for part in wave.told.behaviours for one in part.items if one.id == item), {})
    return [told[group] for group in spreads if group in told]


def asked_apart(lists: Sequence[Mapping[str, Collection[str]]]) -> bool:
    """Whether reports over these people, by group, would together be about fewer than may be shown.

    As if all answered, and said the same each time: so it is for rounds that lie close together. Of each
    list are reckoned with: every group that is large enough, and the others taken together.

    >>> [asked_apart([{"peers": "abcd"}, {"peers": again}]) for again in ("abc", "abcd")]
    [True, False]
    """
    groups = dict.fromkeys(group for one in lists for group in _told_of(one))
    figures = [Aggregate(str(at), people, "mean") for at, people in enumerate(groups)]
    try:
        return not audit(figures, fewest=FEWEST_AROUND, scale=(0, 1)).is_safe
    except Undefined:
        return True


def _told_of(groups: Mapping[str, Collection[str]]) -> list[frozenset[str]]:
    large = [frozenset(people) for people in groups.values() if len(people) >= FEWEST_AROUND]
    small = [frozenset(people) for people in groups.values() if len(people) < FEWEST_AROUND]
    rest = frozenset[str]().union(*small)
    return [*large, rest] if len(rest) >= FEWEST_AROUND else large


def _follows(keys: frozenset[str], told: dict[str, frozenset[str]]) -> bool:
    """Whether these are whole groups: their mean is known already."""
    return keys == frozenset[str]().union(*(group for group in told.values() if group <= keys))
