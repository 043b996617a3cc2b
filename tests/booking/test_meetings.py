"""Getting acquainted and the three-way meeting: chosen, moved and cancelled as a session is."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from driehoek.access import Role, Shape, Stage
from driehoek.agreements.models import Draft
from driehoek.booking.actions import book, plan_meeting
from driehoek.calendars.actions import renew_feed
from driehoek.engagements.actions import accept_invitation, cancel_meeting, drop_preparation, step_out
from driehoek.engagements.models import Engagement, Meeting
from driehoek.intake.models import Acquaintance
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.outbox.models import Letter
from driehoek.sessions.actions import add_session
from tests.agreements.makers import make_offered
from tests.availability.makers import bookable
from tests.booking.makers import EN, MONDAY, NOW, at, book_page, make_booked
from tests.documents.reading import read
from tests.makers import make_engagement, make_person, person_of
from tests.sessions.makers import make_coaching, make_session, signed_in

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
WHO = {
    "acquaintance": (Role.COACHEE, Role.COACH),
    "three_way": (Role.COACHEE, Role.COACH, Role.MANAGER, Role.SPONSOR),
}


@pytest.fixture(autouse=True)
def _on_a_saturday():
    clock.move_to(NOW)


def preparing(*, hours=True, **given):
    """Everybody is there, and nothing was agreed."""
    engagement = make_coaching(stage=Stage.PREPARING, title="Nee leren zeggen", **given)
    if hours:
        bookable(person_of(engagement, Role.COACH))
    return engagement


def shown(engagement, address, role=Role.COACHEE, headers=EN):
    return " ".join(signed_in(engagement, role).get(address, headers=headers).content.decode().split())


def confirmed(engagement, moment, kind="three_way", role=Role.COACHEE, stood=None):
    sent = {"stood": at(stood) if stood else ""}
    address = book_page(engagement, f"confirm_{kind}", at(moment))
    return signed_in(engagement, role).post(address, sent, headers=EN)


def plan(engagement, moment=MONDAY, kind="three_way"):
    coach = engagement.made_by
    return plan_meeting(engagement, kind, starts_at=moment, by=coach, instead_of=None)


def letters(template):
    return {letter.to_address: letter.open() for letter in Letter.objects.filter(template=template)}


def addresses_of(engagement, roles):
    return {person_of(engagement, role).email for role in roles}


def event(words):
    [found] = read(words["calendar"]).walk("VEVENT")
    return (
        str(found["UID"]),
        int(found["SEQUENCE"]),
        found.decoded("DTSTART").astimezone(UTC),
        found["SUMMARY"],
    )


@pytest.mark.parametrize("kind", WHO)
def test_one_of_two_chooses_moves_and_cancels_and_everybody_in_it_gets_it_in_the_calendar(kind):
    engagement = preparing(coachee=make_person("Johan Verbeek", language="en"))
    invited = addresses_of(engagement, WHO[kind])
    johan = person_of(engagement, Role.COACHEE).email

    address = book_page(engagement, f"confirm_{kind}", at(MONDAY))
    assert address in shown(engagement, book_page(engagement, f"choose_{kind}"))
    assert "Moving or cancelling it costs nothing." in shown(engagement, address)
    for _press in range(2):
        confirmed(engagement, MONDAY, kind)
    meeting = engagement.meetings.get()
    assert letters("meeting_planned").keys() == invited
    assert event(letters("meeting_planned")[johan]) == (str(meeting.pk), 0, MONDAY, "Meeting")

    confirmed(engagement, TUESDAY, kind, Role.COACH, stood=MONDAY)
    assert letters("meeting_moved").keys() == invited
    assert event(letters("meeting_moved")[johan]) == (str(meeting.pk), 1, TUESDAY, "Meeting")

    cancel = book_page(engagement, f"cancel_{kind}")
    assert "Cancelling costs nothing." in shown(engagement, cancel)
    for _press in range(2):
        signed_in(engagement, Role.COACHEE).post(cancel)
    assert letters("meeting_cancelled").keys() == invited
    assert event(letters("meeting_cancelled")[johan]) == (str(meeting.pk), 2, TUESDAY, "Meeting")
    assert "METHOD:CANCEL" in letters("meeting_cancelled")[johan]["calendar"]
    said = str([letter.open() for letter in Letter.objects.all()])
    assert not any(word in said for word in ("Nee leren", "acquaint", "three_way", "three-way", "Verbeek"))
    assert engagement.meetings.get().is_cancelled


def test_a_sponsor_reads_the_letter_formally():
    engagement = preparing(sponsor=make_person("Ellen de Wit", language="nl"))
    plan(engagement)

    words = letters("meeting_planned")
    assert "U bent uitgenodigd" in words[person_of(engagement, Role.SPONSOR).email]["text"]
    assert "Je bent uitgenodigd" in words[person_of(engagement, Role.MANAGER).email]["text"]


def test_who_does_not_take_part_in_getting_acquainted_sees_nothing_of_it():
    engagement = preparing()
    ours, everybodys = plan(engagement, kind="acquaintance"), plan(engagement, TUESDAY)

    for role in WHO["three_way"]:
        client, person = signed_in(engagement, role), person_of(engagement, role)
        status = client.get(book_page(engagement, "meeting", ours.pk)).status_code
        feed = client.get(reverse("calendars:feed", args=[renew_feed(person)])).content.decode()
        assert (status, str(ours.pk) in feed) == (
            (200, True) if role in WHO["acquaintance"] else (404, False)
        )
        assert str(everybodys.pk) in feed
        assert "Tuesday 1 December at 10:00" in shown(engagement, book_page(engagement, "three_way"), role)
        told = shown(engagement, reverse("engagement", args=[engagement.pk]), role)
        assert "Tuesday 1 December at 10:00" in told
        told += shown(engagement, reverse("today"), role)
        assert ("30 November" in told) is (role in WHO["acquaintance"])


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SPONSOR])
def test_the_organisation_of_a_coachee_sees_the_moment_and_plans_nothing(role):
    engagement = preparing()

    answers = [confirmed(engagement, MONDAY, kind, role).status_code for kind in WHO]

    assert set(answers) <= {403, 404}
    assert not Meeting.objects.exists()
    assert book_page(engagement, "choose_three_way") not in shown(
        engagement, book_page(engagement, "three_way"), role
    )


def test_who_cannot_move_a_meeting_can_write_that_the_moment_does_not_suit():
    engagement = preparing()
    plan(engagement)
    write = reverse("messages:everyone", args=[engagement.pk])
    asked = "Does this moment not suit you?"

    for role in WHO["three_way"]:
        page = shown(engagement, book_page(engagement, "three_way"), role)
        assert (asked in page and write in page) is (role in (Role.MANAGER, Role.SPONSOR))


def test_a_consultant_and_a_sponsor_choose_from_the_hours_of_the_consultant():
    engagement = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.PREPARING)
    bookable(person_of(engagement, Role.CONSULTANT))

    assert "Talk about the agreement" in shown(
        engagement, book_page(engagement, "choose_three_way"), Role.SPONSOR
    )
    confirmed(engagement, MONDAY, role=Role.SPONSOR)
    confirmed(engagement, TUESDAY, role=Role.CONSULTANT, stood=MONDAY)

    assert engagement.meetings.get().starts_at == TUESDAY
    assert letters("meeting_moved").keys() == addresses_of(
        engagement, (Role.CONSULTANT, Role.SPONSOR, Role.MANAGER)
    )


def test_what_anybody_in_it_has_elsewhere_is_not_offered_and_a_meeting_leaves_no_place_for_a_session():
    engagement = preparing()
    manager, coach = person_of(engagement, Role.MANAGER), person_of(engagement, Role.COACH)
    make_session(make_coaching(coachee=manager), 1, starts_at=MONDAY)
    running = make_booked(coach=coach, coachee=make_person())
    plan(preparing(hours=False, coach=coach, coachee=make_person()), TUESDAY, "acquaintance")

    offered = shown(engagement, book_page(engagement, "choose_three_way"))
    assert book_page(engagement, "confirm_three_way", at(MONDAY)) not in offered
    assert book_page(engagement, "confirm_three_way", at(TUESDAY)) not in offered
    assert book_page(engagement, "confirm_acquaintance", at(MONDAY)) in shown(
        engagement, book_page(engagement, "choose_acquaintance")
    )
    assert "This time was just taken." in confirmed(engagement, MONDAY).content.decode()
    assert not engagement.meetings.exists()

    with pytest.raises(Refused, match="just taken"):
        book(running, starts_at=TUESDAY, by=coach)
    with pytest.raises(Refused, match="something else at this time"):
        add_session(running, on=TUESDAY.date(), at=datetime(2026, 12, 1, 10, 15).time(), by=coach)


def test_nobody_moves_unknowingly_what_another_chose_meanwhile():
    engagement = preparing()
    confirmed(engagement, MONDAY, role=Role.COACH)

    late = confirmed(engagement, TUESDAY)

    assert "Meanwhile Monday 30 November at 10:00 was chosen." in late.content.decode()
    assert engagement.meetings.get().starts_at == MONDAY


def test_without_hours_the_coach_names_a_day_and_time_and_loses_nothing_that_was_typed():
    engagement = preparing(hours=False)
    page, coach = book_page(engagement, "choose_three_way"), signed_in(engagement, Role.COACH)
    evening = {"on": "2026-12-02", "at": "19:30", "stood": ""}

    assert "plans this meeting together with you" in shown(engagement, page)
    signed_in(engagement, Role.COACHEE).post(page, evening)
    wrong = coach.post(page, evening | {"at": "half acht"}, headers=EN).content.decode()
    behind = coach.post(page, evening | {"on": "2026-11-02"}, headers=EN).content.decode()
    assert 'value="2026-12-02"' in wrong
    assert "half acht" in wrong
    assert "still to come" in behind
    assert 'value="19:30"' in behind
    assert not Meeting.objects.exists()

    coach.post(page, evening)
    assert engagement.meetings.get().starts_at == datetime(2026, 12, 2, 18, 30, tzinfo=UTC)
    assert "Wednesday 2 December at 19:30" in shown(
        engagement, book_page(engagement, "three_way"), Role.MANAGER
    )


def test_on_the_day_after_it_the_day_is_there_already_where_it_is_written_down():
    engagement = preparing()
    first, talk = (
        reverse("intake:acquaintance", args=[engagement.pk]),
        reverse("agreements:meeting", args=[engagement.pk]),
    )
    for page, kind in ((first, "acquaintance"), (talk, "three_way")):
        assert book_page(engagement, f"choose_{kind}") in shown(engagement, page)
    ours, everybodys = plan(engagement, kind="acquaintance"), plan(engagement, TUESDAY)

    for page, meeting in ((first, ours), (talk, everybodys)):
        before = shown(engagement, page)
        assert book_page(engagement, "meeting", meeting.pk) in before
        assert 'value="2026-11-30"' not in before
        assert 'value="2026-12-01"' not in before
    clock.move_to(TUESDAY + timedelta(days=2))
    assert 'value="2026-11-30"' in shown(engagement, first)
    assert 'value="2026-12-01"' in shown(engagement, talk)

    confirmed(engagement, MONDAY + timedelta(days=7), "acquaintance")  # once more
    assert engagement.meetings.filter(kind="acquaintance", cancelled_at=None).count() == 2
    clock.move_to(MONDAY + timedelta(days=8))
    with pytest.raises(Refused, match="has begun"):
        cancel_meeting(engagement, "acquaintance", by=engagement.made_by)


def test_a_talk_that_is_still_to_come_stays_in_sight_when_they_go_on_together_already():
    engagement = preparing()
    meeting = plan(engagement, kind="acquaintance")
    Acquaintance.objects.create(engagement=engagement, met_on=NOW.date(), goes_on=True)

    page = shown(engagement, reverse("intake:acquaintance", args=[engagement.pk]))

    assert book_page(engagement, "meeting", meeting.pk) in page


def test_who_read_an_offered_version_is_told_when_they_meet_about_it():
    engagement = make_offered(preparing(hours=False), met=False).engagement
    bookable(person_of(engagement, Role.COACH))
    plan(Engagement.objects.get(pk=engagement.pk), TUESDAY)

    read_first = shown(engagement, reverse("engagement", args=[engagement.pk]), Role.MANAGER)

    assert "Meet on Tuesday 1 December at 10:00" in shown(engagement, reverse("today"), Role.COACH)
    assert "You meet on Tuesday 1 December at 10:00, and sign after that." in read_first


def test_once_it_is_in_force_they_meet_about_a_change_only():
    engagement = make_booked()
    page = book_page(engagement, "choose_three_way")

    assert "nobody meets about it" in shown(engagement, page)
    assert "nobody meets about it" in confirmed(engagement, MONDAY).content.decode()
    assert (
        signed_in(engagement, Role.COACHEE).get(book_page(engagement, "choose_acquaintance")).status_code
        == 403
    )
    Draft.objects.update_or_create(engagement=engagement, defaults={"amending_since": NOW, "changed_at": NOW})
    confirmed(engagement, MONDAY)
    assert engagement.meetings.get().starts_at == MONDAY


def test_who_steps_out_and_a_preparation_that_ends_take_it_out_of_the_calendars():
    engagement = preparing()
    plan(engagement)
    sponsor = engagement.parties.get(role=Role.SPONSOR)

    step_out(sponsor, by=sponsor.person)
    assert letters("meeting_cancelled").keys() == {sponsor.person.email}
    assert not engagement.meetings.get().is_cancelled
    drop_preparation(Engagement.objects.get(pk=engagement.pk), by=engagement.made_by)
    assert letters("meeting_cancelled").keys() == addresses_of(engagement, WHO["three_way"])
    assert engagement.meetings.get().is_cancelled


def test_who_accepts_later_is_invited_to_what_was_planned_before():
    engagement = preparing()
    manager = engagement.parties.get(role=Role.MANAGER)
    manager.accepted_at = None
    manager.save()
    plan(engagement)
    assert manager.person.email not in letters("meeting_planned")

    accept_invitation(manager, by=manager.person, name="Anneke de Graaf")
    assert manager.person.email in letters("meeting_planned")


def test_choosing_costs_the_same_with_two_hundred_meetings_elsewhere():
    engagement = preparing()
    client, coach = signed_in(engagement, Role.COACH), person_of(engagement, Role.COACH)
    pages = [book_page(engagement, "choose_three_way"), reverse("calendars:feed", args=[renew_feed(coach)])]
    counts = []
    for many in (1, 200):
        elsewhere = [make_engagement(stage=Stage.PREPARING, coach=coach) for _one in range(many // 100 or 1)]
        Meeting.objects.bulk_create(
            Meeting(
                engagement=elsewhere[n % len(elsewhere)],
                kind="three_way",
                starts_at=NOW + timedelta(hours=6 * n),
                minutes=60,
                planned_by=coach,
                followed_at=NOW,
            )
            for n in range(many)
        )
        for page in pages:
            client.get(page)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(page).status_code == 200
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 10, counts
