"""The style page shows every component in both languages and themes; the look keeps its promises."""

import re
from pathlib import Path

import pytest
from django import forms
from django.template.loader import render_to_string
from django.urls import reverse

import driehoek

WEB = Path(driehoek.__file__).parent / "web"
COMPONENTS = sorted(path.stem for path in (WEB / "templates/components").glob("*.html"))
SHEETS = WEB / "static/driehoek/css"


@pytest.fixture
def page(client):
    """The page as a visitor gets it, in a language."""

    def visit(language="en"):
        answer = client.get(reverse("style"), headers={"accept-language": language})
        assert answer.status_code == 200
        return answer.content.decode()

    return visit


def tokens(block):
    return dict(re.findall(r"(--[\w-]+):\s*([^;]+);", block))


def block_after(css, opening):
    return css[(start := css.index(opening)) : css.index("}", start)]


def test_every_component_is_shown_on_the_style_page(page):
    shown = set(" ".join(re.findall(r'data-component="([^"]+)"', page())).split())

    assert shown == set(COMPONENTS)


def test_style_page_speaks_both_languages(page):
    assert "Three answers" not in page("nl")
    assert "Wie ziet dit" in page("nl")
    assert "Who sees this" in page("en")


def test_both_themes_are_shown_side_by_side(page):
    assert {'data-theme="light"', 'data-theme="dark"'} <= set(re.findall(r'data-theme="\w+"', page()))


def test_no_name_is_used_twice_on_the_page(page):
    names = re.findall(r'\sid="([^"]+)"', page())

    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_reference_within_the_page_always_leads_somewhere(page):
    html = page()
    names = set(re.findall(r'\sid="([^"]+)"', html))

    for attribute in ("for", "aria-labelledby", "aria-describedby"):
        for value in re.findall(rf'\s{attribute}="([^"]+)"', html):
            assert set(value.split()) <= names, f"{attribute}={value}"


def test_wrong_field_says_so_beside_the_field_and_in_the_summary(page):
    html = page()
    field = re.search(r'<input[^>]*id="light_wrong_ends_on"[^>]*>', html).group()

    assert 'aria-invalid="true"' in field
    assert "light_wrong_ends_on_error" in field
    assert html.count("Choose a date after 27 August 2026.") == 4
    assert '<a href="#light_wrong_ends_on">End date</a>' in html


def test_what_was_typed_wrongly_is_still_there(page):
    assert 'value="90%"' in page()


def test_icons_on_the_page_are_in_the_list_of_icons(page):
    listed = set((WEB / "icons.txt").read_text().split())

    assert set(re.findall(r"icons\.svg#([\w-]+)", page())) <= listed


@pytest.mark.parametrize("path", sorted((WEB / "templates/components").glob("*.html")), ids=lambda p: p.stem)
def test_component_is_short_and_names_its_inputs(path):
    lines = path.read_text().splitlines()

    assert len(lines) <= 40
    assert lines[0] == "{% comment %}"


def test_dark_by_the_system_and_dark_by_choice_are_the_same():
    css = (SHEETS / "base.css").read_text()

    chosen = tokens(block_after(css, '  [data-theme="dark"] {'))
    assert chosen == tokens(block_after(css, ':root:not([data-theme="light"]) {'))
    assert set(chosen) <= set(tokens(block_after(css, ':root, [data-theme="light"], .paper {')))


LEGIBLE = [
    *[(ink, paper, 4.5) for ink in ("text", "soft", "ink", "coachee", "coach", "org", "ok", "warn", "bad")
      for paper in ("sheet", "ground", "warm")],
    *[(state, f"{state}-wash", 4.5) for state in ("ok", "warn", "bad")],
    ("on-ink", "ink", 4.5),
    ("on-party", "coach", 4.5),
    ("on-party", "org", 4.5),
    ("private-text", "private", 4.5),
    ("private-soft", "private", 4.5),
    ("control", "sheet", 3),
    ("control", "ground", 3),
    ("control", "warm", 3),
]  # fmt: skip


@pytest.mark.parametrize("opening", [':root, [data-theme="light"], .paper {', '  [data-theme="dark"] {'])
@pytest.mark.parametrize(("ink", "paper", "least"), LEGIBLE, ids=lambda value: str(value))
def test_ink_is_legible_on_its_paper(opening, ink, paper, least):
    colours = tokens(block_after((SHEETS / "base.css").read_text(), opening))

    assert contrast(colours[f"--{ink}"], colours[f"--{paper}"]) >= least


def contrast(one, other):
    """WCAG 2 contrast ratio of two colours written #RRGGBB."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour):
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_sheets_load_nothing_from_elsewhere_and_stay_small():
    for sheet in SHEETS.glob("*.css"):
        css = sheet.read_text()
        assert "@import" not in css
        assert not re.search(r"url\(\s*[\"']?(https?:)?//", css)
        assert css.count("\n") <= 300, sheet.name


@pytest.mark.parametrize("wrong", [["hidden"], ["hidden", "shown"]])
def test_error_on_a_field_that_is_not_on_screen_stands_in_the_summary(wrong):
    class Sample(forms.Form):
        hidden = forms.CharField(widget=forms.HiddenInput, label="Organisation")
        shown = forms.CharField()

    typed = {name: "x" for name in ("hidden", "shown") if name not in wrong}
    page = render_to_string("components/errors_summary.html", {"form": Sample(typed)})

    assert "Organisation: Type something here." in page
    assert page.count('role="alert"') == 1
