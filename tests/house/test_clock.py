"""Nothing reads the time except through its one door, so that tests and reviews can move it."""

import ast
from pathlib import Path

import pytest

import driehoek

ROOT = Path(driehoek.__file__).parent
DOOR = ROOT / "kit" / "clock.py"
SOURCES = sorted(p for p in ROOT.rglob("*.py") if p != DOOR)
READERS = {
    *("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "timezone.now"),
    *("time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.strftime", "time.ctime"),
}
# With a value these convert it; without one they read the clock.
CONVERTERS = {"localdate", "localtime", "Now", "TransactionNow"}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def readings(source: str) -> list[str]:
    """What in this source reads the time, as `line: name`."""
    found = []
    for node in ast.walk(ast.parse(source)):
        name = ast.unparse(node) if isinstance(node, (ast.Attribute, ast.Name)) else ""
        if ".".join(name.split(".")[-2:]) in READERS:
            found.append(f"{node.lineno}: {name}")
        elif isinstance(node, ast.Call) and not node.args:
            if ast.unparse(node.func).split(".")[-1] in CONVERTERS:
                found.append(f"{node.lineno}: {ast.unparse(node)}")
        elif isinstance(node, ast.keyword) and node.arg in ("auto_now", "auto_now_add"):
            found.append(f"{node.value.lineno}: {node.arg}")
        elif isinstance(node, ast.ImportFrom) and node.module == "django.utils.timezone":
            found += [f"{node.lineno}: import {a.name}" for a in node.names if a.name == "now"]
    return found


def test_only_the_door_reads_the_time():
    found = {name_of(path): readings(path.read_text()) for path in SOURCES}
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "line",
    [
        "at = timezone.now()",
        "at = datetime.now(UTC)",
        "at = datetime.datetime.now()",
        "on = datetime.date.today()",
        "made_at = models.DateTimeField(default=timezone.now)",
        "made_at = models.DateTimeField(auto_now_add=True)",
        "rows.filter(ends__lt=Now())",
        "began = time.time()",
        "on = timezone.localdate()",
        "from django.utils.timezone import now",
    ],
)
def test_every_way_round_the_door_is_seen(line):
    assert readings(line) != []


def test_templates_do_not_read_the_time():
    guilty = [name_of(p) for p in ROOT.rglob("*.html") if "{% now" in p.read_text()]
    assert guilty == []
