"""The route choice: public, no account, one question a screen."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import engagements_of
from driehoek.intake import actions
from driehoek.intake.forms import AnswerForm, BeginForm, ProblemForm
from driehoek.intake.queries import Visit, carried, host_places, outcome_of, sealed, visit_in
from driehoek.intake.queries.route import screens
from driehoek.intake.wording import reading_language
from driehoek.kit.errors import Refused
from driehoek.kit.pages import View, form_page


def public(view: View) -> View:
    """For a visitor without an account; the page stays out of every cache."""
    return login_not_required(never_cache(view))


@public
@form_page
def begin(request: HttpRequest) -> HttpResponse:
    visit = visit_in(request.session)
    form = ProblemForm(request.POST or None, initial={"problem": visit.problem if visit else ""})
    if form.is_valid():
        going_on = visit if "going_on" in request.POST and "afresh" not in request.POST else None
        actions.begin(request.session, going_on, problem=form.cleaned_data["problem"])
        return redirect("route:question", 1)
    return render(request, "intake/route_problem.html", {"form": form, "visit": visit})


@public
@form_page
def question(request: HttpRequest, number: int) -> HttpResponse:
    asked = _screen(number)
    visit = visit_in(request.session) or carried(request.POST.get("kept", ""))
    chosen = visit.chosen.get(asked.id) if visit else None
    typed = request.POST if request.method == "POST" else None
    form = AnswerForm(typed, question=asked, chosen=chosen)
    if form.is_valid():
        now = actions.keep_answer(request.session, visit, question=asked.id, value=form.value)
        return _onwards(visit, now, number)
    if visit is None:
        return _again()
    return render(request, "intake/route_question.html", _question_page(visit, form, number))


@public
@require_safe
def result(request: HttpRequest) -> HttpResponse:
    return _result(request)


def _result(request: HttpRequest, refused: str = "") -> HttpResponse:
    visit = visit_in(request.session)
    if visit is None:
        return _again()
    places = host_places(request.user) if request.user.is_authenticated else []
    outcome = outcome_of(visit, reading_language())
    form = BeginForm(request.POST or None, places=places, shape=visit.shape)
    found = {"visit": visit, "outcome": outcome, "places": places, "form": form, "refused": refused}
    return render(request, "intake/route_result.html", found)


@public
@form_page
def start(request: HttpRequest) -> HttpResponse:
    visit = visit_in(request.session)
    if request.method != "POST":
        return redirect("route:result")
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("route:result"))
    form = BeginForm(request.POST, places=host_places(request.user), shape=visit.shape if visit else None)
    if visit is None:
        return _begun(request, form)
    try:
        engagement = _started(visit, request, form)
    except Refused as refusal:
        return _result(request, refusal.message)
    actions.forget(request.session)
    return redirect("engagement", engagement.pk)


def _started(visit: Visit, request: HttpRequest, form: BeginForm) -> Engagement:
    place = _place(form)
    if "starting_point" in form.errors:
        raise Refused("starting_point", "")  # the field itself says why
    return actions.start(
        visit, by=request.user, place=place, starting_point=form.point, engagement_id=form.new_id
    )


def _begun(request: HttpRequest, form: BeginForm) -> HttpResponse:
    """The second of two presses, after the first has started the engagement and forgotten the answers."""
    mine = engagements_of(request.user)  # type: ignore[arg-type]
    found = mine.filter(pk=form.new_id).first() if form.new_id else None
    return redirect("engagement", found.pk) if found else redirect("route:result")


def _place(form: BeginForm) -> Any:
    place = form.chosen
    if place is None:
        raise Refused("place", _("Choose the organisation in which the engagement starts."))
    return place


def _screen(number: int) -> Any:
    asked = screens(reading_language())
    if not 1 <= number <= len(asked):
        raise Http404
    return asked[number - 1]


def _onwards(before: Visit | None, now: Visit, number: int) -> HttpResponse:
    if before is None:
        return _again("kept")
    if before.is_complete or number == len(screens("en")):
        return redirect("route:result")
    return redirect("route:question", number + 1)


def _again(why: str = "gone") -> HttpResponse:
    """Back to the first sentence, which says why."""
    return redirect(f"{reverse('route:begin')}?again={why}")


def _question_page(visit: Visit, form: AnswerForm, number: int) -> dict[str, Any]:
    count = len(screens("en"))
    return {
        "visit": visit,
        "form": form,
        "number": number,
        "count": count,
        "bars": ["on"] * (number - 1) + ["here"] + [""] * (count - number),
        "before": reverse("route:question", args=[number - 1]) if number > 1 else reverse("route:begin"),
        "ends": visit.is_complete or number == count,
        "kept": sealed(visit),
    }
