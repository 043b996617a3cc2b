"""`driehoek evidence`, as somebody types it."""

import io
import json

import pytest

from driehoek.cli.evidence import main
from driehoek.evidence.methods import METHODS

RISE = {
    "form": "relative_change",
    "direction": "up",
    "target": "0.15",
    "baseline": "4.0",
    "value": 4.6,
    "start": "2026-08-31",
    "months": 6,
    "measured": "2027-02-28",
    "today": "2027-03-01",
}


@pytest.fixture
def ask(monkeypatch, capsys):
    def run(sent, *options):
        given = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given)))
        status = main(options)
        said = capsys.readouterr()
        return status, json.loads(said.out) if said.out else said.err

    return run


def test_one_question_gives_one_answer_with_its_id(ask):
    status, answer = ask({"id": "a", "method": "verdict.criterion", "input": RISE})
    assert status == 0
    assert (answer["id"], answer["method"]) == ("a", "verdict.criterion")
    assert answer["result"]["status"] == "reached"
    assert answer["result"]["relative_change"] == 0.15
    assert answer["result"]["deadline"] == "2027-02-28"


def test_a_list_is_answered_in_its_order_and_one_bad_question_spoils_no_other(ask):
    asked = [
        {"id": 1, "method": "verdict.criterion", "input": RISE | {"baseline": "0"}},
        {"id": 2, "method": "no.such", "input": {}},
        {"id": 3, "method": "verdict.criterion", "input": RISE | {"today": "tomorrow"}},
        "what?",
        {"id": 5, "method": "verdict.criterion"},
        {"id": 6, "method": "gas.t_score", "input": {"attainment": []}},
        {"id": 7, "method": "gas.t_score", "input": {"attainment": [0, 1, 1], "atainment": [1]}},
    ]
    status, answers = ask(asked)
    assert status == 0
    assert [answer["id"] for answer in answers] == [1, 2, 3, None, 5, 6, 7]
    assert answers[0]["result"]["status"] == "not_assessable"
    assert [answer.get("undefined") for answer in answers] == [None, True, True, True, True, True, None]
    assert answers[2]["reason"] == "today must be a date such as 2026-07-01"
    assert answers[6]["ignored"] == ["atainment"]


@pytest.mark.parametrize("id_", [1.5, 0, "a", "\ud800", None, True, ["x"], 10**400])
def test_any_id_comes_back_as_it_was_given(ask, id_):
    sent = json.dumps([{"id": id_, "method": "no.such", "input": {"\udfff": 1}}]).encode()
    status, answers = ask(sent)
    assert status == 0
    assert answers[0]["id"] == id_


def test_an_unknown_part_with_half_a_character_is_named(ask):
    sent = b'{"method": "gas.t_score", "input": {"attainment": [0], "\\udfff": 1}}'
    status, answer = ask(sent)
    assert (status, answer["ignored"]) == (0, ["\udfff"])


def test_an_id_nested_too_deep_is_refused_with_a_sentence(ask):
    status, said = ask(b'{"id": ' + b"[" * 900 + b"]" * 900 + b', "method": "rwg", "input": {}}')
    assert (status == 2 and "nested too deep" in said) or status == 0
    assert "Traceback" not in str(said)


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b'{"x": NaN}', "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'\xff\xfe{"', "UTF-8"),
    ],
)
def test_what_is_no_json_is_refused_with_a_sentence(ask, sent, says):
    status, said = ask(sent)
    assert status == 2
    assert says in said
    assert "Traceback" not in said


def test_every_method_is_described_with_each_part_of_its_input(ask):
    status, listed = ask(b"", "--list")
    assert status == 0
    assert [one["method"] for one in listed] == list(METHODS)
    for one in listed:
        assert one["answers"].endswith((".", "?"))
        assert all(part["shape"] and part["meaning"] for part in one["input"].values())


def test_a_file_is_read_only_from_the_folder_that_is_named(ask, tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "scores.csv").write_text("first,second\n1,2\n2,3\n3,5\nNA,4\n")
    (tmp_path / "secret.csv").write_text("first,second\n1,2\n")
    asked = [
        {"method": "cronbach_alpha", "input": {"dataset": name}}
        for name in ("scores.csv", "../secret.csv", "absent.csv")
    ]
    _status, answers = ask(asked, "--data", str(folder))
    assert answers[0]["result"]["n"] == 3
    assert "no such file" in answers[1]["reason"]
    assert "no such file" in answers[2]["reason"]
    _status, answer = ask(asked[0])
    assert "--data" in answer["reason"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"a,b\n\xff\xfe,2\n", "no CSV in UTF-8"),
        (b"a,b\n" + b"x" * 200_000 + b",2\n", "no CSV in UTF-8"),
        (b"", "at least one number"),
        (b"a,b\n", "at least one number"),
        (b"a,b\n1,2\n3\n\n", "fewer than two people"),
        (b"a,b\none,2\n", "holds something that is no number"),
        (b"a,b\n1e999,2\n", "holds something that is no number"),
        (b"a,b\nNA,\n", "fewer than two people"),
    ],
)
def test_a_file_that_is_no_table_is_answered_with_a_reason(ask, tmp_path, content, says):
    (tmp_path / "odd.csv").write_bytes(content)
    asked = {"method": "cronbach_alpha", "input": {"dataset": "odd.csv"}}
    status, answer = ask(asked, "--data", str(tmp_path))
    assert (status, answer["undefined"]) == (0, True)
    assert says in answer["reason"]


@pytest.mark.parametrize("name", ["..", ".", "", "a\0b", "/etc/passwd", "x" * 5000])
def test_a_name_that_is_no_file_of_the_folder_is_never_opened(ask, tmp_path, name):
    asked = {"method": "cronbach_alpha", "input": {"dataset": name}}
    status, answer = ask(asked, "--data", str(tmp_path / "absent"))
    assert (status, answer["undefined"]) == (0, True)
    assert "no such file" in answer["reason"]
