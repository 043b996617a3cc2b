"""Who may do and see what. Pure Python: no Django, no database."""

from driehoek.access.disclosure import (
    CHOICES,
    NOTHING,
    RECEIVERS,
    SMALLEST_GROUP,
    BadDisclosure,
    DisclosureTable,
    Kind,
    Level,
    default_table,
)
from driehoek.access.policy import OVER, POLICY, READING, Permission, Rule, Stage, audience, may
from driehoek.access.roles import Role, Shape, must_sign, roles_in

__all__ = [
    "CHOICES",
    "NOTHING",
    "OVER",
    "POLICY",
    "READING",
    "RECEIVERS",
    "SMALLEST_GROUP",
    "BadDisclosure",
    "DisclosureTable",
    "Kind",
    "Level",
    "Permission",
    "Role",
    "Rule",
    "Shape",
    "Stage",
    "audience",
    "default_table",
    "may",
    "must_sign",
    "roles_in",
]
