"""What a survey is called, and who may be told of it."""

from django.utils.translation import gettext_lazy as _

STEMS = ("ease-of-use", "pulse")
STEM_WORDS = {
    "ease-of-use": _("Is it good to work with?"),
    "pulse": _("How are things here?"),
}
STEM_HINTS = {
    "ease-of-use": _("Of whoever uses a new system or way of working: four marks from 1 to 10."),
    "pulse": _("Of everybody in a team: five sentences about the work and about each other."),
}
WAYS = {
    "letters": (
        _("A letter to each"),
        _(
            "With a link that works once, so nobody answers twice, and past the middle one reminder. "
            "Shown from five answers on."
        ),
    ),
    "link": (
        _("One link to share"),
        _(
            "Anyone who has it can answer, also more than once, so it tells of answers and not of people. "
            "From ten answers on you see shares, without margin, mean or own words; and nothing when more "
            "come in than there are people. It answers no criterion."
        ),
    ),
}
USUAL = {"ease-of-use": 7, "pulse": 4}
"""From this answer on somebody counts: a 7 of 10, or "mostly" of five."""
