"""What a file that somebody hands in really is: by its content, whatever it is called."""

import re
from dataclasses import dataclass
from typing import Final, NoReturn

from django.utils.translation import gettext as _

from driehoek.documents.packages import office_kind
from driehoek.documents.pictures import repainted
from driehoek.kit.errors import Refused

TYPES: Final = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "txt": "text/plain",
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
"""Every kind of file that is taken, and what it is called in a header."""

ACCEPT: Final = ",".join([*(f".{kind}" for kind in TYPES), ".jpeg"])
_SAME: Final = {"jpg": {"jpg", "jpeg"}, "txt": {"txt", "text", "md", "log"}}
_PICTURES: Final = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"))
_MACH: Final = (b"\xfe\xed\xfa", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba")
_PROGRAMS: Final = (b"MZ", b"\x7fELF", *_MACH)
_ARCHIVES: Final = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"PK\x05")
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
_MARKUP: Final = re.compile(r"\A\s*<[!?a-z]|<(script|html|svg|iframe|body|!doctype)\b", re.IGNORECASE)
_NOT_TEXT: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Incoming:
    """A file as it may be kept: what it is, and its bytes; of a picture, painted anew."""

    kind: str
    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)


def read_incoming(content: bytes, *, name: str = "") -> Incoming:
    """What this is. Refuses, on the field `file`, with a sentence, whatever is not on the list.

    Of the name only its end is looked at, to tell a table from a text: to a machine they are the same.
    """
    if not content:
        _refuse(_("This file is empty. Choose another."))
    for begin, kind in _PICTURES:
        if content.startswith(begin):
            return Incoming(kind, repainted(content, kind))
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Incoming("webp", repainted(content, "webp"))
    if content.startswith(b"%PDF-"):
        return Incoming("pdf", _whole_pdf(content))
    if content.startswith(b"PK\x03\x04"):
        return Incoming(office_kind(content), content)
    return Incoming("csv" if name.lower().endswith(".csv") else "txt", _plain(content))


def name_for(name: str, kind: str) -> str:
    """The name with the ending that belongs to what the file is.

    >>> name_for("plan.pdf", "pdf"), name_for("holiday.exe", "png"), name_for("photo.JPEG", "jpg")
    ('plan.pdf', 'holiday.exe.png', 'photo.JPEG')
    """
    _stem, dot, ending = name.rpartition(".")
    if dot and ending.lower() in _SAME.get(kind, {kind}):
        return name
    return f"{name}.{kind}"


def _whole_pdf(content: bytes) -> bytes:
    if b"%%EOF" not in content[-2048:]:
        _refuse(_("This PDF is not whole. Save it once more and choose it again."))
    return content


def _plain(content: bytes) -> bytes:
    """Plain text as it is; refuses bytes that are no text, and text that a machine would run."""
    text = _decoded(content)
    if text is None or _NOT_TEXT.search(text):
        _refuse_bytes(content)
    if text.startswith("#!"):
        _refuse(_("This is a program. Programs are not shared here."))
    if _MARKUP.search(text):
        _refuse(_("This is a web page or a drawing in code, which can hold a program. Save it as PDF."))
    return content


def _refuse_bytes(content: bytes) -> NoReturn:
    """Say no, with the reason for what we know and do not take."""
    if content.startswith(_PROGRAMS):
        _refuse(_("This is a program. Programs are not shared here."))
    if content.startswith(_ARCHIVES) or content[257:262] == b"ustar":
        _refuse(_("This is an archive, so nobody can tell what is in it. Put the files here one by one."))
    if content.startswith(_OLD_OFFICE):
        _refuse(_("This is a document of an older Office. Save it as docx, xlsx, pptx or PDF."))
    _refuse(_("This kind of file is not taken. A PDF, a picture, plain text or a document of Office is."))


def _decoded(content: bytes) -> str | None:
    encodings = ["utf-16"] if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _refuse(sentence: str) -> NoReturn:
    raise Refused("file", sentence)
