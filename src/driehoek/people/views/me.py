"""What a person sets for themselves: name, language, light or dark."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views import i18n
from django.views.decorators.http import require_POST

from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page, in_language
from driehoek.kit.zones import zone_name
from driehoek.people import actions
from driehoek.people.forms import NameForm

THEMES = ("light", "dark")


@form_page
def profile(request: HttpRequest) -> HttpResponse:
    person = request.user
    shown = {"name": person.name, "language": person.language, "time_zone": zone_name(person.time_zone)}
    form = NameForm(request.POST or None, initial=shown)
    if form.is_valid():
        try:
            actions.rename(person, name=form.cleaned_data["name"])
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            actions.choose_clock(person, time_zone=form.cleaned_data["time_zone"])
            return _spoken_to(request, form.cleaned_data["language"], renamed="name" in form.changed_data)
    return render(request, "people/profile.html", {"form": form})


def _spoken_to(request: HttpRequest, language: str, *, renamed: bool) -> HttpResponse:
    actions.choose_language(request.user, language=language)
    with override(language):
        says = _("Saved. The others see this name from now on.") if renamed else _("Saved.")
        messages.success(request, says)
    return in_language(redirect("people:profile"), language)


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Django's own switch, remembered with the person too, so that mails follow."""
    if request.user.is_authenticated:
        actions.choose_language(request.user, language=request.POST.get("language", ""))
    return i18n.set_language(request)


@login_not_required
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("next", "")
    answer = redirect(wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "front")
    theme = request.POST.get("theme")
    if theme in THEMES:
        answer.set_cookie("theme", theme, max_age=31_536_000, samesite="Lax", secure=settings.HTTPS)
    else:
        answer.delete_cookie("theme", samesite="Lax")
    return answer
