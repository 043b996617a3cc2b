"""The pages of the reviews: for coachee and coach, and in consultancy for consultant and sponsor."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from driehoek.access import Permission, Role
from driehoek.agreements.queries import agreed_goals, promises
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import ANYBODY
from driehoek.kit.errors import Conflict, Refused
from driehoek.kit.pages import form_page
from driehoek.measures.queries import verdicts, who_sees_own_score
from driehoek.measures.queries import with_signs as with_scores
from driehoek.measures.wording.shown import shown
from driehoek.method.reviews import Review
from driehoek.reviews import actions, queries
from driehoek.reviews.forms import AlongForm, AtWorkForm, ConclusionForm
from driehoek.reviews.models import Answer
from driehoek.reviews.wording import SHOWS_KINDS, SHOWS_WORDS

Part = Answer.Part


def _asked(engagements: QuerySet[Engagement]) -> QuerySet[Engagement]:
    return queries.with_agreed(with_scores(engagements, ANYBODY))


@enters(Permission.READ_ATTAINMENT, having=_asked)
@require_safe
def index(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    context = {"engagement": engagement, "reviews": queries.reviews_of(engagement), "page": "reviews:review"}
    return render(request, "reviews/index.html", context)


@enters(Permission.READ_ATTAINMENT, having=_asked)
@require_safe
def review(request: HttpRequest, engagement: Engagement, review: str) -> HttpResponse:
    found, role = _found(engagement, review), queries.scaling_role(engagement, request.user)
    context = (
        _about(engagement, request.user, found)
        | {
            "asks_me": queries.asks(found.planned, role),
            "own": found.answer(Part.ALONG, role) if role else None,
            "asks_levels": found.review is Review.INTERIM,
            "asks_at_work": found.review is Review.AT_WORK,
        }
        | _along(engagement, found)
    )
    if at_work := found.answer(Part.AT_WORK):
        context |= _shows(engagement, request.user, at_work)
    return render(request, "reviews/review.html", context)


@enters(Permission.SCORE_ATTAINMENT, having=_asked)
@form_page
def along(request: HttpRequest, engagement: Engagement, review: str) -> HttpResponse:
    found, role = _found(engagement, review), queries.scaling_role(engagement, request.user)
    if role is None or not queries.asks(found.planned, role):
        raise Http404
    form = AlongForm(request.POST or None, own=found.answer(Part.ALONG, role))
    deed = {"by": request.user, "role": role}
    if _done(form, lambda: actions.say_how_far(engagement, review, **deed, **form.deed())):
        return _on(engagement, request, review)
    chip = who_sees_own_score(engagement, request.user)
    context = {"engagement": engagement, "shown": found, "form": form, "chip": chip}
    return render(request, "reviews/along.html", context)


@enters(Permission.WRITE_SESSION_NOTES, having=_asked)
@form_page
def at_work(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    found = _found(engagement, Review.AT_WORK)
    there = found.answer(Part.AT_WORK)
    deed = {"by": request.user}
    form = AtWorkForm(request.POST or None, there=there, goals=agreed_goals(engagement), **deed)
    if _done(form, lambda: actions.say_whether_it_shows(engagement, Review.AT_WORK, **deed, **form.deed())):
        return redirect("reviews:review", engagement.pk, Review.AT_WORK)
    return render(request, "reviews/at_work.html", {"engagement": engagement, "shown": found, "form": form})


@enters(Permission.DRAFT_AGREEMENT)
@require_POST
def amend(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    touched = _touched(engagement, request.user)
    try:
        actions.reopen_agreement(engagement)
    except Refused as no:
        messages.warning(request, no.message)
        return redirect("agreements:change", engagement.pk)
    if len(touched) == 1:
        return redirect("agreements:goal", engagement.pk, touched[0].goal_id)
    return redirect("agreements:goals" if touched else "agreements:change", engagement.pk)


@enters(Permission.READ_DELIVERABLES, having=_asked)
@require_safe
def checks(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    _only_where_promised(engagement)
    context = {"engagement": engagement, "reviews": queries.reviews_of(engagement), "page": "reviews:check"}
    return render(request, "reviews/index.html", context)


@enters(Permission.READ_DELIVERABLES, having=_asked)
@require_safe
def check(request: HttpRequest, engagement: Engagement, review: str) -> HttpResponse:
    _only_where_promised(engagement)
    found = _found(engagement, review)
    context = _about(engagement, request.user, found) | {"conclusion": found.answer(Part.CONCLUSION)}
    return render(request, "reviews/check.html", context)


@enters(Permission.HOLD_REVIEW, having=_asked)
@form_page
def conclusion(request: HttpRequest, engagement: Engagement, review: str) -> HttpResponse:
    _only_where_promised(engagement)
    found = _found(engagement, review)
    form = ConclusionForm(request.POST or None, there=found.answer(Part.CONCLUSION))
    if _done(form, lambda: actions.conclude(engagement, review, by=request.user, **form.deed())):
        return redirect("reviews:check", engagement.pk, review)
    return render(
        request, "reviews/conclusion.html", {"engagement": engagement, "shown": found, "form": form}
    )


def _found(engagement: Engagement, review: str) -> queries.ReviewShown:
    found = queries.review_with(engagement, review)
    if found is None:
        raise Http404
    return found


def _only_where_promised(engagement: Engagement) -> None:
    if not promises(engagement.shape_):
        raise Http404


def _about(engagement: Engagement, person: Any, found: queries.ReviewShown) -> dict[str, Any]:
    reads = engagement.lets(person, Permission.READ_MEASUREMENTS)
    states = verdicts(engagement, reader=person, with_names=True) if reads else []
    rows = [shown(engagement, state) for state in states]
    return {"engagement": engagement, "shown": found, "rows": rows, "reads": reads}


def _along(engagement: Engagement, found: queries.ReviewShown) -> dict[str, Any]:
    covered = queries.covered(engagement, found)
    said = [one for one in found.answers if one.part == Part.ALONG and one is not covered]
    return {"along": [(one, one.facts) for one in said], "covered": covered}


def _shows(engagement: Engagement, person: Any, answer: Answer) -> dict[str, Any]:
    shows = answer.facts["shows"]
    return {
        "at_work": answer,
        "wrote": queries.writers(engagement, answer),
        "shows": {"kind": SHOWS_KINDS[shows], "words": SHOWS_WORDS[shows]},
        "touched": queries.goals_touched(engagement, answer),
        "may_amend": queries.may_amend(engagement, person, answer),
    }


def _touched(engagement: Engagement, person: Any) -> list[Any]:
    """The goals named at the review, for whoever may read that."""
    if not engagement.lets(person, Permission.READ_SESSION):
        return []
    return queries.goals_touched(engagement, queries.answered(engagement, Review.AT_WORK, Part.AT_WORK))


def _on(engagement: Engagement, request: HttpRequest, review: str) -> HttpResponse:
    """Coachee and coach go on to the review; a manager has none."""
    if Role.MANAGER in engagement.roles_of(request.user):
        return redirect("engagement", engagement.pk)
    return redirect("reviews:review", engagement.pk, review)


def _done(form: Any, deed: Callable[[], object]) -> bool:
    if not form.is_valid():
        return False
    try:
        deed()
    except Conflict as conflict:
        form.add_error(None, conflict.message)
        form.show_theirs(conflict.theirs, conflict.revision)
    except Refused as refusal:
        form.add_error(refusal.field, refusal.message)
    return not form.errors
