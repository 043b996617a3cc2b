"""Words that were typed when the session had ended: shown to their writer, and sent on with one button."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from driehoek.kit.pages import form_page
from driehoek.people.actions import drop_kept
from driehoek.people.queries import kept_form, words_of
from driehoek.web.queries.kept import typed_words


@form_page
def kept(request: HttpRequest, kept_id: UUID) -> HttpResponse:
    """A POST here lets the words go."""
    found = kept_form(request.user, kept_id)
    if found is None:
        raise Http404
    if request.method == "POST":
        drop_kept(found)
        return redirect("today")
    words = words_of(found)
    context = {"kept": found, "words": words, "typed": typed_words(found.path, words.fields)}
    return render(request, "web/kept.html", context)
