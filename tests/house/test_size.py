"""Small files, thin views, short actions: what makes a house one can walk through."""

import ast
import re
from pathlib import Path

import pytest

import driehoek

ROOT = Path(driehoek.__file__).parent
SOURCES = sorted(p for p in ROOT.rglob("*.py") if "migrations" not in p.parts)
TEMPLATES = sorted(p for p in ROOT.rglob("*.html") if "templates" in p.parts)
FILE, VIEW, BESIDE_A_VIEW, ACTION, PAGE, COMPONENT, LINE = 300, 15, 20, 30, 120, 40, 140
# A template tag knows no line breaks. One that fills its line, or the attribute on its line, may be long.
ONE_TAG = re.compile(r'\s*([\w-]+=")?\{%[^%]*%\}("/?>?)?\s*')
ALLOWED: dict[str, int] = {}  # path (and function) -> lines today; may shrink, never grow
WRITES = {
    "save",
    "create",
    "get_or_create",
    "update_or_create",
    "bulk_create",
    "bulk_update",
    "update",
    "delete",
}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def of_kind(kind: str) -> list[Path]:
    return [p for p in SOURCES if p.stem == kind or kind in p.parts]


def functions_in(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text())
    return [n for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))]


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """From `def` to its last line, its docstring left out: saying what it refuses costs nothing."""
    first = function.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if is_docstring else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - docstring


def too_long(path: Path, limit: int, beside: int) -> list[str]:
    """The functions with more lines than `limit`, or than `beside` when they only serve the others."""
    found = []
    for function in functions_in(path):
        name, most = f"{name_of(path)}:{function.name}", beside if function.name.startswith("_") else limit
        if lines_of(function) > ALLOWED.get(name, most):
            found.append(f"{name} has {lines_of(function)} lines; {most} is the most")
    return found


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_file_is_short(path):
    assert len(path.read_text().splitlines()) <= ALLOWED.get(name_of(path), FILE), "split it by noun"


@pytest.mark.parametrize("path", of_kind("views"), ids=name_of)
def test_view_is_thin(path):
    assert too_long(path, VIEW, BESIDE_A_VIEW) == []


@pytest.mark.parametrize("path", of_kind("views"), ids=name_of)
def test_view_does_not_write(path):
    calls = [n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Call)]
    writes = [c.lineno for c in calls if isinstance(c.func, ast.Attribute) and c.func.attr in WRITES]
    assert writes == [], f"{name_of(path)} writes on these lines; an action does that"


@pytest.mark.parametrize("path", of_kind("actions"), ids=name_of)
def test_action_is_short(path):
    assert too_long(path, ACTION, ACTION) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_is_short(path):
    limit = COMPONENT if "components" in path.parts else PAGE
    assert len(path.read_text().splitlines()) <= ALLOWED.get(name_of(path), limit)


@pytest.mark.parametrize("path", [p for p in TEMPLATES if "mail" not in p.parts], ids=name_of)
def test_template_has_no_long_lines(path):
    lines = enumerate(path.read_text().splitlines(), start=1)
    long = [number for number, line in lines if len(line) > LINE and not ONE_TAG.fullmatch(line)]
    assert long == [], f"{name_of(path)} has lines over {LINE} signs: one element or tag on a line"


def test_every_exception_is_still_needed():
    gone = [name for name in ALLOWED if not (ROOT / name.split(":")[0]).exists()]
    assert gone == []
