"""What people and organisations do here, and the links and codes that let them in."""

from driehoek.people.actions.joining import (
    choose_clock,
    choose_language,
    found_organisation,
    introduce,
    rename,
)
from driehoek.people.actions.keeping import drop_kept, keep_form, tidy_kept
from driehoek.people.actions.links import (
    close_links,
    first_administrator_link,
    install_first_administrator,
    make_link,
)
from driehoek.people.actions.marking import mark_as_demo
from driehoek.people.actions.members import add_member, end_membership, take_administration
from driehoek.people.actions.signing_in import send_code, send_nothing

__all__ = [
    "add_member",
    "choose_clock",
    "choose_language",
    "close_links",
    "drop_kept",
    "end_membership",
    "first_administrator_link",
    "found_organisation",
    "install_first_administrator",
    "introduce",
    "keep_form",
    "make_link",
    "mark_as_demo",
    "rename",
    "send_code",
    "send_nothing",
    "take_administration",
    "tidy_kept",
]
