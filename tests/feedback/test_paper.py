"""The report of a round as a sealed, tagged file, for coachee and coach alone."""

import subprocess
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from pypdf import PdfReader

from driehoek.access import Role
from driehoek.documents.seal import read_seal, sealer
from driehoek.feedback.actions import answer_yourself, close_early, hand_in, keep_draft
from driehoek.feedback.queries import asked_in, report_of, sinces_of
from driehoek.feedback.queries.drawn import change_of, profile_of
from driehoek.feedback.queries.paper import paper_of
from driehoek.kit.charts import from_block
from driehoek.vault import keys
from tests.documents.sheets import sheets
from tests.documents.test_charts import alternatives
from tests.feedback.makers import (
    ITEMS,
    answer,
    make_later,
    make_open,
    make_round,
    raters,
    token_of,
    words_of,
)
from tests.makers import make_engagement, make_person
from tests.sessions.makers import signed_in
from tests.web.makers import ask_about

pytestmark = pytest.mark.django_db
SIX = ("manager", *("peers",) * 6)
KINDS = ("priorities", "listening", "entrusting", "feedback", "deciding", "word-kept")


def closed(one, base=2):
    for n, rater in enumerate(raters(one)):
        answer(rater, base + n % 3, base, 3, texts={"keep": f"Woord {n}"})
    return close_early(one)


def pdf(one, role=Role.COACHEE, language="nl"):
    page = reverse("feedback:report_pdf", args=[one.engagement_id, one.pk])
    return signed_in(one.engagement, role).get(page, headers={"accept-language": language})


def test_the_paper_says_what_the_page_says_the_change_included_and_hides_what_it_hides():
    groups = (*SIX, "others", "others")
    later = closed(make_later(closed(make_open(groups=groups))), base=3)

    said = words_of(pdf(later, language="en").content)
    for words in (
        "Feedback: at the end",
        "Johan Verbeek",
        "Colleagues: 6",
        "What changed since “at the start”",
        "each compared with themselves",
        "Not shown: people outside the team",
        "Woord 5",
        "Only for coachee and coach",
    ):
        assert words in said
    assert "People outside the team 2" not in said


def test_it_is_tagged_in_both_languages_and_both_readers_get_one_fingerprint():
    one = closed(make_open(groups=SIX))
    made = [pdf(one, role, language) for role in (Role.COACHEE, Role.COACH) for language in ("nl", "en")]

    seals = {read_seal(answered.content, sealer=sealer()).reason for answered in made}
    assert len(seals) == 1
    assert seals.pop().startswith(f"driehoek feedback {one.pk} ")
    assert all(b"/StructTreeRoot" in answered.content or b"/Marked" in answered.content for answered in made)
    assert "Bij de start" not in made[0]["Content-Disposition"]
    assert "In hun eigen woorden" in words_of(made[0].content)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SPONSOR])
def test_nobody_else_can_save_it_and_before_the_close_there_is_none(role):
    one = make_open(groups=SIX)
    early = pdf(one)
    assert (early.status_code, early.url) == (302, reverse("feedback:index", args=[one.engagement_id]))

    assert pdf(closed(one), role).status_code == 403


