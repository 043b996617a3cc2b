"""Reading a calendar in a process of its own, which is stopped when somebody's rules would take for ever.

It needs nothing of the product but this folder, and gives back stretches of time: no word of a calendar stays
in the memory of the worker.
"""

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from driehoek.caldav.events import Busy, busy_in
from driehoek.caldav.troubles import Trouble, Why

PATIENCE: Final = 40.0  # seconds for a whole calendar
EACH: Final = 2.0  # for one thing in it
_MEMORY: Final = 2**30


def busy_apart(texts: Iterable[str], starts: datetime, ends: datetime) -> tuple[tuple[Busy, ...], int]:
    """The same as `busy_in`, whatever stands in the texts. Raises Trouble as it does."""
    every = list(texts)
    if not every:
        return (), 0
    asked = json.dumps({"texts": every, "starts": starts.isoformat(), "ends": ends.isoformat()})
    path = os.pathsep.join(part for part in sys.path if part)
    command = [sys.executable, "-X", "utf8", "-m", "driehoek.caldav.apart"]
    try:
        done = subprocess.run(
            command,
            input=asked.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": path},
            timeout=PATIENCE,
        )
        said = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise Trouble(Why.TOO_MUCH) from None
    if "why" in said:
        raise Trouble(Why(said["why"]))
    return tuple(_busy(*one) for one in said["busy"]), said["unreadable"]


def _busy(starts: str, ends: str, on_the_wall: bool, uid: str) -> Busy:
    return Busy(datetime.fromisoformat(starts), datetime.fromisoformat(ends), on_the_wall, uid)


def main() -> None:
    """Texts and two moments in, stretches out, both as JSON."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    asked = json.load(sys.stdin)
    moments = (datetime.fromisoformat(asked[name]) for name in ("starts", "ends"))
    signal.signal(signal.SIGALRM, _too_long)
    try:
        busy, unreadable = busy_in(_within(asked["texts"]), *moments)
    except Trouble as trouble:
        said: dict[str, Any] = {"why": trouble.why}
    else:
        said = {"busy": [_row(one) for one in busy], "unreadable": unreadable}
    json.dump(said, sys.stdout)


def _row(one: Busy) -> tuple[str, str, bool, str]:
    return one.starts_at.isoformat(), one.ends_at.isoformat(), one.on_the_wall, one.uid


def _within(texts: list[str]) -> Iterator[str]:
    """Each text gets its own time, and a second reminder for what swallows the first."""
    for text in texts:
        signal.setitimer(signal.ITIMER_REAL, EACH, 0.5)
        yield text
    signal.setitimer(signal.ITIMER_REAL, 0)


def _too_long(*_received: object) -> None:
    raise TimeoutError


if __name__ == "__main__":
    main()
