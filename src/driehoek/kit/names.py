"""What may stand in a name: one line that somebody can see, in any script."""

import re
import unicodedata
from typing import Final

# Joiners belong inside words of Persian and Indic names and inside emoji; marks of direction do no harm; the
# last ones spell the flags of regions.
_JOINERS: Final = "\u200c\u200d"
_HARMLESS: Final = frozenset({*_JOINERS, "\u200e", "\u200f", "\u061c", *map(chr, range(0xE0020, 0xE0080))})
_LOOSE_JOINER: Final = re.compile(rf"(?<!\S)[{_JOINERS}]+|[{_JOINERS}]+(?!\S)")
# Letters by their category, and yet nobody sees them.
_BLANK: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")

# Controls (not the line break and the tab), what is never seen, and what turns the reading direction around.
_ACTING: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u180e\u200b\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0001]"
)


def one_line(words: str) -> str:
    """The words on one line, without signs that act instead of being read; empty when nothing is to be seen.

    >>> one_line("Eve\\r\\nBcc: all"), one_line("\\x01"), one_line("a\\u202eb")
    ('Eve Bcc: all', '', 'ab')
    """
    spaced = " ".join(words.split())
    kept = "".join(sign for sign in spaced if sign in _HARMLESS or not _acts(sign))
    line = " ".join(_LOOSE_JOINER.sub("", kept).split())
    return line if any(map(_is_seen, line)) else ""


def plain_text(words: str) -> str:
    """Text of more lines without signs that make it read otherwise than it is written.

    A signed sentence must say on screen what it says on paper. Joiners and marks of direction stay.

    >>> plain_text("pay \\u202e0001\\u202c euro\\nnext\\x00")
    'pay 0001 euro\\nnext'
    """
    return _ACTING.sub("", words)


def _acts(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cf", "Cs")


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LNPS" and sign not in _BLANK
