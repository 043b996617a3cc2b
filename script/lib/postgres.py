"""A PostgreSQL server for as long as the tests run: on loopback, in a folder that is thrown away after."""

import contextlib
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

QUICK = {
    "fsync": "off",  # the data need not survive the machine
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "jit": "off",  # compiles what is asked once
    "autovacuum": "off",
    "listen_addresses": "127.0.0.1",
    "max_connections": "60",
    "timezone": "UTC",
    "log_min_messages": "fatal",
    "log_min_error_statement": "panic",
}


class NoServer(Exception):
    """A sentence for the person at the keyboard."""


def find() -> Path | None:
    """The folder with initdb and postgres; Debian keeps them off the PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: float(p.parts[4]))
    on_path = shutil.which("initdb")
    found = [*debian, *([Path(on_path)] if on_path else [])]
    return found[-1].parent if found else None


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Start a server and give its address; stop it and delete its folder at the end."""
    programs = find()
    if programs is None:
        raise NoServer("There is no PostgreSQL on this machine; on Debian: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="driehoek-postgres-"))
    try:
        with _running(programs, folder) as address:
            yield address
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _running(programs: Path, folder: Path) -> Iterator[str]:
    account = _account()
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    word, port = secrets.token_urlsafe(16), _free_port()
    password = _password_file(folder, word, account)
    settings = [
        "--no-sync",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--username=driehoek",
    ]
    _as(
        account,
        [
            programs / "initdb",
            *settings,
            "--username=driehoek",
            f"--pwfile={password}",
            f"--pgdata={folder / 'data'}",
        ],
    )
    options = {**QUICK, "port": str(port), "unix_socket_directories": str(folder)}
    flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    command = [programs / "postgres", "-D", folder / "data", *flags]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, **_dropped(account))
    try:
        _wait(process, port, folder / "log")
        yield f"postgres://driehoek:{word}@127.0.0.1:{port}/postgres"
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=5)
        if process.poll() is None:
            process.send_signal(3)  # immediate: leave without tidying up
            process.wait(timeout=10)


def _account() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: then some account that may do nothing."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise NoServer("PostgreSQL refuses to run as root, and there is no account postgres or nobody.")


def _dropped(account: pwd.struct_passwd | None) -> dict[str, object]:
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": [], "cwd": "/"}


def _as(account: pwd.struct_passwd | None, command: list[str | Path]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, **_dropped(account))
    if done.returncode:
        raise NoServer(f"PostgreSQL could not make its folder: {done.stderr.strip()}")


def _password_file(folder: Path, word: str, account: pwd.struct_passwd | None) -> Path:
    file = folder / "password"
    file.touch(mode=0o600)
    file.write_text(word)
    if account:
        os.chown(file, account.pw_uid, account.pw_gid)
    return file


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _attempt in range(300):
        if process.poll() is not None:
            raise NoServer(f"PostgreSQL stopped while starting: {log.read_text().strip()}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise NoServer("PostgreSQL did not answer within 30 seconds.")
