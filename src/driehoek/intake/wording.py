"""In which of the method's languages the reader reads."""

from django.utils.translation import get_language

from driehoek.method.texts import Language


def reading_language() -> Language:
    """Dutch or English; any other language reads English."""
    return "nl" if (get_language() or "nl").startswith("nl") else "en"
