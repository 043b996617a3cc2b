"""Read the method's texts from `texts/*.toml`, in one language at a time."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, cast

Language = Literal["nl", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("nl", "en")


class BadTextFile(ValueError):
    """A data file of the method does not say what it must say."""


@cache
def texts(name: str, language: Language) -> Mapping[str, Any]:
    """The file `texts/<name>.toml` with every nl/en pair replaced by the asked language.

    Parameters
    ----------
    name : file name without its ending, for example "route".
    language : "nl" or "en".

    Returns
    -------
    Mapping of the file's own shape; read once, so treat it as read-only.

    Raises
    ------
    BadTextFile : the file is not TOML, or a text lacks one of its languages.

    Example
    -------
    >>> texts("route", "en")["routes"]["coaching"]["name"]
    'coaching'
    """
    return cast(Mapping[str, Any], in_language(read_toml("texts", name), language, f"{name}.toml"))


def read_toml(folder: str, name: str) -> Mapping[str, Any]:
    """One data file as it stands. Raises BadTextFile with the file name."""
    path = files("driehoek.method") / folder / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise BadTextFile(f"{name}.toml: {error}") from error


def in_language(node: Any, language: Language, where: str) -> Any:
    """The same data with each table of nl and en replaced by its text in `language`.

    >>> in_language({"hint": {"nl": "Kort.", "en": "Short."}}, "en", "a.toml")
    {'hint': 'Short.'}
    """
    if isinstance(node, list):
        return tuple(in_language(item, language, f"{where}[{place}]") for place, item in enumerate(node))
    if not isinstance(node, dict):
        return node
    if node.keys() & set(LANGUAGES):
        return _choose(node, language, where)
    return {key: in_language(item, language, f"{where}: {key}") for key, item in node.items()}


def _choose(node: dict[str, Any], language: Language, where: str) -> Any:
    if node.keys() != set(LANGUAGES) or not all(node.values()):
        raise BadTextFile(f"{where}: needs a text in nl and in en, and nothing else")
    if type(node["nl"]) is not type(node["en"]):
        raise BadTextFile(f"{where}: nl and en are not of the same kind")
    if isinstance(node["nl"], list) and len(node["nl"]) != len(node["en"]):
        raise BadTextFile(f"{where}: nl and en do not have the same number of lines")
    chosen = node[language]
    return tuple(chosen) if isinstance(chosen, list) else chosen
