#!/usr/bin/env python
"""Django's own commands, on the data folder of this checkout."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main() -> None:
    sys.path.insert(0, str(ROOT / "src"))
    os.environ.setdefault("DRIEHOEK_DATA", str(ROOT / "var"))
    from driehoek.cli import main as driehoek

    raise SystemExit(driehoek(["manage", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
