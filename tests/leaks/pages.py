"""Every address of the product, filled in for one engagement, and everything an answer says."""

import io
import subprocess
from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, get_resolver, reverse
from pypdf import PdfReader

Known = dict[str, list[Any]]


def patterns(
    resolver: Any = None, space: str = "", above: tuple = ()
) -> Iterator[tuple[str, Any, list[str]]]:
    """Every named address: its name, its view, and the parts it needs."""
    for entry in (resolver or get_resolver()).url_patterns:
        parts = (*above, *entry.pattern.converters)
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", entry.callback, list(parts)
        else:
            yield from patterns(entry, f"{space}{entry.namespace}:" if entry.namespace else space, parts)


def addresses(known: Known) -> list[tuple[str, str]]:
    """Every address of the product with its name, for all known values of its parts.

    Raises KeyError for a part nobody gave a value for, so that a new page cannot be forgotten.
    """
    found = [
        (name, reverse(name, kwargs=given))
        for name, _view, parts in patterns()
        for given in _combinations(name, parts, known)
    ]
    return list(dict.fromkeys(found))


def _combinations(name: str, parts: list[str], known: Known) -> Iterator[dict[str, Any]]:
    if not parts:
        yield {}
        return
    # A part can mean another thing in another room: "route:question number" wins from "number".
    values = known.get(f"{name} {parts[0]}", known.get(f"{name.split(':')[0]}: {parts[0]}"))
    for value in values if values is not None else known[parts[0]]:
        for rest in _combinations(name, parts[1:], known):
            yield {parts[0]: value} | rest


def words(answer: HttpResponse) -> str:
    """Everything an answer says: its headers, its text, the text of a PDF without white space."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    head = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    if answer.headers.get("Content-Type", "").startswith("application/pdf"):
        said = subprocess.run(["pdftotext", "-raw", "-", "-"], input=body, capture_output=True, check=True)
        pages = "".join(said.stdout.decode().split())
        assert pages, "a paper on which nothing stands proves nothing"
        return head + pages + str(PdfReader(io.BytesIO(body)).metadata)
    if answer.headers.get("Content-Type", "").startswith("text/calendar"):
        body = body.replace(b"\r\n ", b"")  # a long line is broken anywhere, also in a word
    return head + body.decode("utf-8", "replace")
