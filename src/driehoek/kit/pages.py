"""Answer with a page, or with one part of it when htmx asks."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page(request: HttpRequest, template: str, context: dict, *, part: str) -> HttpResponse:
    """Render `template`, or only its partial `part` for an htmx request."""
    return render(request, f"{template}#{part}" if request.htmx else template, context)


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
