"""A real calendar server, Radicale, on this machine: one for all tests of a process, a user for each test."""

import os
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_network
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

PASSWORD = "markerpassword ü"
NOT_SECURED = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # plain here; reading every certificate takes long
USERS = 400
_next = count()
# As nobody, once everything is loaded: what the tests start has no rights of whoever runs them.
_RUN = """
import importlib, os, sys
parts = "auth.htpasswd hook.none rights.owner_only storage.multifilesystem web.none server"
for name in parts.split():
    importlib.import_module(f"radicale.{name}")
from radicale.__main__ import run
if os.geteuid() == 0:
    os.setgroups([]), os.setgid(65534), os.setuid(65534)
run()
"""


@dataclass(frozen=True)
class Theirs:
    """The calendars of one user at the server, as a program of theirs sees them."""

    server: str
    user: str

    @property
    def calendar(self) -> str:
        return f"{self.server}/{self.user}/private/"

    def ask(self, method: str, url: str, **given: Any) -> httpx.Response:
        with httpx.Client(auth=(self.user, PASSWORD), trust_env=False, verify=NOT_SECURED) as client:
            return client.request(method, url, **given)

    def make(self, name: str = "private", words: str = "Privé") -> None:
        kind = (
            '<D:mkcol xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop><D:resourcetype>'
            f"<D:collection/><C:calendar/></D:resourcetype><D:displayname>{words}</D:displayname></D:prop>"
            "</D:set></D:mkcol>"
        )
        answer = self.ask("MKCOL", f"{self.server}/{self.user}/{name}/", content=kind.encode())
        assert answer.status_code == 201

    def put(self, uid: str, text: str) -> None:
        assert self.ask("PUT", f"{self.calendar}{uid}.ics", content=text.encode()).status_code in (201, 204)

    def get(self, uid: Any) -> str:
        """What stands there, unfolded; empty when nothing does."""
        answer = self.ask("GET", f"{self.calendar}{uid}.ics")
        return answer.text.replace("\r\n ", "") if answer.status_code == 200 else ""

    def remove(self, uid: Any) -> None:
        assert self.ask("DELETE", f"{self.calendar}{uid}.ics").status_code == 200


@pytest.fixture(scope="session")
def radicale() -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="driehoek-radicale-"))
    (folder / "users").write_text("".join(f"user{n}:{PASSWORD}\n" for n in range(USERS)))
    for path in (folder, folder / "users"):
        path.chmod(0o755)
    if os.geteuid() == 0:
        os.chown(folder, 65534, 65534)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {
        "config": "",
        "server-hosts": f"127.0.0.1:{port}",
        "auth-type": "htpasswd",
        "auth-htpasswd-filename": str(folder / "users"),
        "auth-htpasswd-encryption": "plain",
        "auth-delay": "0",
        "rights-type": "owner_only",
        "web-type": "none",
        "storage-filesystem-folder": str(folder / "collections"),
    }
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
    process = subprocess.Popen([sys.executable, "-c", _RUN, *words], **quiet)
    try:
        _wait(process, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(process: subprocess.Popen, port: int) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        assert process.poll() is None, "Radicale did not start"
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("Radicale does not answer")


@pytest.fixture
def at_home(settings: Any) -> None:
    """This machine may be reached, as a self-hoster would allow."""
    settings.CALENDAR_NETWORKS = (ip_network("127.0.0.0/8"),)


@pytest.fixture
def theirs(radicale: str, at_home: None) -> Theirs:
    """A user with one calendar."""
    one = Theirs(radicale, f"user{next(_next) % USERS}")
    one.make()
    return one
