"""Documents of Office programs are archives: looked through before they are taken."""

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final, NoReturn
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from driehoek.kit.errors import Refused

MOST_PARTS: Final = 3_000
MOST_UNPACKED: Final = 100 * 2**20
MOST_TIMES: Final = 200
"""How many times larger a part may become; text of a document reaches some thirty times."""
_PIECE: Final = 64 * 2**10

_OFFICE: Final = {
    b"wordprocessingml.document.main+xml": "docx",
    b"spreadsheetml.sheet.main+xml": "xlsx",
    b"presentationml.presentation.main+xml": "pptx",
}
_OPEN: Final = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
_MACROS: Final = ("vbaproject.bin", "vbadata.xml")
_MACRO_FOLDERS: Final = ("basic/", "scripts/")
_PROGRAMS: Final = (".exe", ".dll", ".com", ".scr", ".bat", ".cmd", ".js", ".vbs", ".jar", ".ps1", ".zip")
_BROKEN: Final = (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


def office_kind(content: bytes) -> str:
    """Which kind of document this is. Refuses other archives, macros, and what unpacks without end.

    Every part is unpacked once, in pieces that are thrown away, and never past the limit: what the archive
    says about its own sizes is not believed.
    """
    try:
        with ZipFile(BytesIO(content)) as package:
            parts = package.infolist()
            _refuse_odd(parts)
            _unpack_once(package, parts)
            return _kind_of(package, parts)
    except _BROKEN:
        _refuse(_("This document is not whole. Save it once more and choose it again."))


def _kind_of(package: ZipFile, parts: list[ZipInfo]) -> str:
    names = {part.filename for part in parts}
    if parts[0].filename == "mimetype" and (kind := _OPEN.get(package.read("mimetype").strip())):
        return kind
    if "[Content_Types].xml" in names:
        said = package.read("[Content_Types].xml")
        if b"macroEnabled" in said:
            _refuse_macros()
        for main, kind in _OFFICE.items():
            if main in said:
                return kind
    _refuse(_("This is an archive, so nobody can tell what is in it. Put the files here one by one."))


def _refuse_odd(parts: list[ZipInfo]) -> None:
    names = [part.filename.lower() for part in parts]
    if not parts or len(parts) > MOST_PARTS:
        _refuse_endless()
    if any(name.endswith(_MACROS) or name.startswith(_MACRO_FOLDERS) or "activex/" in name for name in names):
        _refuse_macros()
    if any(name.endswith(_PROGRAMS) or "oleobject" in name for name in names):
        _refuse(_("This document has a program or an archive inside. Take that out first."))
    if len(set(names)) != len(names) or any(map(_leads_out, names)):
        raise BadZipFile("names that mean two things")
    if any(part.flag_bits & 1 for part in parts):
        _refuse(_("This document has a password. Save it without: here it is encrypted."))


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/")


def _unpack_once(package: ZipFile, parts: list[ZipInfo]) -> None:
    whole = 0
    for part in parts:
        inside = 0
        for piece in _pieces(package, part):
            inside, whole = inside + piece, whole + piece
            if whole > MOST_UNPACKED or inside > MOST_TIMES * max(part.compress_size, _PIECE):
                _refuse_endless()


def _pieces(package: ZipFile, part: ZipInfo) -> Iterator[int]:
    with package.open(part) as opened:
        while piece := opened.read(_PIECE):
            yield len(piece)


def _refuse_macros() -> NoReturn:
    _refuse(_("This document holds macros, which are programs. Save it without them."))


def _refuse_endless() -> NoReturn:
    _refuse(_("Unpacked, this document is far larger than it looks. It is not taken."))


def _refuse(sentence: str) -> NoReturn:
    raise Refused("file", sentence)
