"""The small triangle that says who sees something."""

from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_EDGE = '<path class="g-edge" d="M13 5 5 19h16z"/>'
_LOWER_EDGE = '<path class="g-edge" d="M5 19h16"/>'
_GLYPH = {
    "coachee": '<circle class="g-{}" cx="13" cy="5" r="3.7"/>',
    "coach": '<path class="g-{}" d="M5 14.7 9.3 19 5 23.3.7 19z"/>',
    "org": '<rect class="g-{}" x="17.6" y="15.6" width="6.8" height="6.8" rx=".8"/>',
}


@lru_cache
def drawn(filled: frozenset[str], extra: str, without_coachee: bool) -> SafeString:
    """The triangle as a picture: these corners are filled; without the upper one only the lower edge."""
    edge, box, there = _EDGE, "0 0 26 24", dict(_GLYPH)
    if without_coachee:
        edge, box = _LOWER_EDGE, "0 14 26 10"
        del there["coachee"]
    shapes = "".join(one.format(name if name in filled else "off") for name, one in there.items())
    attributes = format_html(' class="{}"', extra) if extra else ""
    return mark_safe(f'<svg{attributes} viewBox="{box}" aria-hidden="true">{edge}{shapes}</svg>')
