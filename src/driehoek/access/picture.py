"""The table of permissions as a page to read: `docs/who-sees-what.md` is made by this and a test compares."""

from typing import Final

from driehoek.access.disclosure import CHOICES, RECEIVERS, Kind, Level, default_table
from driehoek.access.policy import POLICY, READING, Permission, Stage, audience
from driehoek.access.roles import Role, Shape, must_sign, roles_in

_LETTERS: Final = {
    Role.COACHEE: "coachee",
    Role.COACH: "coach",
    Role.CONSULTANT: "consultant",
    Role.MANAGER: "manager",
    Role.SPONSOR: "sponsor",
    Role.ORG_ADMIN: "admin",
}


def as_markdown() -> str:
    """The whole page, in English."""
    parts = [_INTRODUCTION, *_permissions(), *_kinds(), *_tables(), *_signing()]
    return "\n".join(parts) + "\n"


_INTRODUCTION: Final = """# Who sees what

Made from `driehoek.access` by `script/fix`; a test compares. Do not edit.

A person has a role only inside an engagement. Somebody without a role gets "not found" for everything
in it; somebody with a role gets "not allowed (now)" with the reason. Nothing here is a setting, and no
administrator or operator has a way round it: the content is encrypted with a key per engagement.
"""


def _permissions() -> list[str]:
    lines = ["## What each role may do, per stage", ""]
    lines += ["| permission | " + " | ".join(Stage) + " |", "|---|" + "---|" * len(Stage)]
    for permission in Permission:
        rule = POLICY[permission]
        cells = [_roles(rule.roles) if stage in rule.stages else "–" for stage in Stage]
        opened = " *" if rule.opened_by else ""
        lines.append(f"| `{permission}`{opened} | " + " | ".join(cells) + " |")
    return [*lines, "", "\\* A clause of the signed agreement can open this to manager or sponsor.", ""]


def _kinds() -> list[str]:
    lines = ["## Who reads each kind of content without any clause", ""]
    lines += ["| kind | read through | by |", "|---|---|---|"]
    lines += [f"| `{kind}` | `{READING[kind]}` | {_roles(audience(kind))} |" for kind in Kind]
    return [*lines, ""]


def _tables() -> list[str]:
    lines = ["## The disclosure table of the agreement", ""]
    lines.append(
        "For each row the levels that can be chosen for manager and sponsor, the default in bold. "
        "A row with one level is fixed."
    )
    for shape in Shape:
        default = default_table(shape)
        lines += ["", f"### {shape}", "", "| kind | levels |", "|---|---|"]
        for kind, levels in CHOICES[shape].items():
            chosen = default.level(kind, RECEIVERS[0])
            lines.append(f"| `{kind}` | {', '.join(_level(level, chosen) for level in levels)} |")
    return [*lines, ""]


def _signing() -> list[str]:
    lines = ["## Who signs", "", "| shape | always | when a party |", "|---|---|---|"]
    for shape in Shape:
        always = must_sign(shape, ())
        named = must_sign(shape, roles_in(shape)) - always
        lines.append(f"| {shape} | {_roles(always)} | {_roles(named) or '–'} |")
    return lines


def _roles(roles: frozenset[Role]) -> str:
    return ", ".join(_LETTERS[role] for role in Role if role in roles)


def _level(level: Level, chosen: Level) -> str:
    words = str(level).replace("_", " ")
    return f"**{words}**" if level is chosen else words
