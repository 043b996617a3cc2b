"""The floors of the house: a room looks down, never up or sideways."""

import re
import tomllib
from pathlib import Path

from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src/driehoek"
SOURCES = sorted(p for p in PACKAGE.rglob("*.py") if "migrations" not in p.parts)
FOREIGN = re.compile(r"^\s*(?:from|import) driehoek\.(\w+)\.(?:views|forms)\b", re.M)
STRING_KEY = re.compile(r"""(?:ForeignKey|OneToOneField|ManyToManyField)\(\s*["'](\w+)\.""")
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def test_every_contract_is_kept(capsys):
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None)

    assert status == 0, capsys.readouterr().out


def test_every_room_with_models_is_held_to_the_order_inside():
    inside = next(c for c in CONTRACTS if c["name"].startswith("Inside a room"))
    rooms = {p.parent.name for p in (ROOT / "src/driehoek").glob("*/models.py")}

    assert rooms - {c.removeprefix("driehoek.") for c in inside["containers"]} <= {"vault", "outbox"}


def test_no_room_takes_views_or_forms_of_another():
    """The contract allows views to import views; that it is those of the own room it cannot see."""
    taken = {
        (str(path.relative_to(PACKAGE)), room)
        for path in SOURCES
        for room in FOREIGN.findall(path.read_text())
        if room not in (path.relative_to(PACKAGE).parts[0], "kit")
    }
    assert taken == set()


def test_every_foreign_key_names_its_class_and_not_a_string():
    """A name in a string goes round every contract."""
    keys = {str(path.relative_to(PACKAGE)): STRING_KEY.findall(path.read_text()) for path in SOURCES}
    assert {name: found for name, found in keys.items() if found} == {}
