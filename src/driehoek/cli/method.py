"""`driehoek route` and `driehoek style`: one JSON object in, one JSON object out."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from driehoek.method.answers import BadAnswers, parse_object
from driehoek.method.route import RouteAnswers, choose_route
from driehoek.method.style import StyleAnswers, choose_style, style_json
from driehoek.method.texts import LANGUAGES

ROUTE_HELP = "Choose between consultancy, coaching and both. Reads the answers as JSON from standard input."
STYLE_HELP = "Choose a style for one person with one task. Reads the answers as JSON from standard input."


def route_main(argv: Sequence[str] | None = None) -> int:
    """Answer the route choice; returns the exit code."""
    argparse.ArgumentParser(prog="driehoek route", description=ROUTE_HELP).parse_args(argv)
    return _answer(lambda given: choose_route(RouteAnswers.from_json(given)).to_json())


def style_main(argv: Sequence[str] | None = None) -> int:
    """Answer the choice of style; returns the exit code."""
    parser = argparse.ArgumentParser(prog="driehoek style", description=STYLE_HELP)
    parser.add_argument(
        "--language", choices=LANGUAGES, default="nl", help="language of the texts for people"
    )
    language = parser.parse_args(argv).language

    def advise(given: Mapping[str, Any]) -> Mapping[str, Any]:
        answers = StyleAnswers.from_json(given)
        return style_json(choose_style(answers.able, answers.willing, answers.urgent), language)

    return _answer(advise)


def _answer(advise: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> int:
    try:
        given = sys.stdin.buffer.read() if sys.stdin else b""  # a closed one is None
        found = advise(parse_object(given.decode("utf-8-sig")))
    except UnicodeDecodeError:
        print("This is not UTF-8 text. Save the JSON as UTF-8.", file=sys.stderr)
        return 2
    except BadAnswers as refusal:
        print(*refusal.problems, sep="\n", file=sys.stderr)
        return 2
    try:
        sys.stdout.buffer.write(json.dumps(found, ensure_ascii=False, indent=2).encode() + b"\n")
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # whoever reads has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
