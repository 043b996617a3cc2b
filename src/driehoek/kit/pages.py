"""What the answers of pages have in common."""

from typing import Final

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

form_page: Final = require_http_methods(["GET", "HEAD", "POST"])
"""For a page with a form: it can be read, asked about without its content, and sent."""


def in_language(answer: HttpResponse, language: str) -> HttpResponse:
    """From this answer on, the browser is spoken to in `language`."""
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return answer
