"""Commenting on the draft, and settling what was said."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from driehoek.access import Permission
from driehoek.agreements import actions
from driehoek.agreements.forms import AnswerForm, CommentForm
from driehoek.agreements.queries import version_offered
from driehoek.agreements.queries.comments import comments_on, parts_of
from driehoek.agreements.queries.draft import clause_texts, draft_as_it_stands, is_open
from driehoek.agreements.views.opened import while_open
from driehoek.agreements.views.tabs import tabs
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.kit.addresses import reverse
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page


@enters(Permission.READ_AGREEMENT)
@require_safe
def comments(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    offered = version_offered(engagement)
    writes = is_open(engagement) and not offered
    context = {
        "engagement": engagement,
        "comments": comments_on(engagement),
        "may_comment": writes and engagement.lets(request.user, Permission.COMMENT_AGREEMENT),
        "may_settle": writes and engagement.lets(request.user, Permission.DRAFT_AGREEMENT),
        "offered": offered,
        "tabs": tabs(engagement, request.user, "agreements:comments"),
    }
    return render(request, "agreements/comments.html", context)


@enters(Permission.COMMENT_AGREEMENT)
@form_page
@while_open
def comment(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    parts, asked = dict(parts_of(engagement)), request.POST.get("part") or request.GET.get("part", "")
    part = asked if asked in parts else ""
    now = clause_texts(draft_as_it_stands(engagement)).get(part, "")
    form = CommentForm(request.POST or None, engagement=engagement, part=part, now=now)
    if form.carries_out(actions.comment, engagement, by=request.user):
        return redirect(f"{reverse('agreements:comments', args=[engagement.pk])}#c-{form.kept.pk}")
    context = {"engagement": engagement, "form": form, "parts": parts.items(), "part": parts.get(part, "")}
    return render(request, "agreements/comment.html", context | {"offered": version_offered(engagement)})


@enters(Permission.DRAFT_AGREEMENT)
@form_page
@while_open
def settle(request: HttpRequest, engagement: Engagement, comment_id: UUID) -> HttpResponse:
    found = get_object_or_404(engagement.comments, pk=comment_id)
    takes = "take_over" in request.POST
    form = AnswerForm(request.POST or None, takes=takes)
    deed = actions.take_over if takes else actions.answer_comment
    if form.carries_out(deed, found, by=request.user):
        return redirect("agreements:comments", engagement.pk)
    shown = next(one for one in comments_on(engagement) if one.comment.pk == found.pk)
    context = {"engagement": engagement, "form": form, "one": shown}
    return render(request, "agreements/settle.html", context | {"offered": version_offered(engagement)})


@enters(Permission.COMMENT_AGREEMENT)
@require_POST
def withdraw_comment(request: HttpRequest, engagement: Engagement, comment_id: UUID) -> HttpResponse:
    try:
        actions.withdraw_comment(get_object_or_404(engagement.comments, pk=comment_id), by=request.user)
    except Refused as no:
        messages.warning(request, no.message)
    return redirect("agreements:comments", engagement.pk)
