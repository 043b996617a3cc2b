"""Build one SMART goal sentence from its five parts, in Dutch or English."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final, Literal

from driehoek.method.texts import Language, read_toml

Ability = Literal["can", "know", "recognise", "able"]
Speaker = Literal["person", "organisation"]
ABILITIES: Final[tuple[Ability, ...]] = ("can", "know", "recognise", "able")

_BARE_LEADS: Final = 1  # a lead of one word, such as "weet", does not say enough to change the ability


@dataclass(frozen=True, slots=True)
class SmartParts:
    """The five parts of a goal: by when, what I can do, about what, shown by what, and why it matters."""

    by_when: date | str = ""
    ability: Ability = "can"
    what: str = ""
    about: str = ""
    shown_by: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class SmartPrompts:
    """The words printed before each field, so that what is typed goes on from there."""

    ability: Mapping[Ability, str]
    about: str
    shown_by: str
    why: str


def speaker_of(shape: str) -> Speaker:
    """Who will be able to do it: in consultancy nobody is coached, so it is the organisation.

    >>> speaker_of("coaching"), speaker_of("consultancy")
    ('person', 'organisation')
    """
    return "organisation" if shape == "consultancy" else "person"


def goal_sentence(parts: SmartParts, language: Language, speaker: Speaker = "person") -> str:
    """One sentence that starts with a capital and ends with a full stop.

    Each part goes on from the words of the form ("Ik kan ...", "dat blijkt uit ..."). Words of the form
    that were typed again are taken off, an own start ("want ...", "over ...", "that ...") is kept, full
    stops and loose capitals are mended. Only `what` is needed; an empty part is left out.

    Parameters
    ----------
    parts : `by_when` is a date or a text such as "over 3 maanden".
    language : the language in which the parts were written.
    speaker : who will be able to do it: "I", or the organisation.

    Returns
    -------
    str, or an empty text when there is no `what` yet.

    Source
    ------
    003: a SMART goal poured into one sentence.

    Example
    -------
    >>> parts = SmartParts(date(2027, 1, 15), "can", "een projectplan maken", "de pilot",
    ...                    "zes handtekeningen", "er dan pas geld komt")
    >>> goal_sentence(parts, "nl").partition("; ")[0]
    'Uiterlijk 15 januari 2027 kan ik een projectplan maken, met betrekking tot de pilot'
    >>> goal_sentence(parts, "nl").partition("; ")[2]
    'dat blijkt uit zes handtekeningen, en dat is belangrijk omdat er dan pas geld komt.'
    """
    grammar = _grammar(language, speaker)
    what = _tidy(parts.what)
    ability, what = _ability(what, parts.ability, language, grammar)
    if not what:
        return ""
    when = _by_when(parts.by_when, language, grammar)
    order = "inverted" if when else "subject"
    sentence = " ".join(part for part in (when, grammar[order][ability], what) if part)
    sentence += _about(_tidy(parts.about), grammar)
    sentence += _shown_by(_tidy(parts.shown_by), grammar)
    sentence += _why(_tidy(parts.why), grammar)
    stop = "" if sentence.endswith(".") else "."
    return sentence[0].upper() + sentence[1:] + stop


def smart_prompts(language: Language, speaker: Speaker = "person") -> SmartPrompts:
    """The words before each field of the goal form.

    >>> smart_prompts("nl").ability["able"], smart_prompts("nl").shown_by
    ('Ik ben in staat om', 'Dat blijkt uit')
    """
    grammar = _grammar(language, speaker)
    fields = {name: _first_upper(_opening(grammar[name])) for name in ("about", "shown_by", "why")}
    return SmartPrompts(
        ability={ability: _first_upper(grammar["subject"][ability]) for ability in ABILITIES}, **fields
    )


def spoken_date(day: date, language: Language) -> str:
    """A date as people write it.

    >>> spoken_date(date(2027, 1, 5), "nl"), spoken_date(date(2027, 1, 5), "en")
    ('5 januari 2027', '5 January 2027')
    """
    grammar = _grammar(language)
    text: str = grammar["date"].format(day=day.day, month=grammar["months"][day.month - 1], year=day.year)
    return text


@cache
def _grammar(language: Language, speaker: Speaker = "person") -> Mapping[str, Any]:
    grammar: Mapping[str, Any] = _grammars()[language]
    if speaker == "person":
        return grammar
    own = grammar[speaker]
    leads = {name: [*words, *own["leads"].get(name, ())] for name, words in grammar["leads"].items()}
    return {**grammar, **own, "leads": leads}


def _by_when(given: date | str, language: Language, grammar: Mapping[str, Any]) -> str:
    when = given if isinstance(given, date) else _typed_date(given)
    if isinstance(when, date):
        return str(grammar["by"].format(when=spoken_date(when, language)))
    text = _tidy(when)
    if not text:
        return ""
    if _starts_with(text, grammar["own"]["clause"]):
        return f"{text},"
    if _is_duration(text, grammar):
        return str(grammar["after"].format(when=re.sub(r"(?i)^half\b", grammar["half"], text)))
    if _starts_with(text, grammar["own"]["by"]):
        return text
    if _starts_with(text, grammar["own"].get("end", ())) and not text.lower().startswith("the "):
        text = f"the {text}"
    return str(grammar["by"].format(when=text))


def _is_duration(text: str, grammar: Mapping[str, Any]) -> bool:
    # "3 maanden" and "half jaar" are a length of time; "half mei" and "volgende week" are a moment.
    words = text.lower().split()
    if len(words) < 2 or words[-1] not in grammar["units"]:
        return False
    moments = (*grammar["own"]["by"], *grammar["own"].get("end", ()))
    return words[0] == "half" or not _starts_with(text, moments)


def _typed_date(text: str) -> date | str:
    found = re.fullmatch(r"\s*(?:(\d{4})-(\d\d?)-(\d\d?)|(\d\d?)-(\d\d?)-(\d{4}))\s*\.?", text)
    if not found:
        return text
    year, month, day, day_first, month_second, year_last = found.groups()
    try:
        return date(int(year or year_last), int(month or month_second), int(day or day_first))
    except ValueError:
        return text


def _ability(
    what: str, chosen: Ability, language: Language, grammar: Mapping[str, Any]
) -> tuple[Ability, str]:
    # Someone who types "ik weet hoe ..." means knowing, whatever the list beside it says.
    ability = chosen
    for other in ABILITIES:
        if other != chosen and _starts_with(what, _long_leads(language, other)):
            ability = other
    what = _lower_first(_without_lead(what, grammar["leads"][ability]))
    if language == "nl" and ability == "able" and not re.search(r"\bte\b", what):
        return "can", what  # "in staat om" asks for "te"; without it "kan ik" says the same
    return ability, what


def _about(text: str, grammar: Mapping[str, Any]) -> str:
    text = _inside(_without_lead(text, grammar["leads"]["about"]))
    if not text:
        return ""
    if _starts_with(text, grammar["own"]["about"]):
        return f" {text}"
    return f", {grammar['about'].format(text=text)}"


def _shown_by(text: str, grammar: Mapping[str, Any]) -> str:
    text = _inside(_without_lead(text, grammar["leads"]["shown_by"]))
    if not text:
        return ""
    template = "shown_by"
    if _starts_with(text, grammar["own"]["shown_by_fact"]):
        template = "shown_by_fact"
    elif _starts_with(text, grammar["own"]["shown_by"]):
        template = "shown_by_own"
    sentence: str = grammar[template].format(text=text)
    return sentence


def _why(text: str, grammar: Mapping[str, Any]) -> str:
    text = _inside(_without_lead(text, grammar["leads"]["why"]))
    if not text:
        return ""
    template = "why"
    if _starts_with(text, grammar["own"]["why_then"]):
        template = "why_then"
    elif _starts_with(text, grammar["own"]["why"]):
        template = "why_own"
    return f", {grammar[template].format(text=text)}"


def _tidy(text: str) -> str:
    """One line without the punctuation around it; full stops inside become semicolons."""
    text = re.sub(r"\s+", " ", text).strip()
    text = text.lstrip("….,;:- ").rstrip()
    while text and text[-1] in "….;:,!? " and not _ends_in_abbreviation(text):
        text = text[:-1]
    if _holds_abbreviation(text):
        return text
    first, *more = re.split(r"(?<=\w\w)[.;!?]+ (?=\S)", text)
    return "; ".join((first, *map(_inside, more)))


def _ends_in_abbreviation(text: str) -> bool:
    return text.lower().endswith(_abbreviations())


def _holds_abbreviation(text: str) -> bool:
    low = f" {text.lower()} "
    return any(f"{short} " in low for short in _abbreviations())


def _inside(text: str) -> str:
    """Text for the middle of the sentence: a common word loses its capital, a name keeps it."""
    first = re.split(r"[\s,;]", text, maxsplit=1)[0]
    return (
        text[:1].lower() + text[1:]
        if first.lower() in _words("lower") and first not in _words("keep")
        else text
    )


def _lower_first(text: str) -> str:
    """Text after the verb: any capital goes, unless it is part of the word (English, ERP, I, iPad)."""
    first = re.split(r"[\s,;]", text, maxsplit=1)[0]
    if first in _words("keep") or first[1:] != first[1:].lower():
        return text
    return text[:1].lower() + text[1:]


def _without_lead(text: str, leads: Sequence[str]) -> str:
    if not _starts_with(text, leads):
        return text
    for lead in sorted(leads, key=len, reverse=True):
        if _starts_with(text, (lead,)):
            return text[len(lead) :].lstrip("….,: ")
    return text


def _starts_with(text: str, starts: Sequence[str]) -> bool:
    low = text.lower()
    if not low.startswith(tuple(starts)):  # mostly it does not, and one look at all of them tells
        return False
    return any(low.startswith(start) and low[len(start) :][:1] in ("", " ", ",", "…") for start in starts)


def _opening(template: str) -> str:
    return template.partition("{")[0].strip(" ,;")


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


@cache
def _grammars() -> Mapping[str, Any]:
    return read_toml("texts", "smart")


@cache
def _words(kind: Literal["keep", "lower", "abbreviations"]) -> frozenset[str]:
    return frozenset(_grammars()["words"][kind])


@cache
def _abbreviations() -> tuple[str, ...]:
    """Each with the space before it."""
    return tuple(f" {short}" for short in _words("abbreviations"))


@cache
def _long_leads(language: Language, ability: Ability) -> tuple[str, ...]:
    """The ways to begin that say by themselves which ability is meant."""
    return tuple(lead for lead in _grammar(language)["leads"][ability] if len(lead.split()) > _BARE_LEADS)
