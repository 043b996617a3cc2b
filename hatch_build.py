"""What is not in version control but belongs in the package: fonts, icons, compiled translations."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent


class Outputs(BuildHookInterface[Any]):
    """Make them before the files are gathered, so that no package leaves the house without its looks."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        assets = _load(ROOT / "script/lib/assets.py")
        try:
            assets.build()
        except assets.CannotBuild as sentence:
            raise SystemExit(f"The package cannot be built: {sentence}") from sentence
        _load(ROOT / "src/driehoek/kit/catalogues.py").compile_all()


def _load(path: Path) -> ModuleType:
    """By its path: where a package is built, neither Django nor we ourselves are installed."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None, path
    assert spec.loader is not None, path
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module  # dataclasses look their own module up by name
    spec.loader.exec_module(module)
    return module
