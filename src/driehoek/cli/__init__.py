"""The `driehoek` command. Each subcommand is imported only when it is called."""

import importlib
import sys

COMMANDS = {
    "serve": ("driehoek.cli.serve", "main", "start the web server and the worker"),
    "demo": ("driehoek.cli.management", "demo", "fill a new data folder with the demo"),
    "seed": ("driehoek.cli.management", "seed", "fill an empty data folder with many trajectories"),
    "check": ("driehoek.cli.check", "main", "say in plain sentences whether this installation is sound"),
    "rewrap": ("driehoek.cli.management", "rewrap", "wrap every data key with the newest master key"),
    "route": ("driehoek.cli.method", "route_main", "choose the route: JSON in, JSON out"),
    "style": ("driehoek.cli.method", "style_main", "steer or coach: JSON in, JSON out"),
    "evidence": ("driehoek.cli.evidence", "main", "what numbers show and how sure: JSON in, JSON out"),
    "worker": (
        "driehoek.cli.management",
        "worker",
        "send what stands in the outbox; `serve` starts it",
    ),
    "manage": ("driehoek.cli.management", "manage", "Django's own commands"),
}


def main(arguments: list[str] | None = None) -> int:
    """Run one subcommand and return its exit status."""
    given = sys.argv[1:] if arguments is None else arguments
    if not given or given[0] in ("-h", "--help", "help"):
        print(usage())
        return 0
    if given[0] not in COMMANDS:
        print(f"There is no command {given[0]!r}.\n\n{usage()}", file=sys.stderr)
        return 2
    module, function, _meaning = COMMANDS[given[0]]
    return int(getattr(importlib.import_module(module), function)(given[1:]) or 0)


def usage() -> str:
    rows = (f"  {name:<8}{meaning}" for name, (_module, _function, meaning) in COMMANDS.items())
    return "driehoek COMMAND [options]\n\n" + "\n".join(rows)
