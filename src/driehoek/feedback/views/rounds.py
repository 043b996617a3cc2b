"""The pages of coachee and coach: a round from its beginning to what is told of it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from driehoek.access import Permission, Role
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.feedback import actions
from driehoek.feedback.forms import BeginForm, OpenForm, RaterForm
from driehoek.feedback.models import Round
from driehoek.feedback.queries import (
    asked_in,
    by_name,
    is_large_enough,
    moments_left,
    own_waits,
    raters_of,
    round_in,
    rounds_of,
)
from driehoek.feedback.wording import moment_words
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page


@enters(Permission.READ_FEEDBACK)
@require_safe
def index(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    found = rounds_of(engagement)
    context = {
        "engagement": engagement,
        "current": (current := next((one for one in found if one.state != Round.State.CLOSED), None)),
        "closed": [(one, moment_words(one)) for one in found if one.state == Round.State.CLOSED],
        "moments": moments_left(found),
    }
    return render(request, "feedback/index.html", context | _about(current, engagement, request))


@enters(Permission.BEGIN_FEEDBACK)
@form_page
def begin(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    found = rounds_of(engagement)
    if not (moments := moments_left(found)):
        return redirect("feedback:index", engagement.pk)
    name = engagement.party(Role.COACHEE).first_name
    form = BeginForm(request.POST or None, moments=moments, is_first=not found, name=name)
    deed = lambda: actions.begin_round(engagement, by=request.user, **form.facts)  # noqa: E731
    if form.is_valid() and _done(form, deed):
        return redirect("feedback:index", engagement.pk)
    context = {"engagement": engagement, "form": form, "first": found[-1] if found else None}
    return render(request, "feedback/begin.html", context | _asked(found))


@enters(Permission.NAME_RATERS)
@form_page
def people(request: HttpRequest, engagement: Engagement, round_id: UUID) -> HttpResponse:
    one = found_round(engagement, round_id)
    if one.state != Round.State.NAMING:
        return redirect("feedback:index", engagement.pk)
    form = RaterForm(request.POST or None)
    if form.is_valid() and _done(form, lambda: actions.name_rater(one, **form.cleaned_data)):
        return redirect("feedback:people", engagement.pk, one.pk)
    return render(request, "feedback/people.html", {"form": form, **_list(one)})


@enters(Permission.CHECK_RATERS)
@form_page
def check(request: HttpRequest, engagement: Engagement, round_id: UUID) -> HttpResponse:
    one = found_round(engagement, round_id)
    if one.state != Round.State.CHECKING:
        return redirect("feedback:index", engagement.pk)
    form = OpenForm(request.POST or None)
    deed = lambda: actions.open_round(one, by=request.user, **form.cleaned_data)  # noqa: E731
    if form.is_valid() and _done(form, deed):
        messages.success(request, _("The letters are on their way."))
        return redirect("feedback:index", engagement.pk)
    return render(request, "feedback/check.html", {"form": form, **_list(one)})


@enters(Permission.NAME_RATERS)
@require_POST
def take_off_list(
    request: HttpRequest, engagement: Engagement, round_id: UUID, rater_id: UUID
) -> HttpResponse:
    one = found_round(engagement, round_id)
    _try(request, lambda: actions.take_off(one, rater_id, permission=Permission.NAME_RATERS))
    return redirect("feedback:people", engagement.pk, one.pk)


@enters(Permission.CHECK_RATERS)
@require_POST
def strike(request: HttpRequest, engagement: Engagement, round_id: UUID, rater_id: UUID) -> HttpResponse:
    one = found_round(engagement, round_id)
    _try(request, lambda: actions.take_off(one, rater_id, permission=Permission.CHECK_RATERS))
    return redirect("feedback:check", engagement.pk, one.pk)


@enters(Permission.NAME_RATERS)
@require_POST
def hand_over(request: HttpRequest, engagement: Engagement, round_id: UUID) -> HttpResponse:
    one = found_round(engagement, round_id)
    if not _try(request, lambda: actions.hand_to_coach(one)):
        return redirect("feedback:people", engagement.pk, one.pk)
    return redirect("feedback:index", engagement.pk)


@enters(Permission.CHECK_RATERS)
@require_POST
def give_back(request: HttpRequest, engagement: Engagement, round_id: UUID) -> HttpResponse:
    one = found_round(engagement, round_id)
    _try(request, lambda: actions.put_back(one))
    return redirect("feedback:index", engagement.pk)


@enters(Permission.CHECK_RATERS)
@require_POST
def close(request: HttpRequest, engagement: Engagement, round_id: UUID) -> HttpResponse:
    one = found_round(engagement, round_id)
    _try(request, lambda: actions.close_early(one))
    return redirect("feedback:index", engagement.pk)


@enters(Permission.BEGIN_FEEDBACK)
@require_POST
def drop(request: HttpRequest, engagement: Engagement, round_id: UUID) -> HttpResponse:
    if one := round_in(engagement, round_id):  # a second press finds nothing any more
        _try(request, lambda: actions.drop_round(one))
    return redirect("feedback:index", engagement.pk)


def found_round(engagement: Engagement, round_id: UUID) -> Round:
    """The round of this address: 1 query."""
    if (one := round_in(engagement, round_id)) is None:
        raise Http404
    one.engagement = engagement
    return one


def _about(one: Round | None, engagement: Engagement, request: HttpRequest) -> dict[str, Any]:
    """What the page says of a round that is under way: how far it is, who is asked. Never who answered."""
    roles: dict[str, Any] = {"coachee": engagement.party(Role.COACHEE), "coach": engagement.party(Role.COACH)}
    roles["is_coachee"] = Role.COACHEE in engagement.roles_of(request.user)
    if one is None:
        return roles
    is_open = one.state == Round.State.OPEN
    asked = {"asked": asked_in(one), "moment": moment_words(one)}
    waits = is_open and roles["is_coachee"] and own_waits(one)
    return roles | asked | {"raters": by_name(list(raters_of(one))), "own_waits": waits}


def _list(one: Round) -> dict[str, Any]:
    raters = list(raters_of(one))
    facts = {"engagement": one.engagement, "round": one, "raters": by_name(raters)}
    facts |= {"is_enough": is_large_enough(raters), "coach": one.engagement.party(Role.COACH)}
    coachee = one.engagement.party(Role.COACHEE)
    name = coachee.person.first_name_only if coachee else ""
    parts = asked_in(one).behaviours
    return facts | {"asked": [(part.name, [item.asked(name) for item in part.items]) for part in parts]}


def _asked(found: list[Round]) -> dict[str, Any]:
    return {"asked": asked_in(found[-1])} if found else {}


def _done(form: Any, deed: Callable[[], object]) -> bool:
    try:
        deed()
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return not form.errors


def _try(request: HttpRequest, deed: Callable[[], object]) -> bool:
    try:
        deed()
    except Refused as refusal:
        messages.error(request, refusal.message)
        return False
    return True
