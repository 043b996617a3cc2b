"""A document as a download: its name arrives whole, and the browser runs nothing in it."""

import pytest

from driehoek.documents.responses import pdf_response


def test_the_name_is_given_both_plainly_and_as_it_is_written():
    answer = pdf_response(b"%PDF", "Coachafspraken Zoë Müller.pdf")

    assert answer["Content-Disposition"] == (
        'attachment; filename="Coachafspraken Zoe Muller.pdf"; '
        "filename*=UTF-8''Coachafspraken%20Zo%C3%AB%20M%C3%BCller.pdf"
    )


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Verslag", "Verslag.pdf"),
        ("🙂", "document.pdf"),
        ("", "document.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie x1.pdf"),
        ("../../etc/passwd", "etcpasswd.pdf"),
        ('"; evil="', "evil.pdf"),
        ("x" * 500, "x" * 120 + ".pdf"),
    ],
)
def test_no_name_breaks_the_header_or_leads_to_a_folder(name, plain):
    header = pdf_response(b"%PDF", name)["Content-Disposition"]

    assert f'filename="{plain}"' in header
    assert "\n" not in header
    assert header.count(";") == 2


def test_it_is_kept_by_nobody_and_run_by_nothing():
    answer = pdf_response(b"%PDF", "x.pdf")

    assert answer.content == b"%PDF"
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert answer["Cache-Control"] == "no-store"
    assert "sandbox" in answer["Content-Security-Policy"]
