"""The files of the two circles of one engagement: each has doors of its own."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from driehoek.access import Permission
from driehoek.documents.incoming import TYPES
from driehoek.documents.responses import file_response
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Circle, Engagement
from driehoek.files.actions import have_looked, put_file, take_away
from driehoek.files.forms import FileForm
from driehoek.files.models import File
from driehoek.files.queries import content_of, file_in, files_in, shelves_of
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page

ON_A_PAGE = 50


@enters(Permission.READ_FILES)
@require_safe
def pair(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    return _page(request, engagement, Circle.PAIR, FileForm())


@enters(Permission.READ_OPEN_FILES)
@require_safe
def everyone(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    return _page(request, engagement, Circle.EVERYONE, FileForm())


@enters(Permission.ADD_FILES)
@form_page
def add_pair(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    return _add(request, engagement, Circle.PAIR)


@enters(Permission.ADD_OPEN_FILES)
@form_page
def add_everyone(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    return _add(request, engagement, Circle.EVERYONE)


@enters(Permission.READ_FILES)
@require_safe
def fetch_pair(request: HttpRequest, engagement: Engagement, file_id: UUID) -> HttpResponse:
    return _fetched(_found(engagement, Circle.PAIR, file_id))


@enters(Permission.READ_OPEN_FILES)
@require_safe
def fetch_everyone(request: HttpRequest, engagement: Engagement, file_id: UUID) -> HttpResponse:
    return _fetched(_found(engagement, Circle.EVERYONE, file_id))


@enters(Permission.ADD_FILES)
@require_POST
def take_away_pair(request: HttpRequest, engagement: Engagement, file_id: UUID) -> HttpResponse:
    return _take_away(request, engagement, Circle.PAIR, file_id)


@enters(Permission.ADD_OPEN_FILES)
@require_POST
def take_away_everyone(request: HttpRequest, engagement: Engagement, file_id: UUID) -> HttpResponse:
    return _take_away(request, engagement, Circle.EVERYONE, file_id)


def _found(engagement: Engagement, circle: Circle, file_id: UUID) -> File:
    if (file := file_in(engagement, circle, file_id)) is None:
        raise Http404
    return file


def _fetched(file: File) -> HttpResponse:
    return file_response(content_of(file), file.name, content_type=TYPES[file.kind])


def _take_away(request: HttpRequest, engagement: Engagement, circle: Circle, file_id: UUID) -> HttpResponse:
    if file := file_in(engagement, circle, file_id):  # a second press finds nothing any more
        try:
            take_away(file, by=request.user)
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("It is taken away, for everybody."))
    return redirect(f"files:{circle.value}", engagement.pk)


def _add(request: HttpRequest, engagement: Engagement, circle: Circle) -> HttpResponse:
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "GET" or (form.is_valid() and _added(form, engagement, circle, by=request.user)):
        return redirect(f"files:{circle.value}", engagement.pk)
    return _page(request, engagement, circle, form)


def _added(form: FileForm, engagement: Engagement, circle: Circle, *, by: Any) -> bool:
    try:
        put_file(engagement, circle, by=by, name=form.files["file"].name, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(refusal.field, refusal.message)
    return not form.errors


def _page(request: HttpRequest, engagement: Engagement, circle: Circle, form: FileForm) -> HttpResponse:
    found = shelves_of(engagement, request.user, shown=circle)
    if not (here := next((one for one in found if one.current), None)):
        return render(request, "files/nobody.html", {"engagement": engagement})
    page = Paginator(files_in(engagement, circle), ON_A_PAGE).get_page(request.GET.get("page"))
    if len(page) and page.number == 1 and request.method == "GET":
        have_looked(engagement, circle, by=request.user, number=page[0].number)
    context = {"engagement": engagement, "shelves": found, "shelf": here, "form": form, "page_obj": page}
    return render(request, "files/shelf.html", context)
