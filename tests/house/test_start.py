"""The real server and worker, started the way everybody starts them, in a new folder."""

import os
import re
import signal
import subprocess
import urllib.error
import urllib.request
from pathlib import Path
from time import monotonic, sleep

import pytest

from driehoek.cli.serve import SETTLED
from tests.house.server import PATIENCE, served


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A new installation without demo."""
    with served(tmp_path_factory.mktemp("installation") / "data", "--empty", "--show-mail") as started:
        yield started


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


def worker_of(process):
    return next(
        (one for one in children_of(process) if b"worker" in (one / "cmdline").read_bytes()[-9:]), None
    )


def test_a_worker_that_is_killed_is_started_again_and_the_pages_stay(server):
    killed = worker_of(server.process)
    sleep(SETTLED + 1)
    os.kill(int(killed.name), signal.SIGKILL)
    end = monotonic() + PATIENCE

    while (now := worker_of(server.process)) is None or now == killed:
        assert server.process.poll() is None
        assert monotonic() < end
        sleep(0.2)

    assert "Driehoek" in server.page("/")


def test_stopping_it_stops_everything_it_started(server):
    children = children_of(server.process)

    server.process.send_signal(signal.SIGTERM)

    assert server.process.wait(timeout=PATIENCE) == 0
    assert len(children) == 2
    assert not any(child.exists() for child in children)
