"""The real server and worker, started the way everybody starts them, in a new folder."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90
HOST = "coach.example.org"  # the only name it may be visited under, as behind a web server of one's own
pytestmark = pytest.mark.xdist_group("server")  # one server for all of them


class Started(NamedTuple):
    """A running installation: its process, what it said, where it is."""

    process: subprocess.Popen[str]
    said: list[str]
    address: str

    def page(self, path: str) -> str:
        asked = urllib.request.Request(self.address + path, headers={"Host": HOST})
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return answer.read().decode()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A new installation without demo, reached by a name of its own."""
    folder = tmp_path_factory.mktemp("installation") / "data"
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = str(trial.getsockname()[1])
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("DRIEHOEK_", "DJANGO_"))}
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "driehoek.cli",
            "serve",
            "--empty",
            "--show-mail",
            "--port",
            port,
            "--data",
            folder,
        ],
        env={**environment, "PYTHONPATH": str(ROOT / "src"), "DRIEHOEK_HOSTS": HOST},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said = []
    for line in process.stdout:
        said.append(line.rstrip())
        if line.startswith("Driehoek is ready"):
            break
    yield Started(process, said, f"http://127.0.0.1:{port}")
    process.terminate()
    process.wait(timeout=PATIENCE)


def children_of(process: subprocess.Popen[str]) -> list[Path]:
    """From /proc, as a fresh machine has no ps."""
    stats = Path("/proc").glob("[0-9]*/stat")
    return [s.parent for s in stats if s.read_text().rpartition(") ")[2].split()[1] == str(process.pid)]


def test_it_ends_with_the_line_that_says_where(server):
    assert server.said[-1] == f"Driehoek is ready: {server.address}", "\n".join(server.said)


def test_a_probe_is_answered_under_any_name_and_a_visitor_only_under_ours(server):
    for path in ("/healthz", "/readyz"):
        with urllib.request.urlopen(server.address + path, timeout=10) as answer:
            assert answer.read() == b"ok\n"

    with pytest.raises(urllib.error.HTTPError, match="400"):
        urllib.request.urlopen(server.address, timeout=10)


def test_it_gives_the_first_administrator_one_link(server):
    assert sum(f"{server.address}/" in line for line in server.said) == 1, "\n".join(server.said)


def test_front_page_brings_its_own_style_under_a_name_that_changes_with_it(server):
    styles = re.findall(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', server.page("/"))

    assert styles
    assert all(server.page(style) for style in styles)


def test_stopping_it_stops_everything_it_started(server):
    children = children_of(server.process)

    server.process.send_signal(signal.SIGTERM)

    assert server.process.wait(timeout=PATIENCE) == 0
    assert len(children) == 2
    assert not any(child.exists() for child in children)
