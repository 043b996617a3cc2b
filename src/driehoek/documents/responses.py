"""Handing a document to a browser: as a file to keep, never run, never kept by a cache on the way."""

import re
import unicodedata
from urllib.parse import quote

from django.http import HttpResponse

_LONGEST_NAME = 120


def pdf_response(pdf: bytes, filename: str) -> HttpResponse:
    """Answer with `pdf` as a download called `filename`, whatever signs that name holds."""
    name = _safe(filename)
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9 ._-]+", "", ascii_only.removesuffix(".pdf")).strip() or "document"
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = (
        f"attachment; filename=\"{plain}.pdf\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _safe(filename: str) -> str:
    """The name without its control signs, which break the header, and without what means a folder."""
    signs = (sign for sign in filename if unicodedata.category(sign)[0] != "C" and sign not in '/\\:*?"<>|')
    name = " ".join("".join(signs).split()).removesuffix(".pdf")[:_LONGEST_NAME].strip(". ")
    return f"{name or 'document'}.pdf"
