from pathlib import Path

from driehoek.access.picture import as_markdown


def test_the_page_who_sees_what_is_the_table():
    page = Path(__file__).parents[2] / "docs" / "who-sees-what.md"
    assert page.read_text("utf-8") == as_markdown(), "run script/fix"
