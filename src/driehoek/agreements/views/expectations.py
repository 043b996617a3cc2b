"""What the people expect: each question with its answers side by side, and what they found."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from driehoek.access import Permission
from driehoek.agreements.actions import write_expectation
from driehoek.agreements.forms import ExpectationForm
from driehoek.agreements.queries import version_offered
from driehoek.agreements.queries.draft import draft_as_it_stands, is_open
from driehoek.agreements.queries.expectations import SideBySide, lie_open, side_by_side, talked_through
from driehoek.agreements.views.tabs import tabs
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.intake.guards import insist
from driehoek.kit.pages import form_page
from driehoek.method.intake import INTAKE_QUESTIONS


@enters(Permission.READ_AGREEMENT)
@require_safe
def expectations(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    rows = talked_through(engagement, draft_as_it_stands(engagement))
    context = {
        "engagement": engagement,
        "rows": rows,
        "following": next((row.number for row in rows if not row.expected), None),
        "lie_open": bool(lie_open(engagement, request.user)),
        "offered": version_offered(engagement),
        "tabs": tabs(engagement, request.user, "agreements:expectations"),
    }
    context["drafts"] = bool(context["tabs"])  # the pages of the draft are there for who may write on them
    context["may_write"] = context["drafts"] or _may_write(request, engagement)
    return render(request, "agreements/expectations.html", context)


@enters(Permission.COMPARE_INTAKE)
@form_page
def expectation(request: HttpRequest, engagement: Engagement, number: int) -> HttpResponse:
    # The door is that of the answers, so that a look at them is written down as one.
    if request.method == "POST":
        insist(request, engagement, Permission.ALIGN_EXPECTATIONS)
    if not (laid := _laid(request, engagement, number)):
        return redirect("intake:waiting", engagement.pk)
    form = ExpectationForm(request.POST or None, talked=laid.talked)
    question = laid.talked.question.id
    if form.carries_out(write_expectation, engagement, by=request.user, question=question):
        return _onwards(request, engagement, number)
    context = {"engagement": engagement, "laid": laid, "form": form, "number": number}
    context |= {"offered": version_offered(engagement), "may_write": _may_write(request, engagement)}
    return render(request, "agreements/expectation.html", context)


def _laid(request: HttpRequest, engagement: Engagement, number: int) -> SideBySide | None:
    if not 1 <= number <= len(INTAKE_QUESTIONS):
        raise Http404
    draft = draft_as_it_stands(engagement)
    return side_by_side(engagement, draft, request.user, number)  # type: ignore[arg-type]


def _may_write(request: HttpRequest, engagement: Engagement) -> bool:
    return engagement.lets(request.user, Permission.ALIGN_EXPECTATIONS) and is_open(engagement)


def _onwards(request: HttpRequest, engagement: Engagement, number: int) -> HttpResponse:
    if number == len(INTAKE_QUESTIONS) or "stop" in request.POST:
        return redirect("agreements:expectations", engagement.pk)
    return redirect("agreements:expectation", engagement.pk, number + 1)
