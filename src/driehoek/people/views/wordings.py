"""What an organisation says in its own words around the letters about its engagements."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from driehoek.kit.pages import form_page
from driehoek.outbox import actions as outbox
from driehoek.outbox.preview import preview
from driehoek.outbox.queries import own_words, own_words_as_stored, worded_by
from driehoek.outbox.wording import NAMES_WITH_EVERY
from driehoek.people.forms import OwnWordsForm
from driehoek.people.guards import administers
from driehoek.people.models import Organisation

LANGUAGES = dict(settings.LANGUAGES)


@administers
@require_safe
def wordings(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    worded = worded_by(organisation.pk)
    rows = [
        (name, words, [(code, spoken, (name, code) in worded) for code, spoken in LANGUAGES.items()])
        for name, words in NAMES_WITH_EVERY.items()
    ]
    return render(request, "people/wordings.html", {"organisation": organisation, "rows": rows})


@administers
@form_page
def wording(request: HttpRequest, organisation: Organisation, letter: str, language: str) -> HttpResponse:
    if letter not in NAMES_WITH_EVERY or language not in LANGUAGES:
        raise Http404
    stored = own_words_as_stored(organisation.pk, letter, language)
    form = OwnWordsForm(request.POST if request.method == "POST" else None, initial=vars(stored))
    if form.is_valid():
        outbox.word_letter(organisation.pk, template=letter, language=language, **form.cleaned_data)
        messages.success(request, _("Saved. Letters from now on say it like this."))
        return redirect("people:wording", organisation.pk, letter, language)
    return render(request, "people/wording.html", _shown(organisation, letter, language, form))


def _shown(organisation: Organisation, letter: str, language: str, form: OwnWordsForm) -> dict[str, object]:
    """The page, with the letter as it is sent now."""
    own = own_words(organisation.pk, letter, language)
    return {
        "organisation": organisation,
        "form": form,
        "letter": letter,
        "name": NAMES_WITH_EVERY[letter],
        "language": language,
        "spoken": LANGUAGES[language],
        "is_own": any(form.initial.values()),
        "sample": preview(letter, language=language, own=own, organisation=organisation.name),
    }


@administers
@require_POST
def reset_wording(
    request: HttpRequest, organisation: Organisation, letter: str, language: str
) -> HttpResponse:
    outbox.word_letter(organisation.pk, template=letter, language=language, opening="", closing="", sender="")
    messages.success(request, _("This letter says what we wrote again."))
    return redirect("people:wording", organisation.pk, letter, language)
