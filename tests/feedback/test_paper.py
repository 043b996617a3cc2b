"""The report of a round as a sealed, tagged file, for coachee and coach alone."""

import pytest
from django.test import Client
from django.urls import reverse

from driehoek.access import Role
from driehoek.documents.seal import read_seal, sealer
from driehoek.feedback.actions import close_early
from driehoek.feedback.queries import report_of
from driehoek.feedback.queries.paper import profile_of
from driehoek.vault import keys
from tests.feedback.makers import answer, make_later, make_open, raters, words_of
from tests.sessions.makers import signed_in
from tests.web.makers import ask_about

pytestmark = pytest.mark.django_db
SIX = ("manager", *("peers",) * 6)


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


def test_it_draws_the_profile_and_the_change_in_shapes_and_never_without_how_many():
    groups = (*SIX, "others", "others", "others")
    later = closed(make_later(closed(make_open(groups=groups))), base=3)

    said = words_of(pdf(later, language="en").content)
    for words in (
        "3.3; 6 people",
        "3.3; 3 people",
        "no change",
        "The others, now less then.",
        "+0.7; 9 people",
    ):
        assert words in said
    told = report_of(later, "Johan", is_own=False)
    shapes = [row["shape"] for part in told.parts for row in profile_of(part, told)["rows"]]
    assert shapes == ["dot", "square", "diamond", "diamond"]
