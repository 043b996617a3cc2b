"""Writing the draft together, and what must be there before it is offered."""

import json
import re
from datetime import UTC, date, datetime

import pytest

from driehoek.access import Role, Shape
from driehoek.agreements import actions
from driehoek.agreements.models import Draft, Version
from driehoek.agreements.queries import goals_of, missing, standing
from driehoek.agreements.queries.clauses import clauses_for
from driehoek.engagements.models import Party
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from tests.agreements.makers import (
    address,
    author_of,
    make_criterion,
    make_draft,
    make_goal,
    make_offered,
    make_preparing,
    signed_in,
)
from tests.makers import make_person, person_of

pytestmark = pytest.mark.django_db

PAGES = ("draft", "practical", "otherwise")


@pytest.fixture
def engagement():
    return make_preparing()


def gaps(engagement):
    found = type(engagement).objects.get(pk=engagement.pk)
    now = standing(found)
    return [
        gap.what
        for gap in missing(found, now.draft, goals_of(found), parted=now.parted, comments=now.open_comments)
    ]


def test_a_new_draft_names_everything_that_is_missing_with_its_place(engagement):
    page = signed_in(engagement, Role.COACH).get(address("offer", engagement)).content.decode()

    assert "The coachee calls it a result when …" in page
    assert "At least one goal" in page
    assert "The number of sessions" in page
    assert f"{address('draft', engagement)}#id_result_coachee" in page
    assert address("disclosure", engagement) in page


def test_what_each_calls_a_result_is_asked_first(engagement):
    assert gaps(engagement)[0].startswith("The coachee calls it a result")


def test_a_goal_without_criterion_or_levels_is_still_missing_something(engagement):
    make_goal(engagement, levels={0: "Een plan"})

    assert "A criterion for goal 1" in gaps(engagement)
    assert "The five levels of goal 1" in gaps(engagement)


def test_nothing_is_missing_from_a_whole_draft(engagement):
    make_draft(engagement)

    assert gaps(engagement) == []


def test_an_incomplete_draft_is_not_offered_and_says_why(engagement):
    answer = signed_in(engagement, Role.COACH).post(address("offer", engagement))

    assert "This cannot be offered yet. Still missing:" in answer.content.decode()
    assert not Version.objects.exists()


def test_somebody_who_has_not_answered_the_invitation_stops_the_offer(engagement):
    make_draft(engagement)
    waiting = engagement.parties.filter(role=Role.MANAGER)
    waiting.update(accepted_at=None)

    assert any("to the invitation" in gap for gap in gaps(engagement))

    waiting.update(declined_at=engagement.made_at)
    assert gaps(engagement) == []


def test_a_role_that_must_sign_and_is_empty_is_named(engagement):
    make_draft(engagement)
    Party.objects.filter(engagement=engagement, role=Role.COACHEE).delete()

    assert "Somebody in the role of coachee" in gaps(engagement)


def test_a_page_of_clauses_is_kept_and_prefilled_next_time(engagement):
    coach = signed_in(engagement, Role.COACH)

    first = coach.get(address("otherwise", engagement)).content.decode()
    coach.post(address("otherwise", engagement), {"notice_days": "14", "best_efforts": "Wij doen ons best."})

    assert "A text to start from" in first
    assert "Wij doen ons best." in coach.get(address("otherwise", engagement)).content.decode()


def test_days_and_numbers_are_kept(engagement):
    typed = {
        "session_count": "7",
        "session_minutes": "60",
        "every_weeks": "3",
        "first_session_on": "3-12-2026",
        "session_time": "10.30",
        "ends_on": "2027-05-01",
        "review_after_session": "3",
        "place": "Kamer 2.14",
    }
    answer = signed_in(engagement, Role.COACHEE).post(address("practical", engagement), typed)

    draft = Draft.objects.get(engagement=engagement)
    assert answer.status_code == 302
    assert (draft.session_count, f"{draft.session_time:%H:%M}") == (7, "10:30")
    assert draft.first_session_on.isoformat() == "2026-12-03"


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("session_count", "0", "from 1 to 60"),
        ("session_minutes", "9000", "from 15 to 480"),
        ("session_count", "veel", "from 1 to 60"),
        ("first_session_on", "0001-01-01", "between 2000 and 2100"),
        ("first_session_on", "morgen", "not a date"),
        ("session_time", "half elf", "Type a time"),
        ("ends_on", "2026-12-02", "before the first"),
        ("first_session_on", "2020-01-01", "has passed"),
        ("ends_on", "2020-12-20", "has passed"),
    ],
)
def test_an_odd_day_or_number_is_refused_beside_its_field(engagement, field, typed, words):
    plain = {"session_minutes": "60", "every_weeks": "3", "review_after_session": "3"}
    form = plain | {"first_session_on": "2026-12-03", field: typed, "place": "Kamer 2.14"}

    answer = signed_in(engagement, Role.COACH).post(address("practical", engagement), form)

    assert words in answer.context["form"].errors[field][0]
    assert "Kamer 2.14" in answer.content.decode()


