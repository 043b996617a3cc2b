"""Every method as a page to read: the second half of `docs/evidence.md`. A test compares."""

from typing import Final

from driehoek.evidence.methods import METHODS
from driehoek.evidence.methods.answering import Method
from driehoek.evidence.methods.reading import REQUIRED

MARK: Final = "<!-- From here on made by script/fix -->\n"


def as_markdown() -> str:
    """One short section per method, in the order of the command."""
    return MARK + "\n## Every method\n\n" + "\n".join(_section(method) for method in METHODS.values())


def _section(method: Method) -> str:
    lines = [f"### `{method.name}`", "", method.answers, ""]
    lines += [
        f"- `{name}`{'' if part.default is REQUIRED else ' (may be left out)'}: {part.shape}; {part.meaning}"
        for name, part in method.takes.items()
    ]
    return "\n".join(lines) + "\n"
