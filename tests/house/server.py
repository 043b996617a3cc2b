"""The real server and worker, started the way everybody starts them."""

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240
HOST = "coach.example.org"  # the only name it may be visited under, as behind a web server of one's own


class Started(NamedTuple):
    """A running installation: its process, what it said, where it is."""

    process: subprocess.Popen[str]
    said: list[str]
    address: str

    def page(self, path: str) -> str:
        asked = urllib.request.Request(self.address + path, headers={"Host": HOST})
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return answer.read().decode()


def alone(**given: str) -> dict[str, str]:
    """An environment without settings of others."""
    others = ("DRIEHOEK_", "DJANGO_")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(others)}
    return {**clean, "PYTHONPATH": str(ROOT / "src"), **given}


def driehoek(*arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
    """One command, to its end."""
    return _ran("-m", "driehoek.cli", *arguments, **given)


def python(line: str, **given: str) -> subprocess.CompletedProcess[str]:
    """One line of Python, to its end."""
    return _ran("-c", line, **given)


def _ran(*arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        env=alone(**given),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@contextmanager
def served(folder: Path, *options: str, **given: str) -> Iterator[Started]:
    """Reached by a name of its own, from its first word until it says that it is ready, or stops."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "driehoek.cli", "serve", "--port", port, "--data", str(folder), *options],
        env=alone(**{"DRIEHOEK_HOSTS": HOST} | given),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said: list[str] = []
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line.rstrip())
        if line.startswith("Driehoek is ready"):
            break
    # Read on: a server whose words nobody takes stands still once the pipe is full.
    Thread(target=process.stdout.read, daemon=True).start()
    yield Started(process, said, f"http://127.0.0.1:{port}")
    process.terminate()
    process.wait(timeout=PATIENCE)


def free_port() -> str:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return str(trial.getsockname()[1])
