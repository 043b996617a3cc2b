"""Tell what changed since a form was opened, so that two people can write without losing a word."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Merged:
    """`kept` is the text to store per field; `clashes` holds the other text where both changed it."""

    kept: Mapping[str, str]
    clashes: Mapping[str, str]


def mark_of(text: str) -> str:
    """A short mark by which a form remembers what stood there when it was opened."""
    return sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]


def marks_of(texts: Mapping[str, str]) -> str:
    """One mark for each text, in order, for a hidden field."""
    return ".".join(mark_of(text) for text in texts.values())


def merge(mine: Mapping[str, str], there: Mapping[str, str], opened: str) -> Merged:
    """What to keep of `mine` and of what stands `there` now, given the marks at opening.

    A field only one side changed takes that side; a field both changed differently is a clash, in which
    `mine` stays typed. Without readable marks every difference from a text that is there counts as a clash.
    """
    names = tuple(mine)
    marks = opened.split(".") if opened.count(".") == len(names) - 1 else [""] * len(names)
    kept: dict[str, str] = {}
    clashes: dict[str, str] = {}
    for name, mark in zip(names, marks, strict=True):
        kept[name] = mine[name]
        if mine[name] == there[name] or mark == mark_of(there[name]):
            continue
        if mark == mark_of(mine[name]):
            kept[name] = there[name]
        elif mark or there[name]:
            clashes[name] = there[name]
    return Merged(kept, clashes)
