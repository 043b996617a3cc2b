"""Steer or coach, and the question bank: public, no account, no name."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from driehoek.intake.wording import reading_language
from driehoek.kit.pages import form_page
from driehoek.method.questions import known_tags
from driehoek.method.style import pitfalls, style_texts, two_hats, why
from driehoek.toolkit.actions import keep_hat
from driehoek.toolkit.forms import QuestionsForm, StyleForm
from driehoek.toolkit.queries import look_up, mirror_of


@login_not_required
@form_page
def style(request: HttpRequest) -> HttpResponse:
    language = reading_language()
    form = StyleForm(request.POST or request.GET or None, language=language)
    if request.method == "POST" and form.is_valid():
        if request.user.is_authenticated:
            once = form.cleaned_data["once"] or uuid.uuid4()
            keep_hat(request.user, style=form.advice.style, once=once)
        return redirect(f"{reverse('toolkit:style')}?{urlencode(form.address)}#answer")
    return render(request, "toolkit/style.html", _page(request, form))


@login_not_required
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """What is chosen stands in the address, so that a choice can be shared; it says nothing of anybody."""
    language, asked = reading_language(), known_tags(request.GET)
    number = request.GET.get("n", "")
    found = look_up(asked, language, number=int(number) if number.isdecimal() and len(number) < 6 else None)
    form = QuestionsForm(initial=asked, language=language)
    return render(request, "toolkit/questions.html", {"form": form, "found": found})


def _page(request: HttpRequest, form: StyleForm) -> dict[str, Any]:
    language = reading_language()
    found: dict[str, Any] = {"form": form, "hats": two_hats(language), "pitfalls": pitfalls(language)}
    if form.is_bound and form.is_valid():
        found |= {"advice": form.advice, "text": style_texts(form.advice.style, language)}
        found["why"] = why(form.advice, language)
        found["form"] = StyleForm(initial=form.address, language=language)
    if request.user.is_authenticated:
        found["mirror"] = mirror_of(request.user, language)
    return found
