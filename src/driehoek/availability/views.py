"""The page of one's own hours."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from driehoek.availability import actions
from driehoek.availability.forms import HoursForm, OtherDaysForm
from driehoek.availability.models import Bookable
from driehoek.availability.queries import as_availability, bookable_of, drawn_week
from driehoek.availability.queries import other_days as days_among
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page


@form_page
def hours(request: HttpRequest) -> HttpResponse:
    row = bookable_of(request.user) or Bookable()
    form = HoursForm(request.POST or None, row=row, week=_week(row))
    if form.is_valid():
        actions.keep_hours(request.user, **form.said())
        messages.success(request, _("Kept. From now on you can be booked like this."))
        return redirect("availability:hours")
    return _hours(request, row, form, OtherDaysForm())


@require_POST
def other_days(request: HttpRequest) -> HttpResponse:
    row = bookable_of(request.user) or Bookable()
    form = OtherDaysForm(request.POST)
    if form.is_valid():
        try:
            actions.add_other_days(request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            return redirect("availability:hours")
    return _hours(request, row, HoursForm(row=row, week=_week(row)), form)


@require_POST
def remove_other_days(request: HttpRequest, part_id: UUID) -> HttpResponse:
    actions.remove_other_days(request.user, part_id)
    return redirect("availability:hours")


def _week(row: Bookable) -> dict[int, Any]:
    availability = None if row._state.adding else as_availability(row, list(row.parts.all()))
    return dict(availability.week) if availability else {}


def _hours(request: HttpRequest, row: Bookable, form: HoursForm, other: OtherDaysForm) -> HttpResponse:
    parts = [] if row._state.adding else list(row.parts.all())
    context = {"form": form, "other": other, "different": days_among(parts), "drawn": drawn_week(_week(row))}
    return render(request, "availability/hours.html", context)
