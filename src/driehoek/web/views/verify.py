"""For anybody who holds a sealed document: is it unaltered, and does it still hold?"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from driehoek.kit.pages import form_page
from driehoek.web.forms import DocumentForm
from driehoek.web.queries.verifying import verdict_on


@login_not_required
@never_cache
@form_page
def verify(request: HttpRequest) -> HttpResponse:
    form = DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()
    verdict = verdict_on(form.cleaned_data["document"].read()) if form.is_valid() else None
    return render(request, "web/verify.html", {"form": form, "verdict": verdict})
