"""Every page is behind a door, and every door does what the policy says."""

from itertools import product

import pytest

from driehoek.access import Permission, Role, Stage, may
from tests.leaks.filled import fill
from tests.leaks.pages import addresses, patterns
from tests.leaks.sweeps import scenes, swept
from tests.makers import make_person

OPEN = {
    "front": "the public front page",
    "robots": "for search engines",
    "style": "shows components, holds no data",
    "set_language": "stores a language",
    "set_theme": "stores a theme",
    "route:begin": "the route choice needs no account",
    "route:question": "the route choice needs no account",
    "route:result": "the route choice needs no account",
    "route:start": "asks a visitor to sign in, and keeps the answers meanwhile",
    "toolkit:style": "steer or coach needs no account",
    "experiments:plans": "three plans to read, the same for everybody; one's own list when signed in",
    "experiments:plan": "a plan to read; beginning it asks to sign in",
    "experiments:calendar": "the days of a plan from today, the same for everybody",
    "questions:bank": "questions to read, the same for everybody",
    "engagements:invitation": "shows the invitation of whoever holds its link",
    "people:first_administrator": "works once, with a link from the terminal",
    "progress:report": "asks how one action goes, of whoever holds the link; no word of it",
    "rater:invitation": "says what is asked of whoever holds the link, and changes nothing by opening",
    "rater:page": "takes answers of whoever holds a link, and shows no others",
    "survey:answer": "takes answers of whoever holds a link, and shows no others",
    "survey:thanks": "says that it was handed in, and nothing else",
    "rater:thanks": "says that it was handed in, and nothing else",
    "calendars:feed": "shows days and times to whoever holds its secret link",
    "series:receive": "takes values of one series of whoever sends its key, and tells nothing without one",
    "people:stop_letters": "stops one kind of letter, by a sealed mark that stands in such a letter",
    "verify": "says whether a file is sealed by us, and nothing of what stands in it",
    "account_login": "signing in",
    "account_request_login_code": "signing in",
    "account_confirm_login_code": "signing in",
}
SIGNED_IN = {
    "today": "one's own page: only engagements one takes part in",
    "engagements:index": "one's own engagements",
    "engagements:new": "begins an engagement of one's own",
    "engagements:answer_invitation": "checks that the invitation is the reader's own",
    "engagements:step_out": "checks that the place is the reader's own",
    "engagements:decline_invitation": "checks that the invitation is the reader's own",
    "people:profile": "one's own name and language",
    "people:letters": "one's own letters",
    "people:wordings": "checks that the reader administers this organisation",
    "people:wording": "checks that the reader administers this organisation",
    "people:reset_wording": "checks that the reader administers this organisation",
    "people:lost_letters": "checks that the reader looks after the installation, and shows no names",
    "people:try_letter_again": "checks that the reader looks after the installation",
    "people:let_letter_go": "checks that the reader looks after the installation",
    "people:organisation": "leads to the organisation the reader administers",
    "people:members": "checks that the reader administers this organisation",
    "people:take_administration": "checks that the reader administers this organisation",
    "engagements:remove_member": "checks that the reader administers this organisation",
    "calendars:show": "one's own calendar",
    "calendars:renew": "one's own calendar",
    "calendars:switch_off": "one's own calendar",
    "calendars:connect": "one's own calendar",
    "calendars:choose": "one's own calendar",
    "calendars:password": "one's own calendar",
    "calendars:look": "one's own calendar",
    "calendars:disconnect": "one's own calendar",
    "experiments:show": "checks that the experiment is the reader's own",
    "experiments:stop": "checks that the experiment is the reader's own",
    "experiments:go_on": "checks that the experiment is the reader's own",
    "experiments:throw_away": "checks that the experiment is the reader's own",
    "availability:hours": "one's own hours",
    "availability:other_days": "one's own hours",
    "availability:remove_other_days": "checks that the day is the reader's own",
    "kept": "checks that the reader typed it",
    "account_logout": "signing out",
}