def test_days_that_cannot_all_be_true_are_refused_and_hold_up_the_offer(engagement):
    typed = {"session_count": "4", "session_minutes": "60", "every_weeks": "3", "review_after_session": "9"}
    typed |= {"first_session_on": "2026-12-03", "session_time": "10:30", "ends_on": "2026-12-20"}

    answer = signed_in(engagement, Role.COACH).post(address("practical", engagement), typed)
    days = {"first_session_on": date(2026, 12, 3), "ends_on": date(2026, 12, 20)}
    make_draft(engagement, session_count=4, every_weeks=3, **days)
    offer = signed_in(engagement, Role.COACH).get(address("offer", engagement)).content.decode()

    late = "In this rhythm the last of the sessions is on 4 February 2027, after this day."
    errors = answer.context["form"].errors
    assert errors["ends_on"] == [late]
    assert errors["review_after_session"] == ["There are 4 sessions. Choose one of those."]
    assert late in offer


def test_a_day_that_passed_since_it_was_written_holds_up_the_offer(engagement):
    make_draft(engagement)
    clock.move_to(datetime(2026, 12, 10, 9, tzinfo=UTC))

    assert gaps(engagement) == ["The day of the first session: 3 December 2026 has passed"]
    with pytest.raises(Refused, match="3 December 2026 has passed"):
        actions.offer(engagement, by=author_of(engagement))


def test_two_writers_on_one_page_keep_both_texts(engagement):
    coach, coachee = person_of(engagement, Role.COACH), signed_in(engagement, Role.COACHEE)
    page = "agreements:otherwise"
    actions.save_draft(engagement, by=coach, part=page, clauses={"best_efforts": "Van de coach"}, revision=0)

    answer = coachee.post(
        address("otherwise", engagement),
        {"notice_days": "14", "best_efforts": "Van de coachee", "revision": "0"},
    )

    shown = answer.content.decode()
    assert "was writing too. Both versions are here." in shown
    assert "Van de coach<" in shown
    assert "Van de coachee</textarea>" in shown
    again = coachee.post(
        address("otherwise", engagement),
        {"notice_days": "14", "best_efforts": "Van de coachee", "revision": "1"},
    )
    assert again.status_code == 302


def test_a_conflict_names_what_differs_and_leaves_out_what_does_not(engagement):
    coach = person_of(engagement, Role.COACH)
    theirs = {"means": "Tijd van de coach", "how_long": "Zes maanden"}
    actions.save_draft(engagement, by=coach, part="agreements:draft", clauses=theirs, revision=0)

    mine = {"means": "Tijd van de coachee", "how_long": "Zes maanden", "revision": "0"}
    answer = signed_in(engagement, Role.COACHEE).post(address("draft", engagement), mine)

    assert "means" in answer.context["form"].fields
    title = answer.context["form"].fields["means"].label
    assert answer.context["form"].theirs == f"{title}:\nTijd van de coach"


def test_a_text_to_start_from_that_nobody_touched_is_no_conflict_and_replaces_nothing(engagement):
    coach, coachee = (signed_in(engagement, role) for role in (Role.COACH, Role.COACHEE))
    pages = [client.get(address("otherwise", engagement)).context["form"] for client in (coach, coachee)]
    [his, hers] = [{name: page[name].value() or "" for name in page.fields} for page in pages]
    assert his == hers

    coach.post(address("otherwise", engagement), his | {"best_efforts": "Van de coach", "revision": "0"})
    answer = coachee.post(
        address("otherwise", engagement), hers | {"escalation_exit": "Of the coachee", "revision": "0"}
    )

    assert answer.status_code == 302
    written = json.loads(Draft.objects.get(engagement=engagement).clauses)
    assert (written["best_efforts"], written["escalation_exit"]) == ("Van de coach", "Of the coachee")


