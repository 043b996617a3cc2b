"""A series as the coach hands it in: looked at, and then taken over as the page itself offers it."""

import io
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse
from openpyxl import Workbook

from driehoek.access import Role
from driehoek.engagements.models import Engagement
from tests.measures.makers import WHY, as_, the_criterion


def series_page(engagement: Engagement) -> str:
    return reverse("measures:upload", args=[engagement.pk, the_criterion(engagement).pk])


def looked(engagement: Engagement, rows: Any = "", language: str = "en", **given: Any) -> HttpResponse:
    """The page after looking: text is pasted, bytes are a file. The deadline has passed in most tests."""
    given = {"reason": WHY} | given
    file = {"file": SimpleUploadedFile("reeks.csv", rows)} if isinstance(rows, bytes) else {"rows": rows}
    return as_(engagement, Role.COACH, language).post(series_page(engagement), file | given)


def taken(engagement: Engagement, rows: Any, language: str = "en", **given: Any) -> HttpResponse:
    """The answer after pressing the button under what was looked at; the page where there is none."""
    page = looked(engagement, rows, language, **given)
    form = page.context["form"]
    if form.errors or form.needs_replacing:
        return page
    again = (
        {"reason": WHY}
        | given
        | {"rows": form["rows"].value(), "came_as": form.came_as, "take_over": form.mark}
    )
    return as_(engagement, Role.COACH, language).post(series_page(engagement), again)


def standing(engagement: Engagement) -> dict[date, Any]:
    return dict(engagement.observations.filter(struck=None).values_list("on", "value"))


def sheet(*rows: Any, percents: bool = False, merged: str = "", hidden: bool = False) -> bytes:
    """A spreadsheet with these rows, as a program would save it."""
    book = Workbook()
    page = book.active
    for row in rows:
        page.append(row)
    if percents:
        for (cell,) in page.iter_rows(min_row=2, min_col=2, max_col=2):
            cell.number_format = "0.0%"
    if merged:
        page.merge_cells(merged)
    if hidden:
        page.sheet_state = "hidden"
        book.create_sheet("Zichtbaar").append(["niets"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
