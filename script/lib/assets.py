"""Fonts and icons of the product: npm fetches them, this copies what the package carries.

Nothing from npm runs in the product itself. The outputs are not in version control; they are in the wheel.
    python script/lib/assets.py          make what is missing or older than its sources
    python script/lib/assets.py check    say what is missing, make nothing
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODULES = ROOT / "node_modules"
OWN_NODE = ROOT / ".boot-node"
STATIC = ROOT / "src/driehoek/web/static/driehoek/vendor"
PAPER = ROOT / "src/driehoek/documents/fonts"
ICONS = ROOT / "src/driehoek/web/icons.txt"
LOCK = ROOT / "package-lock.json"
OLDEST_NODE = 20

WEB_FONTS = [
    f"@fontsource-variable/{family}/files/{family}-{letters}-wght-{slope}.woff2"
    for family in ("schibsted-grotesk", "literata")
    for letters in ("latin", "latin-ext")
    for slope in ("normal", "italic")
]
PAPER_FONTS = [
    f"@expo-google-fonts/{package}/{weight}/{family}_{weight}.ttf"
    for package, family, weights in (
        ("schibsted-grotesk", "SchibstedGrotesk", ("400Regular", "500Medium", "600SemiBold", "700Bold")),
        ("literata", "Literata", ("400Regular", "400Regular_Italic", "600SemiBold")),
        ("noto-sans", "NotoSans", ("400Regular", "600SemiBold")),
        ("noto-sans-arabic", "NotoSansArabic", ("400Regular", "600SemiBold")),
        ("noto-sans-hebrew", "NotoSansHebrew", ("400Regular", "600SemiBold")),
        ("noto-emoji", "NotoEmoji", ("400Regular",)),
    )
    for weight in weights
]
LICENCES = {
    STATIC / "fonts/LICENCE-schibsted-grotesk.txt": "@fontsource-variable/schibsted-grotesk/LICENSE",
    STATIC / "fonts/LICENCE-literata.txt": "@fontsource-variable/literata/LICENSE",
    STATIC / "LICENCE-lucide.txt": "lucide-static/LICENSE",
    PAPER / "LICENCE-schibsted-grotesk.txt": "@expo-google-fonts/schibsted-grotesk/LICENSE_FONT",
    PAPER / "LICENCE-literata.txt": "@expo-google-fonts/literata/LICENSE_FONT",
    PAPER / "LICENCE-noto-sans.txt": "@expo-google-fonts/noto-sans/LICENSE_FONT",
    PAPER / "LICENCE-noto-sans-arabic.txt": "@expo-google-fonts/noto-sans-arabic/LICENSE_FONT",
    PAPER / "LICENCE-noto-sans-hebrew.txt": "@expo-google-fonts/noto-sans-hebrew/LICENSE_FONT",
    PAPER / "LICENCE-noto-emoji.txt": "@expo-google-fonts/noto-emoji/LICENSE_FONT",
}
SPRITE = STATIC / "icons.svg"
STAMP = STATIC / "sources.sha256"


class CannotBuild(Exception):
    """A sentence for the person at the keyboard."""


def build() -> None:
    """Make every asset, or do nothing when all are there and their sources unchanged."""
    if not missing():
        return
    install_modules()
    for source, target in copies().items():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    SPRITE.write_text(sprite(icon_names()))
    STAMP.write_text(fingerprint())


def missing() -> list[str]:
    """The assets that are absent, or the whole set when its sources changed."""
    outputs = [*copies().values(), SPRITE]
    if not STAMP.exists() or STAMP.read_text() != fingerprint():
        return [str(path.relative_to(ROOT)) for path in outputs]
    return [str(path.relative_to(ROOT)) for path in outputs if not path.exists()]


def copies() -> dict[Path, Path]:
    """What is copied from the npm packages, and where to."""
    web = {MODULES / name: STATIC / "fonts" / Path(name).name for name in WEB_FONTS}
    paper = {MODULES / name: PAPER / Path(name).name for name in PAPER_FONTS}
    return web | paper | {MODULES / name: target for target, name in LICENCES.items()}


def fingerprint() -> str:
    sources = (LOCK, ICONS, Path(__file__))
    digest = hashlib.sha256()
    for source in sources:
        digest.update(source.read_bytes() if source.exists() else b"")
    return digest.hexdigest()


def icon_names() -> list[str]:
    if not ICONS.exists():
        raise CannotBuild(f"{ICONS.relative_to(ROOT)} is missing: it names the icons, one a line.")
    lines = (line.split("#")[0].strip() for line in ICONS.read_text().splitlines())
    return sorted({line for line in lines if line})


def sprite(names: list[str]) -> str:
    """One SVG with a symbol per icon, drawn with the stroke of the house."""
    symbols = []
    for name in names:
        drawing = MODULES / "lucide-static/icons" / f"{name}.svg"
        if not drawing.exists():
            raise CannotBuild(f"There is no Lucide icon called {name!r}; see {ICONS.relative_to(ROOT)}.")
        inside = re.search(r"<svg[^>]*>(.*)</svg>", drawing.read_text(), re.S)
        assert inside is not None, name
        shapes = re.sub(r"\s+", " ", inside[1]).replace("> <", "><").strip()
        symbols.append(
            f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"'
            f' stroke-linecap="round" stroke-linejoin="round">{shapes}</symbol>'
        )
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def install_modules() -> None:
    """Run npm, unless the folder already holds what the lock names."""
    mark = MODULES / ".lock.sha256"
    locked = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if mark.exists() and mark.read_text() == locked:
        return
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        done = subprocess.run(command, cwd=ROOT, env=node_environment(), capture_output=True, text=True)
    except OSError as trouble:
        raise CannotBuild(f"npm cannot be started: {trouble}.") from trouble
    if done.returncode:
        raise CannotBuild(f"npm could not fetch the fonts and icons:\n{done.stderr or done.stdout}")
    mark.write_text(locked)


def node_environment() -> dict[str, str]:
    """The environment in which `npm` is a Node that is new enough."""
    environment = os.environ.copy()
    if not has_node(environment):
        environment["PATH"] = f"{OWN_NODE / 'bin'}{os.pathsep}{environment.get('PATH', '')}"
        if not has_node(environment):
            fetch_node()
    return environment


def has_node(environment: dict[str, str]) -> bool:
    path = environment.get("PATH")
    node, npm = shutil.which("node", path=path), shutil.which("npm", path=path)
    if not node or not npm:
        return False
    said = subprocess.run([node, "--version"], capture_output=True, text=True, env=environment)
    version = re.match(r"v(\d+)", said.stdout)
    return version is not None and int(version[1]) >= OLDEST_NODE


def fetch_node() -> None:
    """Take Node from its Python package, into a venv of its own: the product never runs it."""
    uv = ROOT / ".boot/bin/uv"
    if not uv.exists():
        raise CannotBuild(f"Node {OLDEST_NODE} or newer is needed to build the fonts and icons; install it.")
    python = OWN_NODE / "bin/python"
    if not python.exists():
        subprocess.run([uv, "venv", "-q", "--clear", OWN_NODE], check=True)
    sync = [uv, "pip", "sync", "-q", "--require-hashes", "--python", python, ROOT / "requirements-node.lock"]
    if subprocess.run(sync, cwd=ROOT).returncode:
        raise CannotBuild(f"Node could not be fetched; install Node {OLDEST_NODE} or newer and start again.")


def main(arguments: list[str]) -> int:
    try:
        if arguments == ["check"]:
            if absent := missing():
                raise CannotBuild("These assets are missing or old: " + ", ".join(absent))
        elif arguments == ["modules"]:
            install_modules()
        else:
            build()
    except CannotBuild as sentence:
        print(sentence, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
