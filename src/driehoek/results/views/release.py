"""Choosing, looking at, releasing and reading a document."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from driehoek.access import RECEIVERS, Kind, Permission, Role
from driehoek.documents.fingerprint import fingerprint, grouped
from driehoek.documents.responses import pdf_response
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.engagements.wording import KIND_WORDS
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page
from driehoek.results import actions, queries
from driehoek.results.actions.release import refuse_outside_agreement
from driehoek.results.forms import ReleaseForm
from driehoek.results.models import Release
from driehoek.results.wording import VIEW_KINDS, VIEW_WORDS


@enters(Permission.RELEASE)
@require_safe
def release(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    form = ReleaseForm(found=queries.material(engagement))
    return render(request, "results/release.html", {"engagement": engagement, "form": form})


@enters(Permission.RELEASE)
@form_page
def preview(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    found = queries.material(engagement)
    form = ReleaseForm(request.POST or None, found=found)
    if form.is_valid():
        try:
            if "release" in request.POST:
                made = _released(request, engagement, form)
                return redirect("results:released", engagement.pk, made.pk)
            return render(request, "results/preview.html", _composed(found, form))
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return render(request, "results/release.html", {"engagement": engagement, "form": form})


@enters(Permission.READ_RELEASED)
@require_safe
def received(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    roles = engagement.roles_of(request.user)
    found, talks = queries.releases_to(engagement, request.user), queries.talks(engagement)
    rows = _to_mark(request, engagement, found) if roles & set(RECEIVERS) else []
    actions.note_reading(engagement, by=request.user, kinds=[Kind.RESULTS] if rows else [])
    context = {
        "engagement": engagement,
        "lines": [_line(engagement, one) for one in found],
        "talk": next((talk for role, talk in talks.items() if role in roles), None),
        "rows": rows,
        "coachee": engagement.party(Role.COACHEE),
        "delivered": queries.delivered_so_far(engagement, request.user),
        "is_mine": Role.COACHEE in roles,
    }
    return render(request, "results/received.html", context)


@enters(Permission.READ_RELEASED)
@require_safe
def released(request: HttpRequest, engagement: Engagement, release_id: UUID) -> HttpResponse:
    return _released_page(request, engagement, _to_read(request, engagement, release_id))


@enters(Permission.READ_RELEASED)
@require_safe
def released_pdf(request: HttpRequest, engagement: Engagement, release_id: UUID) -> HttpResponse:
    release = _to_read(request, engagement, release_id)
    if release.withdrawn_at:
        raise Http404
    try:
        answer = pdf_response(*actions.printed(release))
    except Refused as refusal:
        return _released_page(request, engagement, release, refusal=refusal)
    actions.note_reading(engagement, by=request.user, kinds=release.kinds)
    return answer


@enters(Permission.RELEASE)
@require_POST
def withdraw(request: HttpRequest, engagement: Engagement, release_id: UUID) -> HttpResponse:
    actions.withdraw_release(_to_read(request, engagement, release_id))
    return redirect("results:received", engagement.pk)


def _released_page(
    request: HttpRequest, engagement: Engagement, release: Release, *, refusal: Refused | None = None
) -> HttpResponse:
    """The document with its frame; for its receiver only the frame once it was withdrawn."""
    is_mine = Role.COACHEE in engagement.roles_of(request.user)
    context = {"engagement": engagement, "release": release, "line": _line(engagement, release)}
    if not release.withdrawn_at or is_mine:
        context |= {"document": queries.document(release), "finger": grouped(release.fingerprint)}
        actions.note_reading(engagement, by=request.user, kinds=release.kinds)
    return render(request, "results/released.html", context | {"is_mine": is_mine, "refusal": refusal})


def _to_read(request: HttpRequest, engagement: Engagement, release_id: UUID) -> Release:
    for release in queries.releases_to(engagement, request.user):
        if release.pk == release_id:
            return release
    raise Http404


def _line(engagement: Engagement, release: Release) -> dict[str, Any]:
    """What was released, to whom, under which version and when: one line of the list of releases."""
    return {
        "release": release,
        "receiver": engagement.party(Role(release.receiver)),
        "what": ", ".join(str(KIND_WORDS[Kind(kind)]) for kind in release.kinds),
    }


def _to_mark(request: HttpRequest, engagement: Engagement, found: list[Release]) -> list[dict[str, Any]]:
    marked = []
    for row in queries.markable(engagement, request.user, releases=found):
        own = next((mark for party, mark in row.marks if party.person_id == request.user.pk), None)
        view = own.view if own else ""
        marked.append({"row": row, "mark": own, "words": VIEW_WORDS[view], "kind": VIEW_KINDS[view]})
    return marked


def _composed(found: queries.Material, form: ReleaseForm) -> dict[str, Any]:
    receiver, items = form.receiver_role, form.cleaned_data["items"]
    refuse_outside_agreement(found.engagement, receiver, items)
    document, _ids = queries.compose(found, receiver=receiver, items=items)
    return {
        "engagement": found.engagement,
        "form": form,
        "document": document,
        "seen": fingerprint(document),
        "receiver": found.engagement.party(receiver),
        "version": found.version,
    }


def _released(request: HttpRequest, engagement: Engagement, form: ReleaseForm) -> Release:
    chosen = form.cleaned_data
    return actions.release(
        engagement, by=request.user, receiver=form.receiver_role, items=chosen["items"], seen=chosen["seen"]
    )
