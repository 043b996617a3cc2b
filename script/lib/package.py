"""Build the wheel, install it where no checkout is, and see that what people get is whole and starts."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UV = ROOT / ".boot/bin/uv"
CARRIED = {
    ".html",
    ".txt",
    ".css",
    ".js",
    ".svg",
    ".woff2",
    ".ttf",
    ".toml",
    ".typ",
    ".mo",
    ".py",
    ".csv",
    ".png",
}
ANSWERS = {"problem": "Orders go wrong", "nature": "technical", "deliverable_needed": True}


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="driehoek-package-"))
    try:
        faults = list(faults_in(folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("\n".join(faults) or "The wheel is whole and starts.")
    return 1 if faults else 0


def faults_in(folder: Path) -> Iterator[str]:
    _run(UV, "build", "--quiet", "--wheel", "--out-dir", folder, cwd=ROOT)
    wheel = next(folder.glob("*.whl"))
    yield from absent_from(wheel)
    python = folder / "venv/bin/python"
    _run(UV, "venv", "--quiet", folder / "venv")
    locked = ("--require-hashes", "--requirements", ROOT / "requirements.lock")
    _run(UV, "pip", "install", "--quiet", "--python", python, *locked)
    _run(UV, "pip", "install", "--quiet", "--python", python, "--no-deps", wheel)
    yield from faults_in_use(folder)


def absent_from(wheel: Path) -> Iterator[str]:
    """Every file the product needs while it runs, and a compiled catalogue for each written one."""
    carried = set(zipfile.ZipFile(wheel).namelist())
    source = ROOT / "src"
    needed = {p for p in source.rglob("*") if p.suffix in CARRIED and "__pycache__" not in p.parts}
    needed |= {p.with_suffix(".mo") for p in source.rglob("*.po")}
    for name in sorted(str(path.relative_to(source)) for path in needed):
        if name not in carried:
            yield f"The wheel lacks {name}."
    if not any(name.endswith("licenses/LICENSE") for name in carried):
        yield "The wheel lacks the licence."


def faults_in_use(folder: Path) -> Iterator[str]:
    command = folder / "venv/bin/driehoek"
    surroundings = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    route = subprocess.run(
        [command, "route"],
        cwd=folder,
        env=surroundings,
        input=json.dumps(ANSWERS),
        capture_output=True,
        text=True,
    )
    if route.returncode or json.loads(route.stdout)["route"] != "consultancy":
        yield f"`driehoek route` does not answer: {route.stdout}{route.stderr}"
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = str(trial.getsockname()[1])
    process = subprocess.Popen(
        [command, "serve", "--port", port],
        cwd=folder,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if line.startswith("Driehoek is ready"):
            break
    else:
        yield f"`driehoek serve` does not start:\n{''.join(said)}"
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=30)
    if not (folder / "driehoek-data/driehoek.sqlite3").exists():
        yield "`driehoek serve` does not keep its data in ./driehoek-data."


def _run(*command: object, cwd: Path | None = None) -> None:
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        print(f"{' '.join(words)}\n{done.stdout}{done.stderr}")
        sys.exit(1)


if __name__ == "__main__":
    sys.exit(main())
