"""Printing an agreement, sealed once everybody signed it."""

from driehoek.agreements.queries.sheet import Sheet
from driehoek.agreements.queries.verifying import mark_of
from driehoek.documents.pdf import render
from driehoek.documents.seal import seal_here


def printed(sheet: Sheet) -> bytes:
    """The PDF. Refuses what is too long to print, and when the seal cannot be used."""
    title = sheet.data["title"]
    made = render("agreement", sheet.data, language=sheet.language, title=title, now=sheet.since)
    if (
        sheet.version and sheet.version.in_force_at
    ):  # what everybody signed; a draft or an offer proves nothing
        made = seal_here(made, reason=mark_of(sheet.version))
    return made