def test_writing_on_another_page_meanwhile_is_no_conflict(engagement):
    coach = person_of(engagement, Role.COACH)
    actions.save_draft(engagement, by=coach, part="agreements:draft", clauses={"means": "Tijd"}, revision=0)

    answer = signed_in(engagement, Role.COACHEE).post(
        address("otherwise", engagement), {"notice_days": "14", "best_efforts": "Ja", "revision": "0"}
    )

    assert answer.status_code == 302


def test_nothing_can_be_changed_while_a_version_is_offered(engagement):
    make_offered(engagement)
    coach, coachee = person_of(engagement, Role.COACH), person_of(engagement, Role.COACHEE)
    goal = engagement.goals.get()
    deeds = [
        lambda: make_goal(engagement),
        lambda: make_criterion(goal),
        lambda: actions.remove_goal(goal, by=coach),
        lambda: actions.remove_criterion(goal.criteria.get(), by=coach),
        lambda: actions.save_draft(engagement, by=coach, part="agreements:draft", clauses={"means": "x"}),
        lambda: actions.choose_disclosure(engagement, by=coach, table={}),
        lambda: actions.save_stumbling_blocks(engagement, by=coachee, text="x", shared=False),
    ]

    for deed in deeds:
        with pytest.raises(Refused, match="Withdraw it first"):
            deed()


READ_ONLY = ["draft", "practical", "otherwise", "disclosure", "stumbling_blocks", "goal", "criterion"]


@pytest.mark.parametrize("page", READ_ONLY)
def test_a_page_of_the_draft_can_only_be_read_while_a_version_is_offered(engagement, page):
    make_draft(engagement)
    more = [engagement.goals.get().pk] if page in ("goal", "criterion") else []
    coachee = signed_in(engagement, Role.COACHEE)

    before = coachee.get(address(page, engagement, *more)).content.decode()
    make_offered(engagement)
    offered = coachee.get(address(page, engagement, *more)).content.decode()

    for html, closed in ((before, False), (offered, True)):
        main = html[html.index("<main") : html.index("</main")]
        assert ("Version 1 has been offered." in main) is closed
        assert (f'<a href="{address("sign", engagement)}">Go to the version</a>' in main) is closed
        assert bool(re.search(r"<fieldset[^>]* disabled", main)) is closed
        assert ('type="submit"' in main) is not closed


def test_goals_are_only_read_while_a_version_is_offered(engagement):
    make_offered(engagement)
    coachee, goal = signed_in(engagement, Role.COACHEE), engagement.goals.get()

    goals = coachee.get(address("goals", engagement)).content.decode()
    removal = coachee.get(address("remove_goal", engagement, goal.pk)).content.decode()

    assert "Version 1 has been offered." in goals
    assert not any(words in goals for words in ("Change goal", "Add a goal", "Add a criterion"))
    assert "Remove this goal" not in removal


def test_offering_twice_is_offering_once(engagement):
    make_draft(engagement)
    coach = signed_in(engagement, Role.COACH)

    answers = [coach.post(address("offer", engagement)).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert engagement.versions.count() == 1


def test_the_coachee_cannot_offer(engagement):
    assert signed_in(engagement, Role.COACHEE).post(address("offer", engagement)).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_the_manager_does_not_write_in_the_draft(engagement, page):
    assert signed_in(engagement, Role.MANAGER).get(address(page, engagement)).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_finds_nothing(engagement, client, page):
    client.force_login(make_person())

    assert client.get(address(page, engagement)).status_code == 404


def test_a_consultancy_asks_for_what_is_delivered():
    asked = {one.id for one in clauses_for(Shape.CONSULTANCY, [Role.CONSULTANT, Role.SPONSOR])}

    assert {"rework", "penalty", "savings", "transfer_of_knowledge", "asked_of_consultant"} <= asked
    assert not {"way_of_working", "asked_of_coach", "result_coachee"} & asked


def test_nothing_is_asked_of_a_manager_who_is_not_there():
    asked = {one.id for one in clauses_for(Shape.COACHING, [Role.COACHEE, Role.COACH])}

    assert not {"asked_of_manager", "result_manager", "result_sponsor"} & asked


def test_texts_of_ten_million_signs_are_refused_and_kept(engagement):
    answer = signed_in(engagement, Role.COACH).post(
        address("otherwise", engagement),
        {"notice_days": "14", "best_efforts": "b" * 10_000_000, "decisions_stay": "Zelf"},
    )

    assert "10,000,000" in answer.context["form"].errors["best_efforts"][0]
    assert "Zelf</textarea>" in answer.content.decode()
