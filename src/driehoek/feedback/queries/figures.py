"""Over how many people, and over which sentences, a figure of a round is: phrases to stand beside it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from driehoek.evidence.profile import SELF, Told


def people(fewest: int, most: int | None = None) -> str:
    """So many people: one number, or from the fewest to the most."""
    if most is not None and most != fewest:
        return _("%(fewest)d to %(most)d people") % {"fewest": fewest, "most": most}
    return ngettext("%(n)d person", "%(n)d people", fewest) % {"n": fewest}


def items_over(seen: Told) -> list[Told]:
    """The sentences that the figures of a kind of behaviour are over; in older reports all that were told."""
    return [one for one in seen.items if one.id in seen.over] if seen.over else list(seen.items)


def how_many(seen: Told, groups: Iterable[str]) -> str:
    """Over how many people of these groups the figure is; nothing where an older report does not tell."""
    named = set(groups) - {SELF}
    counts = [sum(one.counts.get(group, 0) for group in named) for one in items_over(seen) if one.counts]
    return people(min(counts), max(counts)) if any(counts) else ""


def over_words(over: int, of: int) -> str:
    """Over which part of the sentences; nothing for all of them."""
    if not over or over == of:
        return ""
    return _("over %(over)d of the %(of)d sentences") % {"over": over, "of": of}
