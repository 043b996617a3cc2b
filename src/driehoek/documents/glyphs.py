"""Which characters the shipped fonts can draw, read from the fonts themselves."""

import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
NO_GLYPH = "\u25a1"

# A sign together with everything that is drawn on top of it or joined to it.
_CLUSTERS = re.compile(
    r"\r\n|.(?:[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff\ufe00-\ufe0f]|\u200d.)*", re.DOTALL
)
# Direction marks could make a signed sentence read differently from what was signed.
_LEFT_OUT = {"Cc", "Cf", "Cs", "Co", "Cn"}
_KEPT = {"\n", "\u00ad", "\u200d"}
# Longer than any word of a language: it may break anywhere, or it runs off the paper. Words of Dutch do not.
_LONG_WORD = re.compile(r"\S{41,}")
_PART = re.compile(r"\S{12}(?=\S)")


class FontsMissing(RuntimeError):
    """The fonts are not in their folder: the assets have not been built."""


def drawable(text: str) -> str:
    """Give `text` with every sign no shipped font can draw replaced by an empty square."""
    spaced = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ").replace("\v", "\n")
    kept = "".join(_drawn(cluster) for cluster in _CLUSTERS.findall(unicodedata.normalize("NFC", spaced)))
    return _LONG_WORD.sub(_breakable, kept)


def _breakable(word: re.Match[str]) -> str:
    """An address breaks at its slashes by itself; with anything put into it, it could not be copied."""
    said = word.group()
    is_address = said.startswith(("https://", "http://")) and max(map(len, said.split("/"))) <= 60
    return said if is_address else _PART.sub(r"\g<0>" + "\u200b", said)


def _drawn(cluster: str) -> str:
    if cluster.isascii() and (cluster.isprintable() or cluster == "\n"):
        return cluster
    signs = "".join(s for s in cluster if s in _KEPT or unicodedata.category(s) not in _LEFT_OUT)
    if not signs or signs in _KEPT:
        return "" if signs == "\u200d" else signs
    wanted = {ord(sign) for sign in signs} - {0x00AD}
    return signs if any(wanted <= font for font in coverage()) else NO_GLYPH


@cache
def coverage() -> tuple[frozenset[int], ...]:
    """Per shipped family: the code points it can draw. Read once per process."""
    found = sorted(FOLDER.glob("*.ttf"))
    regular = [path for path in found if "400Regular" in path.name and "Italic" not in path.name]
    if not regular:
        raise FontsMissing(
            "The fonts for documents are missing. Run script/server once; it puts them in place."
        )
    return tuple(frozenset(_code_points(path.read_bytes())) for path in regular)


def _code_points(font: bytes) -> Iterator[int]:
    """Read the `cmap` table of a TrueType font (formats 4 and 12)."""
    tables = struct.unpack_from(">H", font, 4)[0]
    for n in range(tables):
        tag, _, start, _ = struct.unpack_from(">4sLLL", font, 12 + 16 * n)
        if tag == b"cmap":
            for m in range(struct.unpack_from(">H", font, start + 2)[0]):
                platform, _, offset = struct.unpack_from(">HHL", font, start + 4 + 8 * m)
                if platform == 3:
                    yield from _subtable(font, start + offset)


def _subtable(font: bytes, at: int) -> Iterator[int]:
    kind = struct.unpack_from(">H", font, at)[0]
    if kind == 12:
        for n in range(struct.unpack_from(">L", font, at + 12)[0]):
            first, last, _ = struct.unpack_from(">LLL", font, at + 16 + 12 * n)
            yield from range(first, last + 1)
    elif kind == 4:
        count = struct.unpack_from(">H", font, at + 6)[0] // 2
        ends = struct.unpack_from(f">{count}H", font, at + 14)
        starts = struct.unpack_from(f">{count}H", font, at + 16 + 2 * count)
        for first, last in zip(starts, ends, strict=True):
            yield from range(first, min(last, 0xFFFE) + 1)
