"""Lay the answers of the parties side by side and mark where they differ."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from driehoek.method.texts import read_toml

State = Literal["same", "differs", "silent"]

_WORD: Final = re.compile(r"[\w\u0300-\u036f]+(?:[.,:'’-][\w\u0300-\u036f]+)*")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of an answer; `marked` when only this party uses these words."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class PartyAnswer:
    """What one party wrote. The spans together are the text exactly as typed."""

    party: str
    text: str
    spans: tuple[Span, ...]

    @property
    def is_silent(self) -> bool:
        """True when this party wrote nothing."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Comparison:
    """One question: "same" when all wrote the same, "differs" when two do not, else someone is "silent"."""

    question: str
    state: State
    silent: tuple[str, ...]
    answers: tuple[PartyAnswer, ...]


def differences(answers: Mapping[str, Mapping[str, str]]) -> tuple[Comparison, ...]:
    """Compare the answers per question and mark the words that only one party uses.

    Capitals, spaces, accents written in two ways and punctuation make no difference. A word is marked when
    no other party used it for this question; small words such as "de" and "the" are never marked. There is
    no score: the marks only show where to look, the parties judge what they mean.

    Parameters
    ----------
    answers : question -> party -> text, in the order to show; an empty text is a party that is silent.

    Returns
    -------
    One Comparison per question. With fewer than two parties who wrote something nothing is marked.

    Source
    ------
    002: aligning expectations is the first step.

    Example
    -------
    >>> views = {"coachee": "Rust in mijn week", "sponsor": "rust in de cijfers"}
    >>> [compared] = differences({"outcome": views})
    >>> compared.state, [span.text for span in compared.answers[1].spans if span.marked]
    ('differs', ['cijfers'])
    """
    return tuple(_compare(question, views) for question, views in answers.items())


def _compare(question: str, views: Mapping[str, str]) -> Comparison:
    spoken = {party: _normal(text) for party, text in views.items() if _normal(text)}
    silent = tuple(party for party in views if party not in spoken)
    state: State = "silent" if silent or not spoken else "same"
    if len(set(spoken.values())) > 1:
        state = "differs"
    used = {party: frozenset(words.split()) for party, words in spoken.items()}
    rows = []
    for party, text in views.items():
        others = frozenset().union(*(words for name, words in used.items() if name != party))
        spans = _spans(text, others) if len(used) > 1 else (Span(text, False),)
        rows.append(PartyAnswer(party, text, spans))
    return Comparison(question, state, silent, tuple(rows))


def _spans(text: str, others: frozenset[str]) -> tuple[Span, ...]:
    pieces: list[Span] = []
    at = 0
    for word in _WORD.finditer(text):
        plain = _plain(word.group())
        if plain in others or plain in _small_words():
            continue
        between = text[at : word.start()]
        if pieces and pieces[-1].marked and not between.strip():
            pieces[-1] = Span(pieces[-1].text + between + word.group(), True)
        else:
            pieces += [Span(between, False)] if between else []
            pieces.append(Span(word.group(), True))
        at = word.end()
    if text[at:] or not pieces:
        pieces.append(Span(text[at:], False))
    return tuple(pieces)


def _normal(text: str) -> str:
    """The words of a text as they are compared, or its signs when it holds no word."""
    return " ".join(_plain(word) for word in _WORD.findall(text)) or text.strip()


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().replace("’", "'")


@cache
def _small_words() -> frozenset[str]:
    return frozenset(read_toml("texts", "small_words")["words"])
