"""Reviews: which there are, whom they wait for, who reads what was said, and how an agreement is reopened."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from driehoek.access import Kind, Level, Role, Shape, Stage
from driehoek.agreements.models import Draft
from driehoek.agreements.queries.draft import is_amending
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.measures.models import Observation
from driehoek.method.reviews import AgreedReviews, Review, plan_reviews
from driehoek.reviews.actions import say_how_far, say_whether_it_shows
from driehoek.reviews.models import Answer
from driehoek.sessions.models import Session
from driehoek.vault import keys
from tests.makers import person_of
from tests.measures.makers import as_, make_agreed, make_values, the_criterion

pytestmark = pytest.mark.django_db
FIRST = date(2026, 9, 3)
SIX = {"session_count": 6, "first_session_on": FIRST, "every_weeks": 3, "ends_on": date(2027, 2, 1)}


def make_coaching(*, held=0, manager_scales=False, by_days=True, **given):
    """Six sessions agreed, every three weeks from 3 September; so many of them were held."""
    draft = SIX | {"manager_scales": manager_scales, "review_by_days": by_days}
    engagement = make_agreed(draft=draft, **given)
    for number in range(1, 7):
        starts = datetime(2026, 9, 3, 8, tzinfo=UTC) + timedelta(weeks=3 * (number - 1))
        done = starts if number <= held else None
        Session.objects.create(engagement=engagement, number=number, starts_at=starts, held_at=done)
    return engagement


def page(engagement, name, *place):
    return reverse(f"reviews:{name}", args=[engagement.pk, *place])


def steps(engagement, role):
    """The addresses of what the page of the engagement asks of this role."""
    shown = as_(engagement, role).get(reverse("engagement", args=[engagement.pk])).context["page"]
    return [step.url for step in [shown.next, *shown.steps] if step]


def on(day):
    clock.move_to(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    ("agreed", "found"),
    [
        (
            AgreedReviews(interim_after=3, sessions=6, by_days=True, counts_from=FIRST),
            "interim at_work day_30 day_60 day_90",
        ),
        (AgreedReviews(interim_after=2, sessions=6), "interim halfway at_work"),
        (AgreedReviews(interim_after=3, sessions=3), "interim halfway"),
        (
            AgreedReviews(by_days=True, counts_from=FIRST, ends_on=FIRST + timedelta(days=60)),
            "day_30 day_60",
        ),
        (AgreedReviews(by_days=True), ""),
        (AgreedReviews(), ""),
    ],
)
def test_which_reviews_there_are_follows_from_what_was_agreed(agreed, found):
    assert {one.review for one in plan_reviews(agreed, {})} == set(found.split())


def test_the_question_about_work_is_no_scale_where_it_falls_halfway():
    planned = plan_reviews(AgreedReviews(interim_after=3, sessions=7), {})

    assert {one.review for one in planned if one.scales} == {Review.HALFWAY}


def test_the_question_about_work_comes_after_four_sessions_and_no_sooner():
    engagement = make_coaching(held=3)
    asked = page(engagement, "at_work")
    on(date(2026, 11, 6))
    before = steps(engagement, Role.COACHEE) + steps(engagement, Role.COACH)

    Session.objects.filter(number=4).update(held_at=clock.now())

    assert asked not in before
    assert asked in steps(engagement, Role.COACHEE)
    assert asked in steps(engagement, Role.COACH)
    assert asked not in steps(engagement, Role.MANAGER)
    as_(engagement, Role.COACH).post(asked, {"shows": "yes"})
    assert asked not in steps(engagement, Role.COACHEE)


def test_a_review_that_waits_long_says_since_when():
    engagement = make_coaching(held=4)
    on(date(2026, 12, 1))

    said = as_(engagement, Role.COACH).get(reverse("today")).content.decode()
    listed = as_(engagement, Role.COACH).get(page(engagement, "index")).content.decode()

    assert "It waits since 5 November 2026." in said
    assert "Waits since 5 November 2026" in listed


def test_on_the_path_stand_the_reviews_with_a_day_of_their_own_and_not_for_the_organisation():
    engagement = make_coaching(held=1)
    place = reverse("engagement", args=[engagement.pk])

    def stops(role):
        drawn = as_(engagement, role).get(place).context["page"].path
        return [one["url"].split("/")[-2] for one in drawn if "/reviews/" in one.get("url", "")]

    for role in (Role.COACHEE, Role.COACH):
        assert stops(role) == ["day_30", "interim", "day_60", "day_90"]
    assert stops(Role.MANAGER) == stops(Role.SPONSOR) == []


def test_a_no_needs_its_why_and_opens_the_agreement_at_the_goal_it_touches():
    engagement = make_coaching(held=4)
    coach, goal = as_(engagement, Role.COACH), str(engagement.goals.get().pk)
    no = {"shows": "no", "change": "Elke week oefenen", "goals": [goal]}

    refused = coach.post(page(engagement, "at_work"), no)
    coach.post(page(engagement, "at_work"), no | {"why": "Er is op het werk geen ruimte voor"})
    shown = coach.get(page(engagement, "review", "at_work")).content.decode()
    answer = coach.post(page(engagement, "amend"))

    assert refused.context["form"].errors["why"]
    assert "Er is op het werk geen ruimte voor" in shown
    assert "Begin a change of the agreement" in shown
    assert answer.url == reverse("agreements:goal", args=[engagement.pk, goal])
    assert is_amending(engagement)


def test_where_it_shows_no_change_is_offered():
    engagement = make_coaching(held=4)
    say_whether_it_shows(engagement, Review.AT_WORK, by=engagement.made_by, shows="yes")

    shown = as_(engagement, Role.COACH).get(page(engagement, "review", "at_work")).content.decode()

    assert "Yes, it shows" in shown
    assert "Begin a change of the agreement" not in shown


def test_when_both_write_at_once_both_texts_stay_in_view():
    engagement = make_coaching(held=4)
    client = as_(engagement, Role.COACHEE)
    client.get(page(engagement, "at_work"))
    by, theirs = engagement.made_by, {"shows": "partly", "why": "Wat de coach schreef"}
    say_whether_it_shows(engagement, Review.AT_WORK, by=by, **theirs)
    mine = {"shows": "no", "why": "Van de coachee"}

    first = client.post(page(engagement, "at_work"), mine)
    revision = first.context["form"].data["revision"]
    again = client.post(page(engagement, "at_work"), mine | {"revision": revision})

    assert "Wat de coach schreef" in first.content.decode()
    assert "Van de coachee" in first.content.decode()
    assert again.status_code == 302
    assert Answer.objects.get().facts["why"] == "Van de coachee"


def test_another_answer_starts_without_the_words_of_the_other_and_each_text_is_signed_by_its_writer():
    engagement = make_coaching(held=4)
    partly = {"shows": "partly", "why": "Het begint te komen", "change": "Vaker oefenen"}
    as_(engagement, Role.COACH).post(page(engagement, "at_work"), partly)
    client = as_(engagement, Role.COACHEE)
    opened = client.get(page(engagement, "at_work")).context["form"].initial

    first = client.post(page(engagement, "at_work"), opened | {"shows": "no", "why": "Er is geen ruimte"})
    form = first.context["form"]
    anew = {name: form.data[name] for name in ("shows", "why", "change", "revision")}
    client.post(page(engagement, "at_work"), anew | {"change": ""})
    client.post(page(engagement, "at_work"), anew | {"change": "Ruimte", "revision": 2})
    as_(engagement, Role.COACH).post(
        page(engagement, "at_work"), anew | {"change": "Ruimte maken", "revision": 3}
    )
    shown = client.get(page(engagement, "review", "at_work"))

    assert list(form.errors) == ["change"]
    assert (form.data["why"], form.data["change"]) == ("Er is geen ruimte", "")
    assert "Vaker oefenen" in first.content.decode()
    coachee, coach = (person_of(engagement, role).first_name_only for role in (Role.COACHEE, Role.COACH))
    assert shown.context["wrote"] == {"shows": coachee, "why": coachee, "change": coach}


@pytest.mark.parametrize("role", [Role.COACHEE, Role.COACH])
def test_after_a_no_both_are_led_to_the_agreement_until_it_is_being_changed(role):
    engagement = make_coaching(held=4)
    read = page(engagement, "review", "at_work")
    say_whether_it_shows(engagement, Review.AT_WORK, by=engagement.made_by, shows="yes")
    after_a_yes = steps(engagement, role)
    say_whether_it_shows(
        engagement, Review.AT_WORK, by=engagement.made_by, shows="no", why="Geen ruimte", revision=1
    )
    after_a_no = steps(engagement, role)
    of_the_manager = steps(engagement, Role.MANAGER)
    as_(engagement, Role.COACH).post(page(engagement, "amend"))

    assert [read in found for found in (after_a_yes, after_a_no, of_the_manager)] == [False, True, False]
    assert read not in steps(engagement, role)


def test_halfway_the_coachee_says_how_far_and_the_manager_only_where_that_was_agreed():
    asked, silent = make_coaching(held=3, manager_scales=True), make_coaching(held=3)
    on(date(2026, 10, 16))
    for engagement in (asked, silent):
        assert page(engagement, "along", "interim") in steps(engagement, Role.COACHEE)
    assert page(asked, "along", "interim") in steps(asked, Role.MANAGER)
    assert page(silent, "along", "interim") not in steps(silent, Role.MANAGER)

    assert as_(silent, Role.MANAGER).get(page(silent, "along", "interim")).status_code == 404
    with pytest.raises(Refused, match="coachee only"):
        say_how_far(silent, "interim", by=person_of(silent, Role.MANAGER), role=Role.MANAGER, now=6)


def read(engagement, role):
    said = as_(engagement, role).get(page(engagement, "review", "interim"), headers={"accept-language": "en"})
    return said.content.decode()


@pytest.mark.parametrize("reader", [Role.COACHEE, Role.COACH])
def test_the_number_of_the_manager_stays_covered_until_the_coachee_has_given_one(reader):
    engagement = make_coaching(held=3, manager_scales=True)
    on(date(2026, 10, 16))
    as_(engagement, Role.MANAGER).post(
        page(engagement, "along", "interim"), {"now": "6", "why": "Minder haast"}
    )
    before = read(engagement, reader)
    asked = as_(engagement, Role.COACHEE).get(page(engagement, "along", "interim")).content.decode()

    as_(engagement, Role.COACHEE).post(page(engagement, "along", "interim"), {"now": "5"})
    after = read(engagement, reader)

    manager = person_of(engagement, Role.MANAGER).first_name_only
    assert f"{manager} has answered" in before
    assert ("6 of 10" in before, "Minder haast" in before, "Nobody has answered yet." in before) == (
        False,
    ) * 3
    assert "Minder haast" not in asked
    assert ("6 of 10" in after, "Minder haast" in after, "5 of 10" in after) == (True,) * 3


@pytest.mark.parametrize(
    ("day", "stage", "is_shown"),
    [
        (date(2026, 11, 18), Stage.ACTIVE, False),
        (date(2026, 11, 22), Stage.ACTIVE, True),
        (date(2026, 11, 7), Stage.CLOSED, True),
    ],
)
def test_two_weeks_after_it_was_given_or_after_closing_the_number_of_the_manager_is_shown(
    day, stage, is_shown
):
    engagement = make_coaching(held=3, manager_scales=True)
    on(date(2026, 11, 6))  # three weeks after the session, and still asked of the coachee
    as_(engagement, Role.MANAGER).post(page(engagement, "along", "interim"), {"now": "6"})
    Engagement.objects.update(stage=stage)
    on(day)

    assert ("6 of 10" in read(engagement, Role.COACHEE)) is is_shown


def test_the_own_answer_is_there_to_change_and_that_of_another_is_not():
    engagement = make_coaching(held=3, manager_scales=True)
    on(date(2026, 10, 16))
    as_(engagement, Role.MANAGER).post(page(engagement, "along", "interim"), {"now": "6"})
    before = read(engagement, Role.COACHEE)
    as_(engagement, Role.COACHEE).post(page(engagement, "along", "interim"), {"now": "5"})

    assert "Change your answer" not in before
    assert "Change your answer" in read(engagement, Role.COACHEE)


def test_halfway_the_manager_is_asked_for_a_number_and_told_who_reads_it():
    engagement = make_coaching(held=3, manager_scales=True)
    on(date(2026, 10, 16))
    shown = as_(engagement, Role.MANAGER).get(reverse("today"), headers={"accept-language": "en"})
    now = shown.context["now"]

    step = next(one for one in [now.next, *now.steps] if one.url == page(engagement, "along", "interim"))
    assert step.button == "Give a number"
    assert "You are halfway" not in step.explained
    assert "Hold the review" not in shown.content.decode()
    assert "after release" not in shown.content.decode()
    assert "and you your own score" in shown.content.decode()


def test_a_review_by_days_waits_for_coachee_and_coach_and_an_earlier_one_is_left_in_peace():
    engagement = make_coaching(held=1)
    on(date(2026, 11, 3))
    asked = steps(engagement, Role.COACHEE)
    of_the_coach = steps(engagement, Role.COACH)
    listed = as_(engagement, Role.COACHEE).get(page(engagement, "index")).content.decode()

    as_(engagement, Role.COACHEE).post(page(engagement, "along", "day_60"), {"now": "4"})

    assert page(engagement, "review", "day_60") in asked
    assert page(engagement, "review", "day_30") not in asked
    assert "Passed without an answer" in listed
    assert page(engagement, "review", "day_60") in of_the_coach
    assert page(engagement, "review", "day_30") not in of_the_coach
    for role in (Role.COACHEE, Role.COACH):
        assert page(engagement, "review", "day_60") not in steps(engagement, role)


def test_days_that_were_not_agreed_do_not_come():
    engagement = make_coaching(held=1, by_days=False)
    on(date(2026, 11, 3))

    assert as_(engagement, Role.COACH).get(page(engagement, "review", "day_60")).status_code == 404
    assert page(engagement, "review", "day_60") not in steps(engagement, Role.COACHEE)


def test_a_review_judges_each_criterion_as_the_measurements_do():
    engagement = make_coaching(held=4)
    on(date(2026, 11, 6))
    make_values(engagement, 3)
    coach = as_(engagement, Role.COACH)

    review = coach.get(page(engagement, "review", "at_work"))
    measured = coach.get(reverse("measures:index", args=[engagement.pk]))

    rows = [[(row["reached"], row["sure"]) for row in one.context["rows"]] for one in (review, measured)]
    assert rows[0] == rows[1]
    assert "<svg" in review.content.decode().split('id="state"')[1]


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SPONSOR])
@pytest.mark.parametrize("level", [Level.AFTER_RELEASE, Level.ALWAYS])
def test_the_organisation_of_a_coachee_holds_no_review_whatever_was_opened(role, level):
    engagement = make_coaching(held=4, disclosure={Kind.MEASUREMENTS: {role: level}})
    client = as_(engagement, role)

    places = [page(engagement, "index"), page(engagement, "at_work")]
    places += [page(engagement, "review", name) for name in ("interim", "at_work", "day_30")]
    assert {client.get(place).status_code for place in places} == {403}
    assert client.get(page(engagement, "checks")).status_code in (403, 404)


def test_in_consultancy_sponsor_and_consultant_hold_the_review_together():
    engagement = make_agreed(shape=Shape.CONSULTANCY)  # in force since 27 August
    on(date(2026, 9, 27))
    check = page(engagement, "check", "day_30")
    asked = [check in steps(engagement, role) for role in (Role.CONSULTANT, Role.SPONSOR, Role.MANAGER)]

    as_(engagement, Role.SPONSOR).post(
        page(engagement, "conclusion", "day_30"), {"text": "Retouren lopen nog niet"}
    )

    assert asked == [True, True, False]
    assert "Retouren lopen nog niet" in as_(engagement, Role.CONSULTANT).get(check).content.decode()
    assert check not in steps(engagement, Role.CONSULTANT)


def test_after_closing_a_review_is_read_and_no_longer_answered():
    engagement = make_coaching(held=4, stage=Stage.CLOSED)
    client = as_(engagement, Role.COACHEE)

    assert client.get(page(engagement, "review", "at_work")).status_code == 200
    assert client.post(page(engagement, "at_work"), {"shows": "yes"}).status_code == 403


def test_what_was_agreed_about_reviews_stands_in_the_agreement_that_is_signed():
    said = make_coaching(manager_scales=True).versions.get().said["logistics"]

    assert (said["review_by_days"], said["manager_scales"]) == (True, True)


def test_the_draft_asks_for_the_manager_only_where_there_is_one():
    alone = make_agreed(without=(Role.MANAGER, Role.SPONSOR), stage=Stage.ACTIVE)
    Engagement.objects.update(stage=Stage.PREPARING)
    Draft.objects.update(amending_since=None)

    form = as_(alone, Role.COACH).get(reverse("agreements:practical", args=[alone.pk])).context["form"]

    assert "review_by_days" in form.fields
    assert "manager_scales" not in form.fields


def test_a_review_asks_the_database_as_often_for_one_value_as_for_two_hundred():
    engagement = make_coaching(held=4)
    client = as_(engagement, Role.COACH)

    def counted():
        client.get(page(engagement, "review", "at_work"))  # the first look of the day is written down
        keys.forget()
        with CaptureQueriesContext(connection) as queries:
            client.get(page(engagement, "review", "at_work"))
        return len(queries)

    make_values(engagement, 1)
    one = counted()
    Observation.objects.filter(criterion=the_criterion(engagement)).delete()
    make_values(engagement, 200)
    assert counted() == one <= 10
