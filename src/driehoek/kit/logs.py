"""What may stand in a log line: where it went wrong and what kind it was, never what somebody wrote."""

import logging
import re
import traceback
from types import TracebackType
from typing import Any

_TOKEN = re.compile(r"(/(?:first|invitation|calendar|progress)/)[^/\s]+|(/)[\w:-]{40,}(?=[/\s]|$)")
"""The link of a letter, and any other part of an address that is too long to be a number or an id."""
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def place_of(event: Any, name: str, line: dict[str, Any]) -> dict[str, Any]:
    """Structlog processor: an exception becomes its type and its frames.

    The message of an exception may quote what a person typed, so it is left out, as are local variables.
    """
    found = line.pop("exc_info", None)
    if found is True or found is None:
        return line
    kind, error, trace = found if isinstance(found, tuple) else (type(found), found, found.__traceback__)
    if error is not None:
        line["exception"] = kind.__name__
        line["frames"] = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)[-12:]]
    return line


class WithoutContent(logging.Filter):
    """Drops the request before a line is written, and the tokens of links that still work."""

    def filter(self, record: logging.LogRecord) -> bool:
        for name in ("request", "server_time"):
            record.__dict__.pop(name, None)
        if isinstance(record.msg, str) and _TOKEN.search(said := record.getMessage()):
            record.msg, record.args = _TOKEN.sub(r"\1\2...", said), ()
        return True


class WithoutTrace(logging.Filter):
    """A refusal is an answer and no accident: where in the code it was given helps nobody."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", 500) < 500:
            record.exc_info = None
        return True
