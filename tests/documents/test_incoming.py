"""What somebody hands in is known by its content; what could run, hide or never end is not taken."""

import zipfile
from io import BytesIO

import pytest
from django.utils import translation
from PIL import Image

from driehoek.documents import packages, pictures
from driehoek.documents.incoming import name_for, read_incoming
from driehoek.kit.errors import Refused

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
TYPES = '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.{}.main+xml"/></Types>'
OASIS = "application/vnd.oasis.opendocument."


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def picture(kind, *, size=(30, 20), mode="RGB", **more):
    made = BytesIO()
    Image.new(mode, size, 200).save(made, kind, **more)
    return made.getvalue()


def package(parts, *, packed=zipfile.ZIP_DEFLATED):
    made = BytesIO()
    with zipfile.ZipFile(made, "w", packed) as archive:
        for name, said in parts:
            archive.writestr(name, said)
    return made.getvalue()


def word(*more, kind="wordprocessingml.document"):
    return package([("[Content_Types].xml", TYPES.format(kind)), ("word/document.xml", "<w/>"), *more])


def text_of_office(kind, *more):
    return package([("mimetype", OASIS + kind), ("content.xml", "<x/>"), *more])


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "x.exe", "pdf"),
        (picture("PNG"), "x", "png"),
        (picture("JPEG"), "x.png", "jpg"),
        (picture("WEBP"), "x", "webp"),
        ("Één ding, twee dingen".encode(), "x", "txt"),
        ("Één ding".encode("cp1252"), "x", "txt"),
        ("\ufeffÉén ding".encode("utf-16-le"), "x", "txt"),
        (b"a;b\n1;2\n", "x.CSV", "csv"),
        (b"MZ is a text that begins with two capitals", "x", "txt"),
        (word(), "x.zip", "docx"),
        (word(kind="spreadsheetml.sheet"), "x", "xlsx"),
        (word(kind="presentationml.presentation"), "x", "pptx"),
        (text_of_office("text"), "x", "odt"),
        (text_of_office("spreadsheet"), "x", "ods"),
        (text_of_office("presentation"), "x", "odp"),
    ],
)
def test_it_is_what_its_content_says_whatever_it_is_called(content, name, kind):
    assert read_incoming(content, name=name).kind == kind


@pytest.mark.parametrize(
    ("content", "because"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 and then it stops", "not whole"),
        (b"  <!DOCTYPE html><p>x", "web page"),
        (b"hello <script>alert(1)</script>", "web page"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "web page"),
        ("\ufeff<svg/>".encode("utf-16-le"), "web page"),
        (b"#!/bin/sh\nrm -rf x", "program"),
        (b"MZ\x90\x00\x03", "program"),
        (b"\x7fELF\x02\x01\x01\x00", "program"),
        (b"\x1f\x8b\x08\x00", "archive"),
        (b"Rar!\x1a\x07\x01\x00", "archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "older Office"),
        (b"\x00\x01\x02\x03", "not taken"),
        (b"GIF89a\x01\x00\x01\x00", "not taken"),
        (package([("a.txt", "x")]), "archive"),
        (word(("word/vbaProject.bin", b"x")), "macros"),
        (word(kind="macroEnabled"), "macros"),
        (text_of_office("text", ("Basic/Standard/x.xml", "x")), "macros"),
        (word(("word/embeddings/oleObject1.bin", b"x")), "inside"),
        (word(("word/embeddings/run.EXE", b"x")), "inside"),
        (word(("../../etc/passwd", b"x")), "not whole"),
        (word()[:-30], "not whole"),
        (word(("word/big.xml", b"0" * 30_000_000)), "larger than it looks"),
        (picture("PNG")[:60], "cannot be read"),
        (b"\xff\xd8\xff\xe0 not really", "cannot be read"),
    ],
)
def test_what_could_run_hide_or_never_end_is_refused_with_the_reason(content, because):
    with pytest.raises(Refused) as refusal:
        read_incoming(content, name="plan.pdf")

    assert refusal.value.field == "file"
    assert because in str(refusal.value.message)


def test_an_archive_that_lies_about_its_sizes_is_not_believed():
    honest = word(("word/big.xml", b"0" * 1_000_000))
    size = (1_000_000).to_bytes(4, "little")
    with pytest.raises(Refused):
        read_incoming(honest.replace(size, (10).to_bytes(4, "little")))


def test_many_small_bombs_are_stopped_at_the_limit_of_all_together(monkeypatch):
    monkeypatch.setattr(packages, "MOST_UNPACKED", 200_000)
    with pytest.raises(Refused, match="larger than it looks"):
        read_incoming(word(*((f"word/{n}.xml", b"x" * 9_000) for n in range(30))))


def test_a_picture_loses_all_that_was_hidden_in_it_and_keeps_what_is_seen():
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "CAMERA-MARKER"
    exif.get_ifd(0x8825)[2] = (52.0, 5.0, 7.0)  # where it was taken
    made = picture("JPEG", exif=exif, comment=b"COMMENT-MARKER", icc_profile=b"PROFILE-MARKER" * 20)
    made += b"BEHIND-MARKER"

    painted = read_incoming(made).content

    assert b"MARKER" in made
    assert b"MARKER" not in painted
    shown = Image.open(BytesIO(painted))
    assert (shown.size, dict(shown.getexif()), shown.info.get("comment")) == ((20, 30), {}, None)
    for kind in ("PNG", "WEBP"):
        hidden = picture(kind, exif=exif, icc_profile=b"PROFILE-MARKER" * 20)
        assert b"MARKER" not in read_incoming(hidden).content


def test_a_picture_with_holes_keeps_them():
    made = picture("PNG", transparency=(200, 0, 0))

    assert Image.open(BytesIO(read_incoming(made).content)).convert("RGBA").getpixel((0, 0))[3] == 0


def test_a_huge_or_moving_picture_is_refused_before_it_fills_the_memory(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_DOTS", 100)
    with pytest.raises(Refused, match="40 million"):
        read_incoming(picture("PNG"))
    monkeypatch.undo()
    with pytest.raises(Refused, match="40 million"):
        read_incoming(picture("PNG", size=(14_000, 14_000), mode="1"))
    frames = [Image.new("RGB", (9, 9), shade) for shade in (0, 200)]
    for kind in ("PNG", "WEBP"):
        made = BytesIO()
        frames[0].save(made, kind, save_all=True, append_images=frames[1:])
        with pytest.raises(Refused, match="moves"):
            read_incoming(made.getvalue())


def test_the_name_gets_the_ending_of_what_it_is():
    assert name_for("plan", "pdf") == "plan.pdf"
    assert name_for("plan.docx", "docx") == "plan.docx"
    assert name_for("v1.2", "txt") == "v1.2.txt"
