"""Printing: what people wrote comes out as they wrote it, on paper that lasts and can be read aloud."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils.translation import gettext_lazy
from pypdf import PdfReader

from driehoek.documents import glyphs
from driehoek.documents.fingerprint import short
from driehoek.documents.glyphs import FontsMissing, drawable
from driehoek.documents.pdf import LONGEST, TEMPLATES, UnknownTemplate, render
from driehoek.kit.errors import Refused
from tests.documents.papers import (
    EVERY_BLOCK,
    EVIDENCE,
    FINGERPRINT,
    NOW,
    SIGNATURES,
    make_paper,
    print_paper,
)
from tests.documents.sheets import sheets

HOSTILE = [
    '#read("/etc/passwd")',
    "$x^2$ and $ alone",
    "*b* _i_ `code` = heading",
    "@ref <label> // comment /* more",
    '#import "@preview/cetz:0.3.0"',
    '"quoted" \\ #{ } [x] #set page(width: 1pt)',
    "</script><b>&amp;",
    "{{ name }} {% now %}",
]


def words(pdf):
    return " ".join(sheets(pdf)).replace("\u200b", "")


def fonts_in(pdf):
    pages = PdfReader(BytesIO(pdf)).pages
    used = (font.get_object()["/BaseFont"] for page in pages for font in page["/Resources"]["/Font"].values())
    return {name.rpartition("+")[2] for name in used}


def said(text):
    return words(print_paper({"kind": "said", "text": text}))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", ["said", "text", "note", "heading"])
def test_markup_in_what_people_wrote_is_printed_as_they_wrote_it(text, kind):
    assert text in words(print_paper({"kind": kind, "text": text}))


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_names_titles_cells_and_footers_is_printed_too(text):
    table = {"kind": "table", "head": [text], "rows": [[{"text": text, "said": True}]]}
    parties = [{"role_code": "coach", "role_word": text, "name": text, "organisation": text}]

    found = words(print_paper(table, title=text, stamp=text, footer=text, parties=parties))

    assert found.count(text) >= 6


@pytest.mark.parametrize("template", ["agreement", "report"])
def test_every_kind_of_block_is_printed(template):
    found = words(
        print_paper(*EVERY_BLOCK, template=template, signatures=SIGNATURES, lede="Kort", subtitle="Wie")
    )

    for word in ("Doel een", "Tweede alinea", "eerst een vraag", "gezegd", "elke drie weken", "€ 4.200,00"):
        assert word in found
    for word in ("Besluiten blijven", "Niet te zeggen", "Geen reeks", "Anneke de Wit", "1 van"):
        assert word in found


def test_an_agreement_says_who_signed_what_and_who_did_not_yet():
    found = words(print_paper(template="agreement", signatures=SIGNATURES, fingerprint=FINGERPRINT))

    assert "Ik ga akkoord met versie 2. 12 januari 2026, 14.03 uur Code per e-mail" in found
    assert "Ellen Brouwer Namens Noorderlicht Nog niet ondertekend" in found
    assert f"{short(FINGERPRINT)} {short(FINGERPRINT[32:])}" in found


def test_evidence_stands_on_a_last_page_of_its_own_and_nowhere_without_it():
    given = {"template": "agreement", "signatures": SIGNATURES, "fingerprint": FINGERPRINT}
    pages = sheets(print_paper(**given, evidence=EVIDENCE))

    assert len(pages) == 2
    assert "Nog niet ondertekend" not in pages[0]
    assert pages[1].count("Namens Noorderlicht") == 1
    for part in ("Bewijs", short(FINGERPRINT[32:]), "10 januari 2026", "https://coach.example.org/verify/"):
        assert part in pages[1]
    assert "Bewijs" not in pages[0]
    assert len(PdfReader(BytesIO(print_paper(**given, evidence=None))).pages) == 1


@pytest.mark.parametrize("paragraphs", range(4, 14))
def test_no_page_before_the_evidence_is_all_but_empty(paragraphs):
    filler = [{"kind": "said", "text": "Regel. " * 60}] * paragraphs
    given = {"template": "agreement", "signatures": SIGNATURES, "fingerprint": FINGERPRINT}

    *before, last = sheets(print_paper(*filler, **given, evidence=EVIDENCE))

    alone = last.startswith("Bewijs")
    assert alone or len(last.split("Bewijs")[0]) < 900, "what stands above it is more than a few lines"
    if alone:
        assert len(before[-1]) > 600, "a page with a few lines comes before it"


def test_every_page_carries_footer_fingerprint_version_and_number():
    long = {"kind": "said", "text": "Een zin die vaak terugkomt. " * 600}
    pages = sheets(print_paper(long, fingerprint=FINGERPRINT))

    assert len(pages) > 2
    for number, text in enumerate(pages, start=1):
        for part in (
            "Alleen voor Ellen",
            short(FINGERPRINT),
            "Afspraken versie 2",
            f"{number} van {len(pages)}",
        ):
            assert part in text


def test_a_draft_says_so_on_the_page():
    assert "Concept" in words(print_paper(draft=True)).replace(" ", "")  # written wide
    assert "Concept" not in words(print_paper()).replace(" ", "")


@pytest.mark.parametrize(
    "text",
    [
        "Zoë 🙂 👩‍👩‍👧 🏳️‍🌈 👍🏽 1️⃣ ❤️",
        "张伟 と 김철수",
        "يوسف שָׁלוֹם नमस्ते ไทย",
        "combining: x\u0331\u0303 e\u0301 \u0301",
        "control: \x00\x07\x1b\u200e\u202e\ufeff\ufffe\ud800\U000e0041 end",
        "\u2028line\u2029paragraph\r\nwindows\ttab\vvertical",
        "x" * 1000,
        "https://example.com/" + "a" * 300,
        "",
        " \n\n \n",
    ],
)
def test_no_sign_however_strange_stops_a_document(text):
    blocks = [{"kind": kind, "text": text} for kind in ("said", "text", "note", "heading")]
    blocks.append({"kind": "list", "items": [text, {"text": text, "said": True}]})

    pdf = print_paper(*blocks, title=text, footer=text, template="agreement", signatures=SIGNATURES)

    assert "Alleen" not in words(pdf)
    assert "Driehoek" in words(pdf)


def test_a_sign_without_a_glyph_becomes_a_square_and_its_neighbours_stay():
    assert drawable("Jan 张伟 Š €") == "Jan □□ Š €"


def test_names_in_arabic_and_hebrew_are_printed_as_they_are():
    names = "فاطمة الزهراء", "שרה כהן"
    assert [drawable(name) for name in names] == list(names)
    printed = fonts_in(print_paper(*({"kind": "text", "text": name} for name in names)))
    assert {"NotoSansArabic-Regular", "NotoSansHebrew-Regular"} <= printed


def test_a_word_longer_than_any_line_breaks_and_a_long_dutch_word_does_not():
    assert drawable("x" * 200).count("\u200b") == 16
    assert drawable("arbeidsongeschiktheidsverzekering") == "arbeidsongeschiktheidsverzekering"


def test_an_address_stays_whole_so_that_it_can_be_copied():
    address = "https://driehoek.een-organisatie-met-een-naam.example.org/verify/"
    assert drawable(f"Zie {address}") == f"Zie {address}"
    assert "\u200b" in drawable("https://" + "x" * 300)


def test_direction_marks_cannot_turn_a_signed_sentence_round():
    assert drawable("betaal \u202e001\u202c euro") == "betaal 001 euro"


def test_a_fingerprint_is_printed_whole_and_unchanged():
    squeezed = words(print_paper(template="agreement", fingerprint=FINGERPRINT)).replace(" ", "")

    assert FINGERPRINT in squeezed


@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_is_tagged_titled_and_says_its_language_and_standards(language):
    pdf = print_paper(*EVERY_BLOCK, language=language, title="Coachafspraken Zoë")
    document = PdfReader(BytesIO(pdf))
    root = document.trailer["/Root"]
    about = root["/Metadata"].get_object().get_data().decode()

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert document.metadata.title == "Coachafspraken Zoë"
    assert "<pdfaid:part>2</pdfaid:part>" in about
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in about
    assert "<pdfuaid:part>1</pdfuaid:part>" in about


def test_headings_tables_and_lists_are_there_for_a_screen_reader():
    document = PdfReader(BytesIO(print_paper(*EVERY_BLOCK)))
    kinds = set()

    def walk(node):
        node = node.get_object()
        if isinstance(node, dict):
            kinds.add(node.get("/S"))
            children = node.get("/K", [])
            for child in children if isinstance(children, list) else [children]:
                walk(child)

    walk(document.trailer["/Root"]["/StructTreeRoot"])

    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/L", "/LI", "/P"} <= kinds


def test_the_same_document_gives_the_same_bytes():
    assert print_paper(*EVERY_BLOCK) == print_paper(*EVERY_BLOCK)


def test_another_moment_gives_other_bytes_only_in_its_dates():
    one = render("report", make_paper(), language="nl", title="t", now=NOW)
    other = render("report", make_paper(), language="nl", title="t", now=NOW + timedelta(days=1))

    assert one != other
    assert words(one) == words(other)


def test_a_document_that_is_far_too_long_is_refused_with_a_sentence_and_never_cut(monkeypatch):
    monkeypatch.setattr("driehoek.documents.pdf._compile", None)  # refused before any work

    with pytest.raises(Refused, match=r"too long|te lang"):
        print_paper({"kind": "said", "text": "x" * (LONGEST + 1)})


def test_many_short_lines_weigh_as_much_as_a_long_text():
    with pytest.raises(Refused, match=r"too long|te lang"):
        print_paper({"kind": "list", "items": ["x"] * 9_990})


def test_translated_words_are_printed_and_unprintable_values_are_named():
    assert "Doelen" in words(print_paper({"kind": "text", "text": gettext_lazy("Doelen")}))
    with pytest.raises(TypeError, match="not datetime"):
        print_paper({"kind": "text", "text": NOW})


@pytest.mark.parametrize("name", ["paper2", "../pdf", "nothing", ""])
def test_only_our_own_templates_are_printed(name):
    with pytest.raises(UnknownTemplate):
        print_paper(template=name)


def test_templates_use_nothing_from_elsewhere_and_hold_no_words_for_readers():
    for template in TEMPLATES.glob("*.typ"):
        source = template.read_text()
        assert "@preview" not in source
        assert set(re.findall(r'#import "([^"]+)"', source)) <= {"paper.typ"}
        assert not re.findall(r"\[\s*[A-Za-z]{3,}", re.sub(r"//.*", "", source))


def test_without_fonts_it_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(glyphs, "FOLDER", tmp_path)
    glyphs.coverage.cache_clear()
    try:
        with pytest.raises(FontsMissing, match="script/server"):
            print_paper(title="Zoë")
    finally:
        glyphs.coverage.cache_clear()


def pages_of(pdf):
    return [page.replace("\u200b", "") for page in sheets(pdf)]


def test_no_heading_is_left_behind_at_the_foot_of_a_page():
    blocks = []
    for number in range(90):
        blocks += [
            {"kind": "heading", "text": f"Kop{number}x"},
            {"kind": "said", "text": f"Tekst{number}x " * (number % 7 + 9)},
        ]

    pages = pages_of(print_paper(*blocks))

    assert len(pages) > 3
    for page in pages:
        for number in re.findall(r"Kop(\d+)x", page):
            assert f"Tekst{number}x" in page


def test_a_row_of_a_table_stays_on_one_page_unless_it_could_be_longer_than_one():
    rows = [[f"Rij{number}x", "woorden " * (number % 9 * 6) + f"Einde{number}x"] for number in range(60)]
    long = [["Lang", "alles " * 2000 + "Slotwoord"]]

    pages = pages_of(print_paper({"kind": "table", "head": ["Wat", "Hoe"], "rows": rows + long}))

    for number in range(60):
        assert any(f"Rij{number}x" in page and f"Einde{number}x" in page for page in pages)
    assert any("Slotwoord" in page for page in pages)


@pytest.mark.parametrize("paragraphs", range(3, 9))
def test_the_signatures_stand_together_on_one_page(paragraphs):
    filler = [{"kind": "said", "text": "Regel. " * 60}] * paragraphs

    pages = pages_of(print_paper(*filler, template="agreement", signatures=SIGNATURES))

    assert any("Code per e-mail" in page and "Namens Noorderlicht" in page for page in pages)


def whole(rows):
    table = {
        "kind": "table",
        "head": ["Wat"],
        "rows": [[f"Rij{number}x {'woorden ' * 9}"] for number in range(rows)],
    }
    return [{"kind": "heading", "text": "Kop"}, {"kind": "text", "text": "Bevinding"}, table]


@pytest.mark.parametrize("paragraphs", range(1, 12))
def test_what_belongs_together_stays_on_one_page_with_its_heading(paragraphs):
    filler = {"heading": "Ervoor", "blocks": [{"kind": "said", "text": "Regel. " * 60}] * paragraphs}
    section = {"heading": "Geheel", "whole": True, "blocks": whole(8)}
    inside = {"heading": "Daarna", "blocks": [{"kind": "whole", "blocks": whole(8)}]}

    for one, heading in ((section, "Geheel"), (inside, "Daarna")):
        pages = pages_of(print_paper(sections=[filler, one]))
        (held,) = [page for page in pages if heading in page]
        assert all(f"Rij{number}x" in held for number in range(8))


def test_of_what_is_longer_than_a_page_no_word_is_lost():
    section = {"heading": "Geheel", "whole": True, "blocks": whole(60)}

    found = " ".join(pages_of(print_paper(sections=[section])))

    assert all(f"Rij{number}x" in found for number in range(60))


def test_a_label_above_what_was_said_stands_above_it_and_words_without_a_name_are_a_list():
    said = {"kind": "said", "text": "Mijn zin", "above": "Wat je zelf schreef"}
    sayings = {"kind": "sayings", "items": ["Een\n\ntweede alinea", "x" * 300, ""]}

    found = words(print_paper(sayings, said))

    assert "Wat je zelf schreef Mijn zin" in found
    assert "tweede alinea" in found
