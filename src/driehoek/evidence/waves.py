"""What changed between two rounds of feedback, without telling who changed, who came and who left.

Whatever is told stays the same when two people of one cell swap all their answers; a cell is everybody who
is in the same figures. A cell of one or two would be found by subtracting one round from the other, so
before anything is told the figures of all rounds together are audited.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby
from typing import Any, Final, Literal

from driehoek.evidence.profile import FEWEST_AROUND, MANAGER, SELF, Answer, Asked, Told, over_the_same
from driehoek.evidence.raters import PairedChange, UnmatchedChange, paired_t, welch
from driehoek.evidence.wave import Wave, gives_nobody_away, label

FEWEST_FOR_INTERVAL: Final = 5
"""So many people before it is told how sure a change is. A constant, not a setting."""

DIGITS: Final = 9
"""Of the ends of an interval: in the last digits of a float one reads in which order it was added up."""

Method = Literal["paired", "welch", "few", "none"]
Pair = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Change:
    """How far the others moved on one kind of behaviour, over half at least of what was told both times.

    "paired": the same people, by a t interval over their moves. "welch": not the same people. "few": too
    few for an interval. "none": nothing can be told. Everything is exact but the ends of the interval.
    """

    id: str
    method: Method
    items: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    n_before: int = 0
    n_after: int = 0
    before: Fraction | None = None
    after: Fraction | None = None
    low: float | None = None
    high: float | None = None
    own: Pair | None = None
    manager: Pair | None = None
    own_over: int = 0
    manager_over: int = 0
    """How many sentences the two numbers are over: those of the others that were answered both times."""

    @property
    def moved(self) -> Fraction | None:
        """After minus before."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True)
class _People:
    """Those whose answers are taken, each with their mean over the sentences."""

    answers: Sequence[Answer]
    items: tuple[str, ...]
    groups: Sequence[str]
    """Under which each of them is shown."""

    @property
    def means(self) -> list[Fraction]:
        return [_mean([Fraction(one.scores[item]) for item in self.items]) for one in self.answers]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(one.key for one in self.answers)


def changes(
    before: Wave, after: Wave, asked: Asked, *, published: Sequence[tuple[Wave, Wave, Change]] = ()
) -> tuple[Change, ...]:
    """What may be told of the change in each kind of behaviour. Once, when the later round has closed.

    Parameters
    ----------
    before, after : two rounds; the same person has the same key in both.
    asked : what was asked the same way in both; anything else is not compared.
    published : every change that was told before, with its rounds.

    Returns
    -------
    One Change for each kind of behaviour. The same people are compared when at least 5 of them answered
    every sentence both times and nobody could be found by subtraction; otherwise everybody who answered
    then with everybody who answered now. The manager and the person stand apart. Where all moved exactly
    alike the interval is that of two who did not, by one step, which also mends t being infinite there.

    Raises
    ------
    ValueError : two answers of one round with one key.

    Source
    ------
    Few raters: paired t over raters, otherwise Welch; differencing between waves: measures.md, 3 and 8.

    Example
    -------
    >>> from driehoek.evidence.profile import profile
    >>> asked = Asked({"listening": ["a"]}, 1, 5, groups=["peers"])
    >>> def wave(name, *scores):
    ...     given = [Answer("peers", {"a": score}, key=str(n)) for n, score in enumerate(scores)]
    ...     return Wave(name, given, profile(given, asked, shuffle=lambda words: None))
    >>> [found] = changes(wave("start", 3, 4, 3, 2, 4), wave("end", 4, 4, 4, 3, 5), asked)
    >>> found.method, found.moved, f"{found.low:.2f} to {found.high:.2f}"
    ('paired', Fraction(4, 5), '0.24 to 1.36')
    """
    for wave in (before, after):
        keys = [one.key for one in wave.answers]
        if len(set(keys)) < len(keys):
            raise ValueError("two answers of one round have one key")
    return tuple(_change(name, before, after, asked, published) for name in asked.behaviours)


def frozen_change(one: Change) -> dict[str, Any]:
    """As plain data to keep; fractions stay exact."""
    raw = {name: getattr(one, name) for name in Change.__slots__}
    for name in ("before", "after"):
        raw[name] = None if raw[name] is None else str(raw[name])
    for name in ("own", "manager"):
        raw[name] = None if raw[name] is None else [str(number) for number in raw[name]]
    return raw | {"items": list(one.items), "groups": list(one.groups)}


def thawed_change(kept: Mapping[str, Any]) -> Change:
    """What `frozen_change` kept.

    >>> one = Change("a", "few", ("x",), ("peers",), 3, 3, Fraction(3), Fraction(10, 3))
    >>> thawed_change(frozen_change(one)) == one
    True
    """
    raw = dict(kept)
    for name in ("before", "after"):
        raw[name] = None if raw[name] is None else Fraction(raw[name])
    for name in ("own", "manager"):
        raw[name] = None if raw[name] is None else tuple(Fraction(number) for number in raw[name])
    return Change(**raw | {"items": tuple(raw["items"]), "groups": tuple(raw["groups"])})


def _change(
    name: str, before: Wave, after: Wave, asked: Asked, published: Sequence[tuple[Wave, Wave, Change]]
) -> Change:
    groups, items = _comparable(name, before, after, asked)
    for one in _candidates(Change(name, "none", items, groups), before, after):
        if _is_safe([*published, (before, after, one)], asked):
            return _with_named(one, items, before, after)
    return _with_named(Change(name, "none"), asked.behaviours[name], before, after)


