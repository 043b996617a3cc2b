"""Start the web server and the worker, say when they are ready, and stop both together."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

from driehoek.cli.installation import Installation, given
from driehoek.method.situations import mistakes

HOST = "127.0.0.1"
WORKER = "The worker"
PATIENCE = 60  # seconds a start may take
FAREWELL = 10  # seconds a child gets to finish its work
SETTLED = 10  # seconds a worker must have run to be started again: one that cannot begin is no accident
WEB = [
    *("gunicorn", "driehoek.wsgi", "--worker-class", "gthread", "--workers", "1", "--threads", "8"),
    *("--no-control-socket", "--log-level", "warning", "--graceful-timeout", "8", "--timeout", "60"),
    *("--keep-alive", "5", "--worker-tmp-dir", "/dev/shm" if os.path.isdir("/dev/shm") else "/tmp"),
]


class CannotStart(Exception):
    """A sentence for the person at the keyboard."""


class Stopped(Exception):
    """Somebody asked us to stop."""


def main(arguments: list[str]) -> int:
    """driehoek serve [--port N] [--data DIR] [--demo | --empty]"""
    options = _parser().parse_args(arguments)
    os.umask(0o077)  # what is made in the data folder is for this account alone
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, _stop)
    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        installation = _open(options)
        _prepare(installation, wants_demo=options.demo)
        children = _start(options.port)
        _wait_until_ready(options.port, children)
        print(f"Driehoek is ready: http://{HOST}:{options.port}", flush=True)
        _watch(children)
    except Stopped:
        return 0
    except CannotStart as sentence:
        print(sentence, file=sys.stderr)
        return 1
    finally:
        _stop_all(children)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("driehoek serve", description="Start the web server and the worker.")
    parser.add_argument("--port", type=int, default=8000, help="the port on this machine (8000)")
    parser.add_argument("--data", help="the folder that holds everything (DRIEHOEK_DATA, or ./driehoek-data)")
    parser.add_argument("--show-mail", action="store_true", help="show mail here instead of sending it")
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--demo", action="store_true", help="fill a new folder with the demo")
    kind.add_argument("--empty", action="store_true", help="start without demo (the default)")
    return parser


def _open(options: argparse.Namespace) -> Installation:
    _refuse_taken_port(options.port)
    if wrong := mistakes():
        raise CannotStart("\n".join(["Texts to begin from hold a mistake:", *wrong]))
    installation = given(options.data)
    folder, kind = installation.data, installation.kind
    if kind == "unfinished":
        raise CannotStart(
            f"The demo in {folder} did not load to the end. Remove that folder and start again."
        )
    if kind == "demo" and options.empty:
        raise CannotStart(f"{folder} holds the demo. Choose another folder with --data.")
    installation.open()
    if kind == "real" and options.demo:
        print(f"{folder} was started without the demo, so demo mode stays off.")
    # Stepping into somebody's role with one click must be impossible where real people work.
    is_demo = kind == "demo" or (kind == "new" and options.demo)
    os.environ["DRIEHOEK_DEMO"] = "true" if is_demo else "false"
    if options.show_mail and not is_demo:  # the demo sends nothing, and shows its mail on a page
        os.environ.setdefault("DRIEHOEK_EMAIL", "console://")
    os.environ.setdefault("DRIEHOEK_BASE_URL", f"http://{HOST}:{options.port}")
    return installation


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except (OSError, OverflowError) as trouble:
            raise CannotStart(f"Port {port} on {HOST} is taken. Choose another with --port.") from trouble


def _prepare(installation: Installation, *, wants_demo: bool) -> None:
    """In a process of its own, whose memory is given back: this one only watches."""
    if installation.is_prepared:
        return
    command = [sys.executable, "-m", "driehoek.cli.management", *(["--demo"] if wants_demo else [])]
    if subprocess.run(command, env=_environment()).returncode:
        raise CannotStart("Driehoek could not be prepared; the lines above say why.")


def _start(port: int) -> dict[str, subprocess.Popen[bytes]]:
    web = [sys.executable, "-m", *WEB, "--bind", f"{HOST}:{port}"]
    return {
        "The web server": subprocess.Popen(web, env=_environment()),
        WORKER: _start_worker(),
    }


def _start_worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "driehoek.cli", "worker"], env=_environment())


def _environment() -> dict[str, str]:
    """Fewer memory arenas: threads that wait for a database need no arena each."""
    source = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(part for part in (source, os.environ.get("PYTHONPATH")) if part)
    return {"MALLOC_ARENA_MAX": "2", "PYTHONUNBUFFERED": "1", **os.environ, "PYTHONPATH": path}


def _wait_until_ready(port: int, children: dict[str, subprocess.Popen[bytes]]) -> None:
    for _attempt in range(PATIENCE * 20):
        _complain_of_the_dead(children)
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except urllib.error.HTTPError as answer:
            raise CannotStart(f"Driehoek answers, but is not well (status {answer.code}).") from answer
        except OSError:
            pass  # not listening yet
        time.sleep(0.05)
    raise CannotStart(f"Driehoek did not answer within {PATIENCE} seconds.")


def _watch(children: dict[str, subprocess.Popen[bytes]]) -> None:
    """A worker that was killed is started again: mail waits for it, and nobody loses the pages by it."""
    begun = time.monotonic()
    while True:
        status = children[WORKER].poll()
        if status is not None and time.monotonic() - begun > SETTLED:
            print(f"{WORKER} stopped (status {status}) and is started again.", file=sys.stderr, flush=True)
            children[WORKER], begun = _start_worker(), time.monotonic()
        _complain_of_the_dead(children)
        time.sleep(0.5)


def _complain_of_the_dead(children: dict[str, subprocess.Popen[bytes]]) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            raise CannotStart(
                f"{name} stopped by itself (status {child.returncode}), so everything is stopped."
            )


def _stop_all(children: dict[str, subprocess.Popen[bytes]]) -> None:
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    for child in children.values():
        try:
            child.wait(timeout=FAREWELL)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise Stopped
