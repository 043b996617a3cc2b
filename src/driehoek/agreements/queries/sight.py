"""The disclosure table in words: who sees what, when, and who releases it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from driehoek.access import CHOICES, RECEIVERS, DisclosureTable, Kind, Level, Role, Shape, audience
from driehoek.agreements.queries.clauses import why_fixed
from driehoek.agreements.wording import sight_words
from driehoek.engagements.queries import kinds_in
from driehoek.engagements.wording import KIND_WORDS

Named = Sequence[tuple[Role, str]]
"""Who takes part: role and full name, in order."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one party sees of one kind."""

    role: Role
    name: str
    sees: bool
    words: str

    @property
    def says(self) -> str:
        """Who, and what they see: "Saskia: always"."""
        return f"{_first(self.name)}: {self.words}"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: reads as a sentence from left to right."""

    kind: Kind
    what: str
    says: str
    cells: list[Cell]
    releases: str
    sees: frozenset[Role]
    fixed: str


def rows(shape: Shape, table: DisclosureTable, named: Named) -> list[Row]:
    """Every kind of content in this agreement, and what each party sees of it: no queries."""
    present = {role for role, _name in named}
    found = [_row(kind, shape, table, named) for kind in kinds_in(shape) if audience(kind, table) & present]
    return [row for row in found if row.cells]


def _row(kind: Kind, shape: Shape, table: DisclosureTable, named: Named) -> Row:
    seeing = audience(kind, table)
    coached = any(role is Role.COACHEE for role, _name in named)
    cells = [_cell(kind, role, name, table, seeing, coached=coached) for role, name in named]
    choices = CHOICES[shape].get(kind, (Level.ALWAYS,))
    return Row(
        kind=kind,
        what=str(KIND_WORDS[kind]),
        says=" ".join(_sentence(kind, role, name, table, named) for role, name in named if role in RECEIVERS),
        cells=cells,
        releases=_releases(kind, CHOICES[shape].get(kind, ()), table, named),
        sees=frozenset(cell.role for cell in cells if cell.sees),
        fixed=why_fixed(kind) if len(choices) == 1 else "",
    )


def _cell(
    kind: Kind, role: Role, name: str, table: DisclosureTable, seeing: Collection[Role], *, coached: bool
) -> Cell:
    level = _level(kind, role, table, seeing)
    words = sight_words(kind, level, coached=coached and role in RECEIVERS)
    return Cell(role, name, role in seeing, words)


def _level(kind: Kind, role: Role, table: DisclosureTable, seeing: Collection[Role]) -> Level:
    if role in RECEIVERS and table.level(kind, role) is not Level.NEVER:
        return table.level(kind, role)
    return Level.ALWAYS if role in seeing else Level.NEVER


def _sentence(kind: Kind, role: Role, name: str, table: DisclosureTable, named: Named) -> str:
    level = _level(kind, role, table, audience(kind, table))
    who = {"name": _first(name), "coachee": _coachee(named)}
    if level is Level.ALWAYS and kind is Kind.MEASUREMENTS and any(one is Role.COACHEE for one, _n in named):
        return _("%(name)s sees this as it stood at each review, never in between.") % who
    if level is Level.ALWAYS:
        return _("%(name)s always sees this.") % who
    if level is Level.COUNT:
        return _("%(name)s sees how many, not when.") % who
    if level is Level.AFTER_RELEASE:
        return _("%(name)s sees what %(coachee)s releases.") % who
    return _("%(name)s does not see this.") % who


def _releases(kind: Kind, choices: Collection[Level], table: DisclosureTable, named: Named) -> str:
    levels = {table.level(kind, role) for role, _name in named if role in RECEIVERS}
    if Level.AFTER_RELEASE in levels or kind is Kind.STUMBLING_BLOCKS:
        return _coachee(named)
    if not choices or levels & {Level.ALWAYS, Level.COUNT}:
        return _("fixed in the agreement")
    if set(choices) == {Level.NEVER}:
        return _("nobody, not later either")
    return _("nobody")


def _coachee(named: Named) -> str:
    return next((_first(name) for role, name in named if role is Role.COACHEE), _("the coachee"))


def _first(name: str) -> str:
    return name.split(" ")[0] or name
