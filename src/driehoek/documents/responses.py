"""Handing a document to a browser: as a file to keep, never run, never kept by a cache on the way."""

import re
import unicodedata
from urllib.parse import quote

from django.http import HttpResponse

_LONGEST_NAME = 120


def pdf_response(pdf: bytes, filename: str) -> HttpResponse:
    """Answer with `pdf` as a download called `filename`, whatever signs that name holds."""
    return file_response(pdf, f"{filename.removesuffix('.pdf')}.pdf", content_type="application/pdf")


def file_response(content: bytes, filename: str, *, content_type: str) -> HttpResponse:
    """Answer with a file to keep, called `filename`, whatever signs that name holds (RFC 6266)."""
    stem, dot, ending = filename.rpartition(".")
    name = f"{_safe(stem if dot else ending)}{dot}{ending if dot else ''}"
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9 ._-]+", "", ascii_only.removesuffix(f"{dot}{ending}")).strip() or "document"
    plain_ending = re.sub(r"[^A-Za-z0-9]+", "", ending) if dot else ""
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = (
        f"attachment; filename=\"{plain}{dot}{plain_ending}\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _safe(stem: str) -> str:
    """The name without its control signs, which break the header, and without what means a folder."""
    signs = (sign for sign in stem if unicodedata.category(sign)[0] != "C" and sign not in '/\\:*?"<>|')
    name = " ".join("".join(signs).split())[:_LONGEST_NAME].strip(". ")
    return name or "document"
