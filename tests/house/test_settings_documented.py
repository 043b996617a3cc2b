"""Every setting stands in docs/settings.md with its default, and there are few of them."""

import ast
import re
from pathlib import Path

import driehoek

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = Path(driehoek.__file__).parent / "settings.py"
ROW = re.compile(r"^\| `DRIEHOEK_(\w+)` \|", re.M)
MOST = 21


def names_read() -> list[str]:
    """The first text argument of every call on `env`, or of a function that is handed `env`."""
    names = []
    for call in ast.walk(ast.parse(SETTINGS.read_text())):
        if not isinstance(call, ast.Call):
            continue
        on_env = isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "env"
        with_env = bool(call.args) and getattr(call.args[0], "id", "") == "env"
        texts = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if on_env and texts:
            names.append(texts[0])
        elif with_env:
            names.append(texts[0] if texts else call.func.id.upper().removesuffix("S"))
    return names


def test_every_setting_has_a_row_and_every_row_a_setting():
    documented = ROW.findall((ROOT / "docs/settings.md").read_text())
    assert sorted(documented) == sorted(set(names_read()))


def test_there_are_few_settings():
    assert 0 < len(set(names_read())) <= MOST


def test_nothing_else_in_the_product_reads_the_environment_unseen():
    """The command prepares the environment for the settings; nobody else looks into it."""
    package = SETTINGS.parent
    readers = {
        str(path.relative_to(package))
        for path in package.rglob("*.py")
        if "cli" not in path.parts and re.search(r"\bos\.(environ|getenv)\b", path.read_text())
    }
    assert readers <= {"wsgi.py", "kit/env.py"}
