"""Offering, signing, declining and taking back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from driehoek.access import Permission, Stage
from driehoek.agreements import actions
from driehoek.agreements.forms import DeclineForm, SignForm
from driehoek.agreements.queries import goals_of, in_force_among, missing, standing, versions
from driehoek.agreements.queries.expectations import untalked
from driehoek.agreements.queries.foresight import unanswered
from driehoek.agreements.queries.reading import reading
from driehoek.agreements.queries.standing import Standing
from driehoek.agreements.views.opened import while_open
from driehoek.agreements.views.tabs import tabs
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page


@enters(Permission.OFFER_AGREEMENT)
@form_page
@while_open
def offer(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    refusal = ""
    if request.method == "POST":
        try:
            actions.offer(engagement, by=request.user)
        except Refused as no:
            refusal = no.message
        else:
            return redirect("agreements:sign", engagement.pk)
    now = standing(engagement)
    if now.is_offered:
        return redirect("agreements:sign", engagement.pk)
    context = _offer_context(request, engagement, now) | {"refusal": refusal}
    return render(request, "agreements/offer.html", context)


@enters(Permission.READ_AGREEMENT)
@form_page
def sign(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    # The door is that of reading: a second press on the last signature comes when all is signed already.
    found = versions(engagement)
    version = found[0] if found else None
    closed = version is None or not engagement.lets(request.user, Permission.SIGN_AGREEMENT)
    if closed or (request.method == "GET" and version.state != "offered"):
        return redirect("agreements:index", engagement.pk)
    form = SignForm(request.POST or None, version=version, engagement=engagement, person=request.user)
    if form.carries_out(actions.sign, version, by=request.user):
        return redirect("agreements:sign", engagement.pk)
    context = reading(engagement, version, request.user, among=found)
    context |= {"form": form, "met_on": standing(engagement).met_on, "holds": in_force_among(found)}
    return render(request, "agreements/sign.html", context)


@enters(Permission.SIGN_AGREEMENT)
@form_page
def decline(request: HttpRequest, engagement: Engagement, number: int) -> HttpResponse:
    version = get_object_or_404(engagement.versions, number=number)
    if request.method == "GET" and version.state != "offered":
        return redirect("agreements:index", engagement.pk)
    form = DeclineForm(request.POST or None)
    if form.carries_out(actions.decline, version, by=request.user):
        return redirect(f"agreements:{_where_it_is_written(engagement)}", engagement.pk)
    context = {"engagement": engagement, "version": version, "form": form}
    return render(request, "agreements/decline.html", context)


@enters(Permission.OFFER_AGREEMENT)
@require_POST
def withdraw(request: HttpRequest, engagement: Engagement, number: int) -> HttpResponse:
    try:
        actions.withdraw(get_object_or_404(engagement.versions, number=number), by=request.user)
    except Refused as no:
        messages.warning(request, no.message)
    return redirect("agreements:index", engagement.pk)


def _where_it_is_written(engagement: Engagement) -> str:
    """The page on which a declined version is read: that of the change once an agreement is in force."""
    return "change" if engagement.stage_ is Stage.ACTIVE else "index"


def _offer_context(request: HttpRequest, engagement: Engagement, now: Standing) -> dict[str, object]:
    goals = goals_of(engagement)
    return {
        "engagement": engagement,
        "tabs": tabs(engagement, request.user, "agreements:offer"),
        "missing": missing(engagement, now.draft, goals, parted=now.parted, comments=now.open_comments),
        "unanswered": unanswered(goals),
        "last": versions(engagement)[0] if now.last_state == "declined" else None,
        "handed_in": now.handed_in,
        "untalked": untalked(now.draft),
    }
