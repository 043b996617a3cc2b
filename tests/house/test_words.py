"""The glossary names things that exist."""

import re
from pathlib import Path

import pytest

import driehoek

PACKAGE = Path(driehoek.__file__).parent
ROWS = (Path(__file__).parents[2] / "docs" / "words.md").read_text("utf-8").splitlines()
NAMES = sorted({name for row in ROWS if row.startswith("|") for name in re.findall(r"`(\w+)`", row)})
SOURCE = "\n".join(
    path.read_text("utf-8") for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts
)


@pytest.mark.parametrize("name", NAMES)
def test_a_word_of_the_glossary_is_a_name_in_the_code(name):
    defined = rf"(class|def) {name}\b|^ *{name}( =|:| *: \w)|\"{name}\""
    assert (PACKAGE / name).is_dir() or re.search(defined, SOURCE, re.M)


def test_one_row_per_concept():
    dutch = [row.split("|")[1].strip() for row in ROWS if row.startswith("|") and "---" not in row]
    assert len(dutch) == len(set(dutch))