def test_whoever_holds_the_file_reads_that_it_is_unaltered_and_nothing_of_it():
    one = closed(make_open(groups=SIX))
    held = pdf(one).content

    said = ask_about(Client(), held, "en").content.decode()
    assert "Unaltered, and as it was worked out" in said
    assert "Johan" not in said
    changed = bytearray(held)
    changed[len(changed) // 3] ^= 1
    assert "Altered" in ask_about(Client(), bytes(changed), "en").content.decode()

    keys.shred(one.engagement.data_key_id)
    assert "no longer known" in ask_about(Client(), held, "en").content.decode()


def test_a_seal_that_cannot_be_used_is_said_on_the_page_of_the_report(settings, tmp_path):
    settings.SEAL = tmp_path / "odd.p12"
    settings.SEAL.write_bytes(b"not a certificate")
    one = closed(make_open(groups=SIX))

    answered = pdf(one)
    assert answered.url == reverse("feedback:report", args=[one.engagement_id, one.pk])


def answered_by_coachee(one, *scores, words="Mijn woorden"):
    """Handed in by the person themselves as well."""
    token = answer_yourself(one)
    keep_draft(token, scores=dict(zip(ITEMS, scores, strict=True)), texts={"keep": words}, knows=True)
    hand_in(token)
    return one


def flat(file_or_words):
    """Without spaces: where a line breaks says nothing."""
    words = file_or_words if isinstance(file_or_words, str) else "".join(sheets(file_or_words))
    return "".join(words.replace("\u200b", "").split())


def inside(sections):
    """Every block, those that stay together included."""
    for one in sections:
        for block in one["blocks"]:
            yield from inside([block]) if block["kind"] == "whole" else [block]


def spread_out():
    one = answered_by_coachee(make_open(groups=("manager", *("peers",) * 9)), 4, 4, 2)
    for n, rater in enumerate(raters(one)):
        answer(rater, 2 + n % 3, 2 + n % 2, 1 + n % 4)
    return close_early(one)


def later_of_nine(**more):
    groups = (*SIX, "others", "others", "others")
    first = closed(answered_by_coachee(make_open(groups=groups, **more), 4, 4, 4))
    return closed(answered_by_coachee(make_later(first), 5, 5, 4), base=3)


def test_it_draws_what_the_page_draws_the_spread_included():
    one = spread_out()
    told = report_of(one, "Johan", is_own=False)
    part = next(told.parts)

    drawn = from_block(profile_of(part, told.asked.scale))

    assert list(drawn.rows) == part.rows
    assert {row.mark for row in drawn.rows} == {"ring", "dot", "square", "small"}
    assert all(row.parts for row in drawn.rows if row.mark != "dot")
    assert [row.mark for row in drawn.rows if row.spread] == ["small"]
    later = later_of_nine()
    (since,) = sinces_of(later, "Johan", is_own=True)
    moved = from_block(change_of(since.moved[0], told.asked.scale))
    assert list(moved.rows) == since.moved[0].rows
    assert moved.rows[0].low is not None


def test_no_number_of_a_group_stands_on_paper_without_how_many():
    said = words_of(pdf(later_of_nine(), language="en").content)

    for words in (
        "3.3; 6 people",
        "3.3; 3 people",
        "3.2; 10 people",
        "2.7 → 3.3; 9 people",
    ):
        assert words in said
    later = later_of_nine()
    with override("en"):
        told = report_of(later, "Johan", is_own=True)
        paper = paper_of(later, told, sinces_of(later, "Johan", is_own=True))
    tables = [block for block in inside(paper["sections"]) if block["kind"] == "table"]
    assert tables[0]["head"][3:] == ["Colleagues\n6 people", "People outside the team\n3 people"]
    assert tables[1]["rows"][0][0] == "The others\n9 people"


def test_what_the_marks_mean_stands_below_each_drawing():
    said = words_of(pdf(spread_out()).content)
    for words in (
        "zelf",
        "de anderen samen",
        "leidinggevende",
        "een groep",
        "één zin",
        "spreiding: hoe ver de antwoorden uiteenlopen",
        "bijna nooit 1 2 3 4 5 bijna altijd",
    ):
        assert words in said
    assert "margin of error: where “now” could lie" in words_of(pdf(later_of_nine(), language="en").content)


def test_every_drawing_is_read_aloud_with_its_numbers_and_its_scale():
    heard = alternatives(pdf(later_of_nine(), language="en").content)

    assert len(heard) == 2
    assert any("The others together: 3.2; 10 people." in one and "1 = almost never" in one for one in heard)
    assert any("The others: 2.7 → 3.3; 9 people." in one for one in heard)


def test_the_words_of_the_person_stand_below_their_own_heading_and_after_those_of_others():
    one = closed(answered_by_coachee(make_open(groups=SIX), 4, 4, 4, words="Eigen zin"))

    said = words_of(pdf(one).content)
    assert "Wat je zelf schreef Eigen zin" in said
    assert said.index("Woord 5") < said.index("Wat je zelf schreef")


def test_how_it_was_worked_out_stands_last_in_the_words_of_the_page():
    for one in (closed(make_open(groups=SIX)), later_of_nine()):
        with override("en"):
            told, sinces = report_of(one, "Johan", is_own=True), sinces_of(one, "Johan", is_own=True)
            said = flat(pdf(one, language="en").content)
            last = said[said.index(flat("How this was worked out")) :]
            rows = [*told.behind, *(row for since in sinces for row in since.moved[0].behind)]
        for label, text in rows:
            assert flat(label) in last
            assert flat(text) in said
    assert flat("Student (1908), Biometrika") in last
    assert flat("thrown away thirty days after") in last


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_kind_of_behaviour_stays_on_one_page_with_its_drawing_and_its_table(language):
    one = make_open(groups=SIX, behaviours=list(KINDS))
    ids = [item.id for item in asked_in(one).items]
    for n, rater in enumerate(raters(one)):
        token = token_of(rater)
        keep_draft(token, scores=dict.fromkeys(ids, 2 + n % 3), texts={}, knows=True)
        hand_in(token)
    one = close_early(one)

    with override(language):
        told = report_of(one, "Johan", is_own=True)
        pages = sheets(pdf(one, language=language).content)
        for part in told.parts:
            held = [page for page in pages if f"{part.name} {part.finding}" in page]
            assert len(held) == 1
            for words, _cells in part.lines:
                assert words.split()[-2] in held[0]
    assert len(pages) > 3


def test_the_sealed_file_is_whole_and_says_its_language_and_its_standard(tmp_path):
    for language in ("nl", "en"):
        made = pdf(later_of_nine(), language=language).content
        (tmp_path / "report.pdf").write_bytes(made)
        assert (
            subprocess.run(["qpdf", "--check", tmp_path / "report.pdf"], capture_output=True).returncode == 0
        )
        root = PdfReader(BytesIO(made)).trailer["/Root"]
        assert root["/Lang"] == language
        about = root["/Metadata"].get_object().get_data().decode()
        assert all(
            said in about for said in ('pdfaid:part="2"', 'pdfaid:conformance="A"', 'pdfuaid:part="1"')
        )


def test_no_name_however_long_stops_the_paper():
    engagement = make_engagement(coachee=make_person("M" * 120), coach=make_person("Marijke Aalbers"))
    one = closed(answered_by_coachee(make_open(make_round(engagement, groups=SIX)), 4, 4, 4))

    said = "".join(sheets(pdf(one, Role.COACH).content)).replace("\u200b", "").replace(" ", "")
    assert "M" * 120 in said