def _candidates(start: Change, before: Wave, after: Wave) -> Iterator[Change]:
    """From the best way to compare to the poorest."""
    if not start.items:
        return
    for method in ("paired", "welch", "few"):
        one = replace(start, method=method)
        then, now = _people(one, before, after)
        fewest = FEWEST_AROUND if method == "few" else FEWEST_FOR_INTERVAL
        if min(len(then.answers), len(now.answers)) < fewest:
            continue
        low, high = (None, None) if method == "few" else _interval(one, then, now)
        yield replace(
            one,
            n_before=len(then.answers),
            n_after=len(now.answers),
            before=_mean(then.means),
            after=_mean(now.means),
            low=low,
            high=high,
        )


def _interval(one: Change, then: _People, now: _People) -> tuple[float, float]:
    step = Fraction(1, len(one.items))
    if one.method == "paired":
        moves = [two - first for first, two in zip(then.means, now.means, strict=True)]
        found: PairedChange | UnmatchedChange = paired_t(
            [0.0] * len(moves), _not_alike(moves, step, now.groups)
        )
    else:
        found = welch(_not_alike(then.means, step, then.groups), _not_alike(now.means, step, now.groups))
    return round(found.ci_low, DIGITS), round(found.ci_high, DIGITS)


def _not_alike(numbers: Sequence[Fraction], step: Fraction, groups: Sequence[str]) -> list[float]:
    """That all of a group are the same would tell each of them: then as if two of it lay one step off, one up
    and one down.
    """
    found = list(numbers)
    for group in set(groups):
        places = [at for at, name in enumerate(groups) if name == group]
        if len(places) > 1 and len({numbers[at] for at in places}) == 1:
            found[places[0]] += step
            found[places[1]] -= step
    return [float(number) for number in found]


def _comparable(
    name: str, before: Wave, after: Wave, asked: Asked
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Groups that are shown in both rounds, and the sentences told of each of them in both: half at least."""
    told = [_told(wave, name) for wave in (before, after)]
    shown = [group for group in before.told.counts if group in after.told.counts]
    both = [
        (item, [group for group in shown if all(group in one.get(item, {}) for one in told)])
        for item in asked.behaviours[name]
    ]
    return over_the_same(shown, both, of=max(map(len, told)))


def _told(wave: Wave, name: str) -> dict[str, Mapping[str, Fraction]]:
    part = next((one for one in wave.told.behaviours if one.id == name), Told(name, {}))
    return {item.id: item.means for item in part.items}


def _with_named(one: Change, items: Sequence[str], before: Wave, after: Wave) -> Change:
    """The person and the manager beside the others, over the same sentences, half of them at least."""
    (own, own_over), (manager, manager_over) = (
        _pair(group, one.id, items, before, after) for group in (SELF, MANAGER)
    )
    return replace(one, own=own, own_over=own_over, manager=manager, manager_over=manager_over)


def _pair(group: str, name: str, items: Sequence[str], before: Wave, after: Wave) -> tuple[Pair | None, int]:
    """Of one who is named: the mean then and now, over how many of these they answered both times."""
    then, now = (_told(wave, name) for wave in (before, after))
    both = [item for item in items if group in then.get(item, {}) and group in now.get(item, {})]
    if not both or 2 * len(both) < len(items):
        return None, 0
    return (_mean([then[i][group] for i in both]), _mean([now[i][group] for i in both])), len(both)


def _people(one: Change, before: Wave, after: Wave) -> tuple[_People, _People]:
    """Whose answers a change is over: everybody who answered every sentence, of groups that count."""
    then, now = (_complete(wave, one) for wave in (before, after))
    if one.method == "paired":
        known, both = dict(now), []
        for label, answers in then:
            found = {answer.key: answer for answer in known.get(label, ())}
            both += [(label, answer, found[answer.key]) for answer in answers if answer.key in found]
        groups = [label for label, *_pair in both]
        return (
            _People([first for _label, first, _two in both], one.items, groups),
            _People([two for _label, _first, two in both], one.items, groups),
        )
    return _all_of(then, one), _all_of(now, one)


def _all_of(found: list[tuple[str, list[Answer]]], one: Change) -> _People:
    groups = [label for label, answers in found for _answer in answers]
    return _People([answer for _label, answers in found for answer in answers], one.items, groups)


def _complete(wave: Wave, one: Change) -> list[tuple[str, list[Answer]]]:
    labelled = [(label(answer, wave.told), answer) for answer in wave.answers if answer.key]
    kept = [(label, a) for label, a in labelled if label in one.groups and set(one.items) <= set(a.scores)]
    kept.sort(key=lambda pair: pair[0])
    return [(label, [a for _l, a in some]) for label, some in groupby(kept, key=lambda pair: pair[0])]


def _is_safe(published: Sequence[tuple[Wave, Wave, Change]], asked: Asked) -> bool:
    """Whether nobody's answer to any sentence follows from all rounds and all changes together.

    Counted as told: the means of these people then and now, sentence by sentence. That is more than is told.
    """
    before, after, latest = published[-1]
    return all(
        gives_nobody_away(wave, item, list(_sets(wave, item, published)), asked)
        for wave in (before, after)
        for item in latest.items
    )


def _sets(wave: Wave, item: str, published: Sequence[tuple[Wave, Wave, Change]]) -> Iterator[frozenset[str]]:
    """Over whom of this round the changes tell something about this sentence."""
    for before, after, one in published:
        if item in one.items:
            for side, people in zip((before, after), _people(one, before, after), strict=True):
                if side.name == wave.name and people.answers:
                    yield people.keys


def _mean(numbers: Sequence[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0)) / len(numbers)