# Past the door the thing itself may be closed to somebody: then it does not exist for them.
NOT_YET_THEIRS = {("active", "results:mark", Role.SPONSOR): "nothing was released to the sponsor yet"}
ONLY_HOSTS = {"blended:plan", "blended:begin"}
"""Whoever hosts in the organisation, which of these people only the administrator does."""
NOT_THEIRS = {
    ("results:mark", Role.MANAGER): "no result was released to the manager",
    ("results:deliverables", Role.SPONSOR): "nothing is delivered where somebody is coached",
    ("reviews:checks", Role.SPONSOR): "nothing is delivered where somebody is coached",
    ("reviews:check", Role.SPONSOR): "nothing is delivered where somebody is coached",
    ("reviews:conclusion", Role.SPONSOR): "nothing is delivered where somebody is coached",
    ("book:choose_three_way", Role.SPONSOR): "a sponsor plans only where nobody is coached",
    ("book:confirm_three_way", Role.SPONSOR): "a sponsor plans only where nobody is coached",
    ("book:cancel_three_way", Role.SPONSOR): "a sponsor plans only where nobody is coached",
    ("results:released", Role.MANAGER): "released to the sponsor",
    ("results:released_pdf", Role.MANAGER): "released to the sponsor",
}


def guarded():
    return {name: view.permission for name, view, _parts in patterns() if hasattr(view, "permission")}


def test_every_page_names_its_permission_or_why_it_needs_none():
    unguarded = {name for name, view, _parts in patterns() if not hasattr(view, "permission")}
    assert unguarded == set(OPEN) | set(SIGNED_IN)


def test_every_permission_opens_a_page_or_is_asked_for_inside_one():
    asked_inside = {
        Permission.ALIGN_EXPECTATIONS,
        Permission.COUNT_SESSIONS,
        Permission.LEAVE_PREPARATION,
        Permission.READ_INTERRUPTIONS,
        Permission.READ_STUMBLING_BLOCKS,
        Permission.READ_ATTAINMENT,
        Permission.READ_PRIVATE_NOTES,
        Permission.SEE_SESSION_DATES,
        Permission.WRITE_ACQUAINTANCE,
    }
    assert set(Permission) - set(guarded().values()) <= asked_inside


@pytest.mark.django_db
@pytest.mark.parametrize("scene", scenes())
def test_every_door_obeys_the_policy(client, scene):
    seen, doors, wrong = swept(client, scene), guarded(), []
    for role, looks in seen.looks.items():
        for look in (one for one in looks if one.name in doors):
            allowed = may(doors[look.name], frozenset({role}), seen.stage, seen.table)
            allowed = allowed and (role is Role.ORG_ADMIN or look.name not in ONLY_HOSTS)
            if allowed and look.method == "post":
                continue  # what a form without a word in it is answered differs
            is_theirs = not ((look.name, role) in NOT_THEIRS or (scene, look.name, role) in NOT_YET_THEIRS)
            expected = 403 if not allowed else 0 if is_theirs else 404
            if (look.status if look.status in (403, 404) else 0) != expected:
                wrong.append(f"{role} {look.address}: {look.status}, expected {expected or 'in'}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
def test_a_stranger_cannot_tell_that_anything_exists(client):
    filled = fill(stage=Stage.CLOSING)
    client.force_login(make_person())
    for (name, address), method in product(addresses(filled.known), ("get", "post")):
        if name in guarded():
            assert getattr(client, method)(address).status_code == 404, address


@pytest.mark.django_db
@pytest.mark.one_database
def test_a_visitor_is_asked_to_sign_in(client):
    filled = fill(stage=Stage.CLOSING)
    for name, address in addresses(filled.known):
        if name != "account_logout" and (name in guarded() or name in SIGNED_IN):
            answer = client.get(address)
            assert answer.status_code == 302, address
            assert answer.url.startswith("/sign-in/"), answer.url
