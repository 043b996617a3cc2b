"""Everything that guards main, one line a step; every step runs, also after one has failed."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import postgres

ROOT = Path(__file__).resolve().parents[2]
BIN = ROOT / ".venv/bin"
READERS = {"pdfsig": "poppler-utils", "qpdf": "qpdf"}  # programs that read our PDFs and are not ours
SHELL = "chromium-headless-shell"
WRITTEN = ["src", "tests", "script", "manage.py", "hatch_build.py"]


@dataclass
class Outcome:
    """How one step went."""

    name: str
    is_good: bool
    seconds: float
    said: str
    counts: dict[str, int] = field(default_factory=dict)

    def show(self) -> None:
        tests = ", ".join(f"{number} {word}" for word, number in self.counts.items() if number)
        line = f"{'ok  ' if self.is_good else 'FAIL'}  {self.name:<28} {self.seconds:6.1f} s  {tests}"
        print(line.rstrip(), flush=True)
        if not self.is_good:
            print(f"\n{self.said.strip()}\n", flush=True)


STILL: list[tuple[str, list[str]]] = [
    ("types", ["mypy"]),
    ("form", ["ruff", "format", "--check", *WRITTEN]),
    ("lint", ["ruff", "check", *WRITTEN]),
    ("templates", ["djlint", "--lint", "--quiet", "src"]),
    ("import contracts", ["lint-imports"]),
    ("translations", ["python", "-m", "driehoek.kit.catalogues", "check"]),
    ("package", ["python", "script/lib/package.py"]),
    ("migrations", ["python", "-m", "django", "makemigrations", "--check", "--dry-run"]),
]
CORES = len(os.sched_getaffinity(0))
WITHOUT_BROWSER = ["-n", str(max(2, CORES)), "-m", "not journey"]


def main() -> int:
    began = time.monotonic()
    still = [partial(run, *step) for step in STILL]
    with ThreadPoolExecutor() as pool:  # who waits for a browser or a server leaves room for others
        lanes = [pool.submit(in_turn, *still)]
        outcomes = in_turn(collection)
        lanes += [pool.submit(in_turn, *steps) for steps in ([on_sqlite], [journeys, on_postgres])]
        outcomes += [outcome for lane in lanes for outcome in lane.result()]
    close(outcomes, time.monotonic() - began)
    return 0 if all(outcome.is_good for outcome in outcomes) else 1


def in_turn(*steps: Callable[[], Outcome]) -> list[Outcome]:
    outcomes = []
    for step in steps:
        outcomes.append(step())
        outcomes[-1].show()
    return outcomes


def collection() -> Outcome:
    """Whether every test can be read; on a fresh clone this compiles once what each process would compile."""
    return run("collection", ["python", "-m", "pytest", "--collect-only", "-q"])


def on_sqlite() -> Outcome:
    return tests("tests on SQLite", WITHOUT_BROWSER)


def on_postgres() -> Outcome:
    began = time.monotonic()
    try:
        with postgres.server() as address:
            options = [*WITHOUT_BROWSER, "--only-database"]
            return tests("tests on PostgreSQL", options, DRIEHOEK_DATABASE=address)
    except postgres.NoServer as sentence:
        return Outcome("tests on PostgreSQL", False, time.monotonic() - began, str(sentence))


def journeys() -> Outcome:
    browser = chromium()
    if browser is None:
        sentence = "There is no Chromium on this machine; on Debian: apt-get install chromium"
        return Outcome("journeys in the browser", False, 0, sentence)
    return tests(
        "journeys in the browser",
        ["-n", str(max(3, CORES)), "-m", "journey", "--no-migrations", "tests/journeys"],
        DRIEHOEK_CHROMIUM=browser,
    )


def chromium() -> str | None:
    """The browser named in the environment, else one of the system, rather without windows."""
    names = (os.environ.get("DRIEHOEK_CHROMIUM"), SHELL, "chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if name and (found := shutil.which(name))), None)


def tests(name: str, options: list[str], **environment: str) -> Outcome:
    """One run of pytest, with what it counted. A run that finds no test at all has failed (status 5)."""
    with tempfile.TemporaryDirectory(prefix="driehoek-report-") as folder:
        report = Path(folder) / "report.xml"
        command = ["python", "-m", "pytest", *options, f"--junit-xml={report}", "--durations=5"]
        outcome = run(name, command, **environment)
        if report.exists():
            outcome.counts = counted(report)
    return outcome


def counted(report: Path) -> dict[str, int]:
    suites = list(ElementTree.parse(report).getroot().iter("testsuite"))
    words = ("tests", "failures", "errors", "skipped")
    total, failed, wrong, skipped = (sum(int(suite.get(word, "0")) for suite in suites) for word in words)
    return {"passed": total - failed - wrong - skipped, "failed": failed + wrong, "skipped": skipped}


def run(name: str, command: list[str], **environment: str) -> Outcome:
    began = time.monotonic()
    surroundings = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT)}
    surroundings.pop("DRIEHOEK_DATABASE", None)
    done = subprocess.run(
        [BIN / command[0], *command[1:]],
        cwd=ROOT,
        env={**surroundings, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return Outcome(name, done.returncode == 0, time.monotonic() - began, done.stdout)


def close(outcomes: list[Outcome], seconds: float) -> None:
    """One closing line in the manner of pytest; a step that is not a test run counts as one."""
    counts = [o.counts or {"passed": int(o.is_good), "failed": int(not o.is_good)} for o in outcomes]
    for outcome, count in zip(outcomes, counts, strict=True):
        if not outcome.is_good and not count["failed"]:
            count["failed"] = 1  # stopped before it could count
    total = {word: sum(count.get(word, 0) for count in counts) for word in ("failed", "passed", "skipped")}
    said = ", ".join(f"{number} {word}" for word, number in total.items() if number)
    print(f" {said} in {seconds:.2f}s ".center(80, "="), flush=True)


def fetch_from_debian() -> None:
    """As root on Debian, take what the tests need; otherwise the steps themselves say what to install."""
    wanted = [] if postgres.find() else ["postgresql"]
    wanted += [package for program, package in READERS.items() if not shutil.which(program)]
    _install(wanted)
    _install([] if shutil.which(SHELL) else [SHELL])  # apart: not every Debian has it
    _install([] if chromium() else ["chromium"])


def _install(wanted: list[str]) -> None:
    if not wanted or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted]
    for command in (install, ["apt-get", "update", "-qq"], install):
        done = subprocess.run(command, env=quiet, stdin=subprocess.DEVNULL, capture_output=True)
        if command is install and done.returncode == 0:
            return


if __name__ == "__main__":
    actions: dict[str, Callable[[], object]] = {"fetch": fetch_from_debian, "all": main}
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(actions[sys.argv[1]]())
    sys.exit(130)
