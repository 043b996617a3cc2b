"""Pages that a strict content security policy can trust, and locks that name no server."""

import re
from pathlib import Path

import pytest

import driehoek

ROOT = Path(driehoek.__file__).parent
CHECKOUT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(p for p in ROOT.rglob("*") if "templates" in p.parts and p.suffix in (".html", ".svg"))
SOURCES = sorted(p for p in ROOT.rglob("*.py") if "migrations" not in p.parts)
LOCKS = sorted([*CHECKOUT.glob("requirements*.lock"), CHECKOUT / "package-lock.json"])
INLINE = {
    "a style attribute": re.compile(r"<[^>{}]*\sstyle\s*=", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", re.I),
    "an on... handler": re.compile(r"<[^>]*\s(on[a-z]+|hx-on[:\w-]*)\s*=", re.I),
    "a javascript: address": re.compile(r"""["']\s*javascript:""", re.I),
    "something from another server": re.compile(r"""\b(src|href|action)\s*=\s*["'](https?:)?//""", re.I),
    "unescaped text": re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off"),
}
# The drawings of the house: markup from constants in the file itself, nothing a person typed.
MAY_MARK_SAFE = {"kit/templatetags/look.py", "kit/triangle.py"}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def faults(markup: str) -> list[str]:
    bare = re.sub(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}", "", markup, flags=re.S)
    return [what for what, pattern in INLINE.items() if pattern.search(bare)]


def test_no_template_holds_anything_inline():
    found = {name_of(path): faults(path.read_text()) for path in TEMPLATES}
    assert {name: what for name, what in found.items() if what} == {}


@pytest.mark.parametrize(
    "markup",
    [
        '<p style="color: red">',
        "<style>p {}</style>",
        "<script>alert(1)</script>",
        '<button onclick="go()">',
        '<a href="javascript:go()">',
        '<img src="//elsewhere.example/x.png">',
        "{{ note|safe }}",
    ],
)
def test_every_inline_fault_is_seen(markup):
    assert len(faults(markup)) == 1


def test_only_named_code_marks_text_as_safe():
    safe = re.compile(r"\b(mark_safe|SafeString|SafeText)\b|__html__")
    marking = {name_of(path) for path in SOURCES if safe.search(path.read_text())}
    assert marking == MAY_MARK_SAFE, "use format_html, or a template"


@pytest.mark.parametrize("lock", LOCKS, ids=lambda p: p.name)
def test_lock_names_no_server(lock):
    assert "://" not in lock.read_text()


def test_there_are_locks_and_templates_to_look_at():
    assert len(LOCKS) >= 4
    assert TEMPLATES


def test_scripts_import_nothing_by_name():
    """Files are served under a name that changes with their contents; an import inside would miss it."""
    scripts = sorted((ROOT / "web/static/driehoek/js").rglob("*.js"))

    assert scripts
    assert [p.name for p in scripts if re.search(r"^\s*import\b", p.read_text(), re.M)] == []
