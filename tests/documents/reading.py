"""Two readers of calendars that are not ours: the library icalendar, and ical.js in Node."""

import json
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import icalendar
import recurring_ical_events

CHECKOUT = Path(__file__).resolve().parents[2]
READER = Path(__file__).with_name("read_calendar.mjs")
ICAL_JS = CHECKOUT / "node_modules/ical.js/dist/ical.js"


def read(text: str) -> icalendar.Calendar:
    """As icalendar reads it."""
    return icalendar.Calendar.from_ical(text)


def turns_of(text: str) -> list[icalendar.Event]:
    """Every turn of every event as it stands, in order, as recurring-ical-events finds them."""
    found = recurring_ical_events.of(read(text)).between(datetime(2000, 1, 1), datetime(2040, 1, 1))
    return sorted(found, key=lambda event: str(event["DTSTART"].dt))


def read_by_ical_js(text: str) -> dict[str, Any]:
    """As ical.js reads it: the method, the events with every turn they take, and turns that stand alone."""
    node = shutil.which("node") or shutil.which("node", path=str(CHECKOUT / ".boot-node/bin"))
    assert node, "Node reads our calendars here; script/test fetches it when the machine has none"
    assert ICAL_JS.exists(), "script/test fetches ical.js"
    done = subprocess.run([node, READER, ICAL_JS], input=text, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def starts(told: dict[str, Any]) -> list[datetime]:
    """The moments at which the events begin that ical.js found."""
    return [moment(turn["starts"]) for event in told["events"] for turn in event["turns"]]


def moment(said: str) -> datetime:
    return datetime.fromisoformat(said.replace("Z", "+00:00")).astimezone(UTC)
