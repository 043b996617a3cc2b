"""The page that shows every component in every state."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from driehoek.web import samples
from driehoek.web.forms import SampleForm


@login_not_required
@require_safe
def style(request: HttpRequest) -> HttpResponse:
    halves = [_half("light", _("Light")), _half("dark", _("Dark"))]
    return render(request, "web/style.html", {"halves": halves, **samples.everything()})


def _half(theme: str, title: str) -> dict[str, object]:
    """One theme, with a form as it opens and the same form sent too early."""
    fresh = SampleForm(auto_id=f"{theme}_%s", initial={"nature": "people", "read": True})
    typed = {"question": "", "ends_on": "2026-08-01", "target": "90%"}
    wrong = SampleForm(typed, auto_id=f"{theme}_wrong_%s")
    wrong.add_error("ends_on", _("Choose a date after 27 August 2026."))
    return {"name": theme, "title": title, "form": fresh, "wrong": wrong}
