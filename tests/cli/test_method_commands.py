import io
import json
import sys

import pytest

from driehoek.cli.method import route_main, style_main


@pytest.fixture
def give(monkeypatch, capsys):
    """Run a command on given standard input; gives exit code, output and errors."""

    def run(command, text, *argv):
        content = text if isinstance(text, bytes) else text.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        code = command(list(argv))
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def test_route_answers_json_with_json(give):
    code, out, err = give(route_main, '{"problem": "Té laat 🙂", "nature": "behavioural", "crisis": null}')

    assert (code, err) == (0, "")
    assert json.loads(out)["route"] == "coaching"


def test_style_answers_in_the_asked_language(give):
    answers = '{"able": "high", "willing": "high", "urgent": false}'

    _, dutch, _ = give(style_main, answers)
    _, english, _ = give(style_main, answers, "--language", "en")

    assert json.loads(dutch)["now"] == "Draag het over en blijf bereikbaar"
    assert json.loads(english)["now"] == "Hand it over and stay within reach"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Nothing was given."),
        ("{", "This is not JSON:"),
        ("[]", "Give one JSON object, not a list."),
        ("null", "Give one JSON object, not null."),
        ('{"crisis": NaN}', "NaN is not JSON."),
        ('{"crisis": true, "crisis": false}', '"crisis" is given twice.'),
        ('{"crisis": "maybe"}', '"crisis" must be true, false or null'),
        ("[" * 100_000, "This JSON is nested too deeply."),
        (b"\xff\xfe\x00", "This is not UTF-8 text."),
        ('{"crisis": ' + "9" * 5000 + "}", "A number in this JSON is too long to read."),
        ('{"crisis": -' + "9" * 5000 + "}", "A number in this JSON is too long to read."),
        ('{"crisis": 1e999}', '"crisis" must be true, false or null'),
        ('{"crisis": ' + '{"a":' * 50_000, "This JSON is nested too deeply."),
        (b"\xef\xbb\xbf", "Nothing was given."),
        ("\x00", "This is not JSON:"),
        (" \n ", "Nothing was given."),
        ("{}{}", "This is not JSON:"),
    ],
)
def test_bad_input_gets_one_sentence_on_stderr_and_exit_code_2(give, text, sentence):
    code, out, err = give(route_main, text)

    assert (code, out) == (2, "")
    assert err.startswith(sentence)
    assert len(err.splitlines()) == 1


def test_each_mistake_gets_its_own_line(give):
    _, _, err = give(style_main, '{"able": "x", "willing": "y", "urgent": 0}')

    assert len(err.splitlines()) == 3


def test_a_closed_input_is_an_empty_one(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", None)

    assert route_main([]) == 2
    assert capsys.readouterr().err.startswith("Nothing was given.")
