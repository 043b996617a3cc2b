"""Small files, thin views, short actions: what makes a house one can walk through."""

import ast
import re
from pathlib import Path

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


def lines_in(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_every_file_is_short():
    long = [name_of(path) for path in SOURCES if lines_in(path) > ALLOWED.get(name_of(path), FILE)]
    assert long == [], "split it by noun"


def test_every_view_is_thin():
    assert [one for path in of_kind("views") for one in too_long(path, VIEW, BESIDE_A_VIEW)] == []


def test_no_view_writes():
    calls = [
        (path, node)
        for path in of_kind("views")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    writes = [f"{name_of(path)}:{call.lineno}" for path, call in calls if call.func.attr in WRITES]
    assert calls
    assert writes == [], "an action does that"


def test_every_action_is_short():
    assert [one for path in of_kind("actions") for one in too_long(path, ACTION, ACTION)] == []


def test_every_template_is_short():
    limits = {path: COMPONENT if "components" in path.parts else PAGE for path in TEMPLATES}
    long = [name_of(p) for p, limit in limits.items() if lines_in(p) > ALLOWED.get(name_of(p), limit)]
    assert long == []


def test_no_template_has_long_lines():
    long = [
        f"{name_of(path)}:{number}"
        for path in TEMPLATES
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if "mail" not in path.parts and len(line) > LINE and not ONE_TAG.fullmatch(line)
    ]
    assert long == [], f"lines over {LINE} signs: one element or tag on a line"


def test_every_exception_is_still_needed():
    gone = [name for name in ALLOWED if not (ROOT / name.split(":")[0]).exists()]
    assert gone == []
