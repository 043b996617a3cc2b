"""Closing reports: written by one, read once handed in."""

import pytest

from driehoek.access import Role, Shape, Stage
from tests.measures.makers import as_, make_agreed
from tests.results.makers import make_report, page, send

pytestmark = pytest.mark.django_db
WORDS = "Ik durf nu eerst te vragen 🌱"


def write(engagement, role, text, name=None, **more):
    page_name = name or ("coachee_report" if role is Role.COACHEE else "coach_report")
    part = {Role.COACHEE: "brought", Role.COACH: "seen", Role.CONSULTANT: "delivered"}[role]
    return send(as_(engagement, role), page_name, engagement, **{part: text, "revision": 0, **more})


def read(engagement, role):
    return page(as_(engagement, role), "reports", engagement).content.decode()


def test_report_is_read_by_the_other_once_it_is_handed_in():
    engagement = make_agreed()

    write(engagement, Role.COACHEE, WORDS, hand_in="1")

    assert WORDS in read(engagement, Role.COACH)


def test_report_that_is_not_finished_stays_with_its_author():
    engagement = make_agreed()

    write(engagement, Role.COACHEE, WORDS)

    assert WORDS in read(engagement, Role.COACHEE)
    assert WORDS not in read(engagement, Role.COACH)


def test_chip_says_only_you_until_it_is_handed_in():
    engagement = make_agreed()
    client = as_(engagement, Role.COACHEE)
    before = page(client, "coachee_report", engagement).content.decode()

    make_report(engagement, Role.COACHEE, WORDS)

    assert "Only you" in before
    assert "Only you" not in page(client, "coachee_report", engagement).content.decode()


def test_empty_report_cannot_be_handed_in():
    engagement = make_agreed()

    answer = write(engagement, Role.COACHEE, "  ", hand_in="1")

    assert "The report is still empty" in answer.content.decode()
    assert not engagement.reports.filter(handed_in_at__isnull=False).exists()


def test_an_empty_report_that_was_refused_is_filled_in_and_handed_in():
    engagement = make_agreed()
    refused = write(engagement, Role.COACHEE, "  ", hand_in="1")

    shown = refused.context["form"]["revision"].value()
    again = write(engagement, Role.COACHEE, WORDS, hand_in="1", revision=shown)

    assert again.status_code == 302
    assert engagement.reports.get().handed_in_at


def test_pressing_twice_is_one_report():
    engagement = make_agreed()

    answers = [write(engagement, Role.COACHEE, WORDS, hand_in="1") for _press in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert engagement.reports.count() == 1


def test_two_windows_keep_both_texts():
    engagement = make_agreed()
    write(engagement, Role.COACHEE, "Uit het eerste venster")

    answer = write(engagement, Role.COACHEE, "Uit het tweede venster")

    shown = answer.content.decode()
    assert "You changed this report in another window" in shown
    assert "Uit het eerste venster" in shown
    assert ">\nUit het tweede venster</textarea>" in shown


def test_second_press_after_a_conflict_keeps_what_was_typed():
    engagement = make_agreed()
    write(engagement, Role.COACHEE, "Uit het eerste venster")
    shown = write(engagement, Role.COACHEE, "Uit het tweede venster")

    revision = shown.context["form"]["revision"].value()
    answer = write(engagement, Role.COACHEE, "Allebei samen", revision=revision)

    assert answer.status_code == 302
    assert "Allebei samen" in read(engagement, Role.COACHEE)


def test_ten_megabytes_come_back_with_a_clear_sentence():
    engagement = make_agreed()
    much = "veel tekst " * 900_000

    answer = write(engagement, Role.COACHEE, much)

    assert answer.status_code == 200
    assert "At most 20,000 characters fit here" in answer.content.decode()
    assert much[:200] in answer.content.decode()
    assert not engagement.reports.exists()


def test_sign_that_no_database_takes_is_left_out():
    engagement = make_agreed()

    write(engagement, Role.COACHEE, "voor\x00na")

    assert "voorna" in read(engagement, Role.COACHEE)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SPONSOR])
def test_manager_and_sponsor_read_no_report_here(role):
    engagement = make_agreed()
    make_report(engagement, Role.COACHEE, WORDS)

    assert page(as_(engagement, role), "reports", engagement).status_code == 403


def test_nobody_writes_the_report_of_another():
    engagement = make_agreed()

    assert send(as_(engagement, Role.COACH), "coachee_report", engagement).status_code == 403
    assert send(as_(engagement, Role.COACHEE), "coach_report", engagement).status_code == 403


def test_after_closing_the_report_stays_as_it_is():
    engagement = make_agreed(stage=Stage.CLOSED)

    answer = write(engagement, Role.COACHEE, WORDS)

    assert answer.status_code == 403
    assert "closed" in answer.content.decode()


def test_sponsor_of_consultancy_reads_the_report_by_the_clause_once_handed_in():
    engagement = make_agreed(shape=Shape.CONSULTANCY)
    write(engagement, Role.CONSULTANT, "Het magazijn loopt")
    before = read(engagement, Role.SPONSOR)

    write(engagement, Role.CONSULTANT, "Het magazijn loopt", hand_in="1")

    assert "Het magazijn loopt" not in before
    assert "Het magazijn loopt" in read(engagement, Role.SPONSOR)
