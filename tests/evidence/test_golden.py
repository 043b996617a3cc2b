"""Known answers, each with where it comes from, asked as anybody asks them: by name."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from driehoek.evidence.methods import METHODS, answer_one

CASES = json.loads(Path(__file__).with_name("golden.json").read_text(), parse_float=Decimal)


def is_near(found, expected, tolerance):
    if isinstance(expected, bool | str | None):
        return found == expected
    if isinstance(expected, list):
        pairs = zip(found, expected, strict=True)
        return all(is_near(one, other, tolerance) for one, other in pairs)
    room = max(tolerance["abs"], tolerance["rel"] * abs(Decimal(expected)))
    return not isinstance(found, bool) and abs(Decimal(found) - Decimal(expected)) <= room


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_known_answer_comes_out(case):
    answer = answer_one(case, METHODS)
    expected = case["expected"]
    if expected.get("undefined"):
        assert answer["undefined"] is True
        assert answer["reason"]
        assert case["method"] in METHODS
    else:
        assert "result" in answer, answer
        off = {
            name: answer["result"].get(name)
            for name, value in expected.items()
            if not is_near(answer["result"].get(name), value, case["tolerance"])
        }
        assert not off


def test_every_case_names_its_source():
    assert len(CASES) == 64
    assert all(case["source"] for case in CASES)
