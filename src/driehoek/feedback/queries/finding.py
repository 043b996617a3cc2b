"""What the drawing of one kind of behaviour shows, in a sentence: no word on what is better."""

from collections.abc import Callable
from fractions import Fraction

from django.utils.translation import gettext as _

from driehoek.evidence.profile import MANAGER, SELF, Told
from driehoek.feedback.queries.figures import over_words
from driehoek.feedback.queries.written import adds_up, apart
from driehoek.kit.templatetags.look import decimal, listed


def finding_of(seen: Told, name: str, called: Callable[[str], str], *, is_own: bool, has_groups: bool) -> str:
    """The difference as it is, then which sentences it is over and who is not in it.

    `has_groups`: whether any group of the round is large enough to be shown.
    """
    if seen.around is None:
        return _nothing(seen, has_groups=has_groups)
    said = [_difference(seen, seen.around, name, is_own=is_own), _over(seen), _left_out(seen, called)]
    return " ".join(filter(None, said))


def rounded_words() -> str:
    """Why a difference as written need not be that of two numbers as written."""
    return _("Each number is rounded by itself.")


def _difference(seen: Told, others: Fraction, name: str, *, is_own: bool) -> str:
    own = seen.own
    facts = {"name": name, "others": decimal(float(others), 1)}
    if own is None:
        return _("The others: %(others)s.") % facts
    above = apart(others, own)
    facts |= {"own": decimal(float(own), 1), "apart": decimal(abs(above), 1)}
    words = _alike(facts, is_own=is_own) if not above else _apart(above > 0, is_own=is_own)
    return f"{words % facts}{'' if adds_up(others, own) else ' ' + rounded_words()}"


def _nothing(seen: Told, *, has_groups: bool) -> str:
    """Which of two reasons it is would itself tell what everybody answered."""
    if not has_groups:
        return _("Too few people answered to show how others see this.")
    if all(set(one.means) <= {SELF, MANAGER} for one in seen.items):
        return _(
            "No number of the others can be shown here: too few of a group answered these sentences, or the "
            "number would tell what each of them said."
        )
    return _(
        "The others have a number for fewer than half of these sentences, so there is none for them "
        "together. They stand one by one in the table."
    )


def _alike(facts: dict[str, str], *, is_own: bool) -> str:
    if facts["own"] == facts["others"]:
        return _("You and the others: %(own)s.") if is_own else _("%(name)s and the others: %(own)s.")
    if is_own:
        return _("You %(own)s and the others %(others)s: less than 0.1 apart.")
    return _("%(name)s %(own)s and the others %(others)s: less than 0.1 apart.")


def _apart(is_higher: bool, *, is_own: bool) -> str:
    if is_own:
        higher = _("You put yourself %(apart)s higher than the others do: %(own)s and %(others)s.")
        lower = _("You put yourself %(apart)s lower than the others do: %(own)s and %(others)s.")
    else:
        higher = _("%(name)s answers %(apart)s higher than the others do: %(own)s and %(others)s.")
        lower = _("%(name)s answers %(apart)s lower than the others do: %(own)s and %(others)s.")
    return higher if is_higher else lower


def _over(seen: Told) -> str:
    if not (over := over_words(len(seen.over), len(seen.items))):
        return ""
    return _("This is %(over)s: those of which everybody drawn here has a number.") % {"over": over}


def _left_out(seen: Told, called: Callable[[str], str]) -> str:
    """Of whom there are numbers in the table and none for the whole."""
    if not seen.means:
        return ""
    told = dict.fromkeys(group for one in seen.items for group in one.means)
    without = [called(group) for group in told if group not in seen.means]
    words = _(
        "Not drawn: %(names)s. Too few of the same sentences have a number; the table has those there are."
    )
    return words % {"names": listed(without)} if without else ""
